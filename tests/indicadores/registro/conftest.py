"""Three invented municipalities of Tamaulipas and one of Yucatán, and a way to load figures of theirs."""

from itertools import count

import pytest

from indicadores.models import EdicionDePoblacion, Poblacion
from indicadores.operaciones_cargas import cargar_incidencia
from tests.fabricas import hacer_municipio
from tests.indicadores.archivos import ESTATAL, MUNICIPAL, VIDA, estatal, guardar, municipal

MUNICIPIOS = {"28003": "Altamira", "28009": "Ciudad Madero", "28038": "Tampico", "31050": "Mérida"}
ARMAS = ("Con arma de fuego", "Con arma blanca", "Con otro elemento", "No especificado")
DELITOS = [[VIDA, "Homicidio", "Homicidio doloso", arma] for arma in ARMAS]


@pytest.fixture
def territorio(db):
    """The places, with inhabitants all but Mérida."""
    for clave, nombre in MUNICIPIOS.items():
        hacer_municipio(clave, nombre)
    edicion = EdicionDePoblacion.objects.create(
        nombre="Prueba", fuente="Fuente de prueba", archivo="poblacion.csv", sha256="a" * 64, vigente=True
    )
    Poblacion.objects.bulk_create(
        Poblacion(edicion=edicion, territorio=clave, anio=anio, habitantes=100_000)
        for anio in (2023, 2024)
        for clave in ("28", "28003", "28009", "28038")
    )
    return edicion


def filas_municipales(anios=(2023, 2024), hasta=12, municipios=("28003", "28009", "28038"), cambios=()):
    """The same figures in every municipality; `cambios` maps (municipio, modalidad, año) to its months."""
    return [
        municipal(
            anio,
            clave,
            delito,
            dict(cambios).get((clave, delito[3], anio), 1 + numero),
            hasta if anio == max(anios) else 12,
            nombre=MUNICIPIOS.get(clave),
        )
        for anio in anios
        for clave in municipios
        for numero, delito in enumerate(DELITOS)
    ]


def filas_estatales(anios=(2023, 2024), entidades=("28",), valor=3):
    """A state file; by default, what three municipalities with one carpeta a month add up to."""
    return [
        estatal(anio, clave, delito, (1 + numero) * valor)
        for anio in anios
        for clave in entidades
        for numero, delito in enumerate(DELITOS)
    ]


@pytest.fixture
def cargar(territorio, tmp_path):
    """`cargar(filas)` and `cargar(filas, estatal=True)`: the load that a file of those rows makes."""
    numeros = count(1)

    def hacer(filas, *, estatal=False, **opciones):
        ruta = guardar(tmp_path / f"IDM_{next(numeros)}.csv", ESTATAL if estatal else MUNICIPAL, filas)
        resultado = cargar_incidencia(ruta=ruta, **opciones)
        assert resultado.carga is not None, resultado.mensaje
        return resultado.carga

    return hacer
