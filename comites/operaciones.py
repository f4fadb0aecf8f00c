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

from comites.asientos import asientos, sin_pasar
from comites.choques import Diferencia, comparar, exigir_version
from comites.cierre import leer_cierre
from comites.models import Acuerdo, Asistencia, Comite, Convocatoria, Movimiento, PuntoDelOrden, Sesion
from comites.numeracion import cuentas_de, exigir_numeros_libres
from comites.operaciones_actas import levantar_acta
from comites.operaciones_publicacion import poner_nivel
from comites.sala import quorum_dicho
from comun.formatos import enumerar, fecha_larga
from mesas.models import Integrante, Mesa


class SesionCerrada(ValidationError):
    """Somebody tried to write on a minute that no longer changes."""

    def __init__(self) -> None:
        super().__init__("La sesión está cerrada y su acta ya no cambia.")


class SinCompletar(ValidationError):
    """The session does not close yet: its minute could never be mended. `comites.cierre` says what is missing."""


class ListaIncompleta(SinCompletar):
    """Of somebody with a seat nobody has said whether they came."""

    def __init__(self, faltan: int) -> None:
        a_quienes = "a una persona" if faltan == 1 else f"a {faltan} personas"
        super().__init__(f"Falta pasar lista {a_quienes}.")


class SinIntegrantes(SinCompletar):
    """Nobody has a seat on its day: the minute would say that nobody met."""

    def __init__(self) -> None:
        super().__init__(
            "La mesa no tiene integrantes registrados en la fecha de la sesión. Pide a México SOS que los registre: "
            "mientras tanto la sesión sigue abierta y no se pierde nada."
        )


class AcuerdosIncompletos(SinCompletar):
    """Some agreement could not be verified. `faltas` says what each one lacks."""

    def __init__(self, faltas: Iterable[tuple[Acuerdo, list[str]]]) -> None:
        self.faltas = list(faltas)
        super().__init__(
            [f"Al acuerdo «{acuerdo.accion}» le falta {enumerar(falta)}." for acuerdo, falta in self.faltas]
        )


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

    Nothing comes into it by itself: that is `operaciones_agenda.preparar_sesion`.

    Raises:
        ValidationError: the organ already used that number (it says in which session), or a field is wrong.
    """
    Mesa.objects.select_for_update().get(pk=mesa.pk)  # two creations at once would take one number
    anio = inicio.astimezone(ZoneInfo(mesa.zona_horaria)).year
    cuenta = cuentas_de(mesa)[tipo, comite.pk if comite else None]
    sesion = Sesion(
        mesa=mesa,
        comite=comite,
        tipo=tipo,
        anio=anio,
        inicio=inicio,
        lugar=lugar,
        numero=numero or cuenta.siguiente,
        numero_anual=numero_anual or cuenta.siguiente_de(anio),
    )
    exigir_numeros_libres(sesion)
    sesion.full_clean()
    sesion.save()
    PuntoDelOrden.objects.bulk_create(
        PuntoDelOrden(sesion=sesion, orden=orden, titulo=titulo) for orden, titulo in enumerate(puntos, start=1)
    )
    return sesion


@transaction.atomic
def cambiar_datos(
    *,
    sesion: Sesion,
    inicio: dt.datetime,
    lugar: str,
    numero: int | None,
    numero_anual: int | None,
    version: int | None = None,
) -> Sesion:
    """Correct the date, place or numbers of a session that is still open.

    A number not given stays; that of the year follows the count of the new year, if the date crosses it.

    Raises:
        ValidationError: a number is taken, or it began already and that day has not come.
        Choque: somebody else changed its date or its place since `version`.
    """
    sesion = sesion_abierta(sesion)
    exigir_version(version, sesion.version, _otra_cita(sesion, inicio, lugar))
    Mesa.objects.select_for_update().get(pk=sesion.mesa_id)  # nobody takes the number meanwhile
    anio_anterior = sesion.anio
    sesion.inicio, sesion.lugar = inicio, lugar
    if sesion.ya_empezo and not sesion.ya_es_su_dia:
        raise ValidationError({"inicio": "La sesión ya empezó: su fecha no puede ser de un día que no ha llegado."})
    sesion.anio = sesion.dia.year
    sesion.numero = numero or sesion.numero
    if numero_anual or sesion.anio != anio_anterior:
        cuenta = cuentas_de(sesion.mesa)[sesion.tipo, sesion.comite_id]
        sesion.numero_anual = numero_anual or cuenta.siguiente_de(sesion.anio)
    exigir_numeros_libres(sesion)
    sesion.full_clean()
    sesion.version += 1
    sesion.save(update_fields=["inicio", "lugar", "anio", "numero", "numero_anual", "version", "actualizado"])
    return sesion


def _otra_cita(sesion: Sesion, inicio: dt.datetime, lugar: str) -> list[Diferencia]:
    """When and where it was going to be, beside when and where somebody writes that it will."""
    zona = ZoneInfo(sesion.mesa.zona_horaria)
    horas = [hora.astimezone(zona) for hora in (sesion.inicio, inicio)]
    antes, ahora = (f"{fecha_larga(hora)}, {hora:%H:%M}" for hora in horas)
    return [Diferencia("¿Cuándo es?", antes, ahora), Diferencia("Lugar", sesion.lugar, lugar)]


@transaction.atomic
def empezar_sesion(*, sesion: Sesion) -> Sesion:
    """The session begins: from now on attendance and agreements are taken. Never before its day."""
    sesion = sesion_abierta(sesion)
    if not sesion.ya_es_su_dia:
        raise ValidationError("Todavía no es el día de la sesión. Si se adelantó, corrige antes su fecha.")
    sesion.estado = Sesion.Estado.EN_CURSO
    sesion.save(update_fields=["estado", "actualizado"])
    return sesion


@transaction.atomic
def agregar_punto(*, sesion: Sesion, titulo: str, minutos: int | None = None) -> PuntoDelOrden:
    """Add an item at the end of the agenda. The same one twice in a row (a finger that taps again) is one."""
    sesion = sesion_abierta(sesion)
    ultimo = sesion.puntos.order_by("orden").last()
    if ultimo and ultimo.titulo == titulo:
        return ultimo
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
    version: int | None = None,
) -> PuntoDelOrden:
    """Write down what came of an item; if it is reserved, why and until when.

    Raises:
        Choque: somebody else wrote something else on it since `version`.
    """
    sesion_abierta(punto.sesion)
    actual = PuntoDelOrden.objects.select_for_update().get(pk=punto.pk)
    escrito = {"titulo": titulo, "desenlace": desenlace, "resumen": resumen, "nivel": nivel}
    rotulos = {"titulo": "Punto", "desenlace": "¿En qué quedó?", "resumen": "Resumen", "nivel": "Quién puede leerlo"}
    exigir_version(version, actual.version, comparar(actual, escrito, rotulos))
    actual.titulo, actual.desenlace, actual.resumen = titulo, desenlace, resumen
    poner_nivel(actual, nivel, motivo_de_reserva, revisar_reserva_el)
    actual.version += 1
    actual.full_clean()
    actual.save(update_fields=[*escrito, "motivo_de_reserva", "revisar_reserva_el", "version"])
    return actual


@transaction.atomic
def pasar_lista(
    *,
    sesion: Sesion,
    integrante: Integrante,
    estado: str,
    suplente: str | None = None,
    nivel_suplente: str | None = None,
    motivo: str | None = None,
    version: int | None = None,
) -> Asistencia:
    """Note what happened with one seat. Tapping again corrects it.

    Args:
        suplente, nivel_suplente: who came instead and how high they stand; only for «suplente».
        motivo: why they did not come; only for «justificada». None of the three: what was said before stays.
        version: the one that whoever writes saw; None: whatever there is.

    Raises:
        Choque: somebody else noted something else meanwhile.
        ValidationError: the person had no seat in the mesas of the session on that day.
    """
    sesion = sesion_en_curso(sesion)
    if not asientos(sesion).filter(pk=integrante.pk).exists():
        raise ValidationError("Esa persona no era integrante de la mesa en la fecha de la sesión.")
    asistencia = Asistencia.objects.filter(sesion=sesion, integrante=integrante).first()
    asistencia = asistencia or Asistencia(sesion=sesion, integrante=integrante)
    guardado = en_palabras(asistencia)
    anotar_asistencia(asistencia, estado, suplente=suplente, nivel_suplente=nivel_suplente, motivo=motivo)
    exigir_version(version, asistencia.version, [Diferencia("Asistencia", guardado, en_palabras(asistencia))])
    asistencia.version += 1
    asistencia.full_clean()
    asistencia.save()
    if estado in AUSENCIAS:  # whoever was not there neither came late nor left early
        Movimiento.objects.filter(sesion=sesion, integrante=integrante).delete()
    return asistencia


AUSENCIAS = (Asistencia.Estado.AUSENTE, Asistencia.Estado.JUSTIFICADA)


def anotar_asistencia(
    asistencia: Asistencia,
    estado: str,
    *,
    suplente: str | None = None,
    nivel_suplente: str | None = None,
    motivo: str | None = None,
) -> None:
    """Put on the row what was said, each detail only where it means something; None keeps it. Does not save."""
    asistencia.estado = estado
    for campo, dicho, de in (
        ("suplente", suplente, Asistencia.Estado.SUPLENTE),
        ("nivel_suplente", nivel_suplente, Asistencia.Estado.SUPLENTE),
        ("motivo", motivo, Asistencia.Estado.JUSTIFICADA),
    ):
        if estado != de:
            setattr(asistencia, campo, "")
        elif dicho is not None:
            setattr(asistencia, campo, dicho)


def en_palabras(asistencia: Asistencia) -> str:
    """«Suplente: Laura, Directivo», to show one beside another."""
    if not asistencia.estado:
        return "Sin pasar"
    detalles = [asistencia.suplente, asistencia.get_nivel_suplente_display(), asistencia.motivo]
    dicho = ", ".join(filter(None, detalles))
    return f"{asistencia.get_estado_display()}{': ' if dicho else ''}{dicho}"


@transaction.atomic
def completar_lista(*, sesion: Sesion, estado: str = Asistencia.Estado.AUSENTE) -> list[Integrante]:
    """Note at once everybody of whom nobody has said yet. Returns them.

    Args:
        estado: absent, at the end; present, at the beginning, to correct then the few who are not.
    """
    sesion = sesion_en_curso(sesion)
    faltan = sin_pasar(sesion)
    Asistencia.objects.bulk_create(
        Asistencia(sesion=sesion, integrante=asiento, estado=estado, version=1) for asiento in faltan
    )
    return faltan


@transaction.atomic
def descartar_sesion(*, sesion: Sesion) -> None:
    """Take away a session created by mistake. Only before it begins: afterwards it happened."""
    sesion = sesion_abierta(sesion)
    if sesion.estado == Sesion.Estado.EN_CURSO or sesion.acuerdos.exists():
        raise ValidationError("La sesión ya empezó: no se borra, se cierra.")
    if Convocatoria.objects.filter(sesion=sesion, cancelada_el__isnull=True).exists():
        raise ValidationError("Hay gente convocada a esta sesión: cancela primero la convocatoria, para que se entere.")
    sesion.delete()


@transaction.atomic
def cerrar_sesion(*, sesion: Sesion, autor: Any) -> Sesion:
    """Close the session: its minute no longer changes, and is taken down (`Acta`) as it stands.

    Raises:
        SinIntegrantes: nobody has a seat on its day.
        AcuerdosIncompletos: some agreement lacks product, responsible, date or verification.
        ListaIncompleta: somebody with a seat is neither present nor absent.
        SesionCerrada: it was closed already.
    """
    sesion = sesion_en_curso(sesion)
    cierre = leer_cierre(sesion)
    if cierre.sin_asientos:
        raise SinIntegrantes
    if cierre.sin_pasar:
        raise ListaIncompleta(cierre.sin_pasar)
    if cierre.faltas:
        raise AcuerdosIncompletos(cierre.faltas)
    ahora = timezone.now()
    sesion.estado = Sesion.Estado.CERRADA
    hoy = timezone.localdate(timezone=ZoneInfo(sesion.mesa.zona_horaria))
    if sesion.fin is None and sesion.inicio < ahora and sesion.dia == hoy:
        sesion.fin = ahora  # closed some other day, nobody knows when it ended
    sesion.cerrada_el, sesion.cerrada_por = ahora, autor
    sesion.save(update_fields=["estado", "fin", "cerrada_el", "cerrada_por", "actualizado"])
    levantar_acta(sesion=sesion, quorum=quorum_dicho(sesion))
    return sesion
