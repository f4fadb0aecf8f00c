"""The national file made up to measure with: it has the shape of the official one."""

import hashlib

from indicadores.importadores.lector import abrir
from indicadores.importadores.sintetico import PSEUDOMUNICIPIOS, escribir_nacional
from tests.indicadores.archivos import MUNICIPAL


def test_tiene_la_forma_del_oficial(tmp_path):
    ruta = tmp_path / "nacional.csv"
    filas = escribir_nacional(ruta, anios=(2024, 2025), claves=["11020", "11001", "11998"], mes_de_corte=10)
    crudo = ruta.read_bytes()
    assert crudo.startswith(",".join(MUNICIPAL).encode("cp1252") + b"\r\n")
    assert crudo.count(b"\r\n") == crudo.count(b"\n") == filas + 1 == 3 * 98 * 2 + 1
    with abrir(ruta) as lectura:
        assert (lectura.filas, lectura.rapida, lectura.corte.isoformat()) == (filas, True, "2025-10-01")
        assert {clave: m.nombre for clave, m in lectura.municipios.items()} == {
            "11001": "Abasolo",
            "11020": "León",
            "11998": "No Especificado",
        }
        assert lectura.total > 0


def test_la_misma_semilla_hace_el_mismo_archivo(tmp_path):
    huellas = []
    for nombre, semilla in (("a", 1), ("b", 1), ("c", 2)):
        escribir_nacional(tmp_path / nombre, anios=(2025,), claves=["09006", "32058"], semilla=semilla)
        huellas.append(hashlib.sha256((tmp_path / nombre).read_bytes()).hexdigest())
    assert huellas[0] == huellas[1] != huellas[2]


def test_un_anio_de_todo_el_pais(tmp_path):
    ruta = tmp_path / "nacional.csv"
    filas = escribir_nacional(ruta, anios=(2026,), mes_de_corte=8, codificacion="utf-8", fin="\n")
    assert filas == (2478 + len(PSEUDOMUNICIPIOS)) * 114
    with abrir(ruta) as lectura:
        assert (lectura.instrumento, lectura.filas, lectura.rapida) == ("RNID", filas, True)
        assert not [aviso for aviso in lectura.avisos if "no vienen" in aviso]
    ruta.unlink()
