"""What a process that was killed left in the temporary directory, and nothing else, is swept."""

import os
import tempfile

import pytest

from comun import temporales
from comun.temporales import CADUCAN, PREFIJO

AHORA = 2_000_000_000
VIEJO, NUEVO = AHORA - CADUCAN - 1, AHORA - CADUCAN + 60


@pytest.fixture
def carpeta(tmp_path, monkeypatch):
    """`carpeta(nombre, cuando)`: a folder with a file in it, as a load leaves it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def hacer(nombre, cuando, del_archivo=None):
        ruta = tmp_path / nombre
        ruta.mkdir()
        (ruta / "1.csv").write_text("x")
        os.utime(ruta / "1.csv", (AHORA, del_archivo or cuando))
        os.utime(ruta, (AHORA, cuando))
        return ruta

    return hacer


def test_se_va_lo_de_hace_mas_de_un_dia_y_nada_mas(carpeta, tmp_path):
    vieja = carpeta(f"{PREFIJO}a", VIEJO)
    quedan = [
        carpeta(f"{PREFIJO}b", NUEVO),
        carpeta(f"{PREFIJO}c", VIEJO, del_archivo=NUEVO),  # a load that still writes
        carpeta("rnmsj-0-5f1a", VIEJO),  # the socket of the local PostgreSQL
        carpeta("de-otro", VIEJO),
    ]
    suelto = tmp_path / f"{PREFIJO}archivo"
    suelto.write_text("x")
    os.utime(suelto, (VIEJO, VIEJO))
    enlace = tmp_path / f"{PREFIJO}enlace"
    enlace.symlink_to(quedan[-1])
    os.utime(enlace, (VIEJO, VIEJO), follow_symlinks=False)
    assert temporales.barrer(ahora=AHORA) == 1
    assert not vieja.exists()
    assert all((ruta / "1.csv").exists() for ruta in quedan)
    assert suelto.exists() and enlace.is_symlink()


def test_lo_de_otra_persona_no_se_toca(carpeta, monkeypatch):
    ajena = carpeta(f"{PREFIJO}a", VIEJO)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert temporales.barrer(ahora=AHORA) == 0
    assert ajena.exists()
