"""Looks in a whole edition of population for what is missing, what cannot be and what should be told.

A hole makes a rate too high and nobody sees it: an edition with one does not enter.
"""

from __future__ import annotations

from collections.abc import Mapping

from indicadores.importadores.conapo_cuenta import CORTADO, ENTIDADES, FALTA, OTRA, Cuenta
from indicadores.importadores.conapo_formatos import EDICIONES, Edicion, Formato, nombre_de_la_edicion
from indicadores.importadores.errores import ArchivoInvalido, Falla, Informe

Serie = Mapping[int, int]
"""Year → inhabitants."""

_SALTO = 8
"""Times that no place grows or shrinks in a year (the most was 2.1, in 2009): a digit is missing."""
_CIEN = 100


def revisar(cuenta: Cuenta, formato: Formato, informe: Informe) -> None:
    """Note in the report every hole; what is only odd becomes a warning of the count."""
    cifras = cuenta.por_territorio()
    if not cifras:
        informe.agregar(Falla(0, "", "", "No trae ninguna cifra.", CORTADO))
        return
    _revisar_entidades(cifras, informe)
    anios = sorted({anio for serie in cifras.values() for anio in serie})
    for anio in range(anios[0], anios[-1]):
        if anio not in anios:
            motivo = f"falta el año completo: trae de {anios[0]} a {anios[-1]}."
            informe.agregar(Falla(0, "AÑO", str(anio), motivo, FALTA))
    for clave, serie in sorted(cifras.items()):
        _revisar_serie(clave, serie, anios, informe)
    if formato not in (Formato.ANCHO, Formato.INDICADORES):
        _revisar_casillas(cuenta, informe)
    _revisar_republica(cuenta, cifras)
    edicion = EDICIONES.get(nombre_de_la_edicion(formato, min([anios[0], *cuenta.republica]), anios[-1]))
    if edicion and not informe:
        _revisar_edicion(edicion, cifras, cuenta, informe)


def rechazar_media(cuenta: Cuenta, nombre: str) -> None:
    """Say what to do with one half of the edition that was published in two.

    Raises:
        ArchivoInvalido: if entidades are missing.
    """
    presentes = {clave[:2] for clave in cuenta.por_territorio()}
    if len(presentes) < ENTIDADES:
        raise ArchivoInvalido(
            f"{nombre}: es la mitad de una edición que CONAPO publicó en dos archivos (trae {len(presentes)} de 32 "
            "entidades). Carga los dos juntos: cargar_poblacion base_municipios_final_datos_01.csv "
            "base_municipios_final_datos_02.csv"
        )


def _revisar_entidades(cifras: Mapping[str, Serie], informe: Informe) -> None:
    presentes = {clave[:2] for clave in cifras}
    for numero in range(1, ENTIDADES + 1):
        if f"{numero:02d}" not in presentes:
            informe.agregar(Falla(0, "CLAVE", f"{numero:02d}", "falta la entidad completa.", FALTA))


def _revisar_serie(clave: str, serie: Serie, anios: list[int], informe: Informe) -> None:
    """A place has every year, somebody lives in it, and it does not multiply by eight from one year to the next."""
    faltan = [anio for anio in anios if anio not in serie]
    if faltan:
        cuales = f"el año {faltan[0]}" if len(faltan) == 1 else f"{len(faltan)} años, de {faltan[0]} a {faltan[-1]}"
        informe.agregar(Falla(0, "CLAVE", clave, f"le falta {cuales}, que otros sí traen.", FALTA), len(faltan))
    for anio, cuantos in serie.items():
        if cuantos == 0:
            informe.agregar(Falla(0, "CLAVE", clave, f"no tendría ni un habitante en {anio}.", OTRA))
        antes = serie.get(anio - 1)
        if antes and cuantos and max(antes, cuantos) >= _CIEN and max(antes, cuantos) > _SALTO * min(antes, cuantos):
            motivo = f"pasaría de {antes:,} habitantes en {anio - 1} a {cuantos:,} en {anio}: hay una cifra incompleta."
            informe.agregar(Falla(0, "CLAVE", clave, motivo, CORTADO))


def _revisar_casillas(cuenta: Cuenta, informe: Informe) -> None:
    ausente = cuenta.sexo_ausente()
    if ausente:
        informe.agregar(Falla(0, "SEXO", "", f"no trae a las personas de un sexo: faltan {ausente}.", FALTA))
    for clave, anio, cuantas, ejemplo in cuenta.celdas_incompletas():
        resto = f" y {cuantas - 1} renglones más" if cuantas > 1 else ""
        motivo = f"en {anio} le falta el renglón de {ejemplo}{resto}, que otros sí traen."
        informe.agregar(Falla(0, "CLAVE", clave, motivo, FALTA), cuantas)


def _revisar_republica(cuenta: Cuenta, cifras: Mapping[str, Serie]) -> None:
    """The country that the file brings, against the sum of its entidades. A difference is told, not repaired."""
    sumas: dict[int, int] = {}
    for serie in cifras.values():
        for anio, cuantos in serie.items():
            sumas[anio] = sumas.get(anio, 0) + cuantos
    distintos = [anio for anio, total in sorted(cuenta.republica.items()) if anio in sumas and total != sumas[anio]]
    if distintos:
        cuenta.avisos.append(
            f"La República que trae el archivo no es la suma de sus entidades en {len(distintos)} años (el primero, "
            f"{distintos[0]}). El portal usa la suma."
        )


def _revisar_edicion(edicion: Edicion, cifras: Mapping[str, Serie], cuenta: Cuenta, informe: Informe) -> None:
    """A known edition has a known size and known totals."""
    if len(cifras) < edicion.municipios:
        motivo = f"trae {len(cifras):,} municipios y esa edición tiene {edicion.municipios:,}."
        informe.agregar(Falla(0, "CLAVE", "", motivo, CORTADO), edicion.municipios - len(cifras))
    for anio, oficial in edicion.nacionales.items():
        total = sum(serie.get(anio, 0) for serie in cifras.values())
        if total != oficial:
            cuenta.avisos.append(
                f"La población del país en {anio} suma {total:,} y la de control es {oficial:,}: compara el archivo "
                "con el que publica CONAPO antes de usarlo."
            )
