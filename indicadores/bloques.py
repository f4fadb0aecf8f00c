"""Units of a place gathered so that any span of months costs a subtraction. Pure, no database.

Units that count, report and have population in the same months are added once, whatever
their number: almost always the whole country is a single block. Every list of a block holds
running totals, one place per month from January of its first year on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress, repeat

from indicadores.calculos import MESES_DEL_ANIO
from indicadores.lectura import CEROS, Anual, DatoAnual, Habitantes
from indicadores.periodos import anio_de, mes
from indicadores.territorios import SIEMPRE, Territorio, Unidad

Elegidos = dict[str, dict[int, DatoAnual]]
"""Unit → year → the figures that serve."""


def elegir_ambito(territorio: Territorio, conteos: Anual) -> Elegidos:
    """For each year, the ámbito that reports the most months; municipal on a tie.

    All the units of a year use the same one, so that a sum never mixes two files of a
    different kind. A year half published by municipality does not hide a whole state year.
    """
    suyos = {unidad.clave: conteos.get(unidad.clave, {}) for unidad in territorio.unidades}
    reportados: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for por_anio in suyos.values():
        for anio, datos in por_anio.items():
            for ambito, dato in datos.items():
                reportados[anio][ambito] += dato.mascara.bit_count()
    elegido = {
        anio: "municipal" if meses["municipal"] >= meses["estatal"] else "estatal" for anio, meses in reportados.items()
    }
    return {
        clave: {anio: datos[elegido[anio]] for anio, datos in por_anio.items() if elegido[anio] in datos}
        for clave, por_anio in suyos.items()
    }


def agrupar(territorio: Territorio, conteos: Anual, habitantes: Habitantes) -> list[Bloque]:
    """The blocks of a place; none if it has no figures."""
    elegidos = elegir_ambito(territorio, conteos)
    con_dato = {anio for por_anio in elegidos.values() for anio in por_anio}
    if not con_dato:
        return []
    anios = range(min(con_dato), max(con_dato) + 1)
    iguales: dict[object, list[Unidad]] = defaultdict(list)
    for unidad in territorio.unidades:
        suyos = elegidos[unidad.clave]
        mascaras = tuple([suyos[anio].mascara if anio in suyos else None for anio in anios])
        con_gente = tuple([habitantes.de(unidad.clave, anio) is not None for anio in anios])
        iguales[unidad.tramos, mascaras, con_gente].append(unidad)
    return [Bloque(unidades, anios, elegidos, habitantes) for unidades in iguales.values()]


class Bloque:
    """Some units of a place that are whole, or not, in exactly the same spans."""

    __slots__ = (
        "_contados",
        "_expuestos",
        "_inicio",
        "_reportados",
        "_sin_gente",
        "_sumas",
        "claves",
        "datos",
        "extremos",
    )

    def __init__(self, unidades: Sequence[Unidad], anios: range, elegidos: Elegidos, habitantes: Habitantes) -> None:
        self.claves = [unidad.clave for unidad in unidades]
        suyos = [elegidos[clave] for clave in self.claves]
        self.datos = {anio: [por_anio[anio] for por_anio in suyos if anio in por_anio] for anio in anios}
        gente = [_sumar_gente(self.claves, anio, habitantes) for anio in anios]
        cuenta = _meses_en_que_cuenta(unidades[0], anios)
        reporta = list(chain.from_iterable(_POSICIONES[d[0].mascara if d else 0] for d in self.datos.values()))
        if cuenta is not None:
            reporta = [dato and si for dato, si in zip(reporta, cuenta, strict=True)]
        self._inicio = mes(anios.start, 1)
        con_dato = list(compress(range(self._inicio, self._inicio + len(reporta)), reporta))
        self.extremos = (con_dato[0], con_dato[-1]) if con_dato else ()
        """First and last month with a figure."""
        self._contados = range(len(reporta) + 1) if cuenta is None else _acumular(cuenta)
        self._reportados = self._contados if all(reporta) else _acumular(reporta)
        self._sumas = _acumular(chain.from_iterable(map(_sumar, self.datos.values())), cuenta)
        self._expuestos = _acumular(_por_mes(cifra or 0 for cifra in gente), cuenta)
        self._sin_gente = _acumular(_por_mes(cifra is None for cifra in gente), cuenta) if None in gente else None

    def cuenta(self, primero: int, ultimo: int) -> bool:
        """True if it belongs to the place in some month of the span."""
        return self._entre(self._contados, primero, ultimo) > 0

    def suma(self, primero: int, ultimo: int) -> int | None:
        """Count over the months in which it belongs to the place, or None if any of them is missing."""
        if self._reportados is not self._contados and self._entre(self._reportados, primero, ultimo) != self._entre(
            self._contados, primero, ultimo
        ):
            return None
        return self._entre(self._sumas, primero, ultimo)

    def expuesta(self, primero: int, ultimo: int) -> int | None:
        """Σ population of the year over those months, or None if a year has no population."""
        if self._sin_gente is not None and self._entre(self._sin_gente, primero, ultimo):
            return None
        return self._entre(self._expuestos, primero, ultimo)

    def anios(self, primero: int, ultimo: int) -> list[int]:
        """Years of those months."""
        if anio_de(primero) == anio_de(ultimo):
            return [anio_de(primero)]
        return [
            anio
            for anio in range(anio_de(primero), anio_de(ultimo) + 1)
            if self.cuenta(max(primero, mes(anio, 1)), min(ultimo, mes(anio, 12)))
        ]

    def _entre(self, totales: Sequence[int], primero: int, ultimo: int) -> int:
        return totales[ultimo + 1 - self._inicio] - totales[primero - self._inicio]


_POSICIONES = tuple(
    tuple([bool(mascara >> lugar & 1) for lugar in range(MESES_DEL_ANIO)]) for mascara in range(1 << MESES_DEL_ANIO)
)
"""Which months are on in every mask."""


def _meses_en_que_cuenta(unidad: Unidad, anios: range) -> list[bool] | None:
    """Month by month, or None if it always belongs to its place."""
    if unidad.tramos == SIEMPRE:
        return None
    return [unidad.cuenta_en(m) for m in range(mes(anios.start, 1), mes(anios.stop, 1))]


def _sumar(datos: Sequence[DatoAnual]) -> Sequence[int]:
    """The twelve figures of a year, added over units."""
    if len(datos) == 1:
        return datos[0].meses
    return [sum(cifras) for cifras in zip(*(dato.meses for dato in datos), strict=True)] or CEROS


def _sumar_gente(claves: Sequence[str], anio: int, habitantes: Habitantes) -> int | None:
    cifras = [habitantes.de(clave, anio) for clave in claves]
    return None if None in cifras else sum(cifras)


def _por_mes(cifras: Iterable[int]) -> Iterator[int]:
    """The figure of each year, once a month."""
    return chain.from_iterable(repeat(cifra, MESES_DEL_ANIO) for cifra in cifras)


def _acumular(cifras: Iterable[int], cuenta: Sequence[bool] | None = None) -> Sequence[int]:
    """Running totals, of the months that count."""
    if cuenta is not None:
        cifras = [cifra if si else 0 for cifra, si in zip(cifras, cuenta, strict=True)]
    return list(accumulate(cifras, initial=0))
