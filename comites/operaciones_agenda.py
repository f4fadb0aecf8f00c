"""Everything that writes on what comes before a session: its agenda, and the templates of agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from comites.agenda import MAXIMO_DE_PUNTOS, PuntoPrevisto, escribir_renglones, minutos_de_revision
from comites.arrastre import Pendiente, pendiente_de
from comites.models import Comite, PlantillaDeAgenda, PuntoDelOrden, Sesion
from comites.niveles import Nivel
from comites.operaciones import crear_sesion, sesion_abierta
from comites.plantillas_de_la_red import PLANTILLAS
from comun.texto import sin_acentos
from mesas.models import Mesa

MINUTOS_DEL_ACTA = 5
MINUTOS_DE_LO_POSPUESTO = 10
"""A proposal when nobody said, so that the hours of what follows can be told."""
CAMBIO_EN_OTRA_PANTALLA = (
    "El orden del día cambió en otra pantalla. Aquí está como quedó, con lo que escribiste: vuelve a intentarlo."
)


class ConflictoDeAgenda(ValidationError):
    """Somebody changed an item while it was being written. `actuales` says how each item now stands."""

    def __init__(self, actuales: dict[int, PuntoDelOrden]) -> None:
        self.actuales = actuales
        super().__init__("Alguien cambió el orden del día mientras lo escribías.")


@dataclass(frozen=True, slots=True)
class CambioDePunto:
    """What somebody typed over an item, and what they saw when they typed it."""

    pk: int
    nuevo: PuntoPrevisto
    visto: PuntoPrevisto


@transaction.atomic
def preparar_sesion(
    *,
    mesa: Mesa,
    tipo: str,
    inicio: dt.datetime,
    comite: Comite | None = None,
    lugar: str = "",
    puntos: Iterable[PuntoPrevisto] = (),
    numero: int | None = None,
    numero_anual: int | None = None,
    con_pendientes: bool = False,
) -> Sesion:
    """Create a session as the desk does: with its agenda and, if asked, what its organ left pending.

    Args:
        puntos: the items that somebody typed, or of a template.
        numero, numero_anual: None to follow the count of the organ.
        con_pendientes: True to let in, before the rest, the review of open agreements, the approval of
            the last minute, and what was postponed or left without an outcome.

    Returns:
        The session; the one that there was, if this is the same form sent again.

    Raises:
        ValidationError: the organ meets at that very hour in another session, already used that number
            (it says in which one), or a field is wrong.
    """
    Mesa.objects.select_for_update().get(pk=mesa.pk)  # two creations at once would not see each other
    puntos = list(puntos)
    if gemela := Sesion.objects.filter(mesa=mesa, tipo=tipo, comite=comite, inicio=inicio).first():
        return _la_misma(gemela, lugar, puntos)
    sesion = crear_sesion(
        mesa=mesa, tipo=tipo, inicio=inicio, comite=comite, lugar=lugar, numero=numero, numero_anual=numero_anual
    )
    filas = [PuntoDelOrden(titulo=punto.titulo, minutos=punto.minutos) for punto in puntos]
    if con_pendientes:
        filas = _anteponer(pendiente_de(mesa, comite, tipo, antes_de=inicio), filas)
    _guardar_nuevos(sesion, filas)
    return sesion


def _la_misma(gemela: Sesion, lugar: str, puntos: list[PuntoPrevisto]) -> Sesion:
    """The session of that organ at that hour, if nothing else was typed; an organ does not meet twice at once."""
    titulos = set(gemela.puntos.values_list("titulo", flat=True))
    if gemela.lugar != lugar or not {punto.titulo for punto in puntos} <= titulos:
        raise ValidationError(
            {"inicio": f"A esa hora ya está la sesión {gemela.numero} de {gemela.organo}. Ábrela y corrígela ahí."}
        )
    return gemela


def _anteponer(pendiente: Pendiente, filas: list[PuntoDelOrden]) -> list[PuntoDelOrden]:
    """What comes by itself, then the rest. An item typed with the title of one left pending becomes it:
    it keeps where it comes from and, above all, who may read it."""
    primeras = []
    if pendiente.acuerdos:
        primeras.append(
            PuntoDelOrden(
                titulo="Revisión de acuerdos abiertos",
                minutos=minutos_de_revision(pendiente.acuerdos),
                origen=PuntoDelOrden.Origen.ACUERDOS_ABIERTOS,
            )
        )
    if pendiente.actas:
        primeras.append(
            PuntoDelOrden(
                titulo=pendiente.titulo_del_acta,
                minutos=MINUTOS_DEL_ACTA,
                origen=PuntoDelOrden.Origen.ACTA_ANTERIOR,
            )
        )
    escritas = {sin_acentos(fila.titulo): fila for fila in filas}
    for anterior in pendiente.puntos:
        fila = escritas.get(sin_acentos(anterior.titulo))
        if fila is None:
            fila = PuntoDelOrden(titulo=anterior.titulo, minutos=anterior.minutos or MINUTOS_DE_LO_POSPUESTO)
            primeras.append(fila)
        _continuar(fila, anterior)
    return primeras + filas


def _continuar(fila: PuntoDelOrden, anterior: PuntoDelOrden) -> None:
    """The item goes on from another, and is read by whom that one was: also if it was its session that was reserved."""
    fila.origen, fila.viene_de = PuntoDelOrden.Origen.POSPUESTO, anterior
    fila.nivel, fila.motivo_de_reserva = anterior.nivel, anterior.motivo_de_reserva
    fila.revisar_reserva_el = anterior.revisar_reserva_el
    if anterior.sesion.nivel == Nivel.RESERVADA and anterior.nivel != Nivel.RESERVADA:
        fila.nivel, fila.motivo_de_reserva = Nivel.RESERVADA, anterior.sesion.motivo_de_reserva
        fila.revisar_reserva_el = anterior.sesion.revisar_reserva_el


def _guardar_nuevos(sesion: Sesion, filas: list[PuntoDelOrden]) -> None:
    """Put the items at the end of an agenda, in that order."""
    desde = sesion.puntos.count()
    if desde + len(filas) > MAXIMO_DE_PUNTOS:
        raise ValidationError({"puntos": f"Caben {MAXIMO_DE_PUNTOS} puntos por sesión: deja los que sí se tratarán."})
    for orden, fila in enumerate(filas, start=desde + 1):
        fila.sesion, fila.orden = sesion, orden
        # Places are compared at the end of the transaction.
        fila.full_clean(exclude=["sesion", "viene_de"], validate_constraints=False)
    PuntoDelOrden.objects.bulk_create(filas)


@transaction.atomic
def traer_pendientes(*, sesion: Sesion) -> int:
    """Bring to the head of an agenda what its organ left pending since it was made. Returns how many items.

    What is there already is left as somebody arranged it.
    """
    sesion = sesion_abierta(sesion)
    actuales = list(sesion.puntos.select_for_update().order_by("orden"))
    nuevas = lo_que_falta_traer(sesion, actuales)
    if not nuevas:
        return 0
    _numerar([*nuevas, *actuales], sesion)
    return len(nuevas)


def lo_que_falta_traer(sesion: Sesion, actuales: list[PuntoDelOrden]) -> list[PuntoDelOrden]:
    """Items, not saved, that would come by themselves and are not on the agenda of an open session."""
    if sesion.esta_cerrada:
        return []
    pendiente = pendiente_de(sesion.mesa, sesion.comite, sesion.tipo, antes_de=sesion.inicio)
    ya = {punto.origen for punto in actuales}
    unicos = {PuntoDelOrden.Origen.ACUERDOS_ABIERTOS, PuntoDelOrden.Origen.ACTA_ANTERIOR}
    titulos = {sin_acentos(punto.titulo) for punto in actuales}
    return [
        fila
        for fila in _anteponer(pendiente, [])
        if not (fila.origen in unicos and fila.origen in ya) and sin_acentos(fila.titulo) not in titulos
    ]


def _numerar(filas: list[PuntoDelOrden], sesion: Sesion) -> None:
    """Give the items their places, from 1, saving those that are new."""
    for orden, fila in enumerate(filas, start=1):
        fila.sesion, fila.orden = sesion, orden
    viejas = [fila for fila in filas if fila.pk]
    nuevas = [fila for fila in filas if not fila.pk]
    PuntoDelOrden.objects.bulk_update(viejas, ["orden"])
    PuntoDelOrden.objects.bulk_create(nuevas)


@transaction.atomic
def guardar_agenda(
    *,
    sesion: Sesion,
    cambios: Iterable[CambioDePunto] = (),
    firma: str = "",
    agregar: PuntoPrevisto | None = None,
    mover: tuple[int, int] | None = None,
    quitar: int | None = None,
) -> None:
    """Write over the items of an agenda, and add, move or take away one.

    Args:
        cambios: what was typed over the items, with what was seen.
        firma: `firma_de` the agenda that was seen. To add, move or take away it must still be that one, so
            that a form sent twice does nothing twice; empty, it is not looked at.
        agregar: one more item, at the end.
        mover: pk of an item and how many places down (−1: one up).
        quitar: pk of an item to take away.

    Raises:
        ConflictoDeAgenda: somebody changed one of those items meanwhile; nothing was written.
        SesionCerrada: its minute no longer changes.
        ValidationError: the agenda is another one by now, or that item has agreements or notes.
    """
    sesion = sesion_abierta(sesion)
    puntos = list(sesion.puntos.select_for_update().order_by("orden"))
    _escribir_cambios({punto.pk: punto for punto in puntos}, cambios)
    if agregar is None and mover is None and quitar is None:
        return
    if firma and firma != firma_de(puntos):
        raise ValidationError(CAMBIO_EN_OTRA_PANTALLA)
    if quitar is not None:
        _quitar(puntos, quitar)
        _numerar(puntos, sesion)
    if mover is not None:
        _mover(puntos, *mover)
        _numerar(puntos, sesion)
    if agregar is not None:
        _guardar_nuevos(sesion, [PuntoDelOrden(titulo=agregar.titulo, minutos=agregar.minutos)])


def firma_de(puntos: Iterable[PuntoDelOrden]) -> str:
    """What tells one arrangement of an agenda from another: its items, in their order."""
    return "-".join(str(punto.pk) for punto in puntos)


def _escribir_cambios(puntos: dict[int, PuntoDelOrden], cambios: Iterable[CambioDePunto]) -> None:
    escritos, ajenos = [], {}
    for cambio in cambios:
        punto = puntos.get(cambio.pk)
        if punto is None or cambio.nuevo == cambio.visto:
            continue
        actual = PuntoPrevisto(punto.titulo, punto.minutos)
        if actual not in (cambio.visto, cambio.nuevo):
            ajenos[punto.pk] = punto
            continue
        punto.titulo, punto.minutos = cambio.nuevo.titulo, cambio.nuevo.minutos
        punto.full_clean(exclude=["sesion", "viene_de"], validate_constraints=False)
        escritos.append(punto)
    if ajenos:
        raise ConflictoDeAgenda(ajenos)
    for punto in escritos:
        punto.version = F("version") + 1
        punto.save(update_fields=["titulo", "minutos", "version"])


def _quitar(puntos: list[PuntoDelOrden], pk: int) -> None:
    punto = next((punto for punto in puntos if punto.pk == pk), None)
    if punto is None:
        raise ValidationError("Ese punto ya no está en el orden del día.")
    if punto.desenlace or punto.resumen or punto.acuerdos.exists():
        raise ValidationError(f"El punto {punto.orden} ya se trató: tiene notas o acuerdos, y se queda.")
    punto.delete()
    puntos.remove(punto)


def _mover(puntos: list[PuntoDelOrden], pk: int, lugares: int) -> None:
    desde = next((lugar for lugar, punto in enumerate(puntos) if punto.pk == pk), None)
    if desde is None:
        raise ValidationError("Ese punto ya no está en el orden del día.")
    hasta = min(max(desde + lugares, 0), len(puntos) - 1)
    puntos.insert(hasta, puntos.pop(desde))


@transaction.atomic
def guardar_plantilla(*, sesion: Sesion, nombre: str) -> PlantillaDeAgenda:
    """Keep the agenda of a session to use it again in its mesa, for sessions of its kind.

    What the portal put by itself comes back by itself, so it is left out; and what is reserved
    does not leave its session.

    Raises:
        ValidationError: there is nothing to keep, the session is reserved, or the mesa has one of that name.
    """
    if sesion.nivel == Nivel.RESERVADA:
        raise ValidationError("La sesión es reservada: sus puntos no salen de ella.")
    propios = sesion.puntos.filter(origen="").exclude(nivel=Nivel.RESERVADA).order_by("orden")
    puntos = [PuntoPrevisto(punto.titulo, punto.minutos) for punto in propios]
    if not puntos:
        raise ValidationError("Todavía no hay puntos que guardar: escribe antes el orden del día.")
    plantilla = PlantillaDeAgenda(
        mesa=sesion.mesa, tipo=sesion.tipo, nombre=nombre, renglones=escribir_renglones(puntos)
    )
    plantilla.full_clean()
    plantilla.save()
    return plantilla


@transaction.atomic
def borrar_plantilla(*, plantilla: PlantillaDeAgenda) -> None:
    """Take away a template. The sessions made with it keep their agenda."""
    plantilla.delete()


@transaction.atomic
def cargar_plantillas() -> int:
    """Give the network its first templates, if it has none. Returns how many. What the staff changed stays."""
    if PlantillaDeAgenda.objects.de_la_red().exists():
        return 0
    filas = [
        PlantillaDeAgenda(tipo=tipo, nombre=nombre, renglones="\n".join(renglones))
        for tipo, nombre, renglones in PLANTILLAS
    ]
    for fila in filas:
        fila.full_clean()
        fila.save()
    return len(filas)
