"""The pages of the figures, as a visitor finds them."""

import re

import pytest
from django.contrib.admin.sites import site
from django.urls import reverse

from indicadores.fichas import faltas_de_cobertura
from indicadores.models import Alcance, Carga, Delito, EdicionDePoblacion
from indicadores.series import serie
from mesas.models import Mesa

pytestmark = pytest.mark.django_db

PAGINAS = [
    "/indicadores/",
    "/indicadores/homicidio-doloso/",
    "/indicadores/homicidio-doloso/?territorio=mesa:tampico-madero-altamira&periodicidad=movil12",
    "/indicadores/feminicidio/?territorio=20067&periodicidad=mensual",
    "/indicadores/extorsion/?territorio=28",
    "/indicadores/robo/",
    "/indicadores/el-patrimonio/?periodicidad=mensual",
    "/indicadores/homicidio-doloso/?territorio=24059",
    "/indicadores/?delito=robo&territorio=nacional&territorio=28&territorio=28038&periodicidad=mensual",
    "/indicadores/?territorio=grupo:28003-28009-28038&territorio=mesa:torreon",
    "/indicadores/?territorio=28&busca=juarez",
    "/indicadores/?delito=homicidio-doloso&territorio=28&territorio=mesa:torreon&desde=2021&hasta=2022&contra=2018",
    "/indicadores/?territorio=zzz&desde=x",
    "/indicadores/homicidio-doloso/mapa/",
    "/indicadores/feminicidio/mapa/?entidad=20&periodo=2024",
    "/indicadores/homicidio-doloso/clasificacion/",
    "/indicadores/homicidio-doloso/clasificacion/?ambito=municipios&entidad=11",
    "/indicadores/homicidio-doloso/clasificacion/?ambito=mesas",
    "/indicadores/feminicidio/mesas/",
    "/indicadores/metodologia/",
    "/indicadores/incrustar/?delito=feminicidio&territorio=28",
    "/datos/",
]


def texto(respuesta):
    return " ".join(re.sub(r"<[^>]+>", " ", respuesta.content.decode()).split())


@pytest.mark.parametrize("ruta", PAGINAS)
def test_cada_pagina_responde_con_un_titulo_y_pocas_consultas(cifras, client, ruta, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        respuesta = client.get(ruta)
    assert respuesta.status_code == (400 if "zzz" in ruta else 200)
    assert respuesta.content.count(b"<h1") == 1
    assert len(respuesta.content) < 400_000


def test_el_delito_en_una_frase(cifras, client):
    pagina = texto(client.get("/indicadores/homicidio-doloso/"))
    assert (
        "En 2024 se abrieron 25,449 carpetas de investigación por homicidio doloso en México: 19.2 por cada 100 mil "
        "habitantes (intervalo de 95 %: de 19.0 a 19.5)." in pagina
    )
    assert "2015 y 2016: sin Oaxaca" in pagina
    assert "2023, 2025 y 2026: ningún archivo cargado trae el año completo" in pagina
    assert "no víctimas" in pagina


def test_el_territorio_de_una_mesa(cifras, client):
    pagina = texto(client.get("/indicadores/homicidio-doloso/?territorio=mesa:tampico-madero-altamira"))
    assert "en el territorio de la mesa Tampico-Madero-Altamira: 1.2 por cada 100 mil" in pagina
    assert "En el país fueron 19.2" in pagina
    assert "la tasa es inestable" in pagina
    assert "10 803,373 1.2 (inestable) 0.6 a 2.3 3 de 3 municipal, junio de 2025" in pagina


def test_la_csv_de_la_pagina_es_la_misma_eleccion(cifras, client):
    respuesta = client.get("/indicadores/feminicidio/?territorio=28&periodicidad=movil12")
    (enlace,) = re.findall(r'href="(/datos/tasas\.csv[^"]*)"', respuesta.content.decode())
    enlace = enlace.replace("&amp;", "&")
    assert enlace == "/datos/tasas.csv?delito=feminicidio&territorio=28&periodicidad=movil12"
    assert client.get(enlace).status_code == 200


def test_un_delito_solo_estatal_lo_dice(cifras, client):
    vacia = texto(client.get("/indicadores/extorsion/?territorio=mesa:torreon"))
    assert "Sin cifras para lo que elegiste" in vacia
    assert "Muchos delitos se publican solo por entidad" in vacia


def test_el_quiebre_se_ve(cifras, client):
    assert "Cambia la clasificación (RNID)" in texto(client.get("/indicadores/robo/?periodicidad=mensual"))


def test_un_mes_llevado_a_un_anio_se_distingue_del_simple(cifras, client):
    simple = texto(client.get("/indicadores/homicidio-doloso/?territorio=08037&periodicidad=mensual"))
    anualizada = texto(client.get("/indicadores/homicidio-doloso/?territorio=08037&periodicidad=anualizada"))
    for rotulo in (
        "por mes, llevada a un año",
        "al ritmo de un año",
        "Tasa llevada a un año",
        "se lleva a un año por sus",
    ):
        assert rotulo in anualizada
        assert rotulo.capitalize() not in simple.replace("Por mes, llevada a un año", "")


@pytest.mark.parametrize("consulta", ["territorio=zzz", "territorio=mesa:no-hay", "periodicidad=semanal"])
def test_una_eleccion_que_no_existe_se_explica(cifras, client, consulta):
    respuesta = client.get(f"/indicadores/homicidio-doloso/?{consulta}")
    assert respuesta.status_code == 400
    pagina = respuesta.content.decode()
    assert 'href="#id_' in pagina
    assert "<title>Error:" in pagina


@pytest.mark.parametrize("ruta", ["/indicadores/no-hay/", "/indicadores/con-arma-de-fuego/"])
def test_un_delito_que_no_existe(cifras, client, ruta):
    assert client.get(ruta).status_code == 404


@pytest.mark.django_db
def test_sin_cifras_cargadas_se_dice_y_no_se_culpa_a_la_direccion(client, monkeypatch):
    monkeypatch.setattr("indicadores.views_explorador.catalogo", dict)
    monkeypatch.setattr("indicadores.views_lugares.catalogo", dict)
    monkeypatch.setattr("indicadores.consultas.catalogo", dict)
    for ruta in ("", "?delito=robo", "homicidio-doloso/", "homicidio-doloso/mapa/", "homicidio-doloso/mesas/"):
        assert "Todavía no hay cifras cargadas" in client.get(f"/indicadores/{ruta}").content.decode()
    assert client.get("/indicadores/grafica.svg").status_code == 404
    assert "Sin cifras que mostrar" in client.get("/indicadores/incrustar/").content.decode()
    respuesta = client.get("/datos/tasas.csv?delito=homicidio-doloso")
    assert respuesta.status_code == 400
    assert "Todavía no hay cifras cargadas" in respuesta.content.decode()


def test_el_indice_sigue_el_orden_oficial_y_no_ordena_por_cifra(cifras, client):
    pagina = client.get("/indicadores/").content.decode()
    bienes = ("la-vida-y-la-integridad-corporal", "el-patrimonio")
    lugares = [pagina.index(f'href="/indicadores/{slug}/"') for slug in bienes]
    assert lugares == sorted(lugares)
    assert "2015–2023 por entidad" in pagina
    assert "2015–2024 por municipio" in pagina
    assert "2024–2025 por municipio" in pagina
    assert "2020–2023 por municipio, solo algunas entidades" in pagina
    assert "(RNID)" in pagina


def test_las_faltas_se_agrupan(cifras):
    (falta,) = faltas_de_cobertura(serie("nacional", "homicidio-doloso", "mensual"), {"20": "Oaxaca"})
    assert falta.startswith("enero de 2015 a octubre de 2016 (9 periodos): sin Oaxaca")


@pytest.mark.parametrize("cambio", [{"publica": False}, {"es_demo": True}])
def test_ni_las_mesas_ocultas_ni_las_inventadas_se_ofrecen(cifras, client, cambio):
    Mesa.objects.filter(slug="torreon").update(**cambio)
    for ruta in (
        "feminicidio/",
        "feminicidio/mesas/",
        "territorios/?busca=torreon",
        "feminicidio/clasificacion/?ambito=mesas",
    ):
        assert "mesa:torreon" not in client.get(f"/indicadores/{ruta}").content.decode()


# ── The desk of the staff ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("modelo", [Delito, Carga, Alcance, EdicionDePoblacion])
def test_lo_oficial_se_lee_y_no_se_teclea(cifras, como, diana, modelo, django_assert_max_num_queries):
    cliente, nombre = como(diana), modelo._meta.model_name
    with django_assert_max_num_queries(15):
        lista = cliente.get(reverse(f"admin:indicadores_{nombre}_changelist"))
    assert lista.status_code == 200
    assert cliente.get(reverse(f"admin:indicadores_{nombre}_add")).status_code == 403
    fila = modelo.objects.first()
    assert cliente.get(reverse(f"admin:indicadores_{nombre}_change", args=[fila.pk])).status_code == 200
    assert cliente.post(reverse(f"admin:indicadores_{nombre}_delete", args=[fila.pk])).status_code == 403


@pytest.mark.parametrize("nombre", ["delito", "carga"])
def test_el_personal_se_lleva_su_hoja(cifras, como, diana, nombre):
    ruta = reverse(f"admin:indicadores_{nombre}_export")
    cliente = como(diana)
    assert cliente.get(ruta).status_code == 200
    respuesta = cliente.post(ruta, {"format": "0", "resource": "", **dict.fromkeys(_campos(nombre), "on")})
    assert respuesta.status_code == 200
    assert "attachment" in respuesta["Content-Disposition"]
    assert cliente.get(reverse(f"admin:indicadores_{nombre}_import")).status_code == 403


def _campos(nombre):
    (recurso,) = site._registry[{"delito": Delito, "carga": Carga}[nombre]].resource_classes
    return [f"{recurso.__name__.lower()}_{campo}" for campo in recurso.Meta.fields]


def test_se_elige_la_edicion_de_poblacion(cifras, como, diana):
    otra = EdicionDePoblacion.objects.create(nombre="Otra", fuente="x", archivo="x", sha256="a" * 64)
    ruta = reverse("admin:indicadores_ediciondepoblacion_changelist")
    como(diana).post(ruta, {"action": "poner_vigente", "_selected_action": [otra.pk]})
    assert EdicionDePoblacion.objects.get(vigente=True) == otra
    assert {r.edicion_poblacion for r in serie("28038", "feminicidio")} == {""}


@pytest.mark.parametrize(
    ("delito", "frase"),
    [
        ("robo-a-negocio", "por robo a negocio en México"),
        ("contra-el-medio-ambiente", "por delitos contra el medio ambiente en México"),
        ("electorales", "por delitos electorales en México"),
        ("el-patrimonio", "por delitos del bien jurídico «El patrimonio» en México"),
    ],
)
def test_el_nombre_oficial_cabe_en_la_frase(cifras, client, delito, frase):
    assert frase in texto(client.get(f"/indicadores/{delito}/"))
