"""Everything that writes on sessions: create, agenda, roll, close.

All atomic and keyword-only. They assume that a door of `permisos` let the user in; state is
checked here, and once more by the triggers of PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comites.models import Acuerdo, Asistencia, Comite, PuntoDelOrden, Sesion
from comites.operaciones_publicacion import poner_nivel
from comun.formatos import enumerar
from mesas.models import Integrante, Mesa


class SesionCerrada(ValidationError):
    """Somebody tried to write on a minute that no longer changes."""

    def __init__(self) -> None:
        super().__init__("La sesión está cerrada y su minuta ya no cambia.")


class ListaIncompleta(ValidationError):
    """The session does not close yet: a minute that forgets somebody could never be mended."""

    def __init__(self, faltan: int) -> None:
        a_quienes = "a una persona" if faltan == 1 else f"a {faltan} personas"
        super().__init__(f"Falta pasar lista {a_quienes}.")


class AcuerdosIncompletos(ValidationError):
    """The session does not close yet. `faltas` says what each agreement lacks."""

    def __init__(self, faltas: list[tuple[Acuerdo, list[str]]]) -> None:
        self.faltas = faltas
        super().__init__([texto for _, texto in self.por_acuerdo()])

    def por_acuerdo(self) -> list[tuple[Acuerdo, str]]:
        """Each agreement with the sentence that says what it lacks."""
        return [
            (acuerdo, f"Al acuerdo «{acuerdo.accion}» le falta {enumerar(falta)}.") for acuerdo, falta in self.faltas
        ]


def sesion_abierta(sesion: Sesion) -> Sesion:
    """The session, locked until the end of the transaction. Raises `SesionCerrada`."""
    actual = Sesion.objects.select_for_update(of=["self"]).select_related("mesa", "comite").get(pk=sesion.pk)
    if actual.esta_cerrada:
        raise SesionCerrada
    return actual


def sesion_en_curso(sesion: Sesion) -> Sesion:
    """The session, locked, while it meets: when the roll is called and agreements are made."""
    actual = sesion_abierta(sesion)
    if actual.estado != Sesion.Estado.EN_CURSO:
        raise ValidationError("La sesión todavía no empieza: ábrela con «Empezar la sesión».")
    return actual


def _siguiente(sesiones: Any, campo: str) -> int:
    return (sesiones.aggregate(mayor=Max(campo))["mayor"] or 0) + 1


@transaction.atomic
def crear_sesion(
    *,
    mesa: Mesa,
    tipo: str,
    inicio: dt.datetime,
    comite: Comite | None = None,
    lugar: str = "",
    puntos: Iterable[str] = (),
    numero: int | None = None,
    numero_anual: int | None = None,
) -> Sesion:
    """Create a session with its agenda; numbers not given follow the last ones of its organ.

    Raises:
        ValidationError: the organ already used that number, or a field is wrong.
    """
    Mesa.objects.select_for_update().get(pk=mesa.pk)  # two creations at once would take one number
    anio = inicio.astimezone(ZoneInfo(mesa.zona_horaria)).year
    del_organo = Sesion.objects.filter(mesa=mesa, comite=comite, tipo=tipo)
    sesion = Sesion(
        mesa=mesa,
        comite=comite,
        tipo=tipo,
        anio=anio,
        inicio=inicio,
        lugar=lugar,
        numero=numero or _siguiente(del_organo, "numero"),
        numero_anual=numero_anual or _siguiente(del_organo.filter(anio=anio), "numero_anual"),
    )
    sesion.full_clean()
    sesion.save()
    PuntoDelOrden.objects.bulk_create(
        PuntoDelOrden(sesion=sesion, orden=orden, titulo=titulo) for orden, titulo in enumerate(puntos, start=1)
    )
    return sesion


@transaction.atomic
def cambiar_datos(*, sesion: Sesion, inicio: dt.datetime, lugar: str, numero: int, numero_anual: int) -> Sesion:
    """Correct the date, place or numbers of a session that is still open."""
    sesion = sesion_abierta(sesion)
    sesion.inicio, sesion.lugar = inicio, lugar
    sesion.anio = sesion.dia.year
    sesion.numero, sesion.numero_anual = numero, numero_anual
    sesion.full_clean()
    sesion.save(update_fields=["inicio", "lugar", "anio", "numero", "numero_anual", "actualizado"])
    return sesion


@transaction.atomic
def empezar_sesion(*, sesion: Sesion) -> Sesion:
    """The session begins: from now on attendance and agreements are taken. Never before its day."""
    sesion = sesion_abierta(sesion)
    if sesion.dia > timezone.localdate(timezone=ZoneInfo(sesion.mesa.zona_horaria)):
        raise ValidationError("Todavía no es el día de la sesión. Si se adelantó, corrige antes su fecha.")
    sesion.estado = Sesion.Estado.EN_CURSO
    sesion.save(update_fields=["estado", "actualizado"])
    return sesion


@transaction.atomic
def agregar_punto(*, sesion: Sesion, titulo: str, minutos: int | None = None) -> PuntoDelOrden:
    """Add an item at the end of the agenda."""
    sesion = sesion_abierta(sesion)
    punto = PuntoDelOrden(sesion=sesion, orden=_siguiente(sesion.puntos, "orden"), titulo=titulo, minutos=minutos)
    punto.full_clean()
    punto.save()
    return punto


@transaction.atomic
def anotar_punto(
    *,
    punto: PuntoDelOrden,
    titulo: str,
    desenlace: str,
    resumen: str,
    nivel: str,
    motivo_de_reserva: str = "",
    revisar_reserva_el: dt.date | None = None,
) -> PuntoDelOrden:
    """Write down what came of an item; if it is reserved, why and until when."""
    sesion_abierta(punto.sesion)
    punto.titulo, punto.desenlace, punto.resumen = titulo, desenlace, resumen
    poner_nivel(punto, nivel, motivo_de_reserva, revisar_reserva_el)
    punto.full_clean()
    punto.save(update_fields=["titulo", "desenlace", "resumen", "nivel", "motivo_de_reserva", "revisar_reserva_el"])
    return punto


@transaction.atomic
def pasar_lista(
    *, sesion: Sesion, integrante: Integrante, estado: str, suplente: str = "", motivo: str = ""
) -> Asistencia:
    """Note what happened with one seat. Tapping again corrects it.

    Raises:
        ValidationError: the person had no seat in the mesas of the session on that day.
    """
    sesion = sesion_en_curso(sesion)
    if not asientos(sesion).filter(pk=integrante.pk).exists():
        raise ValidationError("Esa persona no era integrante de la mesa en la fecha de la sesión.")
    asistencia = Asistencia.objects.filter(sesion=sesion, integrante=integrante).first()
    asistencia = asistencia or Asistencia(sesion=sesion, integrante=integrante)
    asistencia.estado = estado
    asistencia.suplente = suplente if estado == Asistencia.Estado.SUPLENTE else ""
    asistencia.motivo = motivo if estado == Asistencia.Estado.JUSTIFICADA else ""
    asistencia.full_clean()
    asistencia.save()
    return asistencia


def asientos(sesion: Sesion) -> Any:
    """Seats of the mesas of a session in force on its day: whom the roll is called for."""
    mesas = [sesion.mesa_id, *sesion.mesas.values_list("pk", flat=True)]
    return (
        Integrante.objects.filter(mesa__in=mesas)
        .vigentes_en(sesion.dia)
        .select_related("persona", "institucion")
        .order_by("tipo", "persona__nombre")
    )


@transaction.atomic
def completar_lista(*, sesion: Sesion) -> int:
    """Note as absent everybody of whom nobody has said yet. Returns how many."""
    sesion = sesion_en_curso(sesion)
    faltan = sin_pasar(sesion)
    Asistencia.objects.bulk_create(
        Asistencia(sesion=sesion, integrante=asiento, estado=Asistencia.Estado.AUSENTE) for asiento in faltan
    )
    return len(faltan)


def sin_pasar(sesion: Sesion) -> list[Integrante]:
    """Seats of whom the roll says nothing yet. An encuentro has no roll by person."""
    if sesion.tipo == Sesion.Tipo.ENCUENTRO:
        return []
    return list(asientos(sesion).exclude(pk__in=sesion.asistencias.values("integrante")))


@transaction.atomic
def descartar_sesion(*, sesion: Sesion) -> None:
    """Take away a session created by mistake. Only before it begins: afterwards it happened."""
    sesion = sesion_abierta(sesion)
    if sesion.estado == Sesion.Estado.EN_CURSO or sesion.acuerdos.exists():
        raise ValidationError("La sesión ya empezó: no se borra, se cierra.")
    sesion.delete()


@transaction.atomic
def cerrar_sesion(*, sesion: Sesion, autor: Any) -> Sesion:
    """Close the session: its minute no longer changes.

    Raises:
        AcuerdosIncompletos: some agreement lacks product, responsible, date or verification.
        ListaIncompleta: somebody with a seat is neither present nor absent.
        SesionCerrada: it was closed already.
    """
    sesion = sesion_en_curso(sesion)
    if faltan := sin_pasar(sesion):
        raise ListaIncompleta(len(faltan))
    acuerdos = sesion.acuerdos.filter(historico=False).order_by("folio")
    faltas = [(acuerdo, falta) for acuerdo in acuerdos if (falta := acuerdo.lo_que_falta())]
    if faltas:
        raise AcuerdosIncompletos(faltas)
    ahora = timezone.now()
    sesion.estado = Sesion.Estado.CERRADA
    hoy = timezone.localdate(timezone=ZoneInfo(sesion.mesa.zona_horaria))
    if sesion.fin is None and sesion.inicio < ahora and sesion.dia == hoy:
        sesion.fin = ahora  # closed some other day, nobody knows when it ended
    sesion.cerrada_el, sesion.cerrada_por = ahora, autor
    sesion.save(update_fields=["estado", "fin", "cerrada_el", "cerrada_por", "actualizado"])
    return sesion
