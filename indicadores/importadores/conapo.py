"""Readers of CONAPO's mid-year population, in every shape in which it has been published.

Nothing enters with a hole: an entidad, a municipality, a year, a sex or an age that the rest of
the file has and one place has not would make a rate too high, and nobody would see it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from comun.temporales import PREFIJO
from indicadores.importadores import conapo_origen
from indicadores.importadores.conapo_cuenta import Avisar, Cuenta
from indicadores.importadores.conapo_formatos import EDICIONES, Edicion, Formato, nombre_de_la_edicion
from indicadores.importadores.conapo_origen import Origen, Tabla
from indicadores.importadores.conapo_revision import Serie, rechazar_media, revisar
from indicadores.importadores.errores import ArchivoConErrores, ArchivoInvalido, Informe


@dataclass(frozen=True, slots=True)
class LecturaDePoblacion:
    """An edition of population as its file brings it, whole."""

    archivo: str
    sha256: str
    formato: Formato
    edicion: str
    """How it is cited, by its years."""
    primero: int
    ultimo: int
    filas: int
    habitantes: Mapping[str, Serie]
    """Municipality of five digits, or entidad of two, with every year between `primero` and `ultimo`."""
    nombres: Mapping[str, str]
    avisos: list[str] = field(default_factory=list)

    @property
    def municipal(self) -> bool:
        """False if it only knows of entidades."""
        return self.formato.ambito == "municipal"

    @property
    def conocida(self) -> Edicion | None:
        """What is known beforehand of the edition, if it is one of those published."""
        return EDICIONES.get(self.edicion)

    def nacionales(self) -> dict[int, int]:
        """Inhabitants of the country by year, as the sum of its parts."""
        return {
            anio: sum(serie[anio] for serie in self.habitantes.values())
            for anio in range(self.primero, self.ultimo + 1)
        }


def leer_poblacion(
    rutas: Sequence[Path],
    nombres: Sequence[str] | None = None,
    avisar: Avisar = lambda paso, avance: None,
) -> LecturaDePoblacion:
    """Read an edition of CONAPO from one file, or from the two halves in which it published one of them.

    Args:
        rutas: the files, as CSV, ZIP or XLSX.
        nombres: how they are called, when the paths do not say it.
        avisar: told how the reading goes.

    Raises:
        ArchivoInvalido: if they are not files of population that the portal reads.
        ArchivoConErrores: if something in them is wrong or missing; nothing is left out in silence.
    """
    nombres = list(nombres or [ruta.name for ruta in rutas])
    titulo = " y ".join(nombres)
    informe = Informe()
    cuenta = Cuenta(informe)
    with TemporaryDirectory(prefix=PREFIJO) as carpeta:
        avisar(f"Reviso {titulo}", 0.0)
        origenes = [
            conapo_origen.abrir(ruta, nombre, Path(carpeta)) for ruta, nombre in zip(rutas, nombres, strict=True)
        ]
        tablas = _de_una_edicion(origenes)
        cuenta.contar(tablas, avisar)
    formato = tablas[0].formato
    if not informe:
        if formato is Formato.PARTES and len(tablas) == 1:
            rechazar_media(cuenta, titulo)
        revisar(cuenta, formato, informe)
    if informe:
        raise ArchivoConErrores(titulo, informe)
    habitantes = cuenta.por_territorio()
    anios = sorted({anio for serie in habitantes.values() for anio in serie})
    primero = min([anios[0], *cuenta.republica])
    return LecturaDePoblacion(
        archivo=" + ".join(nombres),
        sha256=_huella(origenes),
        formato=formato,
        edicion=nombre_de_la_edicion(formato, primero, anios[-1]),
        primero=anios[0],
        ultimo=anios[-1],
        filas=cuenta.filas,
        habitantes=habitantes,
        nombres=cuenta.nombres,
        avisos=cuenta.avisos,
    )


def _huella(origenes: Sequence[Origen]) -> str:
    """SHA-256 of the file; of two, that of both fingerprints, in whatever order they came."""
    if len(origenes) == 1:
        return origenes[0].sha256
    return hashlib.sha256("".join(sorted(origen.sha256 for origen in origenes)).encode()).hexdigest()


def _de_una_edicion(origenes: Sequence[Origen]) -> list[Tabla]:
    """The tables to add up: one, or the two halves. Anything else is not one edition."""
    if len({origen.sha256 for origen in origenes}) < len(origenes):
        raise ArchivoInvalido("Diste dos veces el mismo archivo.")
    tablas = [tabla for origen in origenes for tabla in origen.tablas]
    for origen in origenes:
        for tabla in origen.tablas:
            if tabla.formato is Formato.ENTIDADES and "inicio" in f"{origen.nombre} {tabla.nombre}".lower():
                raise ArchivoInvalido(
                    f"{tabla.nombre}: por su nombre es la población a inicio de año, y las tasas usan la de mitad de "
                    "año. Carga «00_Pob_Mitad_1950_2070»."
                )
    formatos = {tabla.formato for tabla in tablas}
    if len(formatos) > 1 or (len(tablas) > 1 and formatos != {Formato.PARTES}):
        raise ArchivoInvalido(
            f"{', '.join(tabla.nombre for tabla in tablas)}: no son las dos mitades de una misma edición. "
            "Carga cada archivo por separado."
        )
    return tablas


def leer_ancho(ruta: Path, anios: Collection[int]) -> tuple[str, dict[str, list[int]]]:
    """Fingerprint of the wide file and inhabitants of each municipality in those years, in order.

    Raises:
        ArchivoInvalido: if a column is missing, a code repeats or a figure is not a number.
    """
    crudo = ruta.read_bytes()
    lector = csv.DictReader(crudo.decode("utf-8-sig").splitlines())
    columnas = [str(anio) for anio in sorted(anios)]
    faltan = {"CVE", *columnas}.difference(lector.fieldnames or [])
    if faltan:
        raise ArchivoInvalido(f"{ruta.name}: faltan las columnas {', '.join(sorted(faltan))}.")
    habitantes: dict[str, list[int]] = {}
    for linea, fila in enumerate(lector, start=2):
        clave = fila["CVE"].strip().zfill(5)
        if clave in habitantes:
            raise ArchivoInvalido(f"{ruta.name}, línea {linea}: el municipio {clave} se repite.")
        try:
            habitantes[clave] = [int(fila[columna]) for columna in columnas]
        except ValueError as error:
            raise ArchivoInvalido(f"{ruta.name}, línea {linea}: {error}") from error
    return hashlib.sha256(crudo).hexdigest(), habitantes
