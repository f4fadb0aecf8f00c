"""The roll of a session beyond one tap: everybody at once, who comes late or leaves, roll-calls with a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import FilteredRelation, Q
from django.utils import timezone

from comites.asientos import asientos
from comites.choques import Choque, Diferencia
from comites.models import Asistencia, Invitado, Movimiento, PaseDeLista, Sesion
from comites.operaciones import AUSENCIAS, anotar_asistencia, en_palabras, sesion_en_curso
from comites.sala import VINO, Silla, contar_sala, leer_sala

COLUMNAS = ("estado", "suplente", "nivel_suplente", "motivo", "version")


@dataclass(frozen=True)
class Anotada:
    """What is said of one seat in a roll saved at once.

    Args:
        integrante: its id.
        campo_de_version: field of the form that says which version was seen; a clash names it.
        version: that version; None: whatever there is.
    """

    integrante: int
    estado: str
    suplente: str | None = None
    nivel_suplente: str | None = None
    motivo: str | None = None
    version: int | None = None
    campo_de_version: str = "version"


@transaction.atomic
def guardar_lista(*, sesion: Sesion, anotadas: Iterable[Anotada]) -> dict[int, tuple[int, int]]:
    """Save the roll of everybody at once, in three queries whatever their number.

    Only what changes is written. Returns, for each seat that changed, its version before and after.

    Raises:
        Choque: of somebody, another person noted something else meanwhile; nothing is saved.
        ValidationError: somebody had no seat in the mesas of the session on that day.
    """
    sesion = sesion_en_curso(sesion)
    notadas = _como_estaba(sesion)
    filas, diferencias, versiones, cambios = [], [], {}, {}
    for anotada in anotadas:
        if anotada.integrante not in notadas:
            raise ValidationError("Esa persona no era integrante de la mesa en la fecha de la sesión.")
        nombre, fila = notadas[anotada.integrante]
        antes, guardado = fila.version, en_palabras(fila)
        anotar_asistencia(
            fila,
            anotada.estado,
            suplente=anotada.suplente,
            nivel_suplente=anotada.nivel_suplente,
            motivo=anotada.motivo,
        )
        if (escrito := en_palabras(fila)) == guardado:
            continue
        if anotada.version not in (None, antes):
            diferencias.append(Diferencia(nombre, guardado, escrito))
            versiones[anotada.campo_de_version] = antes
        fila.version = antes + 1
        fila.clean_fields(exclude=["sesion", "integrante"])
        filas.append(fila)
        cambios[anotada.integrante] = (antes, fila.version)
    if diferencias:
        raise Choque(diferencias, versiones)
    _escribir(filas)
    ya_no = [fila.integrante_id for fila in filas if fila.estado in AUSENCIAS and fila.version > 1]
    if ya_no:  # whoever was not there neither came late nor left early
        Movimiento.objects.filter(sesion=sesion, integrante__in=ya_no).delete()
    return cambios


def _como_estaba(sesion: Sesion) -> dict[int, tuple[str, Asistencia]]:
    """Each seat with its name and its row of the roll, new if there was none. One query."""
    suya = FilteredRelation("asistencias", condition=Q(asistencias__sesion=sesion.pk))
    filas = asientos(sesion).annotate(suya=suya)
    columnas = filas.values_list("pk", "persona__nombre", *[f"suya__{columna}" for columna in COLUMNAS])
    return {
        pk: (
            nombre,
            Asistencia(
                sesion=sesion,
                integrante_id=pk,
                # Without a row of the roll every column comes null.
                **({} if valores[0] is None else dict(zip(COLUMNAS, valores, strict=True))),
            ),
        )
        for pk, nombre, *valores in columnas
    }


def _escribir(filas: list[Asistencia]) -> None:
    Asistencia.objects.bulk_create(
        filas, update_conflicts=True, unique_fields=["sesion", "integrante"], update_fields=list(COLUMNAS)
    )


def _silla(sesion: Sesion, integrante: int) -> Silla:
    for silla in leer_sala(sesion):
        if silla.integrante.pk == integrante:
            return silla
    raise ValidationError("Esa persona no era integrante de la mesa en la fecha de la sesión.")


@transaction.atomic
def anotar_movimiento(
    *, sesion: Sesion, integrante: int, tipo: str, hora: dt.datetime
) -> tuple[Movimiento | None, tuple[int, int]]:
    """Somebody arrived late, left or came back. Saying twice that somebody is where they are changes nothing.

    Whoever arrives and was not on the roll, or was absent, is present from then on.
    Returns the movement (None if there was nothing to note) and the version of the seat before and after.

    Raises:
        ValidationError: the hour is before what was last noted of that person, or is to come.
    """
    sesion = sesion_en_curso(sesion)
    silla = _silla(sesion, integrante)
    llega = tipo == Movimiento.Tipo.LLEGADA
    if llega == silla.en_sala:
        return None, (silla.version, silla.version)
    _exigir_orden(silla, hora)
    asistencia = _presente_desde_ahora(sesion, silla) if llega else silla.asistencia
    asistencia.version = silla.version + 1
    _escribir([asistencia])
    movimiento = Movimiento.objects.create(sesion=sesion, integrante=silla.integrante, tipo=tipo, hora=hora)
    return movimiento, (silla.version, asistencia.version)


def _presente_desde_ahora(sesion: Sesion, silla: Silla) -> Asistencia:
    asistencia = silla.asistencia or Asistencia(sesion=sesion, integrante=silla.integrante)
    if asistencia.estado not in VINO:
        anotar_asistencia(asistencia, Asistencia.Estado.PRESENTE)
    return asistencia


def _exigir_orden(silla: Silla, hora: dt.datetime) -> None:
    if hora > timezone.now() + dt.timedelta(minutes=5):
        raise ValidationError({"hora": "Esa hora todavía no llega."})
    if silla.movimientos and hora < silla.movimientos[-1].hora:
        ultima = timezone.localtime(silla.movimientos[-1].hora)
        raise ValidationError({"hora": f"Lo último que se anotó de esta persona fue a las {ultima:%H:%M}."})


@transaction.atomic
def pasar_lista_con_nombre(
    *, sesion: Sesion, nombre: str, hora: dt.datetime, en_sala: Iterable[int]
) -> tuple[PaseDeLista, dict[int, tuple[int, int]]]:
    """Call the roll again, with a name and an hour: who is no longer there left, who is there now arrived.

    The quorum that it finds is kept with it. Returns also, for each seat that changed, its version before and after.

    Args:
        en_sala: ids of the seats of whoever is in the room.
    """
    sesion = sesion_en_curso(sesion)
    estan, sillas = set(en_sala), leer_sala(sesion)
    if estan - {silla.integrante.pk for silla in sillas}:
        raise ValidationError("Esa persona no era integrante de la mesa en la fecha de la sesión.")
    asistencias, movimientos, cambios = [], [], {}
    for silla in sillas:
        pk = silla.integrante.pk
        if (pk in estan) == silla.en_sala:
            continue
        _exigir_orden(silla, hora)
        asistencia = _presente_desde_ahora(sesion, silla) if pk in estan else silla.asistencia
        cambios[pk] = (silla.version, silla.version + 1)
        asistencia.version = silla.version + 1
        asistencias.append(asistencia)
        tipo = Movimiento.Tipo.LLEGADA if pk in estan else Movimiento.Tipo.SALIDA
        movimientos.append(Movimiento(sesion=sesion, integrante=silla.integrante, tipo=tipo, hora=hora))
    if asistencias:
        _escribir(asistencias)
    pase = _con_su_quorum(sesion, nombre, hora, sillas, estan)
    for movimiento in movimientos:
        movimiento.pase = pase
    Movimiento.objects.bulk_create(movimientos)
    return pase, cambios


def _con_su_quorum(sesion: Sesion, nombre: str, hora: dt.datetime, sillas: list[Silla], estan: set[int]) -> PaseDeLista:
    presentes = [
        Silla(silla.integrante, silla.asistencia or Asistencia(estado=Asistencia.Estado.PRESENTE))
        if silla.integrante.pk in estan
        else Silla(silla.integrante)
        for silla in sillas
    ]
    cuentas = contar_sala(sesion, presentes)
    cuenta = cuentas[0].quorum if cuentas else None
    pase = PaseDeLista(
        sesion=sesion,
        nombre=nombre,
        hora=hora,
        en_sala=cuenta.en_sala if cuenta else len(estan),
        base=cuenta.base if cuenta else len(sillas),
        requeridos=cuenta.requeridos if cuenta else None,
    )
    pase.full_clean()
    pase.save()
    return pase


@transaction.atomic
def invitar(*, sesion: Sesion, nombre: str, institucion: str = "") -> Invitado:
    """Somebody came without a seat: counted, never rated."""
    invitado = Invitado(sesion=sesion_en_curso(sesion), nombre=nombre, institucion=institucion)
    invitado.full_clean()
    invitado.save()
    return invitado


@transaction.atomic
def quitar_invitado(*, sesion: Sesion, invitado: int) -> None:
    """Take out a guest noted by mistake. Once taken out, nothing more happens."""
    sesion_en_curso(sesion).invitados.filter(pk=invitado).delete()
