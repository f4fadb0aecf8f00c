"""All that writes more than one row of the network: its catalogues, its first mesas, its posts.

Atomic and keyword-only. Whoever calls has already passed a door; what must never be false is
held by PostgreSQL, and `full_clean()` says it first in the words of the form.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import Q

import comun
from mesas.models import AliasDeMesa, Cargo, Cobertura, Entidad, EventoDeVida, Mesa, Municipio, Persona, Puesto

DATOS = Path(__file__).resolve().parent / "datos"
CENTROS = Path(comun.__file__).resolve().parent / "datos" / "municipios_centros.csv"


@dataclass(frozen=True)
class Carga:
    """What a load of catalogues changed."""

    nuevas: int = 0
    corregidas: int = 0

    def __add__(self, otra: Carga) -> Carga:
        return Carga(self.nuevas + otra.nuevas, self.corregidas + otra.corregidas)


def _leer(archivo: Path) -> list[dict[str, str]]:
    with archivo.open(encoding="utf-8", newline="") as flujo:
        return list(csv.DictReader(flujo))


@transaction.atomic
def cargar_catalogos() -> Carga:
    """Leave the 32 entidades and the 2 478 municipalities as the committed catalogue says.

    Names follow the catalogue (INEGI changes them and keeps the codes); rows that it does not
    know, such as the codes 998 and 999 of the prosecutors, are left alone.
    """
    puntos = {fila["clave"]: (float(fila["longitud"]), float(fila["latitud"])) for fila in _leer(CENTROS)}
    sin_punto = (None, None)
    municipios = []
    for fila in _leer(DATOS / "municipios.csv"):
        longitud, latitud = puntos.get(fila["clave"], sin_punto)
        municipios.append(Municipio(entidad_id=fila["clave"][:2], longitud=longitud, latitud=latitud, **fila))
    return _igualar([Entidad(**fila) for fila in _leer(DATOS / "entidades.csv")]) + _igualar(municipios)


def claves_del_catalogo() -> set[str]:
    """Codes of the municipalities of the committed catalogue; any other came in an official file."""
    return {fila["clave"] for fila in _leer(DATOS / "municipios.csv")}


def _igualar(filas: list[models.Model]) -> Carga:
    """Insert what is missing and correct what differs; write nothing when all is equal."""
    modelo = type(filas[0])
    campos = [campo.attname for campo in modelo._meta.concrete_fields if not campo.primary_key]
    actuales = modelo.objects.in_bulk()
    nuevas = [fila for fila in filas if fila.pk not in actuales]
    distintas = [
        fila
        for fila in filas
        if fila.pk in actuales and any(getattr(fila, campo) != getattr(actuales[fila.pk], campo) for campo in campos)
    ]
    modelo.objects.bulk_create(nuevas)
    modelo.objects.bulk_update(distintas, campos, batch_size=500) if distintas else None
    return Carga(len(nuevas), len(distintas))


@transaction.atomic
def cargar_mesas_del_informe() -> int:
    """Create the mesas that attended the 3er Encuentro, in the order of its report; returns how many.

    A mesa that is already there, by address or by name, is left as the staff has it.

    Of the sources' list of 41, ten are not loaded because they are not in the report: three are
    mesas of which only press remains (Oriente, Nuevo Laredo, Matamoros), four are entidades of
    which not even the name of a mesa is known (Baja California Sur, Aguascalientes, Chiapas,
    Puebla), one is later than 2018 (Tulum) and two are coordinations of a state and not mesas
    (Quintana Roo, Tamaulipas). The staff adds them when México SOS confirms them.
    """
    contenido = json.loads((DATOS / "mesas.json").read_text(encoding="utf-8"))
    fichas = contenido["mesas"]
    ya_estan = Mesa.objects.filter(
        Q(slug__in=[ficha["slug"] for ficha in fichas]) | Q(nombre__in=[ficha["nombre"] for ficha in fichas])
    )
    conocidas = {valor for par in ya_estan.values_list("slug", "nombre") for valor in par}
    faltan = [ficha for ficha in fichas if not conocidas & {ficha["slug"], ficha["nombre"]}]
    for ficha in faltan:
        _crear_mesa(ficha, contenido["asistencia"])
    return len(faltan)


def _crear_mesa(ficha: dict[str, Any], asistencia: dict[str, Any]) -> Mesa:
    """One mesa with its territory, other names and life.

    When no source dates its installation, having attended the encuentro does: it existed by then.
    """
    mesa = Mesa(
        entidad_id=ficha["entidad"],
        publica=True,
        nota=ficha.get("nota", ""),
        **{campo: ficha[campo] for campo in ("slug", "nombre", "orden", "zona_horaria", "fuente")},
    )
    mesa.full_clean()
    mesa.save()
    Cobertura.objects.bulk_create(_coberturas(mesa, ficha))
    AliasDeMesa.objects.bulk_create(AliasDeMesa(mesa=mesa, **alias) for alias in ficha.get("alias", []))
    eventos = ficha.get("eventos", [])
    if not any(evento["tipo"] == EventoDeVida.Tipo.INSTALACION for evento in eventos):
        eventos = [asistencia, *eventos]
    EventoDeVida.objects.bulk_create(EventoDeVida(mesa=mesa, **evento) for evento in eventos)
    return mesa


def _coberturas(mesa: Mesa, ficha: dict[str, Any]) -> Iterable[Cobertura]:
    inferidos = ficha.get("inferidos", [])
    for clave in ficha["municipios"]:
        es_sede = clave == ficha["sede"]
        yield Cobertura(
            mesa=mesa,
            municipio_id=clave,
            es_sede=es_sede,
            inferida=clave in inferidos,
            nota=ficha.get("nota_sede", "") if es_sede else "",
            fuente=ficha["fuente"],
        )


@transaction.atomic
def nombrar(
    *, puesto: Puesto, persona: Persona, desde: dt.date | None, hasta: dt.date | None = None, fuente: str = ""
) -> Cargo:
    """Give a post to a person from a day on; the rights in the portal follow by themselves.

    Args:
        desde: first day; None when no source says it.
        hasta: first day out, when the term is known.
        fuente: how it is known, for instance the session that elected the person.

    Raises:
        ValidationError: somebody holds the post on one of those days, or the person holds public office.
    """
    cargo = Cargo(puesto=puesto, persona=persona, desde=desde, hasta=hasta, fuente=fuente)
    cargo.full_clean()
    cargo.save()
    return cargo


@transaction.atomic
def terminar_cargo(*, cargo: Cargo, hasta: dt.date) -> Cargo:
    """End a post: `hasta` is the first day without it, on which a successor may begin.

    Raises:
        ValidationError: it would end before it began, or overlap the next holder.
    """
    actual = Cargo.objects.select_for_update(of=["self"]).get(pk=cargo.pk)
    actual.hasta = hasta
    actual.full_clean()
    actual.save(update_fields=["hasta"])
    return actual
