"""Twelve months before an agreement against twelve after: what the rate of a crime did. Pure, no database.

It is the plainest comparison that can be defended, and it proves no cause. Both spans are of
whole months and leave out the month of the agreement, which is of neither; both must lie in
one counting instrument, for nothing crosses January 2026.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comun.formatos import enumerar, mes_largo, numero
from indicadores.calculos import MESES_DEL_ANIO
from indicadores.comparacion import Comparacion, NoComparables, comparar
from indicadores.composicion import Renglon, decimales
from indicadores.models import PRIMER_ANIO_RNID, Instrumento
from indicadores.periodos import mes, texto_del_mes

QUIEBRE = mes(PRIMER_ANIO_RNID, 1)
"""First month of the RNID."""

CAMBIO_LA_CUENTA = (
    "En enero de 2026 cambió la forma de contar los delitos: lo de antes no se compara con lo de después."
)

NADA = "Los archivos cargados no traen ese delito en ese lugar en ninguno de esos meses."
NADA_POR_MUNICIPIO = "Los archivos cargados no traen ese delito por municipio en ninguno de esos meses."

NO_PRUEBA = "Esto no prueba causalidad."
POR_QUE_NO_PRUEBA = (
    "Que una tasa baje o suba después de un acuerdo no dice que haya sido por él. En esos meses también cambian la "
    "denuncia, la forma en que la fiscalía clasifica, los operativos y la economía; se suele acordar algo cuando las "
    "cifras están en su peor momento, y de ahí lo común es que bajen solas; y no hay un lugar igual, sin acuerdo, con "
    "el cual comparar."
)


@dataclass(frozen=True, slots=True)
class Ventana:
    """Twelve whole months."""

    primero: int

    @property
    def ultimo(self) -> int:
        """Its last month."""
        return self.primero + MESES_DEL_ANIO - 1

    @property
    def meses(self) -> range:
        """Its twelve months."""
        return range(self.primero, self.ultimo + 1)

    @property
    def instrumento(self) -> str | None:
        """The rulebook under which all of it was counted; None if it straddles the change."""
        if self.ultimo < QUIEBRE:
            return Instrumento.CNSP.value
        return Instrumento.RNID.value if self.primero >= QUIEBRE else None

    @property
    def en_palabras(self) -> str:
        """«marzo de 2023 a febrero de 2024»."""
        return f"{mes_largo(texto_del_mes(self.primero))} a {mes_largo(texto_del_mes(self.ultimo))}"


def ventanas(dia: dt.date, rezago: int) -> tuple[Ventana, Ventana]:
    """The twelve whole months before a day and the twelve that begin `rezago` months after it.

    An agreement of the 15th splits its month, so the span after begins with the next; one of
    the 1st leaves the whole month after it.
    """
    su_mes = mes(dia.year, dia.month)
    return Ventana(su_mes - MESES_DEL_ANIO), Ventana(su_mes + rezago + (dia.day > 1))


@dataclass(frozen=True, slots=True)
class Lado:
    """One of the two spans: its figure or, in words, why there is none."""

    ventana: Ventana
    renglon: Renglon | None
    falta: str = ""


@dataclass(frozen=True, slots=True)
class Efecto:
    """What the rate of a crime did around an agreement."""

    se_busca: str
    antes: Lado
    despues: Lado
    comparacion: Comparacion | None
    motivo: str = ""

    @property
    def renglones(self) -> list[Renglon]:
        """The figures that are shown."""
        return [lado.renglon for lado in (self.antes, self.despues) if lado.renglon is not None]

    @property
    def frase(self) -> str:
        """What can be said of the two figures, or why nothing can."""
        if self.comparacion is None:
            return self.motivo
        razon = self.comparacion.razon
        if razon is None:
            return "No hubo carpetas ni antes ni después."
        if not razon.distinguible:
            return "La diferencia entre las dos tasas no es distinguible del azar."
        subio = razon.valor is None or razon.valor > 1
        buscado = "que es lo que se buscaba" if subio == (self.se_busca == "sube") else "al revés de lo que se buscaba"
        verbo = "subió" if subio else "bajó"
        return f"La tasa de después fue {razon.texto} la de antes: {verbo} más de lo que explica el azar, {buscado}."

    @property
    def avisos(self) -> Sequence[str]:
        """What must be said beside the comparison."""
        return self.comparacion.avisos if self.comparacion else ()

    @property
    def tabla(self) -> list[list[str]]:
        """A row for each span: months, carpetas, inhabitants, rate and its interval."""
        digitos = decimales(self.renglones)
        return [_fila("Antes", self.antes, digitos), _fila("Después", self.despues, digitos)]


COLUMNAS = [
    {"titulo": "Lapso"},
    {"titulo": "Meses"},
    {"titulo": "Carpetas", "num": True},
    {"titulo": "Población", "num": True},
    {"titulo": "Tasa por 100 mil", "num": True},
    {"titulo": "Intervalo de 95 %", "num": True},
]
"""Header of `Efecto.tabla`."""


def _fila(nombre: str, lado: Lado, digitos: int) -> list[str]:
    meses, r = lado.ventana.en_palabras, lado.renglon
    if r is None or r.tasa is None:
        return [nombre, meses, numero(r.carpetas) if r else "sin dato", "sin dato", "sin tasa", ""]
    return [
        nombre,
        meses,
        numero(r.carpetas),
        numero(round(r.poblacion)),
        f"{numero(r.tasa.valor, digitos)}{' (inestable)' if r.tasa.inestable else ''}",
        f"{numero(r.tasa.inferior, digitos)} a {numero(r.tasa.superior, digitos)}",
    ]


def efecto(
    *,
    dia: dt.date,
    rezago: int,
    se_busca: str,
    moviles: Iterable[Renglon],
    mensuales: Iterable[Renglon],
    por_municipio: bool = False,
) -> Efecto:
    """The two spans of an agreement of that day, from the series of one place and one crime.

    Args:
        rezago: months after which an effect is expected.
        se_busca: `baja` or `sube`.
        moviles: rolling sums of twelve months, of both instruments.
        mensuales: single months, to tell which are missing.
        por_municipio: the place is made of municipalities, and many crimes are published by entidad only.
    """
    moviles, mensuales = list(moviles), list(mensuales)
    sin_nada = NADA_POR_MUNICIPIO if por_municipio else NADA
    antes, despues = (_lado(ventana, moviles, mensuales, sin_nada) for ventana in ventanas(dia, rezago))
    comparacion, motivo = None, antes.falta or despues.falta
    if {antes.ventana.instrumento, despues.ventana.instrumento} == {i.value for i in Instrumento}:
        motivo = CAMBIO_LA_CUENTA
    elif antes.renglon is not None and despues.renglon is not None:
        try:
            comparacion = comparar(despues.renglon, antes.renglon)
        except NoComparables as error:
            motivo = str(error)
    return Efecto(se_busca, antes, despues, comparacion, motivo)


def _lado(ventana: Ventana, moviles: list[Renglon], mensuales: list[Renglon], sin_nada: str) -> Lado:
    if ventana.instrumento is None:
        return Lado(ventana, None, f"Los meses de {ventana.en_palabras} se contaron de dos formas. {CAMBIO_LA_CUENTA}")
    propios = [r for r in moviles if r.ultimo == ventana.ultimo and r.instrumento == ventana.instrumento]
    entero = next((r for r in propios if r.carpetas is not None and r.completa), None)
    if entero is not None:
        return Lado(ventana, entero)
    if not any(r.carpetas is not None for r in mensuales):
        return Lado(ventana, None, sin_nada)  # what never came is not promised
    return Lado(ventana, None, _que_falta(ventana, mensuales))


def _que_falta(ventana: Ventana, mensuales: list[Renglon]) -> str:
    """Which months are not there yet, and which the source never gave whole."""
    con_cifra = [r for r in mensuales if r.carpetas is not None and r.instrumento == ventana.instrumento]
    enteros = {r.ultimo for r in con_cifra if r.completa}
    ultimo = max((r.ultimo for r in con_cifra), default=None)
    por_venir = [m for m in ventana.meses if m not in enteros and (ultimo is None or m > ultimo)]
    huecos = [m for m in ventana.meses if m not in enteros and m not in por_venir]
    frases = []
    if por_venir:
        frases.append(
            f"Falta por cargarse: {_meses(por_venir)}. Los doce meses estarán completos cuando se cargue "
            f"{mes_largo(texto_del_mes(ventana.ultimo))}."
        )
    if huecos:
        frases.append(f"Sin cifra de todo el territorio: {_meses(huecos)}.")
    return " ".join(frases) or f"No hay cifra de {ventana.en_palabras}."


def _meses(meses: Sequence[int]) -> str:
    """«mayo de 2024», «mayo y julio de 2024»: a run keeps its ends."""
    tramos: list[list[int]] = []
    for m in meses:
        if tramos and m == tramos[-1][-1] + 1:
            tramos[-1].append(m)
        else:
            tramos.append([m])
    textos = []
    for tramo in tramos:
        nombres = [mes_largo(texto_del_mes(m)) for m in (tramo[0], tramo[-1])]
        textos.append(nombres[0] if len(tramo) == 1 else f"{nombres[0]} a {nombres[1]}")
    return enumerar(textos)
