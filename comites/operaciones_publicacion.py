"""Everything that makes something public, takes it back, or keeps it reserved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comites.models import ActoDePublicacion, Acuerdo, Evidencia, PuntoDelOrden, Sesion
from comites.niveles import Nivel
from comites.nombres import nombres_en, nombres_que_no_consintieron, textos_de_acuerdo, textos_de_sesion
from comites.operaciones_constancias import dejar_constancia
from comun.formatos import enumerar


@transaction.atomic
def consentir(
    *,
    punto: PuntoDelOrden,
    fundamento: str,
    autor: Any,
    hasta: dt.date | None = None,
    sesiones: Mapping[Sesion, Collection[int]],
    acuerdos: Mapping[Acuerdo, Collection[int]],
) -> list[ActoDePublicacion]:
    """Record all that an assembly consented to publish in one item, and publish it: everything or nothing.

    Args:
        punto: agenda item of the plenaria (or encuentro) in which it consented.
        fundamento: how it consented, in words.
        hasta: first day in which it is no longer public (None: until withdrawn).
        sesiones: sessions, each with the keys of the items that may be read.
        acuerdos: agreements, each with the keys of the steps that may be read (its result). Of one
            that is public already, this act takes the place of the one it had.

    Raises:
        ValidationError: as `publicar_acuerdo` and `publicar_sesion`, or nothing was chosen.
    """
    if not sesiones and not acuerdos:
        raise ValidationError("Elige qué consintió publicar la asamblea.")
    comun = {"punto": punto, "fundamento": fundamento, "autor": autor, "hasta": hasta}
    actos = [publicar_sesion(sesion=sesion, puntos=puntos, **comun) for sesion, puntos in sesiones.items()]
    for acuerdo, avances in acuerdos.items():
        # Locked in the same order by everybody who writes: first the agreement, then its act.
        anterior = _bloqueado(acuerdo).actos.filter(revocado_el__isnull=True).first()
        if anterior:
            retirar_publicacion(acto=anterior, motivo="La asamblea consintió de nuevo")
        actos.append(publicar_acuerdo(acuerdo=acuerdo, avances=avances, **comun))
    return actos


@transaction.atomic
def publicar_acuerdo(
    *,
    acuerdo: Acuerdo,
    punto: PuntoDelOrden,
    fundamento: str,
    autor: Any,
    desde: dt.date | None = None,
    hasta: dt.date | None = None,
    avances: Collection[int] = (),
) -> ActoDePublicacion:
    """Record that an assembly consented to publish an agreement, and publish it.

    Args:
        punto: agenda item of the plenaria (or encuentro) in which it consented.
        fundamento: how it consented, in words.
        desde, hasta: first day, and first day in which it is no longer public (None: no end).
        avances: keys of the steps whose text may be read too; what is reported later is not public.

    Raises:
        ValidationError: that session was no assembly, has not met, is of another mesa, or the
            agreement is reserved, of a session that is still open, or names somebody.
    """
    acuerdo = _bloqueado(acuerdo)
    _dar_por_terminado(acuerdo)
    del_punto = acuerdo.punto.nivel if acuerdo.punto_id else ""
    _puede_publicarse(acuerdo.sesion, punto.sesion, "acuerdo")
    if Nivel.RESERVADA in {acuerdo.nivel, acuerdo.sesion.nivel, del_punto}:
        raise ValidationError({"acuerdo": "Él, su punto o su sesión son reservados. Antes hay que cambiar su nivel."})
    _sin_nombres(acuerdo.sesion, textos_de_acuerdo(acuerdo, avances), f"El acuerdo {acuerdo.folio}")
    acto = ActoDePublicacion(acuerdo=acuerdo, avances=sorted(avances))
    return _asentar(acto, acuerdo, punto, fundamento, autor, desde, hasta)


@transaction.atomic
def publicar_sesion(
    *,
    sesion: Sesion,
    puntos: Collection[int],
    punto: PuntoDelOrden,
    fundamento: str,
    autor: Any,
    desde: dt.date | None = None,
    hasta: dt.date | None = None,
) -> ActoDePublicacion:
    """Record that an assembly consented to publish a session, and publish it.

    Never its place, its minutes or who came. Its agreements are published one by one.

    Args:
        puntos: keys of the items of its agenda that may be read; the rest stay as «punto reservado».

    Raises:
        ValidationError: as `publicar_acuerdo`.
    """
    filas = Sesion.objects.select_for_update(of=["self"]).select_related("mesa", "comite")
    sesion = filas.get(pk=sesion.pk)
    _dar_por_terminado(sesion)
    _puede_publicarse(sesion, punto.sesion, "sesion")
    if sesion.nivel == Nivel.RESERVADA:
        raise ValidationError({"sesion": f"{sesion} es reservada. Antes hay que cambiar su nivel."})
    if sesion.puntos.filter(pk__in=puntos, nivel=Nivel.RESERVADA).exists():
        raise ValidationError({"puntos": "Uno de esos puntos es reservado. Antes hay que cambiar su nivel."})
    _sin_nombres(sesion, textos_de_sesion(sesion, puntos), str(sesion))
    acto = ActoDePublicacion(sesion=sesion, puntos=sorted(puntos))
    return _asentar(acto, sesion, punto, fundamento, autor, desde, hasta)


def _bloqueado(acuerdo: Acuerdo) -> Acuerdo:
    filas = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion__mesa", "punto")
    return filas.get(pk=acuerdo.pk)


def _asentar(
    acto: ActoDePublicacion,
    fila: Acuerdo | Sesion,
    punto: PuntoDelOrden,
    fundamento: str,
    autor: Any,
    desde: dt.date | None,
    hasta: dt.date | None,
) -> ActoDePublicacion:
    acto.punto, acto.fundamento, acto.registrado_por = punto, fundamento, autor
    acto.desde, acto.hasta = desde or timezone.localdate(), hasta
    acto.full_clean()
    acto.save()
    fila.nivel = Nivel.PUBLICA
    fila.save(update_fields=["nivel", "actualizado"])
    que = f"{fila.organo}, sesión {fila.numero}" if isinstance(fila, Sesion) else f"el acuerdo {fila.folio}"
    dejar_constancia(punto, f"Se consintió publicar {que}.")
    return acto


def _dar_por_terminado(fila: Acuerdo | Sesion) -> None:
    """An act whose term passed makes room for a new consent."""
    pasados = fila.actos.filter(revocado_el__isnull=True, hasta__lte=timezone.localdate())
    if pasados.update(revocado_el=timezone.now(), motivo_de_retiro="Terminó su plazo"):
        fila.refresh_from_db(fields=["nivel"])


def _puede_publicarse(origen: Sesion, asamblea: Sesion, que: str) -> None:
    """The same rules as the trigger `comites_acto_de_asamblea`, said where the form can show them."""
    if not asamblea.es_asamblea or not asamblea.ya_empezo:
        raise ValidationError({"punto": "El consentimiento lo da una plenaria o un encuentro que ya sesionó."})
    presentes = asamblea.asistencias.filter(estado__in=["presente", "suplente"])
    if asamblea.tipo == Sesion.Tipo.PLENARIA and not presentes.exists():
        raise ValidationError({"punto": "Esa plenaria no tiene a nadie en su lista: pásala antes."})
    if asamblea.mesa_id != origen.mesa_id:
        raise ValidationError({"punto": "Solo la asamblea de la mesa que lo acordó puede consentir que se publique."})
    if asamblea.inicio < origen.inicio:
        raise ValidationError({"punto": "Esa asamblea fue antes de que se acordara."})
    if not origen.esta_cerrada:
        raise ValidationError({que: "Primero cierra su sesión: lo que se publica ya no debe cambiar."})


def _sin_nombres(sesion: Sesion, texto: str, que: str) -> None:
    """A name in a text would be public without anybody's consent, and a closed text cannot be mended."""
    if dichos := nombres_en(texto, nombres_que_no_consintieron(sesion)):
        raise ValidationError(
            f"{que} nombra a {enumerar(dichos)}, sin su consentimiento para que su nombre sea público. "
            "Déjalo sin publicar, o pide antes ese consentimiento por escrito y que México SOS lo registre."
        )


@transaction.atomic
def retirar_publicacion(*, acto: ActoDePublicacion, motivo: str) -> ActoDePublicacion:
    """Withdraw what was public. PostgreSQL lowers its level in the same breath, so every channel obeys at once.

    Raises:
        ValidationError: somebody withdrew it already.
    """
    fila = acto.acuerdo or acto.sesion
    # What it publishes, and then the act: the order of `consentir`.
    type(fila).objects.select_for_update(of=["self"]).get(pk=fila.pk)
    acto = ActoDePublicacion.objects.select_for_update(of=["self"]).get(pk=acto.pk)
    if acto.revocado_el is not None:
        raise ValidationError("Ya estaba retirado.")
    acto.revocado_el, acto.motivo_de_retiro = timezone.now(), motivo
    acto.save(update_fields=["revocado_el", "motivo_de_retiro"])
    return acto


@transaction.atomic
def cambiar_nivel(
    *,
    fila: Sesion | PuntoDelOrden | Acuerdo,
    nivel: str,
    motivo_de_reserva: str = "",
    revisar_reserva_el: dt.date | None = None,
) -> Sesion | PuntoDelOrden | Acuerdo:
    """Change who may read a session, an item or an agreement, open or closed.

    Never to «pública», and what is public is withdrawn, not lowered: both take an act.

    Args:
        motivo_de_reserva, revisar_reserva_el: why and until when, only if it is reserved.
    """
    fila = type(fila).objects.select_for_update(of=["self"]).get(pk=fila.pk)
    if fila.nivel == Nivel.PUBLICA:
        _dar_por_terminado(fila)
    if Nivel.PUBLICA in {nivel, fila.nivel}:
        raise ValidationError({"nivel": "Publicar o retirar se hace con un acto de publicación."})
    poner_nivel(fila, nivel, motivo_de_reserva, revisar_reserva_el)
    if isinstance(fila, Acuerdo):
        exigir_que_la_red_lo_pueda_leer(fila)
    sesion = fila if isinstance(fila, Sesion) else fila.sesion
    if not sesion.esta_cerrada:
        fila.version += 1  # a page read before would give it back the level that it had
    fila.full_clean()
    campos = ["nivel", "motivo_de_reserva", "revisar_reserva_el", "version"]
    fila.save(update_fields=[*campos, *(["actualizado"] if hasattr(fila, "actualizado") else [])])
    return fila


def exigir_que_la_red_lo_pueda_leer(acuerdo: Acuerdo) -> None:
    """What is shared with the other mesas names nobody who did not consent.

    Raises:
        ValidationError: it is for the network, and its text says the name of somebody of its mesas.
    """
    if acuerdo.nivel != Nivel.RED:
        return
    textos = " · ".join([acuerdo.accion, acuerdo.producto, acuerdo.detalle, acuerdo.verificacion])
    if dichos := nombres_en(textos, nombres_que_no_consintieron(acuerdo.sesion)):
        raise ValidationError(
            {"nivel": f"Nombra a {enumerar(dichos)}, y lo leerían las otras mesas. Di su cargo en vez de su nombre."}
        )


def poner_nivel(
    fila: Sesion | PuntoDelOrden | Acuerdo | Evidencia, nivel: str, motivo: str = "", revisar: dt.date | None = None
) -> None:
    """Leave the level in a row that somebody else saves. Only what is reserved keeps a reason and a date."""
    es_reservada = nivel == Nivel.RESERVADA
    fila.nivel = nivel
    fila.motivo_de_reserva = motivo if es_reservada else ""
    fila.revisar_reserva_el = revisar if es_reservada else None
