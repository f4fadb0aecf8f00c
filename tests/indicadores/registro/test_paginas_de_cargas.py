"""The public record of loads: what entered, how it squares and what the source changed."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from indicadores.models import Cambio, Carga, Delito
from indicadores.operaciones_cargas import deshacer_carga
from indicadores.views_cargas import CAMBIOS_POR_PAGINA
from tests.fabricas import hacer_cuenta
from tests.indicadores.registro.conftest import filas_estatales, filas_municipales

pytestmark = pytest.mark.django_db

OTRA_VEZ = {("28038", "Con arma de fuego", 2023): [4] + [1] * 11, ("28009", "Con arma blanca", 2024): [2] * 11 + [1]}


def texto(respuesta):
    """The page without tags, its spaces one."""
    assert respuesta.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", respuesta.content.decode()).split())


def ver(client, carga, **parametros):
    return client.get(reverse("carga", args=[carga.pk]), parametros)


@pytest.fixture
def revisada(cargar):
    """A load that changed two figures of the one before it."""
    cargar(filas_municipales())
    return cargar(filas_municipales(cambios=OTRA_VEZ))


# ── The list ────────────────────────────────────────────────────────────────────────────


def test_la_lista_dice_como_quedo_cada_una(cargar, client):
    primera = cargar(filas_municipales(anios=(2023,)))
    cargar(filas_municipales())
    deshecha = cargar(filas_estatales(), estatal=True, forzar=True)
    deshacer_carga(carga=deshecha)
    pagina = texto(client.get(reverse("cargas")))
    assert "Reemplazada; sus cifras se conservan" in pagina
    assert "En vigor" in pagina and "Deshecha el" in pagina
    for carga in Carga.objects.registro():
        assert carga.archivo in pagina and carga.sha256 in pagina
    assert f'href="{primera.get_absolute_url()}"' in client.get(reverse("cargas")).content.decode()
    assert "Fuente de prueba" in pagina, "the editions of population are there too"


def test_sin_cargas_se_dice(db, client):
    assert "Todavía no hay cargas" in texto(client.get(reverse("cargas")))


@pytest.mark.parametrize("pagina", ["0", "9999", "abc", "-1"])
def test_una_pagina_que_no_existe_no_falla(cargar, client, pagina):
    cargar(filas_municipales())
    assert client.get(reverse("cargas"), {"page": pagina}).status_code == 200


def _repetir(carga, cuantas):
    """More rows of the record, as if they had been loaded and forgotten."""
    Carga.objects.bulk_create(
        Carga(
            instrumento=carga.instrumento,
            ambito=carga.ambito,
            archivo=f"viejo_{numero}.csv",
            sha256=f"{numero:064x}",
            corte=carga.corte,
            primer_anio=carga.primer_anio,
            ultimo_anio=carga.ultimo_anio,
            fuente="Fuente de prueba",
            filas=1,
            total=1,
        )
        for numero in range(cuantas)
    )


def test_cuesta_lo_mismo_con_tres_que_con_treinta(cargar, client, django_assert_num_queries):
    _repetir(cargar(filas_municipales()), 2)
    with django_assert_num_queries(3):
        client.get(reverse("cargas"))
    Carga.objects.filter(archivo__startswith="viejo").delete()
    _repetir(Carga.objects.get(), 29)
    with django_assert_num_queries(3):
        assert "page=2" in client.get(reverse("cargas")).content.decode()


# ── A load ──────────────────────────────────────────────────────────────────────────────


def test_dice_el_archivo_sus_totales_y_lo_que_cambio(revisada, client):
    pagina = texto(ver(client, revisada))
    for dicho in (
        revisada.archivo,
        revisada.sha256,
        "diciembre de 2024",
        "24 filas",
        "Por municipio",
        "La fuente cambió 2 cifras ya publicadas: en total, 2 carpetas más.",
        "Homicidio doloso: Con arma de fuego",
        "Tampico, Entidad 28",
        "Totales de control",
        "no había un archivo del otro ámbito",
    ):
        assert dicho in pagina, dicho
    assert "Reemplazó a IDM_1.csv" in pagina
    assert f"/datos/revisiones.csv?carga={revisada.pk}" in ver(client, revisada).content.decode()


def test_la_reemplazada_dice_por_cual(revisada, client):
    anterior = Carga.objects.exclude(pk=revisada.pk).get()
    respuesta = ver(client, anterior)
    assert "La reemplazó IDM_2.csv" in texto(respuesta)
    assert f'href="{revisada.get_absolute_url()}"' in respuesta.content.decode()


def test_la_que_ya_no_guarda_cifras_dice_cual_rige(cargar, revisada, client):
    primera = Carga.objects.registro().last()
    tercera = cargar(filas_municipales(cambios={("28003", "Con arma blanca", 2024): [9] * 12}))
    assert not primera.alcances.exists(), "only the predecessor is kept"
    pagina = texto(ver(client, primera))
    assert "Reemplazada; queda su registro" in pagina
    assert "Para esos años hoy rige:" in pagina and tercera.archivo in pagina


def test_la_deshecha_lo_dice_y_no_enseña_su_revision(revisada, client):
    deshacer_carga(carga=revisada)
    pagina = texto(ver(client, revisada))
    assert "Esta carga se deshizo" in pagina and "Sus cifras ya no se usan" in pagina
    assert "Qué cambió la fuente" not in pagina


def test_la_conciliacion_dice_lo_que_no_cuadra(cargar, client):
    cargar(filas_municipales())
    cuadra = cargar(filas_estatales(), estatal=True, forzar=True)
    assert "Cuadran, carpeta por carpeta, las 2 sumas" in texto(ver(client, cuadra))
    deshacer_carga(carga=cuadra)
    descuadra = cargar(filas_estatales(valor=4), estatal=True, forzar=True)
    pagina = texto(ver(client, descuadra))
    assert "De 2 sumas de entidad y año que se pueden comparar, no cuadran 2." in pagina
    assert "+120" in pagina, "(4 − 3) carpetas × (1 + 2 + 3 + 4) × 12 months"
    assert "Avisos" in pagina and "aceptada aunque parecía incompleta" in pagina


def test_nada_dice_quien_la_hizo(cargar, client):
    diana, _ = hacer_cuenta("Diana Recóndita", es_personal=True)
    cargar(filas_municipales())
    carga = cargar(filas_municipales(cambios=OTRA_VEZ), usuario=diana)
    direcciones = [
        carga.get_absolute_url(),
        reverse("cargas"),
        reverse("datos_revisiones", args=["csv"]),
        reverse("datos_revisiones", args=["json"]),
        reverse("datos_incidencia", args=["json"]),
        reverse("datapackage"),
    ]
    deshacer_carga(carga=cargar(filas_municipales(anios=(2024,)), usuario=diana), usuario=diana)
    for direccion in direcciones:
        cuerpo = client.get(direccion).getvalue().decode()
        for secreto in ("Diana", "Recóndita", diana.email, diana.get_username()):
            assert secreto not in cuerpo, direccion


@pytest.mark.parametrize("ruta", ["/datos/cargas/999999/", "/datos/cargas/0/", "/datos/cargas/x/", "/datos/cargas/-1/"])
def test_la_que_no_existe_es_404(revisada, client, ruta):
    assert client.get(ruta).status_code == 404


def test_un_numero_enorme_tampoco_existe(revisada, client):
    assert client.get(f"/datos/cargas/{'9' * 30}/").status_code == 404


@pytest.mark.parametrize("nombre", ["cargas", "carga"])
def test_solo_se_lee(revisada, client, nombre):
    assert client.post(reverse(nombre, args=[revisada.pk] if nombre == "carga" else [])).status_code == 405


# ── The revision, to look into ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("filtro", "quedan"),
    [
        ({"entidad": "28"}, {"Tampico", "Ciudad Madero"}),
        ({"delito": "homicidio-doloso"}, {"Tampico", "Ciudad Madero"}),
        ({"delito": "homicidio-doloso:con-arma-blanca"}, {"Ciudad Madero"}),
        ({"entidad": "28", "delito": "homicidio-doloso:con-arma-de-fuego"}, {"Tampico"}),
        ({"entidad": "99", "delito": "<script>"}, {"Tampico", "Ciudad Madero"}),
        ({"entidad": "2", "delito": "%", "page": "<b>"}, {"Tampico", "Ciudad Madero"}),
    ],
)
def test_se_elige_por_entidad_y_por_delito(revisada, client, filtro, quedan):
    pagina = texto(ver(client, revisada, **filtro))
    for municipio in ("Tampico", "Ciudad Madero"):
        assert (f"{municipio}, Entidad 28" in pagina) == (municipio in quedan)
    assert "<script>" not in ver(client, revisada, **filtro).content.decode().split("<main", 1)[1].split("</main", 1)[0]


def test_los_enlaces_a_los_datos_llevan_lo_elegido(revisada, client):
    pagina = ver(client, revisada, entidad="28", delito="homicidio-doloso").content.decode()
    assert f"/datos/revisiones.csv?carga={revisada.pk}&amp;entidad=28&amp;delito=homicidio-doloso" in pagina


def _agrandar(carga, municipios):
    """Thousands of figures that changed, in invented codes."""
    fuego = Delito.objects.get(texto="con arma de fuego", padre__slug="homicidio-doloso", instrumento="CNSP/38/15")
    Cambio.objects.bulk_create(
        Cambio(
            carga=carga,
            delito=fuego,
            territorio=f"28{numero:03d}",
            mes=dt.date(2023 + mes // 12, mes % 12 + 1, 1),
            antes=1,
            despues=3,
        )
        for numero in range(100, 100 + municipios)
        for mes in range(24)
    )


def test_una_revision_enorme_va_por_paginas_y_cuesta_lo_mismo(revisada, client, django_assert_num_queries):
    with django_assert_num_queries(12):
        ver(client, revisada)
    _agrandar(revisada, 200)
    with django_assert_num_queries(12):
        respuesta = ver(client, revisada)
    pagina = texto(respuesta)
    assert "La fuente cambió 4,802 cifras" in pagina
    assert respuesta.content.decode().count("<tr>") < 130
    antes_que_tampico = 1 + 23 * 200  # the months go from the newest on: his is January of 2023
    suya = antes_que_tampico // CAMBIOS_POR_PAGINA + 1
    assert "Tampico" in texto(ver(client, revisada, page=suya, entidad="28"))
    assert "4,802" in texto(ver(client, revisada, page="7", entidad="28"))
    assert "entidad=28&amp;page=8" in ver(client, revisada, page="7", entidad="28").content.decode()
