"""Small official files made on the spot: names and codes of places are official, every figure is invented."""

import csv
import io
import zipfile
from collections import defaultdict
from zlib import crc32

from indicadores.importadores.catalogo import CNSP, RNID, entidades, oficial
from indicadores.importadores.encabezado import CELDAS
from indicadores.importadores.lector import abrir
from tests.indicadores.archivos import ESTATAL, MUNICIPAL

DOLOSO = "Homicidio doloso"
FEMINICIDIO = "Feminicidio"
FRAUDE = "Fraude"
MUNICIPIOS = {
    "09006": "Iztacalco",
    "11001": "Abasolo",
    "11020": "León",
    "11046": "Yuriria",
    "20001": "Abejones",
    "20002": "Acatlán de Pérez Figueroa",
}


def delitos(*subtipos, instrumento=CNSP):
    """The official combinations of some subtipos, or of all."""
    return [tuple(c) for c in oficial(instrumento).combinaciones if not subtipos or c.subtipo in subtipos]


def cifra(*partes):
    """A figure that is always the same for the same place, crime and month, and often zero."""
    mezcla = crc32(repr(partes).encode())
    return mezcla % 5 if mezcla % 3 else 0


def _celdas(hasta, *partes):
    return [cifra(*partes, mes) if mes <= hasta else "" for mes in range(1, 13)]


def estatales(anios=(2023, 2024), subtipos=(DOLOSO, FRAUDE), hasta=12, claves=None):
    """Rows of a state file: every entidad, in order, the last year up to a month."""
    instrumento = RNID if anios[0] >= 2026 else CNSP
    claves = claves or sorted(entidades())
    return [
        [anio, int(clave), entidades()[clave][0], *delito, *_celdas(12 if anio < max(anios) else hasta, anio, clave, j)]
        for anio in anios
        for clave in claves
        for j, delito in enumerate(delitos(*subtipos, instrumento=instrumento))
    ]


def municipales(anios=(2023, 2024), claves=("11001", "11020", "11046"), subtipos=(DOLOSO, FRAUDE), hasta=12):
    """Rows of a municipal file of a few places."""
    instrumento = RNID if anios[0] >= 2026 else CNSP
    return [
        [
            *(anio, int(clave[:2]), entidades()[clave[:2]][0], int(clave), MUNICIPIOS.get(clave, "No Especificado")),
            *delito,
            *_celdas(12 if anio < max(anios) else hasta, anio, clave, j),
        ]
        for anio in anios
        for clave in claves
        for j, delito in enumerate(delitos(*subtipos, instrumento=instrumento))
    ]


def texto(encabezado, filas, fin="\n", separador=",", comillas=csv.QUOTE_MINIMAL):
    salida = io.StringIO(newline="")
    csv.writer(salida, lineterminator=fin, delimiter=separador, quoting=comillas).writerows([encabezado, *filas])
    return salida.getvalue()


def escribir(ruta, filas, *, encabezado=None, codificacion="cp1252", **forma):
    """Write rows as a CSV, with the header that goes with their width."""
    if encabezado is None:
        encabezado = MUNICIPAL if len(filas[0]) == len(MUNICIPAL) else ESTATAL
    ruta.write_bytes(texto(encabezado, filas, **forma).encode(codificacion))
    return ruta


def comprimir(ruta, **miembros):
    """Write a ZIP; each name says its file, with `__` for the dot."""
    with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, crudo in miembros.items():
            paquete.writestr(nombre.replace("__", "."), crudo)
    return ruta


def entero(valor):
    """What a cell says, read apart from the portal's own reader."""
    limpio = str(valor).strip().replace(",", "")
    return int(float(limpio)) if limpio else 0


def sumar(filas):
    """Totals by (entidad, year, month) of rows as they were written."""
    totales = defaultdict(int)
    for fila in filas:
        for mes, valor in enumerate(fila[-12:], start=1):
            totales[int(fila[1]), int(fila[0]), mes] += entero(valor)
    return {llave: total for llave, total in totales.items() if total}


def totales(lectura):
    """The same of a reading, from its table of cells."""
    entidad = "territorio // 1000" if lectura.ambito == "municipal" else "territorio"
    meses = ", ".join(f"sum({celda})::BIGINT" for celda in CELDAS)
    filas = lectura.con.execute(f"SELECT {entidad}, anio, {meses} FROM celdas GROUP BY ALL").fetchall()
    return {
        (clave, anio, mes): total for clave, anio, *sumas in filas for mes, total in enumerate(sumas, start=1) if total
    }


def leer_totales(ruta, **opciones):
    with abrir(ruta, **opciones) as lectura:
        return totales(lectura)


def mascaras(lectura):
    """Months reported, as «111000…», by (subtipo, year, entidad)."""
    return {
        (alcance.delito[2], alcance.anio, alcance.entidad): f"{alcance.mascara:012b}"[::-1]
        for alcance in lectura.alcances
    }
