"""The desk of the staff: every list and form opens, searches without accents, and loses nothing when refused."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from mesas.models import Cargo, Integrante, Mesa, Puesto
from tests.fabricas import hacer_institucion, hacer_integrante, hacer_mesa, hacer_municipio, hacer_persona, nombrar
from tests.mesas.conftest import texto

pytestmark = pytest.mark.django_db
CON_ADMIN = [modelo for modelo in apps.get_app_config("mesas").get_models() if modelo in admin.site._registry]


def test_todas_las_tablas_tienen_su_lugar():
    registradas = {modelo.__name__ for modelo in CON_ADMIN}
    assert registradas >= {"Entidad", "Municipio", "Mesa", "Cobertura", "EventoDeVida", "Persona", "Institucion"}
    assert registradas >= {"Integrante", "Consentimiento", "Puesto", "Cargo", "Region"}


@pytest.mark.parametrize("modelo", CON_ADMIN, ids=lambda modelo: modelo.__name__)
def test_las_listas_y_las_altas_abren(como, diana, norte, ana, modelo):
    cliente = como(diana)
    nombre = f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}"
    assert cliente.get(reverse(f"{nombre}_changelist"), {"q": "norte"}).status_code == 200
    alta = cliente.get(reverse(f"{nombre}_add")).status_code
    assert alta == (403 if modelo.__name__ in {"Entidad", "Municipio"} else 200)


def test_la_lista_de_mesas_dice_el_estado_de_hoy_y_filtra_por_el(como, diana, norte, sur):
    sur.eventos.create(tipo="suspension", fecha=dt.date(2024, 5, 1), precision="mes", fuente="x")
    cliente = como(diana)
    lista = texto(cliente.get(reverse("admin:mesas_mesa_changelist")))
    assert "Suspendida" in lista and "mayo de 2024" in lista
    filtrada = cliente.get(reverse("admin:mesas_mesa_changelist"), {"estado": "suspendida"})
    assert [mesa.nombre for mesa in filtrada.context["cl"].queryset] == ["Sur"]


def test_busca_sin_acentos_tambien_por_municipio_y_alias(como, diana, norte):
    mesa = hacer_mesa("Laguna", "05035", municipio_nombre="Torreón")
    mesa.alias.create(nombre="Comarca Lagunera")
    cliente = como(diana)
    for busqueda in ("torreon", "comarca", "LAGUNA"):
        lista = cliente.get(reverse("admin:mesas_mesa_changelist"), {"q": busqueda})
        assert [m.nombre for m in lista.context["cl"].queryset] == ["Laguna"], busqueda


def test_autocompletar_municipio_por_nombre_y_por_clave(como, diana):
    hacer_municipio("11020", "León")
    cliente = como(diana)
    consulta = {"app_label": "mesas", "model_name": "cobertura", "field_name": "municipio"}
    for termino in ("leon", "110"):
        respuesta = cliente.get(reverse("admin:autocomplete"), consulta | {"term": termino})
        assert [fila["id"] for fila in respuesta.json()["results"]] == ["11020"]


@pytest.mark.parametrize("cuantas", [3, 30])
def test_las_consultas_de_la_lista_no_crecen(como, diana, cuantas, django_assert_max_num_queries):
    for i in range(cuantas):
        hacer_mesa(f"Mesa {i}", f"28{i + 1:03}")
    cliente = como(diana)
    cliente.get(reverse("admin:mesas_mesa_changelist"))
    with django_assert_max_num_queries(12):
        assert cliente.get(reverse("admin:mesas_mesa_changelist")).status_code == 200


def formset(prefijo, *filas, iniciales=0):
    datos = {f"{prefijo}-TOTAL_FORMS": str(len(filas)), f"{prefijo}-INITIAL_FORMS": str(iniciales)}
    for i, fila in enumerate(filas):
        datos |= {f"{prefijo}-{i}-{campo}": valor for campo, valor in fila.items()}
    return datos


def test_dos_filas_que_se_enciman_en_el_mismo_formulario_se_explican_y_no_se_pierde_nada(como, diana):
    hacer_municipio()
    datos = {
        "nombre": "Valle", "slug": "valle", "entidad": "28", "zona_horaria": "America/Mexico_City",
        "nota": "No me pierdas",
        **formset("coberturas", {"municipio": "28038"}, {"municipio": "28038", "desde": "2019-01-01"}),
        **formset("eventos"), **formset("alias"),
    }  # fmt: skip
    respuesta = como(diana).post(reverse("admin:mesas_mesa_add"), datos)
    assert respuesta.status_code == 200
    assert "Esa mesa ya cubre ese municipio en alguna de esas fechas." in texto(respuesta)
    assert "No me pierdas" in texto(respuesta) and "2019-01-01" in texto(respuesta)
    assert not Mesa.objects.filter(slug="valle").exists()


def test_un_disparador_habla_en_el_formulario(como, diana, norte):
    persona = hacer_persona()
    nombrar(persona, mesa=norte)
    datos = {
        "persona": persona.pk, "mesa": norte.pk, "tipo": "con_cargo", "calidad": "titular",
        "institucion": hacer_institucion().pk, "desde": "2023-01-01", "motivo_de_salida": "",
    }  # fmt: skip
    respuesta = como(diana).post(reverse("admin:mesas_integrante_add"), datos)
    assert respuesta.status_code == 200
    assert "Quien coordina no puede tener cargo público en ninguna de esas fechas." in texto(respuesta)
    assert not Integrante.objects.exists()


def test_fechas_al_reves_son_un_error_del_campo(como, diana, norte):
    puesto = Puesto.objects.create(tipo=Puesto.Tipo.COORDINACION_MESA, mesa=norte)
    datos = {"puesto": puesto.pk, "persona": hacer_persona().pk, "desde": "2023-01-01", "hasta": "2022-01-01"}
    respuesta = como(diana).post(reverse("admin:mesas_cargo_add"), datos)
    assert respuesta.context["errors"] == [["La fecha de término debe ser posterior a la de inicio."]]
    assert not Cargo.objects.exists()


def test_quien_coordina_no_tiene_cargo_publico_dicho_en_su_campo(como, diana, norte):
    puesto = Puesto.objects.create(tipo=Puesto.Tipo.COORDINACION_MESA, mesa=norte)
    persona = hacer_persona()
    hacer_integrante(norte, persona, con_cargo=True)
    respuesta = como(diana).post(
        reverse("admin:mesas_cargo_add"), {"puesto": puesto.pk, "persona": persona.pk, "desde": "2023-01-01"}
    )
    assert "Tiene cargo público en esas fechas" in texto(respuesta)


def test_la_entrada_es_la_de_todos(client):
    respuesta = client.get(reverse("admin:index"))
    assert respuesta.status_code == 302
    respuesta = client.get(respuesta.url)
    assert reverse("account_login") in respuesta.url


def test_quien_coordina_no_tiene_escritorio(como, ana):
    respuesta = como(ana).get(reverse("admin:index"))
    assert respuesta.status_code in (302, 403)
