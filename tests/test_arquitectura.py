"""The rooms of the portal, walked: who may know whom, and the rules of the house that a machine can read."""

import ast
import importlib.metadata
import importlib.util
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

RAIZ = Path(__file__).resolve().parent.parent

# From the floor to the roof: an app may know itself and those on lower floors.
PISO = {"comun": 0, "cuentas": 1, "mesas": 2, "comites": 3, "encuentros": 4, "indicadores": 4, "rnmsj": 5}
LINEAS_POR_MODULO = 400


def puede_conocer(de: str, a: str) -> bool:
    return de == a or PISO[a] < PISO[de]


def del_repositorio(*patrones: str) -> list[Path]:
    """Files of the project, new ones included, leaving out what git ignores."""
    orden = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patrones]
    hecho = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=False)
    if hecho.returncode == 0:
        rutas = [RAIZ / nombre for nombre in hecho.stdout.split("\0") if nombre]
    else:  # a copy without git
        ajenas = {".venv", "var", ".git"}
        rutas = [r for patron in patrones for r in RAIZ.rglob(Path(patron).name)]
        rutas = [r for r in rutas if not ajenas & set(r.relative_to(RAIZ).parts)]
    return sorted(ruta for ruta in rutas if ruta.is_file())


def de_las_apps() -> list[Path]:
    return [ruta for ruta in del_repositorio("*.py") if app_de(ruta) in PISO]


def app_de(ruta: Path) -> str:
    return ruta.relative_to(RAIZ).parts[0]


def donde(ruta: Path, linea: int) -> str:
    return f"{ruta.relative_to(RAIZ)}:{linea}"


def arbol(ruta: Path) -> ast.Module:
    return ast.parse(ruta.read_text(encoding="utf-8"), filename=str(ruta))


def importados(ruta: Path) -> Iterator[tuple[str, int]]:
    """Dotted names that a module imports, with their lines; relative ones made absolute."""
    paquete = ruta.relative_to(RAIZ).parts[:-1]
    for nodo in ast.walk(arbol(ruta)):
        if isinstance(nodo, ast.Import):
            for nombre in nodo.names:
                yield nombre.name, nodo.lineno
        elif isinstance(nodo, ast.ImportFrom):
            base = paquete[: len(paquete) - nodo.level + 1] if nodo.level else ()
            origen = ".".join([*base, nodo.module] if nodo.module else base)
            for nombre in nodo.names:
                yield f"{origen}.{nombre.name}", nodo.lineno


# ── Arrows ──────────────────────────────────────────────────────────────────────────────


def test_los_imports_van_hacia_abajo():
    modulos = de_las_apps()
    faltas = [
        f"{donde(ruta, linea)} {app_de(ruta)} → {destino}"
        for ruta in modulos
        for destino, linea in importados(ruta)
        if (app := destino.partition(".")[0]) in PISO and not puede_conocer(app_de(ruta), app)
    ]
    assert {app_de(ruta) for ruta in modulos} == set(PISO)
    assert len(modulos) >= 40
    assert not faltas


def test_las_relaciones_entre_tablas_van_hacia_abajo():
    """A foreign key written as text is an arrow too, which no import shows."""
    vistas, faltas = 0, []
    for modelo in apps.get_models():
        de = modelo._meta.app_label
        if de not in PISO:
            continue
        for campo in [*modelo._meta.local_fields, *modelo._meta.local_many_to_many]:
            if campo.is_relation and campo.related_model is not None:
                vistas += 1
                a = campo.related_model._meta.app_label
                if a in PISO and not puede_conocer(de, a):
                    faltas.append(f"{modelo._meta.label}.{campo.name} → {campo.related_model._meta.label}")
    assert vistas >= 20
    assert not faltas


def test_el_piso_y_el_techo_no_tienen_tablas():
    con_tablas = {modelo._meta.app_label for modelo in apps.get_models()}
    assert not {"comun", "rnmsj"} & con_tablas
    assert {"cuentas", "mesas", "comites", "encuentros", "indicadores"} <= con_tablas


# ── Code ────────────────────────────────────────────────────────────────────────────────


def test_los_imports_estan_arriba_y_nombran_lo_que_traen():
    faltas = []
    for ruta in de_las_apps():
        for nodo in ast.walk(arbol(ruta)):
            if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef):
                faltas += [
                    f"{donde(ruta, dentro.lineno)} import dentro de {nodo.name}"
                    for dentro in ast.walk(nodo)
                    if isinstance(dentro, ast.Import | ast.ImportFrom)
                ]
            elif isinstance(nodo, ast.ImportFrom) and any(nombre.name == "*" for nombre in nodo.names):
                faltas.append(f"{donde(ruta, nodo.lineno)} import *")
    assert not faltas


def test_no_hay_senales():
    """What happens on saving is written where it is saved."""
    prohibidos = ("django.dispatch", "django.db.models.signals", "django.core.signals")
    faltas = [
        f"{donde(ruta, linea)} {nombre}"
        for ruta in de_las_apps()
        for nombre, linea in importados(ruta)
        if nombre.startswith(prohibidos)
    ]
    assert not faltas


def test_ningun_modulo_es_demasiado_largo():
    modulos = [ruta for ruta in del_repositorio("*.py") if "migrations" not in ruta.parts]
    largos = {
        str(ruta.relative_to(RAIZ)): lineas
        for ruta in modulos
        if (lineas := len(ruta.read_text(encoding="utf-8").splitlines())) > LINEAS_POR_MODULO
    }
    assert len(modulos) >= 40
    assert not largos


def test_las_vistas_dicen_que_muestran():
    """A public page starts from `publicas()`, the workspace from `visibles_para()`: never from everything."""
    vistas = [r for r in de_las_apps() if r.stem.startswith("views") or "views" in r.parts[:-1]]
    todo = re.compile(r"\b(objects|_default_manager|_base_manager)\.all\(\)")
    faltas = [
        donde(ruta, numero)
        for ruta in vistas
        for numero, linea in enumerate(ruta.read_text(encoding="utf-8").splitlines(), 1)
        if todo.search(linea)
    ]
    assert len(vistas) >= 4
    assert not faltas


# ── Templates ───────────────────────────────────────────────────────────────────────────

# The content policy forbids them, and the browser would drop them without a word.
EN_LINEA = {
    "style=": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "<style>": re.compile(r"<style\b", re.IGNORECASE),
    "on…=": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "<script> sin src": re.compile(r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/(ld\+)?json)", re.IGNORECASE),
    "javascript:": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "otro servidor": re.compile(r"<(script|link|img|iframe|source)\b[^>]*\s(src|href)\s*=\s*[\"'](https?:)?//", re.I),
}


@pytest.mark.parametrize(
    ("nombre", "malo", "bueno"),
    [
        ("style=", '<p class="a"\n   style="color: red">', '<p class="style">'),
        ("<style>", "<style>p {}</style>", '<link rel="stylesheet">'),
        ("on…=", '<button type="button" onclick="x()">', '<option value="on">'),
        ("<script> sin src", "<script>x()</script>", '<script src="{% static "js/portal.js" %}" defer></script>'),
        ("javascript:", '<a href="javascript:x()">', '<a href="/javascript/">'),
        ("otro servidor", '<img alt="" src="https://example.org/a.png">', '<a href="https://example.org/">'),
    ],
)
def test_lo_prohibido_en_linea_se_reconoce(nombre, malo, bueno):
    assert EN_LINEA[nombre].search(malo)
    assert not EN_LINEA[nombre].search(bueno)


def test_las_plantillas_no_llevan_nada_en_linea():
    plantillas = [r for r in del_repositorio("*.html") if "templates" in r.parts]
    faltas = []
    for ruta in plantillas:
        # Template comments go out of the way; their lines stay, so that the numbers are right.
        texto = re.sub(r"{#.*?#}", "", ruta.read_text(encoding="utf-8"))
        for nombre, patron in EN_LINEA.items():
            faltas += [
                f"{donde(ruta, texto.count(chr(10), 0, m.start()) + 1)} {nombre}" for m in patron.finditer(texto)
            ]
    assert len(plantillas) >= 20
    assert not faltas


def test_el_codigo_no_arma_html():
    """HTML lives in templates, where it escapes by itself."""
    prohibidos = {"mark_safe", "SafeString", "format_html", "format_html_join"}
    faltas = [
        f"{donde(ruta, linea)} {nombre}"
        for ruta in de_las_apps()
        for nombre, linea in importados(ruta)
        if nombre.rpartition(".")[2] in prohibidos
    ]
    assert not faltas


# ── Dependencies ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("paquete", ["psycopg", "psycopg-binary", "psycopg-c"])
def test_psycopg_3_no_esta_instalado(paquete):
    """Django would prefer it over psycopg2 without a word."""
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.distribution(paquete)


def test_nadie_usa_psycopg_3():
    assert importlib.util.find_spec("psycopg") is None
    nombres = [(n, ruta) for ruta in del_repositorio("*.py") for n, _ in importados(ruta)]
    assert len(nombres) >= 200
    assert not [str(ruta) for n, ruta in nombres if n.partition(".")[0] in ("psycopg", "psycopg_pool")]
    for archivo in ("requirements.txt", "requirements-dev.txt"):
        assert not re.search(r"^psycopg(-binary|-c)?==", (RAIZ / archivo).read_text(), re.MULTILINE)


@pytest.mark.parametrize("archivo", ["requirements.txt", "requirements-dev.txt"])
def test_las_dependencias_estan_selladas(archivo):
    """Every distribution with a hash, and no trace of where it was fetched from."""
    texto = (RAIZ / archivo).read_text()
    bloques = re.split(r"\n(?=[a-z0-9])", texto, flags=re.IGNORECASE)
    assert len(bloques) >= 20
    assert not [b.splitlines()[0] for b in bloques if "==" in b and "--hash=sha256:" not in b]
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", texto)
