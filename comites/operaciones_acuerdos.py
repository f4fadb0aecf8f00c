"""Everything that writes on agreements: record, report, publish, withdraw."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comites.choques import comparar, exigir_version
from comites.models import ActoDePublicacion, Acuerdo, Avance, Prorroga, PuntoDelOrden, Sesion
from comites.niveles import Nivel
from comites.operaciones import sesion_abierta, sesion_en_curso
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
)
"""What somebody who records an agreement writes. «Pública» is never one of its levels: that takes an act."""


def _folio(mesa: Mesa, anio: int) -> str:
    """Next folio of the mesa in that year («NORTE-2026-0007»)."""
    raiz = f"{mesa.slug.upper()}-{anio}-"
    usados = Acuerdo.objects.filter(folio__regex=rf"^{raiz}[0-9]{{4}}$").order_by("-folio")
    ultimo = usados.values_list("folio", flat=True).first()
    return f"{raiz}{int(ultimo.removeprefix(raiz)) + 1 if ultimo else 1:04d}"


def _escribir(acuerdo: Acuerdo, datos: dict[str, Any]) -> None:
    for campo in CAMPOS:  # «version» and whatever else a form carries is not of the agreement
        if campo in datos:
            setattr(acuerdo, campo, datos[campo])
    if acuerdo.nivel == Nivel.PUBLICA:
        raise ValidationError({"nivel": "Un acuerdo se hace público con el consentimiento de la asamblea."})
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
        responde: True if `autor`, or the institution that `autor` speaks for, answers for it.
        sesion: session under way in which it was reviewed, if it was.
        reporta: seat with which it is reported; that of `autor`, if not given.
        verifica: seat that turns the second key (see `operaciones_verificacion.verificar`).
        devuelve: it was reported and is not so: it goes back with its reason in `texto`.
    """
    acuerdo = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion").get(pk=acuerdo.pk)
    if not acuerdo.sesion.esta_cerrada:
        raise ValidationError("Los avances se reportan después de cerrar la sesión.")
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
    avance.save()
    acuerdo.estado = estado
    acuerdo.save(update_fields=["estado", "actualizado"])
    return avance


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
    if al <= acuerdo.vence:
        raise ValidationError(
            {"al": f"La nueva fecha es posterior al {fecha_larga(acuerdo.vence)}, que es la que tiene."}
        )
    prorroga = Prorroga(acuerdo=acuerdo, de=acuerdo.vence, al=al, motivo=motivo, sesion=sesion, autor=autor)
    prorroga.full_clean()
    prorroga.save()
    return prorroga


@transaction.atomic
def publicar_acuerdo(
    *,
    acuerdo: Acuerdo,
    punto: PuntoDelOrden,
    fundamento: str,
    autor: Any,
    desde: dt.date | None = None,
    hasta: dt.date | None = None,
) -> ActoDePublicacion:
    """Record that an assembly consented to publish an agreement, and publish it.

    Args:
        punto: agenda item of the plenaria (or encuentro) in which it consented.
        fundamento: how it consented, in words.
        desde, hasta: first day, and first day in which it is no longer public (None: no end).

    Raises:
        ValidationError: that session was no assembly, has not met, is of another mesa, or the
            agreement is reserved or of a session that is still open.
    """
    acuerdo = _bloqueado(acuerdo)
    _dar_por_terminado(acuerdo)
    acto = ActoDePublicacion(
        acuerdo=acuerdo,
        punto=punto,
        fundamento=fundamento,
        desde=desde or timezone.localdate(),
        hasta=hasta,
        registrado_por=autor,
    )
    _puede_publicarse(acuerdo, punto.sesion)
    acto.full_clean()
    acto.save()
    acuerdo.nivel = Nivel.PUBLICA
    acuerdo.save(update_fields=["nivel", "actualizado"])
    return acto


def _bloqueado(acuerdo: Acuerdo) -> Acuerdo:
    filas = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion__mesa", "punto")
    return filas.get(pk=acuerdo.pk)


def _dar_por_terminado(acuerdo: Acuerdo) -> None:
    """An act whose term passed makes room for a new consent."""
    pasados = acuerdo.actos.filter(revocado_el__isnull=True, hasta__lte=timezone.localdate())
    if pasados.update(revocado_el=timezone.now(), motivo_de_retiro="Terminó su plazo"):
        acuerdo.refresh_from_db(fields=["nivel"])


def _puede_publicarse(acuerdo: Acuerdo, asamblea: Sesion) -> None:
    """The same rules as the trigger `comites_acto_de_asamblea`, said where the form can show them."""
    sin_sesionar = asamblea.estado in {Sesion.Estado.BORRADOR, Sesion.Estado.CONVOCADA}
    if not asamblea.es_asamblea or sin_sesionar or asamblea.inicio > timezone.now():
        raise ValidationError({"punto": "El consentimiento lo da una plenaria o un encuentro que ya sesionó."})
    presentes = asamblea.asistencias.filter(estado__in=["presente", "suplente"])
    if asamblea.tipo == Sesion.Tipo.PLENARIA and not presentes.exists():
        raise ValidationError({"punto": "Esa plenaria no tiene a nadie en su lista: pásala antes."})
    if asamblea.mesa_id != acuerdo.sesion.mesa_id:
        raise ValidationError({"punto": "Solo la asamblea de la mesa que lo acordó puede consentir que se publique."})
    if asamblea.inicio < acuerdo.sesion.inicio:
        raise ValidationError({"punto": "Esa asamblea fue antes de que se acordara."})
    if not acuerdo.sesion.esta_cerrada:
        raise ValidationError({"acuerdo": "Primero cierra su sesión: lo que se publica ya no debe cambiar."})
    del_punto = acuerdo.punto.nivel if acuerdo.punto_id else ""
    if Nivel.RESERVADA in {acuerdo.nivel, acuerdo.sesion.nivel, del_punto}:
        raise ValidationError({"acuerdo": "Él, su punto o su sesión son reservados. Antes hay que cambiar su nivel."})


@transaction.atomic
def retirar_publicacion(*, acto: ActoDePublicacion, motivo: str) -> ActoDePublicacion:
    """Withdraw what was public. PostgreSQL lowers its level in the same breath, so every channel obeys at once."""
    acto = ActoDePublicacion.objects.select_for_update(of=["self"]).get(pk=acto.pk)
    if acto.revocado_el is not None:
        raise ValidationError("Ya estaba retirado.")
    acto.revocado_el, acto.motivo_de_retiro = timezone.now(), motivo
    acto.save(update_fields=["revocado_el", "motivo_de_retiro"])
    return acto
