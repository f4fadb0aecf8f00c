"""What agreements aim to move, read for pages: marks on the axis of a crime, and its rate before and after."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from comites.models import Acuerdo
from comun.grafica_formas import Marca
from indicadores.composicion import Renglon
from indicadores.delitos import DelitoElegido, catalogo
from indicadores.efectos import Efecto, efecto, ventanas
from indicadores.models import Objetivo
from indicadores.periodos import Periodicidad, mes, texto_del_mes
from indicadores.series import componer_todas
from indicadores.territorios import (
    LARGO_DE_MUNICIPIO,
    NACIONAL,
    PREFIJO_MESA,
    Territorio,
    Unidad,
    de_entidad,
    nacional,
    nombre_de_mesa,
)
from mesas.models import Cobertura, Mesa

# ── Marks on the axis of a crime ────────────────────────────────────────────────────────


LIMITE_DE_ACUERDOS = 40
"""Agreements that the page of a crime names; those of the places on its chart go first."""


@dataclass(frozen=True, slots=True)
class MarcaDeAcuerdo:
    """A public agreement that aims to move a crime in a place, for the page of that crime.

    `periodo` is the month of the agreement and `desde` the first whole month from which an
    effect is expected, both AAAA-MM. `en_su_lugar` is true where the page shows that very place.
    """

    periodo: str
    desde: str
    folio: str
    texto: str
    url: str
    lugar: str
    territorio: str
    en_su_lugar: bool

    @property
    def en_la_grafica(self) -> Marca:
        """As the charts take it."""
        return Marca(self.periodo, self.texto, self.url)


def marcas_publicas(delito: str, territorios: Collection[str]) -> list[MarcaDeAcuerdo]:
    """Public agreements that aim to move a crime, those of some places first and each group by its date. One query.

    What is invented has no mark beside the real: only over the territory of its own mesa.

    Args:
        delito: address of the crime.
        territorios: keys of the places shown (`nacional`, `28`, `28038`, `mesa:<slug>`); a group has none.
    """
    mesas = [clave.removeprefix(PREFIJO_MESA) for clave in territorios if clave.startswith(PREFIJO_MESA)]
    filas = Objetivo.objects.publicas().sin_inventar(mesas=mesas).de_delito(delito).con_contexto()
    en_orden = filas.primero_en(
        pais=NACIONAL in territorios, claves=[clave for clave in territorios if clave.isdigit()], mesas=mesas
    )
    return [_marca(objetivo, territorios) for objetivo in en_orden[:LIMITE_DE_ACUERDOS]]


def _marca(objetivo: Objetivo, territorios: Collection[str]) -> MarcaDeAcuerdo:
    acuerdo = objetivo.acuerdo
    dia = acuerdo.sesion.dia
    _, despues = ventanas(dia, objetivo.rezago_meses)
    territorio, lugar = _clave_y_nombre(objetivo)
    return MarcaDeAcuerdo(
        periodo=texto_del_mes(mes(dia.year, dia.month)),
        desde=texto_del_mes(despues.primero),
        folio=acuerdo.folio,
        texto=acuerdo.accion,
        url=acuerdo.get_absolute_url(),
        lugar=lugar,
        territorio=territorio,
        en_su_lugar=territorio in territorios,
    )


def _clave_y_nombre(objetivo: Objetivo) -> tuple[str, str]:
    """Which place it looks at, as the addresses write it and as people read it."""
    if objetivo.es_de_su_mesa or objetivo.mesa_id:
        mesa = objetivo.mesa or objetivo.acuerdo.sesion.mesa
        return f"{PREFIJO_MESA}{mesa.slug}", nombre_de_mesa(mesa.nombre)
    lugar = _sin_mesa(objetivo)
    return lugar.clave, lugar.nombre


@dataclass(frozen=True, slots=True)
class YaNoSeMira:
    """What an agreement aimed to move and somebody withdrew, for its public page: what and when, no more."""

    delito: str
    lugar: str
    declarado: dt.datetime
    retirado: dt.datetime


def rastro(objetivos: Iterable[Objetivo]) -> list[YaNoSeMira]:
    """The public trace of withdrawn objectives (`retirados_publicos`, `con_contexto`)."""
    return [
        YaNoSeMira(delito, _clave_y_nombre(objetivo)[1], objetivo.declarado, objetivo.retirado)
        for delito, objetivo in con_nombre(objetivos)
    ]


def con_nombre(objetivos: Iterable[Objetivo]) -> list[tuple[str, Objetivo]]:
    """Each objective with how the catalogue calls its crime. One query besides theirs."""
    objetivos = list(objetivos)
    delitos = catalogo() if objetivos else {}
    return [(_nombre(o.delito, delitos), o) for o in objetivos]


def _nombre(delito: str, delitos: Mapping[str, DelitoElegido]) -> str:
    """A crime that left the catalogues keeps its address for a name."""
    return delitos[delito].nombre if delito in delitos else delito


# ── Before and after ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ObjetivoConEfecto:
    """An objective and what its rate did; None where its crime or its place has no figures to look for."""

    objetivo: Objetivo
    delito: str
    lugar: Territorio
    efecto: Efecto | None

    @property
    def id(self) -> str:
        """Of its table in a page."""
        return f"efecto-{self.objetivo.pk}"

    @property
    def se_declaro_tarde(self) -> bool:
        """Declared when the span after was under way: whoever chose the crime may have seen where it went."""
        declarado = timezone.localtime(self.objetivo.declarado)
        _, despues = ventanas(self.objetivo.acuerdo.sesion.dia, self.objetivo.rezago_meses)
        return mes(declarado.year, declarado.month) > despues.primero


def con_efectos(acuerdo: Acuerdo, objetivos: Iterable[Objetivo]) -> list[ObjetivoConEfecto]:
    """What the rates that an agreement aims to move did around it. Six queries at most, whatever their number.

    Args:
        objetivos: of that agreement, with their context (`con_contexto`).
    """
    objetivos = list(objetivos)
    if not objetivos:
        return []
    dia, delitos = acuerdo.sesion.dia, catalogo()
    lugares = _lugares(objetivos, acuerdo, dia)
    elegidos = {o.delito: delitos[o.delito] for o in objetivos if o.delito in delitos}
    con_unidades = {lugar.clave: lugar for lugar in lugares.values() if lugar.unidades}
    pares = [ventanas(dia, o.rezago_meses) for o in objetivos]
    desde, hasta = min(antes.primero for antes, _ in pares), max(despues.ultimo for _, despues in pares)
    moviles, mensuales = (
        _series(list(con_unidades.values()), list(elegidos.values()), periodicidad, desde, hasta)
        for periodicidad in (Periodicidad.MOVIL12, Periodicidad.MENSUAL)
    )
    respuesta = []
    for objetivo in objetivos:
        lugar, elegido, medido = lugares[objetivo.pk], elegidos.get(objetivo.delito), None
        if elegido is not None and lugar.unidades:
            medido = efecto(
                dia=dia,
                rezago=objetivo.rezago_meses,
                se_busca=objetivo.direccion,
                moviles=moviles[lugar.clave, objetivo.delito],
                mensuales=mensuales[lugar.clave, objetivo.delito],
                por_municipio=all(len(unidad.clave) == LARGO_DE_MUNICIPIO for unidad in lugar.unidades),
            )
        respuesta.append(ObjetivoConEfecto(objetivo, _nombre(objetivo.delito, delitos), lugar, medido))
    return respuesta


Series = Mapping[tuple[str, str], Sequence[Renglon]]
"""Territory and crime → its rows."""


def _series(
    lugares: Sequence[Territorio], elegidos: Sequence[DelitoElegido], periodicidad: Periodicidad, desde: int, hasta: int
) -> Series:
    series: dict[tuple[str, str], list[Renglon]] = defaultdict(list)
    if lugares and elegidos:
        for renglon in componer_todas(lugares, elegidos, periodicidad, desde, hasta):
            series[renglon.territorio, renglon.delito].append(renglon)
    return series


def _lugares(objetivos: Sequence[Objetivo], acuerdo: Acuerdo, dia: dt.date) -> dict[int, Territorio]:
    """The place of each objective, by its key."""
    mesas = {o.pk: o.mesa or acuerdo.sesion.mesa for o in objetivos if o.es_de_su_mesa or o.mesa_id}
    municipios: dict[int, list[str]] = defaultdict(list)
    if mesas:
        vigentes = Cobertura.objects.filter(mesa__in=mesas.values()).vigentes_en(dia).order_by("municipio")
        for mesa, municipio in vigentes.values_list("mesa", "municipio"):
            municipios[mesa].append(municipio)
    return {
        o.pk: _de_mesa_ese_dia(mesas[o.pk], municipios[mesas[o.pk].pk]) if o.pk in mesas else _sin_mesa(o)
        for o in objetivos
    }


def _de_mesa_ese_dia(mesa: Mesa, municipios: Sequence[str]) -> Territorio:
    """The municipalities that a mesa attended on the day of the agreement, in both spans.

    Otherwise a change of territory would pass for a change of rate.
    """
    return Territorio(
        f"{PREFIJO_MESA}{mesa.slug}", nombre_de_mesa(mesa.nombre), tuple(Unidad(municipio) for municipio in municipios)
    )


def _sin_mesa(objetivo: Objetivo) -> Territorio:
    if objetivo.nacional:
        return nacional()
    if objetivo.entidad_id:
        return de_entidad(objetivo.entidad)
    municipio = objetivo.municipio
    return Territorio(
        municipio.clave, f"{municipio.nombre}, {municipio.entidad.nombre_corto}", (Unidad(municipio.clave),)
    )
