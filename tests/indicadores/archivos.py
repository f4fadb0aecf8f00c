"""Small files in the official shapes. Every figure is invented and belongs to no real place."""

import csv
import io
import zipfile

from comun import formatos

MESES = [mes.capitalize() for mes in formatos.MESES]
DELITO = ["Bien jurídico afectado", "Tipo de delito", "Subtipo de delito", "Modalidad"]
ESTATAL = ["Año", "Clave_Ent", "Entidad", *DELITO, *MESES]
MUNICIPAL = ["Año", "Clave_Ent", "Entidad", "Cve. Municipio", "Municipio", *DELITO, *MESES]

VIDA = "La vida y la Integridad corporal"
FUEGO = [VIDA, "Homicidio", "Homicidio doloso", "Con arma de fuego"]
BLANCA = [VIDA, "Homicidio", "Homicidio doloso", "Con arma blanca"]
FEMINICIDIO = [VIDA, "Feminicidio", "Feminicidio", "No especificado"]


def celdas(valor, hasta=12):
    """The same figure every month, blank after the cut; or a list as it is."""
    return valor if isinstance(valor, list) else [valor] * hasta + [""] * (12 - hasta)


def estatal(anio, entidad, delito, valor, hasta=12):
    return [anio, int(entidad), f"Entidad {entidad}", *delito, *celdas(valor, hasta)]


def municipal(anio, municipio, delito, valor, hasta=12, nombre=None):
    return [anio, int(municipio[:2]), "Entidad", int(municipio), nombre or municipio, *delito, *celdas(valor, hasta)]


def texto(encabezado, filas, fin="\n"):
    salida = io.StringIO(newline="")
    csv.writer(salida, lineterminator=fin).writerows([encabezado, *filas])
    return salida.getvalue()


def guardar(ruta, encabezado, filas, codificacion="cp1252", fin="\n"):
    """Write a CSV, or a ZIP holding it beside a file that must not be taken for it."""
    crudo = texto(encabezado, filas, fin).encode(codificacion)
    if ruta.suffix == ".zip":
        with zipfile.ZipFile(ruta, "w") as paquete:
            paquete.writestr("leer primero.csv", "nota\n")
            paquete.writestr("datos.csv", crudo)
    else:
        ruta.write_bytes(crudo)
    return ruta
