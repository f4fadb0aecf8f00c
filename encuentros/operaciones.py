"""Everything that writes on encuentros: load one from its source, merge proposals. Atomic and keyword-only."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models, transaction

from comites.models import Acuerdo, PuntoDelOrden, Sesion
from comites.niveles import Nivel
from comites.operaciones import cerrar_sesion, crear_sesion, empezar_sesion
from comites.operaciones_publicacion import publicar_acuerdo
from encuentros.models import (
    CifraDeclarada,
    Difusion,
    Documento,
    Encuentro,
    Nota,
    OpcionDeVotacion,
    ParticipacionDeMesa,
    Propuesta,
    Rubro,
    Votacion,
)
from mesas.models import Mesa

DATOS = Path(__file__).parent / "datos"

Fila = TypeVar("Fila", bound=models.Model)


def _leer(nombre: str) -> Any:
    return json.loads((DATOS / nombre).read_text(encoding="utf-8"))


def _guardar(fila: Fila) -> Fila:
    fila.full_clean()
    fila.save()
    return fila


def _fecha(texto: str | None) -> dt.date | None:
    return dt.date.fromisoformat(texto) if texto else None


@transaction.atomic
def cargar_rubros() -> str:
    """Load the catalogue of themes. What somebody already renamed stays as it is."""
    nuevos = 0
    for orden, rubro in enumerate(_leer("rubros.json"), start=1):
        _, nuevo = Rubro.objects.get_or_create(clave=rubro["clave"], defaults={**rubro, "orden": orden})
        nuevos += nuevo
    return f"{nuevos} rubros nuevos, {Rubro.objects.count()} en total"


@transaction.atomic
def cargar_tercer_encuentro() -> str:
    """Load the 3er Encuentro (Tampico, 2018) as the portal keeps it in `encuentros/datos`."""
    cargar_rubros()
    encuentro, nuevo = cargar_encuentro(datos=_leer("encuentro_3.json"))
    if not nuevo:
        return "ya estaba cargado, no se tocó"
    return (
        f"{encuentro.participaciones.count()} mesas, {encuentro.propuestas.count()} propuestas, "
        f"{encuentro.sesion.acuerdos.count()} acuerdos, {encuentro.notas.count()} notas"
    )


@transaction.atomic
def cargar_encuentro(*, datos: Mapping[str, Any]) -> tuple[Encuentro, bool]:
    """Load a whole encuentro that happened before the portal: all of it or nothing.

    One that is already here is left alone: somebody may have corrected it, or withdrawn one
    of its agreements, and loading again must not undo that.

    Args:
        datos: as in `encuentros/datos/encuentro_3.json`; mesas are named by their `orden`.

    Returns:
        The encuentro, and whether it is new.

    Raises:
        ValidationError: a mesa is missing, or some row breaks a rule.
    """
    existente = Encuentro.objects.filter(numero=datos["numero"]).first()
    if existente:
        return existente, False
    mesas = _mesas_del_informe(datos)
    sesion, acuerdos = _cargar_sesion(datos, mesas)
    directos = ("numero", "nombre", "nombre_corto", "lugar", "proposito", "publico", "fuente")
    encuentro = _guardar(
        Encuentro(
            **{campo: datos[campo] for campo in directos},
            inicio=_fecha(datos["inicio"]),
            fin=_fecha(datos["fin"]),
            anfitriona=mesas[datos["anfitriona"]],
            sesion=sesion,
        )
    )
    for orden, nota in datos["asistentes"].items():
        mesa = mesas[int(orden)]
        _guardar(
            ParticipacionDeMesa(
                encuentro=encuentro, mesa=mesa, orden=int(orden), invitada=True, asistio=True, nota=nota
            )
        )
    _cargar_propuestas(encuentro, datos["propuestas"])
    _cargar_votaciones(encuentro, datos["votaciones"], mesas, acuerdos)
    _cargar_difusion(encuentro, datos)
    return encuentro, True


def _mesas_del_informe(datos: Mapping[str, Any]) -> dict[int, Mesa]:
    """The attending mesas by their place in the report."""
    pedidas = {int(orden) for orden in datos["asistentes"]}
    mesas = {mesa.orden: mesa for mesa in Mesa.objects.filter(orden__in=pedidas)}
    if faltan := sorted(pedidas - mesas.keys()):
        lugares = ", ".join(map(str, faltan))
        raise ValidationError(f"Faltan mesas del informe (lugares {lugares}): carga antes el catálogo de mesas.")
    return mesas


def _cargar_sesion(datos: Mapping[str, Any], mesas: dict[int, Mesa]) -> tuple[Sesion, dict[str, Acuerdo]]:
    """The session of the encuentro with its agenda and agreements, closed, and each agreement published.

    The order matters to PostgreSQL: a closed minute takes no agreements, and an agreement is
    public only after its act.
    """
    de_sesion = datos["sesion"]
    zona = ZoneInfo(de_sesion["zona_horaria"])
    anfitriona = mesas[datos["anfitriona"]]
    sesion = crear_sesion(
        mesa=anfitriona,
        tipo=Sesion.Tipo.ENCUENTRO,
        # What was agreed dates from the day it was signed, not from the one on which the encuentro opened.
        inicio=dt.datetime.combine(_fecha(de_sesion["dia"]), dt.time.min, zona),
        lugar=datos["lugar"],
        numero=datos["numero"],
        numero_anual=de_sesion["numero_anual"],
    )
    sesion.fin = dt.datetime.combine(_fecha(datos["fin"]), dt.time(23, 59), zona)
    sesion.desarrollo, sesion.nivel = de_sesion["desarrollo"], Nivel.RED
    sesion.save(update_fields=["fin", "desarrollo", "nivel", "actualizado"])
    sesion.mesas.set([mesa for mesa in mesas.values() if mesa != anfitriona])
    puntos = [
        _guardar(PuntoDelOrden(sesion=sesion, orden=orden, nivel=Nivel.RED, **punto))
        for orden, punto in enumerate(de_sesion["puntos"], start=1)
    ]
    punto = puntos[de_sesion["punto_de_los_acuerdos"] - 1]
    acuerdos = {
        acuerdo["clave"]: _guardar(
            Acuerdo(
                sesion=sesion,
                punto=punto,
                folio=acuerdo["folio"],
                clave_de_origen=acuerdo["clave"],
                accion=acuerdo["accion"],
                detalle=acuerdo["detalle"],
                nota_publica=acuerdo["nota"],
                historico=True,
                nivel=Nivel.RED,
            )
        )
        for acuerdo in de_sesion["acuerdos"]
    }
    punto.sesion = sesion = cerrar_sesion(sesion=empezar_sesion(sesion=sesion), autor=None)
    for acuerdo in acuerdos.values():
        publicar_acuerdo(acuerdo=acuerdo, punto=punto, fundamento=de_sesion["fundamento"], autor=None)
    return sesion, acuerdos


def _cargar_propuestas(encuentro: Encuentro, por_rubro: Mapping[str, list[str]]) -> None:
    rubros = {rubro.clave: rubro for rubro in Rubro.objects.filter(clave__in=por_rubro)}
    for clave, resumenes in por_rubro.items():
        for orden, resumen in enumerate(resumenes, start=1):
            _guardar(Propuesta(encuentro=encuentro, rubro=rubros[clave], orden=orden, resumen=resumen))


def _cargar_votaciones(
    encuentro: Encuentro, votaciones: list[dict[str, Any]], mesas: dict[int, Mesa], acuerdos: dict[str, Acuerdo]
) -> None:
    for datos in votaciones:
        directos = ("asunto", "electorado", "regla", "padron", "base", "fuente")
        votacion = _guardar(
            Votacion(
                encuentro=encuentro,
                **{campo: datos[campo] for campo in directos},
                fecha=_fecha(datos["fecha"]),
                acuerdo=acuerdos.get(datos["acuerdo"]),
            )
        )
        for opcion in datos["opciones"]:
            mesa = mesas[opcion["mesa"]] if opcion["mesa"] else None
            _guardar(OpcionDeVotacion(votacion=votacion, nombre=opcion["nombre"], mesa=mesa, votos=opcion["votos"]))


def _cargar_difusion(encuentro: Encuentro, datos: Mapping[str, Any]) -> None:
    """Figures, press, documents and notes: rows that only hang from the encuentro, in the order of the file."""
    modelos = {"cifras": CifraDeclarada, "difusion": Difusion, "documentos": Documento, "notas": Nota}
    for clave, modelo in modelos.items():
        for orden, fila in enumerate(datos[clave], start=1):
            valores = {"fuente": datos["fuente"], **fila, "encuentro": encuentro, "orden": orden}
            if "fecha" in valores:
                valores["fecha"] = _fecha(valores["fecha"])
            _guardar(modelo(**valores))


@transaction.atomic
def fusionar_propuestas(*, propuesta: Propuesta, en: Propuesta) -> Propuesta:
    """Merge a proposal into another of the same encuentro. Both keep their authors.

    Those that had been merged into it before follow it, so that nobody hangs from a proposal
    that no longer goes on.

    Raises:
        ValidationError: it is the same one, of another encuentro, or `en` was itself merged.
    """
    filas = Propuesta.objects.select_for_update(of=["self"]).filter(pk__in=[propuesta.pk, en.pk]).order_by("pk")
    por_pk = {fila.pk: fila for fila in filas}
    propuesta, en = por_pk[propuesta.pk], por_pk[en.pk]
    if propuesta == en:
        raise ValidationError("Una propuesta no se une a sí misma.")
    if en.fusionada_en_id:
        raise ValidationError("Esa propuesta ya se unió a otra: únela a la que sigue viva.")
    if en.encuentro_id != propuesta.encuentro_id:
        raise ValidationError("Solo se unen propuestas de un mismo encuentro.")
    propuesta.fusionadas.update(fusionada_en=en)
    propuesta.fusionada_en = en
    propuesta.save(update_fields=["fusionada_en", "actualizado"])
    return propuesta
