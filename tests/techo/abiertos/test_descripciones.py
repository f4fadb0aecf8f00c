"""What the portal says of its open data is well said, and is what the tables answer."""

import datetime as dt
import re

import pytest
from django.urls import get_resolver, reverse
from jsonschema import Draft202012Validator

from comun.recursos import TIPOS_DE_MEDIO
from rnmsj.abiertos.recursos import GRUPOS, LICENCIA, RECURSOS
from tests.techo.abiertos.formas import OPENAPI, PAQUETE

pytestmark = pytest.mark.django_db

POR_NOMBRE = {recurso.nombre: recurso for recurso in RECURSOS}
PARAMETROS = [(recurso, parametro) for recurso in RECURSOS for parametro in recurso.parametros]
# Without these the figures of the whole country would be read, row by row, for nothing.
ACOTAR = {
    "tasas": {"delito": "feminicidio", "desde": "2024", "hasta": "2024"},
    "incidencia": {"territorio": "28003", "anio": "2024"},
    "poblacion": {"territorio": "28", "desde": "2024", "hasta": "2024"},
}


def ids(caso):
    return getattr(caso, "nombre", None)


@pytest.fixture
def api(client):
    return client.get(reverse("openapi")).json()


@pytest.fixture
def paquete(client):
    return client.get(reverse("datapackage")).json()


def filas_de(leer, recurso, formato, **parametros):
    return leer(recurso, formato, **(ACOTAR.get(recurso.nombre, {}) | parametros))


def resolver(api, objeto):
    """The object to which a reference leads, inside the description."""
    while "$ref" in objeto:
        partes = objeto["$ref"].removeprefix("#/").split("/")
        objeto = api
        for parte in partes:
            objeto = objeto[parte]
    return objeto


# ── Well said ───────────────────────────────────────────────────────────────────────────


def test_es_openapi(api):
    Draft202012Validator(OPENAPI).validate(api)
    for esquema in api["components"]["schemas"].values():
        Draft202012Validator.check_schema(esquema)
    operaciones = [ruta["get"] for ruta in api["paths"].values()]
    nombres = [operacion["operationId"] for operacion in operaciones]
    assert len(nombres) == len(set(nombres)) == 2 * len(RECURSOS)
    assert {etiqueta for operacion in operaciones for etiqueta in operacion["tags"]} == {t["name"] for t in api["tags"]}


def test_ninguna_referencia_lleva_a_la_nada(api):
    def referencias(cosa):
        if isinstance(cosa, dict):
            if "$ref" in cosa:
                yield cosa
            for valor in cosa.values():
                yield from referencias(valor)
        elif isinstance(cosa, list):
            for valor in cosa:
                yield from referencias(valor)

    todas = list(referencias(api))
    assert len(todas) > 50
    for referencia in todas:
        assert resolver(api, referencia)


def test_cada_ejemplo_documentado_cumple_su_esquema(api):
    vistos = 0
    for ruta in api["paths"].values():
        for parametro in ruta["get"]["parameters"]:
            if "example" in parametro:
                Draft202012Validator(parametro["schema"]).validate(parametro["example"])
                vistos += 1
    assert vistos == 2 * len(PARAMETROS) > 20


def test_es_un_paquete_de_datos(cifras, paquete):
    Draft202012Validator(PAQUETE).validate(paquete)
    assert {recurso["name"] for recurso in paquete["resources"]} == {
        f"{nombre}-{formato}" for nombre in POR_NOMBRE for formato in TIPOS_DE_MEDIO
    }
    assert len(paquete["sources"]) == 7, "six official files of crimes and one edition of population"
    assert {licencia["title"] for licencia in paquete["licenses"]} == {LICENCIA}
    con_fuentes = {recurso["name"].partition("-")[0] for recurso in paquete["resources"] if "sources" in recurso}
    assert con_fuentes == {recurso.nombre for recurso in GRUPOS[0][1]}


def test_cada_tabla_del_mapa_del_sitio_esta_descrita(api):
    nombres = {getattr(patron, "name", None) or "" for patron in get_resolver().url_patterns}
    tablas = {nombre for nombre in nombres if nombre.startswith("datos_")}
    assert tablas == {f"datos_{nombre}" for nombre in POR_NOMBRE}
    for recurso in RECURSOS:
        assert recurso.csv in api["paths"] and recurso.json in api["paths"]


# ── True ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("formato", TIPOS_DE_MEDIO)
@pytest.mark.parametrize("recurso", RECURSOS, ids=ids)
def test_cada_tabla_responde_lo_que_se_dice_de_ella(publicado, api, client, recurso, formato):
    operacion = api["paths"][recurso.direccion(formato)]["get"]
    respuesta = client.get(recurso.direccion(formato), ACOTAR.get(recurso.nombre, {}))
    (medio,) = operacion["responses"]["200"]["content"]
    assert respuesta["Content-Type"] == f"{medio}; charset=utf-8"
    assert set(operacion["responses"]["200"]["headers"]) <= set(respuesta.headers)
    b"".join(respuesta.streaming_content)
    otra = client.get(
        recurso.direccion(formato), ACOTAR.get(recurso.nombre, {}), headers={"if-none-match": respuesta["ETag"]}
    )
    assert (otra.status_code, otra.content) == (304, b"")


@pytest.mark.parametrize("recurso", RECURSOS, ids=ids)
def test_los_renglones_en_json_cumplen_su_esquema(publicado, api, leer, recurso):
    filas = filas_de(leer, recurso, "json")
    Draft202012Validator({"type": "array", "items": api["components"]["schemas"][recurso.nombre]}).validate(filas)
    assert filas or recurso.nombre in PUEDEN_ESTAR_VACIAS
    for fila in filas:
        assert tuple(fila) == recurso.columnas


PUEDEN_ESTAR_VACIAS = {"revisiones"}
LECTORES = {
    "string": str,
    "integer": int,
    "number": float,
    "year": lambda texto: re.fullmatch(r"\d{4}", texto)[0],
    "date": dt.date.fromisoformat,
    "boolean": {"sí": True, "no": False}.__getitem__,
}


@pytest.mark.parametrize("recurso", RECURSOS, ids=ids)
def test_los_valores_en_csv_son_de_su_tipo_y_los_mismos_que_en_json(publicado, leer, recurso):
    en_csv, en_json = (filas_de(leer, recurso, formato) for formato in ("csv", "json"))
    assert len(en_csv) == len(en_json)
    for texto, objeto in zip(en_csv, en_json, strict=True):
        for campo in recurso.campos:
            celda, valor = texto[campo.nombre], objeto[campo.nombre]
            leido = LECTORES[campo.tipo](celda) if celda else None
            if campo.tipo in ("date", "year"):
                leido, valor = str(leido or ""), str(valor or "")
            assert leido == (valor if valor != "" else None) or (leido, valor) == ("", ""), (campo, celda, valor)


@pytest.mark.parametrize("formato", TIPOS_DE_MEDIO)
@pytest.mark.parametrize(("recurso", "parametro"), PARAMETROS, ids=ids)
def test_el_ejemplo_de_cada_parametro_funciona(publicado, leer, recurso, parametro, formato):
    filas_de(leer, recurso, formato, **{parametro.nombre: parametro.ejemplo})


@pytest.mark.parametrize("recurso", [recurso for recurso in RECURSOS if recurso.ejemplo], ids=ids)
def test_el_ejemplo_de_cada_tabla_trae_algo(publicado, client, recurso):
    respuesta = client.get(recurso.csv + recurso.ejemplo)
    assert respuesta.status_code == 200
    renglones = b"".join(respuesta.streaming_content).count(b"\n")
    assert renglones > 1 or recurso.nombre in PUEDEN_ESTAR_VACIAS


@pytest.mark.parametrize(("recurso", "parametro"), [p for p in PARAMETROS if p[1].valores], ids=ids)
def test_cada_valor_de_una_lista_cerrada_vale(publicado, leer, recurso, parametro):
    for valor in parametro.valores:
        filas_de(leer, recurso, "csv", **{parametro.nombre: valor})


@pytest.mark.parametrize("formato", TIPOS_DE_MEDIO)
@pytest.mark.parametrize(("recurso", "parametro"), [p for p in PARAMETROS if p[1].valores or p[1].forma], ids=ids)
def test_lo_que_no_tiene_la_forma_de_un_valor_se_rechaza(publicado, api, client, recurso, parametro, formato):
    respuesta = client.get(recurso.direccion(formato), {parametro.nombre: "¿?"})
    _es_un_rechazo(api, recurso, formato, respuesta)


@pytest.mark.parametrize("formato", TIPOS_DE_MEDIO)
@pytest.mark.parametrize("recurso", RECURSOS, ids=ids)
def test_un_parametro_que_no_esta_descrito_se_rechaza(publicado, api, client, recurso, formato):
    respuesta = client.get(recurso.direccion(formato), {"sin_describir": "1"})
    texto = _es_un_rechazo(api, recurso, formato, respuesta)
    assert "sin_describir" in texto
    for parametro in recurso.parametros:
        assert parametro.nombre in texto


def _es_un_rechazo(api, recurso, formato, respuesta):
    assert respuesta.status_code == 400
    dicho = resolver(api, api["paths"][recurso.direccion(formato)]["get"]["responses"]["400"])
    ((medio, contenido),) = dicho["content"].items()
    assert respuesta["Content-Type"].partition(";")[0] == medio
    if formato == "csv":
        return respuesta.content.decode()
    Draft202012Validator(resolver(api, contenido["schema"])).validate(respuesta.json())
    return respuesta.json()["error"]


@pytest.mark.parametrize(("recurso", "parametro"), PARAMETROS, ids=ids)
def test_lo_que_se_repite_es_lo_que_se_dice(publicado, client, recurso, parametro):
    pedido = ACOTAR.get(recurso.nombre, {}) | {parametro.nombre: [parametro.ejemplo, parametro.ejemplo]}
    respuesta = client.get(recurso.csv, pedido)
    assert respuesta.status_code == (200 if parametro.repetible else 400)


# ── The page ────────────────────────────────────────────────────────────────────────────


def test_la_pagina_lleva_a_todo(publicado, client):
    pagina = client.get(reverse("datos")).content.decode()
    for recurso in RECURSOS:
        assert f'href="{recurso.csv}{recurso.ejemplo}"'.replace("&", "&amp;") in pagina
        assert f'href="{recurso.json}{recurso.ejemplo}"'.replace("&", "&amp;") in pagina
        for parametro in recurso.parametros:
            assert f"<code>{parametro.nombre}</code>" in pagina
    assert reverse("openapi") in pagina and reverse("datapackage") in pagina


@pytest.mark.parametrize("nombre", ["openapi", "datapackage"])
def test_las_descripciones_no_se_mandan_dos_veces(client, nombre):
    respuesta = client.get(reverse(nombre))
    assert respuesta["Content-Type"] == "application/json"
    otra = client.get(reverse(nombre), headers={"if-none-match": respuesta["ETag"]})
    assert otra.status_code == 304
    assert client.post(reverse(nombre)).status_code == 405
