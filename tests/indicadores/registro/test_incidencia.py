"""The counts in force, as they leave the portal."""

import csv
import io
import json

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from indicadores import incidencia
from indicadores.models import Alcance, Conteo
from indicadores.operaciones_cargas import deshacer_carga
from indicadores.paquete import INCIDENCIA
from mesas.models import Municipio
from tests.fabricas import hacer_mesa
from tests.indicadores.archivos import municipal
from tests.indicadores.registro import incidencia as a_mano
from tests.indicadores.registro.conftest import DELITOS, filas_estatales, filas_municipales

pytestmark = pytest.mark.django_db
FORMATOS = ("csv", "json")


@pytest.fixture
def cargadas(cargar):
    """A municipal load to March 2024, and the state one that goes with it."""
    cambios = {("28009", "Con arma blanca", 2023): [0] * 12, ("28003", "Con arma de fuego", 2023): [-1] + [0] * 11}
    return cargar(filas_municipales(hasta=3, cambios=cambios)), cargar(filas_estatales(), estatal=True, forzar=True)


def pedir(client, formato="csv", **parametros):
    respuesta = client.get(INCIDENCIA.direccion(formato), parametros)
    assert respuesta.status_code == 200, respuesta.content
    return b"".join(respuesta.streaming_content).decode()


def filas(client, **parametros):
    return list(csv.DictReader(io.StringIO(pedir(client, **parametros))))


# ── The same as composed by hand ────────────────────────────────────────────────────────

ELECCIONES = (
    ({}, {}),
    ({"anio": "2023"}, {"anios": [2023]}),
    ({"desde": "2024"}, {"anios": [2024]}),
    ({"hasta": "2023"}, {"anios": [2023]}),
    ({"ambito": "municipal"}, {"ambito": "municipal"}),
    ({"instrumento": "CNSP/38/15"}, {}),
    ({"instrumento": "RNID"}, {"instrumento": "RNID"}),
    ({"ceros": "si"}, {"ceros": True}),
    ({"ceros": "si", "territorio": "28009"}, {"ceros": True, "de": lambda f: f["territorio"] == "28009"}),
    ({"territorio": "28"}, {"entidades": ["28"]}),
    ({"territorio": "31"}, {"entidades": ["31"]}),
    ({"territorio": ["28003", "nacional"]}, {}),
    ({"territorio": "grupo:28003-28038"}, {"de": lambda f: f["territorio"] in ("28003", "28038")}),
    ({"delito": "homicidio-doloso:con-arma-blanca"}, {"de": lambda f: f["modalidad"] == "Con arma blanca"}),
    ({"delito": "homicidio"}, {}),
)


@pytest.mark.parametrize("formato", FORMATOS)
@pytest.mark.parametrize(("parametros", "eleccion"), ELECCIONES)
def test_es_lo_mismo_que_compuesto_a_mano(cargadas, client, formato, parametros, eleccion):
    assert pedir(client, formato, **parametros) == a_mano.texto(formato, **eleccion)


# ── What a figure says ──────────────────────────────────────────────────────────────────


def test_un_mes_que_no_se_ha_publicado_va_vacio_y_un_cero_es_cero(cargadas, client):
    (corta,) = filas(client, anio="2024", territorio="28003", delito="homicidio-doloso:con-arma-de-fuego")
    assert [corta["marzo"], corta["abril"], corta["diciembre"]] == ["1", "", ""]
    assert (corta["corte"], corta["carga"]) == ("2024-03", str(cargadas[0].pk))
    (ceros,) = filas(client, anio="2023", territorio="28009", delito="homicidio-doloso:con-arma-blanca", ceros="si")
    assert ceros["enero"] == "0"
    assert filas(client, anio="2023", territorio="28009", delito="homicidio-doloso:con-arma-blanca") == []


def test_el_menos_uno_oficial_se_queda(cargadas, client):
    (fila,) = filas(client, anio="2023", territorio="28003", delito="homicidio-doloso:con-arma-de-fuego")
    assert (fila["enero"], fila["febrero"]) == ("-1", "0")


def test_lo_que_el_archivo_no_reporta_no_es_un_caso(cargadas, client):
    """Whatever the row holds under a month that is off, a row without a published case is not brought."""
    Alcance.objects.filter(anio=2023, ambito="municipal").update(meses=0b10)
    filas_de_altamira = filas(client, anio="2023", territorio="28003", delito="homicidio-doloso:con-arma-de-fuego")
    assert filas_de_altamira == [], "its only figure was in January"


def test_una_mesa_son_los_municipios_que_cubre(cargadas, client):
    hacer_mesa("Puerto", "28038")
    todas = filas(client, territorio="mesa:puerto")
    assert {fila["territorio"] for fila in todas} == {"28038"}


def test_lo_que_se_deshace_deja_de_salir(cargar, client):
    carga = cargar(filas_municipales())
    assert filas(client)
    deshacer_carga(carga=carga)
    assert pedir(client) == ",".join(INCIDENCIA.columnas) + "\n"
    assert pedir(client, "json") == "[]\n"


# ── The file ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nombre", ["=1+1", "Uno, dos", 'El "Real"', "'-x", '+52, "a"', "@casa", "Peña\nNueva"])
def test_ninguna_celda_es_una_formula_y_todas_se_leen(cargadas, client, nombre):
    Municipio.objects.filter(clave="28038").update(nombre=nombre)
    for formato in FORMATOS:
        assert pedir(client, formato, territorio="28038") == a_mano.texto(
            formato, de=lambda fila: fila["territorio"] == "28038"
        )
    assert {fila["nombre"] for fila in json.loads(pedir(client, "json", territorio="28038"))} == {nombre}
    leido = {fila["nombre"] for fila in filas(client, territorio="28038")}
    assert leido == {f"'{nombre}" if nombre.lstrip("'")[0] in "=+-@" else nombre}


def test_va_por_pedazos_y_no_se_junta(cargadas, client):
    consulta = incidencia.leer_incidencia(client.get(INCIDENCIA.csv).wsgi_request.GET)
    pedazos = list(incidencia.leer_texto(consulta, "csv"))
    assert len(pedazos) > 5
    respuesta = client.get(INCIDENCIA.csv)
    assert respuesta.streaming
    assert respuesta["Content-Disposition"] == 'attachment; filename="incidencia.csv"'


def test_quien_ya_lo_tiene_no_lo_baja_ni_se_lee(cargadas, client):
    respuesta = client.get(INCIDENCIA.csv)
    b"".join(respuesta.streaming_content)
    with CaptureQueriesContext(
        connection,
    ) as consultas:
        otra = client.get(INCIDENCIA.csv, headers={"if-none-match": respuesta["ETag"]})
    assert (otra.status_code, otra.content) == (304, b"")
    assert not any("indicadores_conteo" in consulta["sql"] for consulta in consultas)
    assert client.get(INCIDENCIA.json, headers={"if-none-match": respuesta["ETag"]}).status_code == 200
    assert client.get(INCIDENCIA.csv, {"anio": "2023"}, headers={"if-none-match": respuesta["ETag"]}).status_code == 200
    deshacer_carga(carga=cargadas[1])
    assert client.get(INCIDENCIA.csv, headers={"if-none-match": respuesta["ETag"]}).status_code == 200


def test_una_mesa_no_se_muestra_de_una_copia(cargadas, client):
    hacer_mesa("Puerto", "28038")
    assert "max-age=300" in client.get(INCIDENCIA.csv)["Cache-Control"]
    assert "max-age=0" in client.get(INCIDENCIA.csv, {"territorio": "mesa:puerto"})["Cache-Control"]


def test_con_head_no_se_lee(cargadas, client):
    with CaptureQueriesContext(connection) as consultas:
        respuesta = client.head(INCIDENCIA.csv)
        b"".join(respuesta.streaming_content)
    assert respuesta["ETag"] == client.get(INCIDENCIA.csv)["ETag"]
    assert not any("indicadores_conteo" in consulta["sql"] for consulta in consultas)


@pytest.mark.parametrize("cuantos", [3, 30])
def test_las_consultas_no_crecen(cargar, client, cuantos):
    """Fingerprint and rows, whatever their number; the two settings of its transaction are not queries of rows."""
    claves = tuple(f"28{numero:03d}" for numero in range(1, cuantos + 1))
    cargar(filas_municipales(municipios=claves))
    with CaptureQueriesContext(connection) as consultas:
        escrito = pedir(client, "csv", anio="2024")
    assert escrito.count("\n") == 1 + 4 * cuantos
    lecturas = [c["sql"] for c in consultas if c["sql"].lstrip().startswith(("SELECT", "WITH", "DECLARE"))]
    assert len(lecturas) <= 3


# ── What is refused ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("consulta", "dice"),
    [
        ("anio=1999", "No hay año «1999». Valores válidos: 2023, 2024."),
        ("anio=2024&anio=dos mil", "No hay año «dos mil»"),
        ("desde=2024-05", "«2024-05» no vale en «desde». Aquí va el año completo (AAAA)."),
        ("desde=2024&hasta=2023", "«desde» debe ser anterior o igual a «hasta»."),
        ("territorio=99", "No existe el territorio «99»"),
        ("territorio=mesa:no-hay", "No existe el territorio «mesa:no-hay»"),
        ("delito=magia", "No existe el delito «magia»"),
        ("ambito=federal", "No hay ambito «federal». Valores válidos: estatal, municipal."),
        ("instrumento=otro", "Valores válidos: CNSP/38/15, RNID."),
        ("ceros=1", "Valores válidos: no, si."),
        ("ceros=si&ceros=no", "El parámetro «ceros» va una sola vez."),
        ("mes=enero", "No existe el parámetro «mes». Valen: anio, desde, hasta, territorio, delito, ambito"),
    ],
)
@pytest.mark.parametrize("formato", FORMATOS)
def test_lo_que_no_existe_es_400_y_dice_que_vale(cargadas, client, consulta, dice, formato):
    respuesta = client.get(f"{INCIDENCIA.direccion(formato)}?{consulta}")
    assert respuesta.status_code == 400
    assert dice in (respuesta.json()["error"] if formato == "json" else respuesta.content.decode())


def test_lo_vacio_de_un_formulario_no_elige(cargadas, client):
    todos = dict.fromkeys(INCIDENCIA.nombres_de_parametros, "")
    assert pedir(client, **todos) == pedir(client)


@pytest.mark.parametrize("vacio", ["delito=homicidio-doloso&delito=", "delito=&delito=homicidio-doloso"])
def test_un_vacio_junto_a_un_delito_no_quita_el_filtro(cargar, client, vacio):
    culposo = [*DELITOS[0][:2], "Homicidio culposo", "No especificado"]
    cargar([*filas_municipales(), *(municipal(2024, clave, culposo, 7) for clave in ("28003", "28009", "28038"))])
    respuesta = client.get(f"{INCIDENCIA.csv}?{vacio}")
    leidas = list(csv.DictReader(io.StringIO(b"".join(respuesta.streaming_content).decode())))
    assert {fila["subtipo"] for fila in leidas} == {"Homicidio doloso"}
    assert {fila["subtipo"] for fila in filas(client)} == {"Homicidio doloso", "Homicidio culposo"}


def test_quien_lee_despacio_no_detiene_a_postgresql_para_siempre(cargadas):
    """While the file is half sent the transaction is open, and PostgreSQL may close it."""
    trozos = incidencia.leer_texto(incidencia.leer_incidencia(QueryDict()), "csv")
    next(trozos)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting::int, unit FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'")
        assert cursor.fetchone() == (incidencia.PACIENCIA * 1000, "ms")
    assert 60 <= incidencia.PACIENCIA <= 120
    trozos.close()


def test_sin_cifras_es_un_archivo_vacio(db, client):
    assert pedir(client) == ",".join(INCIDENCIA.columnas) + "\n"
    assert json.loads(pedir(client, "json")) == []
    assert client.get(INCIDENCIA.csv, {"anio": "2024"}).status_code == 400
    assert Conteo.objects.count() == 0
