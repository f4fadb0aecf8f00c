"""The patient reading: row by row, it repairs what is known to circulate and reports what is not.

What it repairs never changes a figure: thousands commas, `7.0` for 7, codes without their zero,
blank rows, headers repeated half way, columns out of order or too many, accents read with the
wrong table. It leaves a CSV in exact shape, which the fast reading takes.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indicadores.importadores.apertura import Avisar, Origen
from indicadores.importadores.catalogo import PRIMER_ANIO_CNSP, Combinacion, entidades
from indicadores.importadores.encabezado import (
    ANIO,
    CELDAS,
    CLAVE,
    DELITO,
    ENTIDAD,
    MUNICIPIO,
    OFICIAL,
    TOTAL,
    forma,
)
from indicadores.importadores.errores import Falla, Informe
from indicadores.importadores.hoja import filas_de_libro
from indicadores.importadores.muestra import Muestra

_ENTERO = re.compile(r"-?\d{1,9}", re.ASCII)
_CON_DECIMAL = re.compile(r"(-?\d{1,9})\.0+", re.ASCII)
_AMBIGUO = re.compile(r"-?\d{1,3}\.000", re.ASCII)
_CON_MILES = re.compile(r"(-?\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?", re.ASCII)
_CODIGO = re.compile(r"(\d{1,5})(?:\.0+)?", re.ASCII)
_CADA = 50_000
MALO = None


@dataclass
class Limpio:
    """What the patient reading left."""

    ruta: Path
    filas: int = 0
    avisos: list[str] = field(default_factory=list)


class _Memoria(dict[str, str | None]):
    """What each text becomes, worked out once: a file has few different ones."""

    def __init__(self, hacer: Callable[[str], str | None]) -> None:
        super().__init__()
        self.hacer = hacer

    def __missing__(self, texto: str) -> str | None:
        valor = self[texto] = self.hacer(texto)
        return valor


def celda(texto: str) -> str | None:
    """A figure in its exact shape, empty for a month not published; None if it is not a whole number.

    «1.000» may be a one from a spreadsheet or a thousand written the European way, so it is neither.
    """
    limpio = texto.strip()
    if not limpio or _ENTERO.fullmatch(limpio):
        return limpio
    if _AMBIGUO.fullmatch(limpio):
        return MALO
    hallado = _CON_DECIMAL.fullmatch(limpio) or _CON_MILES.fullmatch(limpio)
    return hallado[1].replace(",", "") if hallado else MALO


def _codigo(texto: str) -> str | None:
    hallado = _CODIGO.fullmatch(texto.strip())
    return hallado[1] if hallado else MALO


def filas_crudas(origen: Origen, muestra: Muestra) -> Iterator[tuple[int, list[str]]]:
    """Rows after the header, as they came, with the line in which each begins.

    Raises:
        csv.Error: if a quoted text does not end, or ends half way.
    """
    if origen.hoja:
        yield from ((n, celdas) for n, celdas in filas_de_libro(origen.ruta, muestra.hoja, origen.titulo))
        return
    with origen.ruta.open(encoding=origen.codificacion, newline="") as archivo:
        lector = csv.reader(archivo, delimiter=muestra.separador, strict=True)
        antes = 0
        for celdas in lector:
            yield antes + 1, celdas
            antes = lector.line_num


class Limpiador:
    """Turns the rows of a file into rows in exact shape, and keeps account of what it repaired."""

    def __init__(self, origen: Origen, muestra: Muestra, informe: Informe) -> None:
        self.origen, self.muestra, self.informe = origen, muestra, informe
        self.encabezado = muestra.encabezado
        self.lugares = [self.encabezado.posiciones[columna] for columna in self.encabezado.columnas]
        self.titulos = [forma(celda) for celda in muestra.celdas]
        self.reparaciones: Counter[str] = Counter()
        self.filas = 0
        self._celdas = _Memoria(celda)
        self._codigos = _Memoria(_codigo)
        self._textos = _Memoria(self._texto)
        self._residuo: Falla | None = None

    def limpias(self) -> Iterator[tuple[int, list[str]]]:
        """Rows in exact shape, in the order of the official columns, with their line."""
        linea = self.muestra.linea
        try:
            for linea, celdas in filas_crudas(self.origen, self.muestra):
                if linea > self.muestra.linea:
                    fila = self._limpiar(linea, celdas)
                    if fila is not None:
                        yield linea, fila
        except csv.Error as error:
            motivo = f"las comillas no cierran donde deben, o el archivo se cortó ({error})"
            self._fallar(linea + 1, "", "", motivo, "comillas")
        if self._residuo is not None:
            self.reparaciones["residuo"] += 1

    def _limpiar(self, linea: int, celdas: list[str]) -> list[str] | None:
        if not any(celdas) or not any(celda.strip() for celda in celdas):
            self.reparaciones["vacias"] += 1
            return None
        self.filas += 1
        ancho = self.encabezado.ancho
        if len(celdas) != ancho:
            sobran = celdas[ancho:]
            if self.origen.hoja and len(celdas) < ancho:
                celdas = [*celdas, *[""] * (ancho - len(celdas))]
            elif not sobran or any(celda.strip() for celda in sobran):
                self._fallar(linea, "", "", f"trae {len(celdas)} columnas y deben ser {ancho}", "columnas")
                return None
        if self._residuo is not None:
            self.informe.agregar(self._residuo)
            self._residuo = None
        fila = [celdas[lugar] for lugar in self.lugares]
        if not fila[0][:1].isdigit() and [forma(celda) for celda in celdas] == self.titulos:
            self.reparaciones["encabezados"] += 1
            return None
        return self._en_forma(linea, fila, celdas)

    def _en_forma(self, linea: int, cruda: list[str], celdas: list[str]) -> list[str] | None:
        columnas = self.encabezado.columnas
        inicio = len(columnas) - 12
        if self._es_residuo(linea, cruda):
            return None
        figuras = [self._celdas[celda] for celda in cruda[inicio:]]
        claves = []
        bien = None not in figuras
        for columna, texto in zip(columnas[:inicio], cruda, strict=False):
            if columna in (ANIO, CLAVE, MUNICIPIO):
                limpio = self._codigos[texto]
                if limpio is None or (columna == ANIO and len(limpio) != 4) or (columna == CLAVE and len(limpio) > 2):
                    self._fallar(linea, OFICIAL[columna], texto, _QUE_ES[columna], "clave")
                    bien = False
            else:
                limpio = self._textos[texto]
                if limpio is None:
                    motivo = "sus acentos están mal y no todos se pueden reparar: consigue el archivo original"
                    self._fallar(linea, OFICIAL[columna], texto, motivo, "acentos")
                    bien = False
                elif not limpio and columna in DELITO:
                    self._fallar(linea, OFICIAL[columna], "", "falta", "texto que falta")
                    bien = False
                elif not limpio:
                    limpio = self._nombre_que_falta(columna, claves)
            claves.append(limpio or "")
        if None in figuras:
            for columna, texto in zip(CELDAS, cruda[inicio:], strict=True):
                if self._celdas[texto] is None:
                    self._fallar(linea, OFICIAL[columna], texto, "no es un número entero", "cifra")
        if not bien:
            return None
        if figuras != cruda[inicio:]:
            self._contar(cruda[inicio:], figuras)
        self._comprobar_total(linea, celdas, figuras)
        return claves + figuras

    def _es_residuo(self, linea: int, cruda: list[str]) -> bool:
        """A last row without entidad nor the codes that would place it is what a total or a note left."""
        anio, clave, entidad = cruda[:3]
        if entidad.strip() or (anio.strip() and clave.strip() and cruda[-14].strip()):
            return False
        self._residuo = Falla(linea, OFICIAL[ENTIDAD], "", "la fila no dice de qué entidad es", "clave")
        return True

    def _nombre_que_falta(self, columna: str, claves: list[str]) -> str:
        self.reparaciones["sin nombre"] += 1
        oficial = entidades().get(claves[1].zfill(2), ("?",))[0]
        return oficial if columna == ENTIDAD else "?"

    def _texto(self, texto: str) -> str | None:
        """A text with its spaces in order and its accents right."""
        if self.muestra.reparacion is not None:
            try:
                texto = self.muestra.reparacion(texto)
            except UnicodeError:
                return MALO
        return " ".join(texto.split())

    def _contar(self, crudas: list[str], figuras: list[str]) -> None:
        for antes, despues in zip(crudas, figuras, strict=True):
            if antes != despues:
                clase = "miles" if "," in antes else "decimales" if "." in antes else "espacios"
                self.reparaciones[clase] += 1

    def _comprobar_total(self, linea: int, celdas: list[str], figuras: list[str]) -> None:
        """A file may bring the sum of the year besides; it must be that of its months."""
        lugar = self.encabezado.posiciones.get(TOTAL)
        if lugar is None or not celdas[lugar].strip():
            return
        suma = sum(int(figura) for figura in figuras if figura)
        dicho = celda(celdas[lugar])
        if dicho is None or int(dicho) != suma:
            self._fallar(linea, "Total", celdas[lugar], f"sus meses suman {suma:,}", "total que no cuadra")

    def _fallar(self, linea: int, columna: str, valor: str, motivo: str, clase: str) -> None:
        self.informe.agregar(Falla(linea, columna, valor[:80], motivo, clase))

    def avisos(self) -> Iterator[str]:
        """What was repaired, for the record of the load."""
        veces = self.reparaciones
        if self.muestra.separador != ",":
            signo = "tabulador" if self.muestra.separador == "\t" else "punto y coma"
            yield f"Las columnas venían separadas por {signo}."
        if self.muestra.linea > 1:
            yield f"El encabezado venía en la línea {self.muestra.linea}."
        if self.encabezado.ajenas:
            yield f"No se leyeron las columnas {', '.join(f'«{ajena}»' for ajena in self.encabezado.ajenas)}."
        if self.muestra.reparacion is not None:
            yield "Sus acentos estaban mal («AÒo») y se repararon todos: conviene cargar el archivo original."
        for clase, texto in _REPARADO.items():
            if veces[clase]:
                yield texto.format(f"{veces[clase]:,}")


_QUE_ES = {
    ANIO: "no es un año de cuatro cifras",
    CLAVE: "no es una clave de entidad",
    MUNICIPIO: "no es una clave de municipio",
}
_REPARADO = {
    "miles": "{} cifras traían coma de miles.",
    "decimales": "{} cifras traían decimales en cero («7.0»).",
    "espacios": "{} celdas traían espacios de más.",
    "vacias": "{} filas venían vacías.",
    "encabezados": "{} filas repetían el encabezado.",
    "sin nombre": "{} filas venían sin el nombre de su entidad o municipio; se tomaron por su clave.",
    "residuo": "La última fila no decía año, entidad ni delito y no se tomó.",
}


def limpiar(origen: Origen, muestra: Muestra, destino: Path, informe: Informe, avisar: Avisar) -> Limpio:
    """Leave in `destino` the rows of a file in exact shape, and in `informe` what is wrong with it."""
    limpiador = Limpiador(origen, muestra, informe)
    total = max(origen.renglones, 1)
    with destino.open("w", encoding="utf-8", newline="", buffering=1 << 20) as salida:
        escritor = csv.writer(salida, lineterminator="\n")
        escritor.writerow(limpiador.encabezado.columnas)
        for cuantas, (_, fila) in enumerate(limpiador.limpias(), start=1):
            escritor.writerow(fila)
            if cuantas % _CADA == 0:
                avisar("Limpio las filas", 0.2 + 0.4 * min(cuantas / total, 1))
    return Limpio(destino, limpiador.filas, list(limpiador.avisos()))


def anio_de(muestra: Muestra) -> int:
    """Year of the first row of data; that of the first instrument if it cannot be told."""
    codigo = _codigo(_primera(muestra, ANIO))
    return int(codigo) if codigo and len(codigo) == 4 else PRIMER_ANIO_CNSP


def combinacion_de(muestra: Muestra) -> Combinacion:
    """What the first row of data counts."""
    return Combinacion(*(_primera(muestra, columna) for columna in DELITO))


def _primera(muestra: Muestra, columna: str) -> str:
    lugar = muestra.encabezado.posiciones[columna]
    return muestra.primera[lugar].strip() if lugar < len(muestra.primera) else ""
