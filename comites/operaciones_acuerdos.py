"""Everything that writes on agreements: record, report, extend."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from comites.models import Acuerdo, Avance, Prorroga, Sesion
from comites.niveles import Nivel
from comites.operaciones import sesion_abierta, sesion_en_curso
from comites.operaciones_publicacion import poner_nivel
from comun.formatos import fecha_larga
from mesas.models import Mesa

CAMPOS = (
    "accion",
    "producto",
    "detalle",
    "punto",
    "responsable",
    "institucion_responsable",
    "correo_responsable",
    "fecha_compromiso",
    "verificacion",
    "cantidad",
    "unidad",
    "nivel",
    "motivo_de_reserva",
    "revisar_reserva_el",
)
"""What somebody who records an agreement writes. «Pública» is never one of its levels: that takes an act."""


def _folio(mesa: Mesa, anio: int) -> str:
    """Next folio of the mesa in that year («NORTE-2026-0007»)."""
    raiz = f"{mesa.slug.upper()}-{anio}-"
    usados = Acuerdo.objects.filter(folio__regex=rf"^{raiz}[0-9]{{4}}$").order_by("-folio")
    ultimo = usados.values_list("folio", flat=True).first()
    return f"{raiz}{int(ultimo.removeprefix(raiz)) + 1 if ultimo else 1:04d}"


def _escribir(acuerdo: Acuerdo, datos: dict[str, Any]) -> None:
    for campo in CAMPOS:
        if campo in datos:
            setattr(acuerdo, campo, datos[campo])
    if acuerdo.nivel == Nivel.PUBLICA:
        raise ValidationError({"nivel": "Un acuerdo se hace público con el consentimiento de la asamblea."})
    if "nivel" in datos:
        poner_nivel(acuerdo, acuerdo.nivel, acuerdo.motivo_de_reserva, acuerdo.revisar_reserva_el)
    acuerdo.full_clean()


@transaction.atomic
def registrar_acuerdo(*, sesion: Sesion, **datos: Any) -> Acuerdo:
    """Record an agreement, perhaps incomplete: the gate is at the closing of the session.

    Args:
        sesion: session under way that agrees it.
        datos: values of `CAMPOS`.
    """
    sesion = sesion_en_curso(sesion)
    mesa = Mesa.objects.select_for_update().get(pk=sesion.mesa_id)  # one folio each
    acuerdo = Acuerdo(sesion=sesion, folio=_folio(mesa, sesion.anio))
    _escribir(acuerdo, datos)
    acuerdo.save()
    return acuerdo


@transaction.atomic
def corregir_acuerdo(*, acuerdo: Acuerdo, **datos: Any) -> Acuerdo:
    """Complete or correct an agreement while its session is open.

    Raises:
        SesionCerrada: its minute no longer changes.
        ValidationError: somebody took it out meanwhile, or a field is wrong.
    """
    sesion_abierta(acuerdo.sesion)
    if not Acuerdo.objects.filter(pk=acuerdo.pk).exists():
        raise ValidationError("Alguien quitó este acuerdo mientras lo escribías. Anótalo de nuevo.")
    _escribir(acuerdo, datos)
    acuerdo.save(update_fields=[*CAMPOS, "actualizado"])
    return acuerdo


@transaction.atomic
def quitar_acuerdo(*, acuerdo: Acuerdo) -> None:
    """Take out an agreement recorded by mistake, while its session is open."""
    sesion_abierta(acuerdo.sesion)
    acuerdo.delete()


@transaction.atomic
def registrar_avance(
    *,
    acuerdo: Acuerdo,
    estado: str,
    texto: str,
    fecha: dt.date,
    autor: Any,
    responde: bool,
    sesion: Sesion | None = None,
) -> Avance:
    """Add a step to the history of an agreement and leave it in a new state.

    Two keys: whoever answers for an agreement reports it; somebody else says it was fulfilled.

    Args:
        responde: True if `autor`, or the institution that `autor` speaks for, answers for it.
        sesion: session under way in which it was reviewed, if it was.
    """
    acuerdo = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion").get(pk=acuerdo.pk)
    if not acuerdo.sesion.esta_cerrada:
        raise ValidationError("Los avances se reportan después de cerrar la sesión.")
    if responde and estado in {Acuerdo.Estado.CUMPLIDO, Acuerdo.Estado.NO_CUMPLIDO, Acuerdo.Estado.CANCELADO}:
        raise ValidationError({"estado": "Nadie verifica lo suyo: repórtalo y alguien más lo confirmará."})
    if estado == Acuerdo.Estado.CUMPLIDO and acuerdo.estado != Acuerdo.Estado.REPORTADO:
        raise ValidationError({"estado": "Para darlo por cumplido, primero debe estar reportado."})
    avance = Avance(acuerdo=acuerdo, estado=estado, texto=texto, fecha=fecha, autor=autor, sesion=sesion)
    avance.full_clean()
    avance.save()
    acuerdo.estado = estado
    acuerdo.save(update_fields=["estado", "actualizado"])
    return avance


@transaction.atomic
def prorrogar_acuerdo(
    *, acuerdo: Acuerdo, al: dt.date, motivo: str, autor: Any, sesion: Sesion | None = None
) -> Prorroga:
    """Give an open agreement a later date. The first one, and each that it had, stay in view.

    Args:
        al: new date, later than the one that it has.
        motivo: why it was not done in time.
        sesion: session that granted it; None: the coordination did.

    Raises:
        ValidationError: it is no longer open, never had a date, its session has not closed, or `al` is not later.
    """
    acuerdo = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion").get(pk=acuerdo.pk)
    if not acuerdo.sesion.esta_cerrada:
        raise ValidationError("La sesión que lo acordó sigue abierta: corrige su fecha en vez de prorrogarla.")
    if not acuerdo.esta_abierto:
        raise ValidationError("Este acuerdo ya no está abierto: no hay qué prorrogar.")
    if acuerdo.vence is None:
        raise ValidationError("Este acuerdo nunca tuvo fecha: no hay qué prorrogar.")
    if al <= acuerdo.vence:
        raise ValidationError(
            {"al": f"La nueva fecha es posterior al {fecha_larga(acuerdo.vence)}, que es la que tiene."}
        )
    prorroga = Prorroga(acuerdo=acuerdo, de=acuerdo.vence, al=al, motivo=motivo, sesion=sesion, autor=autor)
    prorroga.full_clean()
    prorroga.save()
    return prorroga
