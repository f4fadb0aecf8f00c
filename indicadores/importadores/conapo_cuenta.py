"""Adds up a table of population, row by row, and refuses to leave a hole unseen.

What each territory and year has read is kept as bits, one for each sex and age: a bit that
comes twice is a repeated row, and one that others have and it has not is a missing row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from indicadores.importadores.conapo_formatos import ANIO_MAXIMO, ANIO_MINIMO, Encabezado, Formato
from indicadores.importadores.conapo_origen import RENGLONES_DE_EXCEL, Tabla
from indicadores.importadores.errores import Falla, Informe
from indicadores.texto import normalizar

Avisar = Callable[[str, float], None]
"""Told what is being done and how far the reading is, from 0 to 1."""

ENTIDADES = 32
_POR_ANIO = 10_000
"""A territory and a year make one number: 28038 in 2024 is 280382024."""
_CADA = 50_000
_AISLADOS = 50
_RENGLONES = {Formato.QUINQUENIOS: 252_450, Formato.PARTES: 1_415_000, Formato.ENTIDADES: 740_000}
"""Rows of the whole file, about, to say how far the reading is."""

_HOMBRES, _MUJERES = 0, 1
_SEXOS = {"hombres": _HOMBRES, "hombre": _HOMBRES, "mujeres": _MUJERES, "mujer": _MUJERES}
_SUMAS = {"ambos", "ambos sexos", "total", "todos", "todas", "nacional", "pobm_total", "pob_total"}
"""What the source writes in the rows that add up others."""

_ENTERO = re.compile(r"^(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.0{1,2})?$", re.ASCII)
_DECIMAL = re.compile(r"^-?[\d,]*\.\d+(e[+-]?\d+)?$", re.ASCII | re.IGNORECASE)

CORTADO = "archivo cortado"
DECIMALES = "cifras con decimales"
DUPLICADO = "renglones repetidos"
FALTA = "renglones que faltan"
NEGATIVA = "cifras negativas"
NO_NUMERO = "cifras que no son números"
OTRA = "datos que no corresponden"
RENGLON = "renglones con otra cantidad de columnas"
SUMA = "totales que no son la suma de sus edades"


class _Mala(ValueError):
    """A cell that cannot be taken; carries the kind of error and its reason."""

    def __init__(self, clase: str, motivo: str) -> None:
        super().__init__(motivo)
        self.clase = clase


def leer_entero(texto: str) -> int:
    """Inhabitants in a cell: a whole number, with or without thousands commas. Nothing is rounded."""
    limpio = texto.strip()
    if _ENTERO.match(limpio):
        return int(limpio.partition(".")[0].replace(",", ""))
    if not limpio:
        raise _Mala(NO_NUMERO, "está vacía.")
    if limpio.startswith("-"):
        raise _Mala(NEGATIVA, "una población no puede ser negativa.")
    if _DECIMAL.match(limpio):
        raise _Mala(DECIMALES, "trae decimales: CONAPO publica personas enteras y aquí no se redondea.")
    raise _Mala(NO_NUMERO, "no es un número entero.")


@dataclass
class Cuenta:
    """What the tables of an edition add up to."""

    informe: Informe
    habitantes: dict[int, int] = field(default_factory=dict)
    nombres: dict[str, str] = field(default_factory=dict)
    republica: Counter[int] = field(default_factory=Counter)
    """Inhabitants of the country by year, where the file brings them besides its entidades."""
    sumas: Counter[str] = field(default_factory=Counter)
    """Rows that add up others, by what they say: they are left out."""
    filas: int = 0
    avisos: list[str] = field(default_factory=list)
    _celdas: dict[int, int] = field(default_factory=dict)
    _etiquetas: dict[tuple[int, str], int] = field(default_factory=dict)
    _descuadres: list[tuple[int, str, str]] = field(default_factory=list)
    _varias: bool = False
    _avance: tuple[float, float] = (0.0, 1.0)
    """Where in the whole reading the table begins, and how much of it it is."""

    def contar(self, tablas: list[Tabla], avisar: Avisar) -> None:
        """Read every table of the edition; what is wrong goes to the report."""
        self._varias = len(tablas) > 1
        for numero, tabla in enumerate(tablas):
            if tabla.sin_final:
                self.avisos.append(
                    f"{tabla.nombre} no termina en un salto de línea: si se cortó al descargarlo, su última cifra "
                    "puede estar incompleta."
                )
            self._avance = numero / len(tablas), 1 / len(tablas)
            if tabla.formato is Formato.ANCHO:
                self._contar_ancho(tabla)
            else:
                self._contar_largo(tabla, avisar)
        self._cerrar_descuadres()
        self.avisos += [
            f"{veces:,} renglones de «{texto}» no se contaron: suman a otros." for texto, veces in self.sumas.items()
        ]

    # ── Years as rows ───────────────────────────────────────────────────────────────────

    def _contar_largo(self, tabla: Tabla, avisar: Avisar) -> None:
        e = tabla.encabezado
        i_territorio, i_entidad, i_anio, i_habitantes = e.territorio, e.entidad, e.anio, e.habitantes
        i_sexo, i_edad, i_nombre = e.sexo, e.edad, e.nombre
        desde, hasta = (e.edades[0], e.edades[-1] + 1) if e.edades else (0, 0)
        claves: dict[tuple[str, str], int] = {}
        anios: dict[str, int] = {}
        casillas: dict[tuple[str, str], int] = {}
        for linea, fila in self._renglones(tabla, avisar):
            clave = fila[i_territorio], fila[i_entidad] if i_entidad is not None else ""
            casilla = fila[i_sexo] if i_sexo is not None else "", fila[i_edad] if i_edad is not None else ""
            try:
                columna = i_territorio
                if (base := claves.get(clave)) is None:
                    base = claves[clave] = self._base(clave, e)
                    if base > 0 and i_nombre is not None:
                        self.nombres.setdefault(self._texto_de(base), " ".join(fila[i_nombre].split()))
                columna = i_anio
                if (anio := anios.get(fila[i_anio])) is None:
                    anio = anios[fila[i_anio]] = _leer_anio(fila[i_anio])
                columna = i_sexo if i_sexo is not None else i_anio
                if (bit := casillas.get(casilla)) is None:
                    bit = casillas[casilla] = self._casilla(*casilla)
                columna = i_habitantes
                texto = fila[i_habitantes]
                cuantos = (
                    int(texto) if len(texto) < 10 and texto.isdecimal() and texto.isascii() else leer_entero(texto)
                )
            except _Mala as error:
                self._anotar(tabla, error.clase, str(error), linea, columna, fila)
                continue
            if bit < 0:
                self.sumas[next(parte for parte in reversed(casilla) if normalizar(parte) in _SUMAS)] += 1
                continue
            if base <= 0:
                if e.formato is Formato.ENTIDADES:
                    self.republica[anio] += cuantos
                else:
                    self.sumas[f"{e.celdas[i_territorio]} {clave[0]}"] += 1
                continue
            llave = base * _POR_ANIO + anio
            vistas = self._celdas.get(llave, 0)
            if vistas >> bit & 1:
                self._anotar(
                    tabla,
                    DUPLICADO,
                    f"{self._texto_de(base)} en {anio} ya venía en otro renglón.",
                    linea,
                    i_territorio,
                    fila,
                )
                continue
            self._celdas[llave] = vistas | 1 << bit
            self.habitantes[llave] = self.habitantes.get(llave, 0) + cuantos
            if hasta:
                self._cuadrar(tabla, linea, fila, desde, hasta, cuantos)

    def _renglones(self, tabla: Tabla, avisar: Avisar) -> Iterator[tuple[int, list[str]]]:
        """Rows with every column; blank ones and repeated headers are left out, the others noted."""
        ancho = len(tabla.encabezado.celdas)
        esperadas = _RENGLONES.get(tabla.formato, 0) // (2 if self._varias else 1)
        linea = leidas = 0
        for linea, fila in tabla.filas():
            if len(fila) != ancho:
                if not any(fila):
                    continue
                if len(fila) < ancho or any(fila[ancho:]):
                    self._anotar(tabla, RENGLON, f"trae {len(fila)} columnas y deben ser {ancho}.", linea, None, fila)
                    continue
            elif not any(fila) or tuple(fila) == tabla.encabezado.celdas:
                continue
            leidas += 1
            if esperadas and leidas % _CADA == 0:
                desde, parte = self._avance
                avisar(f"Leo {tabla.nombre}", desde + parte * min(leidas / esperadas, 1.0))
            yield linea, fila
        self.filas += leidas
        if linea == RENGLONES_DE_EXCEL:
            motivo = f"{tabla.nombre} tiene exactamente los renglones que caben en una hoja de Excel."
            self.informe.agregar(Falla(linea, "", "", motivo, CORTADO))

    def _base(self, clave: tuple[str, str], e: Encabezado) -> int:
        """Code of a territory as a number; 0 or less for the rows that add up a whole entidad or the country."""
        texto, entidad = clave
        try:
            numero = leer_entero(texto)
        except _Mala:
            raise _Mala(OTRA, "no es una clave del INEGI.") from None
        if numero == 0:
            return 0
        if e.formato is Formato.ENTIDADES:
            if numero > ENTIDADES:
                raise _Mala(OTRA, "no es la clave de una entidad, de 1 a 32.")
            return numero
        suya, municipio = divmod(numero, 1000)
        if not 1 <= suya <= ENTIDADES:
            raise _Mala(OTRA, "no es la clave de un municipio, que empieza con la de su entidad.")
        if municipio >= 998:
            raise _Mala(OTRA, "es una clave para lo no especificado: ahí no vive gente.")
        if entidad.strip():
            try:
                declarada = leer_entero(entidad)
            except _Mala:
                raise _Mala(OTRA, f"viene con la entidad «{entidad}», que no es una clave.") from None
            if declarada != suya:
                raise _Mala(OTRA, f"no es de la entidad {declarada:02d}, con la que viene.")
        return numero if municipio else -numero

    def _texto_de(self, base: int) -> str:
        return f"{base:05d}" if base > ENTIDADES else f"{base:02d}"

    def _casilla(self, sexo: str, edad: str) -> int:
        """The bit of a sex and an age; −1 for those that add up others."""
        if normalizar(sexo) in _SUMAS or normalizar(edad) in _SUMAS:
            return -1
        if sexo and normalizar(sexo) not in _SEXOS:
            raise _Mala(OTRA, f"«{sexo}» no es Hombres ni Mujeres.")
        return self._etiquetas.setdefault((_SEXOS.get(normalizar(sexo), 0), normalizar(edad)), len(self._etiquetas))

    def _cuadrar(self, tabla: Tabla, linea: int, fila: list[str], desde: int, hasta: int, total: int) -> None:
        """Compare the total of a row with the sum of its ages, which must be whole numbers too."""
        try:
            suma = sum(map(int, fila[desde:hasta]))
        except ValueError:
            suma = 0
            for posicion in range(desde, hasta):
                try:
                    suma += leer_entero(fila[posicion])
                except _Mala as error:
                    self._anotar(tabla, error.clase, str(error), linea, posicion, fila)
                    return
        if suma != total:
            self._descuadres.append((linea, f"{total}", f"las edades suman {suma:,}"))

    def _cerrar_descuadres(self) -> None:
        """A few totals that are not the sum of their ages are damage; most of them, rounding of the source."""
        cuantos = len(self._descuadres)
        if cuantos > _AISLADOS and cuantos * 100 >= self.filas:
            self.avisos.append(
                f"En {cuantos:,} renglones el total no es la suma de sus edades ({self._descuadres[0][2]} y dice "
                f"{self._descuadres[0][1]}). Se usó el total, que es lo que publica CONAPO."
            )
            return
        for linea, valor, motivo in self._descuadres:
            self.informe.agregar(Falla(linea, "POB_TOTAL", valor, f"{motivo}.", SUMA))

    # ── Years as columns ────────────────────────────────────────────────────────────────

    def _contar_ancho(self, tabla: Tabla) -> None:
        e = tabla.encabezado
        for linea, fila in self._renglones(tabla, lambda paso, avance: None):
            entidad = fila[e.entidad] if e.entidad is not None else ""
            try:
                base = self._base((fila[e.territorio], entidad if entidad.strip().isdecimal() else ""), e)
            except _Mala as error:
                self._anotar(tabla, error.clase, str(error), linea, e.territorio, fila)
                continue
            if base <= 0:
                self.sumas[f"{e.celdas[e.territorio]} {fila[e.territorio]}"] += 1
                continue
            clave = self._texto_de(base)
            if clave in self.nombres:
                self._anotar(tabla, DUPLICADO, f"{clave} ya venía en otro renglón.", linea, e.territorio, fila)
                continue
            self.nombres[clave] = " ".join(fila[e.nombre].split()) if e.nombre is not None else ""
            for anio, posicion in e.anios.items():
                try:
                    self.habitantes[base * _POR_ANIO + anio] = leer_entero(fila[posicion])
                except _Mala as error:
                    self._anotar(tabla, error.clase, str(error), linea, posicion, fila)

    def _anotar(self, tabla: Tabla, clase: str, motivo: str, linea: int, columna: int | None, fila: list[str]) -> None:
        motivo = f"{motivo} ({tabla.nombre})" if self._varias else motivo
        titulo, valor = ("", "") if columna is None else (tabla.encabezado.celdas[columna], fila[columna][:80])
        self.informe.agregar(Falla(linea, titulo, valor, motivo, clase))

    # ── What is missing ─────────────────────────────────────────────────────────────────

    def por_territorio(self) -> dict[str, dict[int, int]]:
        """Inhabitants of each territory by year."""
        cifras: dict[str, dict[int, int]] = {}
        for llave, cuantos in self.habitantes.items():
            base, anio = divmod(llave, _POR_ANIO)
            cifras.setdefault(self._texto_de(base), {})[anio] = cuantos
        return cifras

    def celdas_incompletas(self) -> Iterator[tuple[str, int, int, str]]:
        """Territory and year that lack sexes or ages which others have that year: how many, and one of them."""
        por_anio: dict[int, int] = {}
        for llave, vistas in self._celdas.items():
            anio = llave % _POR_ANIO
            por_anio[anio] = por_anio.get(anio, 0) | vistas
        lugares = {bit: etiqueta for etiqueta, bit in self._etiquetas.items()}
        for llave, vistas in self._celdas.items():
            base, anio = divmod(llave, _POR_ANIO)
            faltan = por_anio[anio] & ~vistas
            if faltan:
                sexo, edad = lugares[(faltan & -faltan).bit_length() - 1]
                quien = "hombres" if sexo == _HOMBRES else "mujeres"
                yield self._texto_de(base), anio, faltan.bit_count(), f"{quien}, {edad}" if edad else quien

    def sexo_ausente(self) -> str:
        """The sex of which the whole file brings nothing, or nothing."""
        sexos = {sexo for sexo, _ in self._etiquetas}
        if len(sexos) == 2:
            return ""
        return "hombres" if _MUJERES in sexos else "mujeres"


def _leer_anio(texto: str) -> int:
    try:
        anio = leer_entero(texto)
    except _Mala:
        anio = 0
    if not ANIO_MINIMO <= anio <= ANIO_MAXIMO:
        raise _Mala(OTRA, "no es un año.")
    return anio
