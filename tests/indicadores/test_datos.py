"""Open data: the columns fixed for others, the golden values, and what is refused."""

import csv
import io
import json

import pytest

from indicadores.paquete import TASAS
from tests.indicadores.test_series import DE_ORO

pytestmark = pytest.mark.django_db

COLUMNAS = (
    "territorio,nombre,delito,periodo,carpetas,poblacion,tasa,ic_inf,ic_sup,inestable,cobertura,instrumento,corte,"
    "edicion_poblacion"
)


def cuerpo(respuesta):
    return b"".join(respuesta.streaming_content).decode()


def filas(client, **parametros):
    respuesta = client.get("/datos/tasas.csv", parametros)
    assert respuesta.status_code == 200, respuesta.content
    return list(csv.DictReader(io.StringIO(cuerpo(respuesta))))


def test_las_columnas_son_las_acordadas():
    assert ",".join(TASAS.columnas) == COLUMNAS


@pytest.mark.parametrize(("territorio", "delito", "periodicidad", "periodo", "carpetas", "poblacion", "tasa"), DE_ORO)
def test_valores_de_oro_en_csv(cifras, client, territorio, delito, periodicidad, periodo, carpetas, poblacion, tasa):
    (fila,) = filas(
        client, territorio=territorio, delito=delito, periodicidad=periodicidad, desde=periodo, hasta=periodo
    )
    assert (fila["carpetas"], fila["poblacion"], fila["tasa"]) == (str(carpetas), str(poblacion), tasa)


def test_un_renglon_completo(cifras, client):
    parametros = {
        "territorio": "mesa:tampico-madero-altamira",
        "delito": "homicidio-doloso",
        "desde": 2024,
        "hasta": 2024,
    }
    respuesta = client.get("/datos/tasas.csv", parametros)
    assert respuesta["Content-Type"] == "text/csv; charset=utf-8"
    assert respuesta.streaming
    assert cuerpo(respuesta) == (
        f"{COLUMNAS}\n"
        "mesa:tampico-madero-altamira,Mesa Tampico-Madero-Altamira,homicidio-doloso,2024,10,803373,"
        "1.2448,0.5959,2.2893,sí,3 de 3,CNSP/38/15,2025-06,CONAPO 1990-2040\n"
    )
    respuesta = client.get("/datos/tasas.json", parametros)
    assert respuesta["Content-Type"] == "application/json; charset=utf-8"
    (objeto,) = json.loads(cuerpo(respuesta))
    assert tuple(objeto) == TASAS.columnas
    assert (objeto["carpetas"], objeto["poblacion"], objeto["tasa"], objeto["inestable"]) == (10, 803373, 1.2448, True)


def test_lo_que_no_hay_va_vacio(cifras, client):
    (fila,) = filas(client, territorio="08037", delito="homicidio-doloso", desde="2025", hasta="2025")
    assert [fila[c] for c in ("carpetas", "poblacion", "tasa", "ic_inf", "ic_sup", "inestable")] == [""] * 6
    assert (fila["cobertura"], fila["corte"]) == ("0 de 1", "2025-06")
    (fila,) = filas(client, territorio="24059", delito="homicidio-doloso", desde="2024", hasta="2024")
    assert fila["carpetas"] != ""
    assert (fila["poblacion"], fila["tasa"], fila["inestable"]) == ("", "", "")


def test_territorios_y_delitos_se_repiten(cifras, client):
    todas = filas(client, territorio=["28", "nacional"], delito=["feminicidio", "secuestro"], desde=2020, hasta=2020)
    assert [(f["delito"], f["territorio"]) for f in todas] == [
        ("feminicidio", "28"),
        ("feminicidio", "nacional"),
        ("secuestro", "28"),
        ("secuestro", "nacional"),
    ]


def test_sin_parametros_es_todo_lo_nacional(cifras, client):
    todas = filas(client)
    assert {f["territorio"] for f in todas} == {"nacional"}
    assert len({f["delito"] for f in todas if f["periodo"] == "2018"}) == 55


def test_la_ventana_entre_dos_anios_tiene_poblacion_con_fraccion(cifras, client):
    (fila,) = filas(
        client, territorio="08037", delito="homicidio-doloso", periodicidad="movil12", desde="2025-01", hasta="2025-01"
    )
    assert fila["poblacion"] == "1639461.8333"


@pytest.mark.parametrize(
    ("consulta", "dice"),
    [
        ("pais=mx", "No existe el parámetro «pais». Valen: territorio, delito, periodicidad, desde, hasta."),
        ("territorio=99", "No existe el territorio «99». Valen: «nacional»"),
        ("territorio=28&territorio=mesa:no-hay", "No existe el territorio «mesa:no-hay»"),
        ("territorio=99", "También valen todos los de una clase: «entidades»"),
        ("territorio=entidades:28", "No existe el territorio «entidades:28». También valen todos los de una clase"),
        ("territorio=municipios:99&delito=robo", "No existe el territorio «municipios:99»."),
        ("territorio=municipios", "La lista «municipios» va con un solo delito"),
        ("territorio=municipios:28&delito=robo&delito=extorsion", "va con un solo delito"),
        ("delito=homicidio", None),
        ("delito=homicidio_doloso", "No existe el delito «homicidio_doloso»"),
        ("delito=homicidio_doloso", "feminicidio"),
        ("delito=homicidio-doloso:con-arma-de-fuego", None),
        ("delito=homicidio-doloso:a-pedradas", "«homicidio-doloso» no tiene la modalidad «a-pedradas». Valen: "),
        ("delito=homicidio-doloso:a-pedradas", "homicidio-doloso:con-arma-blanca, "),
        ("delito=homicidio:con-arma-de-fuego", "Solo los subtipos tienen modalidades."),
        ("delito=homicidio-doloso:", "no tiene la modalidad «»"),
        ("territorio=grupo:28003-28009", None),
        ("territorio=grupo:28003", "Un grupo lleva de 2 a 60 municipios distintos y ese lleva 1."),
        ("periodicidad=anualizada", None),
        ("periodicidad=trimestral", "No existe la periodicidad «trimestral». Valen: anual, mensual, anualizada, "),
        ("periodicidad=anual&periodicidad=mensual", "El parámetro «periodicidad» va una sola vez."),
        ("desde=24", "«24» no vale en «desde». Escribe el año (AAAA) o el año y el mes (AAAA-MM)."),
        ("hasta=2024-13", "«2024-13» no vale en «hasta»."),
        ("desde=2024&hasta=2020", "«desde» debe ser anterior o igual a «hasta»."),
        ("&".join(f"territorio={n:05d}" for n in range(1001, 1060)), "Caben 50 valores de «territorio»"),
    ],
)
@pytest.mark.parametrize("formato", ["csv", "json"])
def test_lo_que_no_existe_es_400_y_dice_que_vale(cifras, client, consulta, dice, formato):
    respuesta = client.get(f"/datos/tasas.{formato}?{consulta}")
    if dice is None:
        assert respuesta.status_code == 200
        return
    assert respuesta.status_code == 400
    texto = respuesta.json()["error"] if formato == "json" else respuesta.content.decode()
    assert dice in texto


def test_un_mes_llevado_a_un_anio(cifras, client):
    eleccion = {"territorio": "08037", "delito": "homicidio-doloso", "desde": "2024-02", "hasta": "2024-02"}
    (simple,) = filas(client, periodicidad="mensual", **eleccion)
    (anualizada,) = filas(client, periodicidad="anualizada", **eleccion)
    for columna in ("periodo", "carpetas", "poblacion", "inestable", "cobertura"):
        assert simple[columna] == anualizada[columna]
    for columna in ("tasa", "ic_inf", "ic_sup"):
        assert float(anualizada[columna]) == pytest.approx(float(simple[columna]) * 366 / 29, abs=0.001)


def test_un_grupo_de_municipios(cifras, client):
    eleccion = {"delito": "homicidio-doloso", "desde": 2024, "hasta": 2024}
    (grupo,) = filas(client, territorio=["grupo:28038-28009-28003", "grupo:28003-28009-28038"], **eleccion)
    (mesa,) = filas(client, territorio="mesa:tampico-madero-altamira", **eleccion)
    assert grupo.pop("territorio") == "grupo:28003-28009-28038"
    assert grupo.pop("nombre") == "3 municipios: Altamira, Ciudad Madero y Tampico"
    assert grupo.items() <= mesa.items()


@pytest.mark.parametrize(
    ("listas", "cuantos"),
    [("entidades", 32), ("mesas", 31), ("municipios:28", 43), (["municipios:28", "nacional", "28038"], 44)],
)
def test_todos_los_lugares_de_una_clase(cifras, client, listas, cuantos, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        todas = filas(client, territorio=listas, delito="feminicidio", desde=2024, hasta=2024)
    assert len({f["territorio"] for f in todas}) == len(todas) == cuantos


def test_todos_los_municipios_del_pais_en_un_anio(cifras, client):
    todas = filas(client, territorio="municipios", delito="feminicidio", desde=2024, hasta=2024)
    assert len(todas) > 2_400 and not [f for f in todas if f["territorio"][2:] in ("998", "999")]
    (tampico,) = [f for f in todas if f["territorio"] == "28038"]
    (sola,) = filas(client, territorio="28038", delito="feminicidio", desde=2024, hasta=2024)
    assert tampico == sola


def test_muchos_territorios_leen_menos_delitos_a_la_vez(cifras, client, django_assert_max_num_queries):
    """Two hundred and forty municipalities in groups: as many readings as crimes need, not one per place."""
    claves = [f"20{numero:03d}" for numero in range(1, 241)]
    grupos = [f"grupo:{'-'.join(claves[primero : primero + 60])}" for primero in range(0, 240, 60)]
    delitos = ["feminicidio", "secuestro", "homicidio-culposo", "homicidio-doloso", "violencia-familiar"]
    with django_assert_max_num_queries(3 + 2 * 2):  # one more, for the fingerprint
        assert {f["territorio"] for f in filas(client, territorio=grupos, delito=delitos)} == set(grupos)


@pytest.mark.parametrize("ruta", ["/datos/tasas.xml", "/datos/tasas.", "/datos/poblacion.txt"])
def test_otro_formato_no_existe(client, ruta):
    assert client.get(ruta).status_code == 404


@pytest.mark.parametrize("ruta", ["/datos/tasas.csv", "/datos/poblacion.json", "/datos/datapackage.json", "/datos/"])
def test_solo_se_lee(client, ruta):
    assert client.post(ruta).status_code == 405


def test_poblacion(cifras, client):
    respuesta = client.get("/datos/poblacion.csv?territorio=28&desde=2024&hasta=2025")
    assert cuerpo(respuesta).splitlines() == [
        "territorio,anio,habitantes,edicion_poblacion",
        "28,2024,3717618,CONAPO 1990-2040",
        "28,2025,3748419,CONAPO 1990-2040",
    ]
    pais = json.loads(cuerpo(client.get("/datos/poblacion.json?territorio=nacional&desde=2024&hasta=2024")))
    assert sum(fila["habitantes"] for fila in pais) == 132_274_416
    assert client.get("/datos/poblacion.csv?delito=robo").status_code == 400


def test_cuesta_lo_mismo_con_uno_que_con_treinta_territorios(cifras, client, django_assert_max_num_queries):
    for cuantos in (1, 30):
        lugares = [f"{clave:05d}" for clave in range(20001, 20001 + cuantos)]
        with django_assert_max_num_queries(5):
            assert filas(client, territorio=lugares, delito="feminicidio", periodicidad="mensual")
