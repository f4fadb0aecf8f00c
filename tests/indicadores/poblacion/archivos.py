"""Small files in the shapes of CONAPO. Every figure is invented and belongs to no real place."""

import csv
import io
import zipfile

from openpyxl import Workbook

from mesas.operaciones import DATOS

ENTIDADES = [f"{numero:02d}" for numero in range(1, 33)]
POCOS = [f"{entidad}{municipio:03d}" for entidad in ENTIDADES for municipio in (1, 2)]
"""Two municipalities of each entidad: enough for a reader."""
ANIOS = range(2020, 2023)
SEXOS = ("HOMBRES", "MUJERES")
EDADES = ("00_04", "05_09", "85_mm")
SIN_EDICION = {"24059", "25019", "25020"}
"""Created after the edition: nobody has counted who lives there."""


def todos():
    """The municipalities that the edition 1990-2040 knows."""
    with (DATOS / "municipios.csv").open(encoding="utf-8") as archivo:
        return sorted({fila["clave"] for fila in csv.DictReader(archivo)} - SIN_EDICION)


def personas(clave, anio, sexo, edad, extra=0):
    """Invented people of a sex and an age, different in every place and year."""
    return 100 + int(clave) % 97 + 2 * (anio - 2000) + 5 * SEXOS.index(sexo) + EDADES.index(edad) + extra


def total(clave, anio, extra=0):
    return sum(personas(clave, anio, sexo, edad, extra) for sexo in SEXOS for edad in EDADES)


def totales(claves=POCOS, anios=ANIOS, extra=0):
    """What has to be read of any of these files."""
    return {clave: {anio: total(clave, anio, extra) for anio in anios} for clave in claves}


def quinquenios(claves=POCOS, anios=ANIOS):
    filas = [["CLAVE", "CLAVE_ENT", "NOM_ENT", "NOM_MUN", "SEXO", "AÑO", *(f"POB_{e}" for e in EDADES), "POB_TOTAL"]]
    for clave in claves:
        for sexo in SEXOS:
            for anio in anios:
                edades = [personas(clave, anio, sexo, edad) for edad in EDADES]
                filas.append(
                    [int(clave), int(clave[:2]), "Entidad", f"Peñón {clave}", sexo, anio, *edades, sum(edades)]
                )
    return filas


def partes(claves=POCOS, anios=ANIOS, anio_se_llama="AÑO"):
    """The older edition, whose two halves are cut between entidades."""
    encabezado = ["RENGLON", "CLAVE", "CLAVE_ENT", "NOM_ENT", "MUN", "SEXO", anio_se_llama, "EDAD_QUIN", "POB"]
    mitades = [[encabezado], [encabezado]]
    renglon = 0
    for clave in claves:
        for sexo in SEXOS:
            for anio in anios:
                for edad in EDADES:
                    renglon += 1
                    cuantas = personas(clave, anio, sexo, edad)
                    lugar = [renglon, int(clave), int(clave[:2]), "Entidad", f"Peñón {clave}"]
                    mitades[clave > "17"].append([*lugar, sexo.title(), anio, f"pobm_{edad}", cuantas])
    return mitades


def ancho(claves=POCOS, anios=ANIOS, extra=0):
    filas = [["CVE", "Entidad", "Municipio", *anios]]
    return filas + [
        [clave, "Entidad", f"Peñón {clave}", *(total(clave, anio, extra) for anio in anios)] for clave in claves
    ]


def indicadores(claves=POCOS, anios=ANIOS):
    filas = [["CLAVE_ENT", "NOM_ENT", "AÑO", "CLAVE", "NOM_MUN", "POB_MIT_MUN", "EDAD_MED"]]
    return filas + [
        [int(clave[:2]), "Entidad", anio, int(clave), f"Peñón {clave}", total(clave, anio), "28.5"]
        for clave in claves
        for anio in anios
    ]


def entidades(anios=ANIOS, republica=True):
    """Ages one by one, with the country as entidad 0."""
    filas = [["RENGLON", "AÑO", "ENTIDAD", "CVE_GEO", "EDAD", "SEXO", "POBLACION"]]
    for anio in anios:
        for edad, nombre in enumerate(EDADES):
            for sexo in SEXOS:
                de_cada_una = {entidad: personas(entidad, anio, sexo, nombre) for entidad in ENTIDADES}
                if republica:
                    pais = sum(de_cada_una.values())
                    filas.append([len(filas), anio, "República Mexicana", 0, edad, sexo.title(), pais])
                for entidad, cuantas in de_cada_una.items():
                    filas.append([len(filas), anio, "Entidad", int(entidad), edad, sexo.title(), cuantas])
    return filas


def texto(filas, separador=",", fin="\n", comillas=csv.QUOTE_MINIMAL):
    salida = io.StringIO(newline="")
    csv.writer(salida, delimiter=separador, lineterminator=fin, quoting=comillas).writerows(filas)
    return salida.getvalue()


def libro(filas):
    """A book of Excel with a title above and a sheet of notes before."""
    salida = io.BytesIO()
    cuaderno = Workbook(write_only=True)
    cuaderno.create_sheet("Notas").append(["Proyecciones de la población"])
    hoja = cuaderno.create_sheet("Hoja1")
    hoja.append(["CONAPO"])
    hoja.append([])
    for fila in filas:
        hoja.append(fila)
    cuaderno.save(salida)
    return salida.getvalue()


def paquete(miembros):
    """A ZIP of files by their name."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nombre, contenido in miembros.items():
            zip_.writestr(nombre, contenido)
    return salida.getvalue()


def guardar(ruta, filas, codificacion="utf-8", **opciones):
    """Write the rows as CSV, as a ZIP that holds it among other things, or as a book, by the name of the path."""
    if ruta.suffix == ".xlsx":
        ruta.write_bytes(libro(filas))
    else:
        crudo = texto(filas, **opciones).encode(codificacion)
        if ruta.suffix == ".zip":
            crudo = paquete({"leer primero.pdf": b"%PDF", "notas.csv": b"nota\nuna\n", "carpeta/datos.csv": crudo})
        ruta.write_bytes(crudo)
    return ruta
