"""The mesas of the report and the 3er Encuentro, for the tests of this room."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from encuentros.models import Encuentro
from encuentros.operaciones import cargar_tercer_encuentro
from mesas.models import Cobertura, Entidad, Mesa, Municipio

MESAS = Path(__file__).parent.parent.parent / "mesas" / "datos" / "mesas.json"


def hacer_mesas_del_informe() -> list[Mesa]:
    """The 31 attending mesas with their entidad and the seat of each, without the rest of the catalogue."""
    filas = json.loads(MESAS.read_text(encoding="utf-8"))["mesas"]
    mesas = []
    for fila in (fila for fila in filas if fila["orden"]):
        entidad, _ = Entidad.objects.get_or_create(
            clave=fila["entidad"], defaults={"nombre": fila["entidad"], "nombre_corto": f"Entidad {fila['entidad']}"}
        )
        mesa = Mesa.objects.create(
            orden=fila["orden"], slug=fila["slug"], nombre=fila["nombre"], entidad=entidad, publica=True
        )
        mesas.append(mesa)
        if not fila["sede"]:
            continue  # of some mesas no source says where their seat is
        sede, _ = Municipio.objects.get_or_create(
            clave=fila["sede"],
            defaults={"nombre": fila["sede"], "entidad": entidad, "longitud": -100.0, "latitud": 22.0},
        )
        Cobertura.objects.create(mesa=mesa, municipio=sede, es_sede=True)
    return mesas


@pytest.fixture
def mesas_del_informe(db) -> list[Mesa]:
    return hacer_mesas_del_informe()


@pytest.fixture
def tercer_encuentro(mesas_del_informe) -> Encuentro:
    cargar_tercer_encuentro()
    return Encuentro.objects.get(numero=3)
