"""Everything that writes on agreements: record, report, extend."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Length
from django.utils import timezone

from comites.choques import comparar, exigir_version
from comites.models import Acuerdo, Avance, Prorroga, Sesion
from comites.niveles import Nivel
from comites.operaciones import sesion_abierta, sesion_en_curso
from comites.operaciones_publicacion import exigir_que_la_red_lo_pueda_leer, poner_nivel
from comites.querysets_seguimiento import asientos_de, impedimento_de, impedimento_de_sesion
from comun.formatos import fecha_larga
from mesas.models import Integrante, Mesa

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
    """Next folio of the mesa in that year («NORTE-2026-0007»); after the 9999th, with one figure more."""
    raiz = f"{mesa.slug.upper()}-{anio}-"
    usados = Acuerdo.objects.filter(folio__regex=rf"^{raiz}[0-9]{{4,}}$").order_by(Length("folio").desc(), "-folio")
    ultimo = usados.values_list("folio", flat=True).first()
    return f"{raiz}{int(ultimo.removeprefix(raiz)) + 1 if ultimo else 1:04d}"


def _escribir(acuerdo: Acuerdo, datos: dict[str, Any]) -> None:
    for campo in CAMPOS:  # «version» and whatever else a form carries is not of the agreement
        if campo in datos:
            setattr(acuerdo, campo, datos[campo])
    if acuerdo.nivel == Nivel.PUBLICA:
        raise ValidationError({"nivel": "Un acuerdo se hace público con el consentimiento de la asamblea."})
    if "nivel" in datos:
        poner_nivel(acuerdo, acuerdo.nivel, acuerdo.motivo_de_reserva, acuerdo.revisar_reserva_el)
    exigir_que_la_red_lo_pueda_leer(acuerdo)
    acuerdo.full_clean()


@transaction.atomic
def registrar_acuerdo(*, sesion: Sesion, **datos: Any) -> Acuerdo:
    """Record an agreement, perhaps incomplete: the gate is at the closing of the session.

    The same in everything (a finger that taps again, a page that is reloaded) is the one that there was.

    Args:
        sesion: session under way that agrees it.
        datos: values of `CAMPOS`.
    """
    sesion = sesion_en_curso(sesion)
    mesa = Mesa.objects.select_for_update().get(pk=sesion.mesa_id)  # one folio each
    acuerdo = Acuerdo(sesion=sesion, folio=_folio(mesa, sesion.anio))
    _escribir(acuerdo, datos)
    if igual := sesion.acuerdos.filter(**{campo: getattr(acuerdo, campo) for campo in CAMPOS}).first():
        return igual
    acuerdo.save()
    return acuerdo


ROTULOS = {
    "accion": "¿Qué se acordó?",
    "producto": "¿Qué existirá cuando se cumpla?",
    "responsable": "Integrante que responde",
    "institucion_responsable": "Institución que responde",
    "correo_responsable": "Correo de quien responde",
    "fecha_compromiso": "¿Para cuándo?",
    "verificacion": "¿Cómo se comprobará?",
    "cantidad": "Cantidad",
    "unidad": "Unidad",
    "punto": "Punto del orden del día",
    "detalle": "Detalle",
    "nivel": "Quién puede leerlo",
}
"""How a clash between two people names what they disagree on."""


@transaction.atomic
def corregir_acuerdo(*, acuerdo: Acuerdo, version: int | None = None, **datos: Any) -> Acuerdo:
    """Complete or correct an agreement while its session is open.

    Raises:
        Choque: somebody else wrote something else on it since `version`.
        SesionCerrada: its minute no longer changes.
        ValidationError: somebody took it out meanwhile, or a field is wrong.
    """
    sesion_abierta(acuerdo.sesion)
    filas = Acuerdo.objects.select_for_update(of=["self"]).con_contexto().select_related("punto")
    actual = filas.filter(pk=acuerdo.pk).first()
    if actual is None:
        raise ValidationError("Alguien quitó este acuerdo mientras lo escribías. Anótalo de nuevo.")
    exigir_version(version, actual.version, comparar(actual, datos, ROTULOS))
    _escribir(actual, datos)
    actual.version += 1
    actual.save(update_fields=[*CAMPOS, "version", "actualizado"])
    return actual


@transaction.atomic
def quitar_acuerdo(*, acuerdo: Acuerdo) -> None:
    """Take out an agreement recorded by mistake, while its session is open."""
    sesion_abierta(acuerdo.sesion)
    acuerdo.delete()


ANTES_DE_TIEMPO = (
    "Pon una fecha del {desde} en adelante: un avance no es de antes del acuerdo ni de lo último que se dijo."
)

LO_DICHO = ("estado", "texto", "fecha", "autor_id", "sesion_id", "verifica_id", "devuelve")
"""What makes a step the same as another."""


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
    reporta: Integrante | None = None,
    verifica: Integrante | None = None,
    devuelve: bool = False,
) -> Avance:
    """Add a step to the history of an agreement and leave it in a new state.

    Two keys: whoever answers for an agreement reports it; somebody else says it was fulfilled, or a
    session does. What can be verified by whom, PostgreSQL says (`comites/migrations/0011`).

    Args:
        fecha: day on which it happened, neither before the agreement nor before its last step.
        responde: True if `autor`, or the institution that `autor` speaks for, answers for it.
        sesion: session under way in which it was reviewed, if it was.
        reporta: seat with which it is reported; that of `autor`, if not given.
        verifica: seat that turns the second key (see `operaciones_verificacion.verificar`).
        devuelve: it was reported and is not so: it goes back with its reason in `texto`.
    """
    acuerdo = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion__mesa").get(pk=acuerdo.pk)
    if not acuerdo.sesion.esta_cerrada:
        raise ValidationError("Los avances se reportan después de cerrar la sesión.")
    fecha = _en_orden(acuerdo, fecha)
    cierra = estado in {Acuerdo.Estado.CUMPLIDO, Acuerdo.Estado.NO_CUMPLIDO, Acuerdo.Estado.CANCELADO}
    if responde and sesion is None and (cierra or devuelve):
        raise ValidationError({"estado": "Nadie verifica lo suyo: repórtalo y alguien más lo confirmará."})
    if estado == Acuerdo.Estado.CUMPLIDO or devuelve:
        _segunda_llave(acuerdo, fecha=fecha, sesion=sesion, verifica=verifica)
    elif reporta is None:
        reporta = asientos_de(autor, acuerdo, fecha).first() if autor else None
    avance = Avance(
        acuerdo=acuerdo,
        estado=estado,
        texto=texto,
        fecha=fecha,
        autor=autor,
        sesion=sesion,
        reporta=reporta,
        verifica=verifica,
        devuelve=devuelve,
    )
    avance.full_clean()
    # The same words sent twice (a finger that taps again, a page that is reloaded) are one step.
    ultimo = acuerdo.avances.order_by("pk").last()
    if autor and ultimo and all(getattr(ultimo, campo) == getattr(avance, campo) for campo in LO_DICHO):
        return ultimo
    avance.save()
    acuerdo.estado = estado
    acuerdo.save(update_fields=["estado", "actualizado"])
    return avance


def _en_orden(acuerdo: Acuerdo, fecha: dt.date) -> dt.date:
    """The day of one more step. Today is never too early: a mesa whose clock goes ahead may be in tomorrow already."""
    desde = acuerdo.primer_dia_de_un_avance
    hoy = {timezone.localdate(), timezone.localdate(timezone=ZoneInfo(acuerdo.sesion.mesa.zona_horaria))}
    if fecha < desde and fecha not in hoy:
        raise ValidationError({"fecha": ANTES_DE_TIEMPO.format(desde=fecha_larga(desde))})
    return max(fecha, desde)


def _segunda_llave(acuerdo: Acuerdo, *, fecha: dt.date, sesion: Sesion | None, verifica: Integrante | None) -> None:
    """The same rules as the trigger `comites_dos_llaves`, said where the form can show them."""
    if acuerdo.estado != Acuerdo.Estado.REPORTADO or not acuerdo.avances.filter(estado="reportado").exists():
        raise ValidationError({"estado": "Para darlo por cumplido, primero debe estar reportado."})
    if verifica is not None:
        impedimento = impedimento_de(verifica, acuerdo, fecha)
    elif sesion is not None:
        impedimento = impedimento_de_sesion(sesion, acuerdo)
    else:
        impedimento = "Lo verifica alguien más de la mesa, sin cargo público, o se verifica en una sesión."
    if impedimento:
        raise ValidationError({"estado": impedimento})


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
    ultima = acuerdo.prorrogas.order_by("pk").last()
    if ultima and (ultima.al, ultima.motivo, ultima.autor_id) == (al, motivo, getattr(autor, "pk", None)):
        return ultima  # the same words sent twice
    if al <= acuerdo.vence:
        raise ValidationError(
            {"al": f"La nueva fecha es posterior al {fecha_larga(acuerdo.vence)}, que es la que tiene."}
        )
    prorroga = Prorroga(acuerdo=acuerdo, de=acuerdo.vence, al=al, motivo=motivo, sesion=sesion, autor=autor)
    prorroga.full_clean()
    prorroga.save()
    return prorroga
