"""The stylesheet: contrast of its tokens in both themes, and a weight that a phone can carry."""

import gzip
import re
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parents[2]
HOJA = (RAIZ / "static" / "css" / "portal.css").read_text()


def _fichas(bloque: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", bloque))


CLARO = _fichas(HOJA[HOJA.index(":root {") : HOJA.index("@media (prefers-color-scheme: dark)")])
_oscuro = HOJA.index("@media (prefers-color-scheme: dark)")
OSCURO = CLARO | _fichas(HOJA[_oscuro : HOJA.index("/* ── Base", _oscuro)])


def _luz(color: str) -> float:
    color = color.lstrip("#")
    if len(color) == 3:
        color = "".join(c * 2 for c in color)
    canales = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contraste(a: str, b: str) -> float:
    clara, oscura = sorted((_luz(a), _luz(b)), reverse=True)
    return (clara + 0.05) / (oscura + 0.05)


TEXTO = [
    ("tinta", "papel"),
    ("tinta-2", "papel"),
    ("tinta-3", "papel"),
    ("teal", "papel"),
    ("ocre", "papel"),
    ("tinta", "papel-2"),
    ("tinta-2", "papel-2"),
    ("teal", "papel-2"),
    ("sobre-teal", "teal"),
    ("tinta", "ocre-tinte"),
    ("ocre", "ocre-tinte"),
    ("tinta", "teal-tinte"),
    ("teal", "teal-tinte"),
    *[(f"serie-{n}", "papel") for n in range(1, 7)],
]
MARCAS = [("linea-2", "papel"), ("ocre-marca", "papel"), ("foco", "papel"), ("teal", "palida-4")]


@pytest.mark.parametrize("tema", [CLARO, OSCURO], ids=["claro", "oscuro"])
@pytest.mark.parametrize(("tinta", "fondo"), TEXTO, ids="/".join)
def test_el_texto_se_lee(tema, tinta, fondo):
    minimo = 4.5 if not tinta.startswith("serie") else 4.0  # names of series are bold and large
    assert contraste(tema[tinta], tema[fondo]) >= minimo


@pytest.mark.parametrize("tema", [CLARO, OSCURO], ids=["claro", "oscuro"])
@pytest.mark.parametrize(("marca", "fondo"), MARCAS, ids="/".join)
def test_las_marcas_se_distinguen(tema, marca, fondo):
    assert contraste(tema[marca], tema[fondo]) >= 3


@pytest.mark.parametrize("tema", [CLARO, OSCURO], ids=["claro", "oscuro"])
@pytest.mark.parametrize("rampa", ["rampa-{}", "palida-{}"])
def test_las_rampas_avanzan_en_un_solo_sentido(tema, rampa):
    luces = [_luz(tema[rampa.format(n)]) for n in range(1, 6) if rampa.format(n) in tema]
    assert luces in (sorted(luces), sorted(luces, reverse=True))
    assert len(set(luces)) == len(luces) >= 4


def test_lo_que_carga_toda_pagina_pesa_poco():
    hoja = len(gzip.compress(HOJA.encode()))
    letra = (RAIZ / "static" / "fonts" / "titular-600.woff2").stat().st_size
    guiones = sum(len(gzip.compress(p.read_bytes())) for p in (RAIZ / "static" / "js").glob("*.js"))
    mapa = len(gzip.compress((RAIZ / "comun" / "datos" / "entidades.json").read_bytes()))
    assert letra <= 35_000
    assert mapa <= 30_000
    assert hoja + letra + guiones + mapa <= 60_000


def test_nada_viene_de_otro_servidor():
    for archivo in (RAIZ / "static").rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import", archivo.read_text()), archivo.name
