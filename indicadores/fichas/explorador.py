"""What the explorer says of a choice: lines, sentences, comparisons and the table behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from comun.formatos import mes_largo, numero
from comun.grafica_formas import Grafica, Marca
from comun.tabla_ordenable import Columna, Fila, Orden
from indicadores.comparacion import Comparacion, NoComparables, comparar, diferencia_minima
from indicadores.composicion import Renglon, decimales
from indicadores.consultas import Eleccion
from indicadores.delitos import SEPARADOR, DelitoElegido
from indicadores.efectos import CAMBIO_LA_CUENTA, QUIEBRE
from indicadores.fichas import frases
from indicadores.fichas.lineas import dibujar
from indicadores.fichas.sellos import Sello, con_cifra, lapso_en_comun, mismo_lapso, sello, ultimo_con_cifra
from indicadores.models import Ambito, Carga
from indicadores.objetivos import MarcaDeAcuerdo, marcas_publicas
from indicadores.periodos import Periodicidad
from indicadores.series import componer_de, leer_fondos
from indicadores.territorios import NACIONAL, Territorio, nacional

POR_AMBITO = {Ambito.ESTATAL.value: "estatal", Ambito.MUNICIPAL.value: "municipal"}
DE_ENTRADA = Orden("periodo", desciende=True)


def lugares_por_leer(eleccion: Eleccion) -> list[Territorio]:
    """The places chosen and, beside a single one, the nation: a rate alone is neither high nor low."""
    if len(eleccion.lugares) == 1 and eleccion.lugares[0].clave != NACIONAL:
        return [*eleccion.lugares, nacional()]
    return list(eleccion.lugares)


def acuerdos_de(eleccion: Eleccion) -> list[MarcaDeAcuerdo]:
    """Public agreements that aim to move this crime, those of the places chosen first. One query."""
    if eleccion.delito is None:
        return []
    # An agreement names a subtipo, a tipo or a bien: a modalidad is seen with its subtipo's.
    delito, _, _ = eleccion.delito.slug.partition(SEPARADOR)
    return marcas_publicas(delito, [lugar.clave for lugar in eleccion.lugares])


def leer_ficha(eleccion: Eleccion, *, con_acuerdos: bool = True) -> Ficha:
    """What a choice shows: its rows, the loads behind them and its agreements, unless they are left out."""
    lugares, periodicidad, contra = lugares_por_leer(eleccion), eleccion.periodicidad, eleccion.contra
    desde, hasta, opuestos = eleccion.desde, eleccion.hasta, []
    fondos = leer_fondos(
        lugares,
        [eleccion.delito],
        min(desde, contra.primero) if contra and desde is not None else desde,
        max(hasta, contra.ultimo) if contra and hasta is not None else hasta,
    )
    renglones = list(componer_de(fondos, lugares, periodicidad, desde, hasta))
    if contra:
        # A rolling window is bounded by its last month.
        primero = contra.ultimo if periodicidad is Periodicidad.MOVIL12 else contra.primero
        opuestos = con_cifra(componer_de(fondos, eleccion.lugares, periodicidad, primero, contra.ultimo))
    cargas = Carga.objects.publicas().de_renglones([*renglones, *opuestos])
    return Ficha(eleccion, renglones, cargas, acuerdos_de(eleccion) if con_acuerdos else (), opuestos)


@dataclass(frozen=True)
class Ficha:
    """Everything that a page, a picture or an embedded chart says of the same choice."""

    eleccion: Eleccion
    renglones: Sequence[Renglon]
    cargas: Sequence[Carga]
    acuerdos: Sequence[MarcaDeAcuerdo] = ()
    opuestos: Sequence[Renglon] = ()
    """Rows of the period to compare with, of the places that have it."""

    @property
    def marcas(self) -> list[Marca]:
        """Agreements on the time axis: those that look at one of the places chosen."""
        return [acuerdo.en_la_grafica for acuerdo in self.acuerdos if acuerdo.en_su_lugar]

    @property
    def en_otros_lugares(self) -> list[MarcaDeAcuerdo]:
        """Agreements that look at this crime elsewhere."""
        return [acuerdo for acuerdo in self.acuerdos if not acuerdo.en_su_lugar]

    @property
    def delito(self) -> DelitoElegido:
        """The crime; a choice without one shows no figures."""
        if self.eleccion.delito is None:
            raise ValueError("Sin delito no hay ficha.")
        return self.eleccion.delito

    @cached_property
    def grupos(self) -> list[list[Renglon]]:
        """Rows of each place chosen, in their order."""
        return [[r for r in self.renglones if r.territorio == lugar.clave] for lugar in self.eleccion.lugares]

    @cached_property
    def propios(self) -> list[Renglon]:
        """Rows of all the places chosen."""
        return [renglon for grupo in self.grupos for renglon in grupo]

    @cached_property
    def referencia(self) -> list[Renglon]:
        """Rows of the nation behind a single place, in the span of that place."""
        elegidas = {lugar.clave for lugar in self.eleccion.lugares}
        return lapso_en_comun([r for r in self.renglones if r.territorio not in elegidas], con_cifra(self.propios))

    @cached_property
    def ultimo(self) -> Renglon | None:
        """The newest figure of the first place."""
        return ultimo_con_cifra(self.grupos[0])

    @cached_property
    def decimales(self) -> int:
        """Decimals with which its rates are read."""
        return decimales([*self.propios, *self.referencia])

    @property
    def donde(self) -> str:
        """«en México y en León, Guanajuato»."""
        return frases.lugares_en_frase(self.eleccion.lugares)

    @property
    def titulo(self) -> str:
        """What the chart shows, in a line."""
        return f"{self.delito.nombre} {self.donde}, {self.eleccion.periodicidad.etiqueta}"

    @property
    def entrada(self) -> str:
        """The newest figure of the first place, and what it was elsewhere in the same span."""
        otros = [*(r for grupo in self.grupos[1:] for r in grupo), *self.referencia]
        dicho = frases.lectura(self.eleccion.lugares[0], self.ultimo, self.delito, self.decimales)
        return f"{dicho} {frases.junto_a(self.ultimo, otros, self.decimales)}".strip()

    @cached_property
    def sello(self) -> Sello:
        """Source, cuts, unit and population."""
        return sello([*self.propios, *self.referencia, *self.opuestos], self.cargas)

    @property
    def grafica(self) -> Grafica | None:
        """The lines with a table of their own; None when there is nothing to draw."""
        return self._dibujar(con_tabla=True)

    @property
    def grafica_sin_tabla(self) -> Grafica | None:
        """The lines, for a page that sets its own table behind them."""
        return self._dibujar(con_tabla=False)

    def _dibujar(self, *, con_tabla: bool) -> Grafica | None:
        return dibujar(
            self.titulo,
            self.grupos,
            self.eleccion.periodicidad,
            referencia=self.referencia,
            marcas=self.marcas,
            con_tabla=con_tabla,
        )

    @cached_property
    def salvedades(self) -> list[str]:
        """What the figures cannot say."""
        return frases.salvedades(self.eleccion.lugares, self.propios, self.eleccion.periodicidad)

    @property
    def faltas(self) -> list[str]:
        """What is missing, and when."""
        nombres = {lugar.clave: lugar.nombre for lugar in (*self.eleccion.lugares, *self.eleccion.ademas)}
        vacios = frases.periodos_sin_cifra(self.propios, self.eleccion.periodicidad)
        return [*frases.faltas_de_cobertura(self.propios, nombres), *filter(None, [vacios])]

    @property
    def sumas(self) -> list[tuple[str, Sequence[str]]]:
        """What the crime adds up, in the instruments in which it is a sum."""
        return frases.subtipos_sumados(self.delito.nombres)

    @cached_property
    def comparaciones(self) -> list[Lectura]:
        """The first two places in their newest common span; each with the period chosen or the first a year apart."""
        en_el_tiempo = self._contra_lo_elegido() if self.eleccion.contra else self._en_el_tiempo()
        return [*self._entre_lugares(), *en_el_tiempo]

    @property
    def cambio_minimo(self) -> str:
        """How far the next figure would have to be not to be chance."""
        if self.ultimo is None or self.ultimo.tasa is None or self.ultimo.exposicion is None:
            return ""
        minimo = diferencia_minima(self.ultimo.carpetas, self.ultimo.exposicion)
        plural = "" if self.ultimo.carpetas == 1 else "s"
        return (
            f"{frases.cuando(self.ultimo).capitalize()} hubo {numero(self.ultimo.carpetas)} carpeta{plural}: para que "
            f"otro lapso igual, con la misma población, se distinga del azar {minimo.texto}."
        )

    def _entre_lugares(self) -> list[Lectura]:
        if len(self.grupos) < 2:
            return []
        primero, segundo = self.grupos[:2]
        titulo = "Entre lugares" if len(self.eleccion.lugares) == 2 else "Entre los dos primeros lugares"
        con_tasa = [r for r in segundo if r.tasa]
        pares = [(r, otro) for r in primero if r.tasa for otro in con_tasa if mismo_lapso(r, otro)]
        if not pares:
            nombres = " y ".join(lugar.nombre for lugar in self.eleccion.lugares[:2])
            return [Lectura(titulo, f"{nombres} no tienen tasa en un mismo lapso.")]
        return [_leer(titulo, *max(pares, key=lambda par: par[0].ultimo))]

    def _contra_lo_elegido(self) -> list[Lectura]:
        """The newest figure of each place with that of the period that the reader chose, or why not."""
        contra, lecturas = self.eleccion.contra, []
        lapso = frases.lapso_en_frase(contra.nombre, self.eleccion.periodicidad)
        for lugar, grupo in zip(self.eleccion.lugares, self.grupos, strict=True):
            titulo = f"{lugar.nombre}, con {lapso}"
            ultimo = ultimo_con_cifra(grupo)
            suyos = [r for r in self.opuestos if r.territorio == lugar.clave]
            if contra.primero < QUIEBRE <= contra.ultimo:
                lecturas.append(Lectura(titulo, f"No se comparan: {lapso} cruzan enero de 2026. {CAMBIO_LA_CUENTA}"))
            elif ultimo is None or not suyos:
                cuando = f"de {lapso}" if ultimo else "del periodo que elegiste"
                lecturas.append(Lectura(titulo, f"Los archivos cargados no traen cifra completa {cuando}."))
            else:
                lecturas.append(_leer(titulo, ultimo, suyos[0]))
        return lecturas

    def _en_el_tiempo(self) -> list[Lectura]:
        if self.ultimo is None or self.ultimo.tasa is None:
            return []
        antes = [r for r in self.grupos[0] if r.tasa and r.ultimo == self.ultimo.ultimo - 12]
        return [_leer("Con un año antes", self.ultimo, antes[0])] if antes else []


@dataclass(frozen=True)
class Lectura:
    """A comparison in words, or why there is none."""

    titulo: str
    frase: str
    avisos: Sequence[str] = ()
    hecha: Comparacion | None = None


def _leer(titulo: str, uno: Renglon, otro: Renglon) -> Lectura:
    try:
        hecha = comparar(uno, otro)
    except NoComparables as motivo:
        return Lectura(titulo, f"No se comparan: {str(motivo)[:1].lower()}{str(motivo)[1:]}")
    return Lectura(titulo, hecha.frase, hecha.avisos, hecha)


# ── Table ───────────────────────────────────────────────────────────────────────────────


def columnas(periodicidad: Periodicidad, *, varios: bool) -> list[Columna]:
    """Columns of the table behind the chart; the place only where there are several."""
    tasa = "Tasa llevada a un año" if periodicidad is Periodicidad.ANUALIZADA else "Tasa"
    return [
        Columna("Periodo", "periodo"),
        *([Columna("Territorio", "nombre")] if varios else []),
        Columna("Carpetas", "carpetas", num=True),
        Columna("Población", "poblacion", num=True),
        Columna(tasa, "tasa", num=True),
        Columna("Intervalo de 95 %", num=True),
        Columna("Cobertura", num=True),
        Columna("Fuente y corte"),
    ]


def por_ordenar(renglones: Iterable[Renglon]) -> list[Fila]:
    """A row for each figure, not yet in words: only those of a page are written."""
    return [
        Fila(
            celdas=(),
            llaves={
                "periodo": r.periodo,
                "nombre": r.nombre,
                "carpetas": r.carpetas,
                "poblacion": r.poblacion,
                "tasa": r.tasa.valor if r.tasa else None,
            },
            dibujo=r,
        )
        for r in renglones
    ]


def escribir(filas: Iterable[Fila], digitos: int, *, varios: bool) -> list[Fila]:
    """The rows in words."""
    return [Fila(_celdas(fila.dibujo, digitos, varios=varios), fila.llaves) for fila in filas]


def _celdas(r: Renglon, digitos: int, *, varios: bool) -> list[str]:
    origen = " y ".join(POR_AMBITO[ambito] for ambito in r.ambitos)
    corte = ", ".join(mes_largo(corte) for corte in r.corte.split(";")) if r.corte else "sin archivo"
    intervalo = f"{numero(r.tasa.inferior, digitos)} a {numero(r.tasa.superior, digitos)}" if r.tasa else ""
    marca = " (inestable)" if r.tasa and r.tasa.inestable else ""
    return [
        mes_largo(r.periodo),
        *([r.nombre] if varios else []),
        numero(r.carpetas) if r.carpetas is not None else "sin dato",
        numero(round(r.poblacion)) if r.poblacion is not None else "sin dato",
        f"{numero(r.tasa.valor, digitos)}{marca}" if r.tasa else "sin tasa",
        intervalo,
        r.cobertura,
        f"{origen}, {corte}" if origen else corte,
    ]
