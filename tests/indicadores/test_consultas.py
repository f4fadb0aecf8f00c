"""The choice of the explorer, read from its address: what is wrong is said and the rest is drawn."""

import pytest
from django.http import QueryDict

from indicadores.consultas import Falta, leer_eleccion
from indicadores.delitos import catalogo
from indicadores.periodos import Periodicidad, mes
from indicadores.territorios import ENTIDADES

pytestmark = pytest.mark.django_db


def eleccion(direccion, **opciones):
    return leer_eleccion(QueryDict(direccion), **opciones)


def claves(elegida):
    return [lugar.clave for lugar in elegida.lugares]


def test_sin_elegir_nada(cifras):
    elegida = eleccion("")
    assert elegida.delito.slug == "homicidio-doloso"
    assert claves(elegida) == ["nacional"]
    assert (elegida.periodicidad, elegida.desde, elegida.hasta) == (Periodicidad.ANUAL, None, None)
    assert elegida.errores == ()
    assert eleccion("", por_omision="extorsion").delito.slug == "extorsion"


def test_todo_elegido(cifras):
    elegida = eleccion(
        "delito=homicidio-doloso:con-arma-de-fuego&territorio=08037&territorio=grupo:28038-28003&territorio=mesa:torreon"
        "&periodicidad=anualizada&desde=2023&hasta=2024-06&orden=nombre"
    )
    assert elegida.errores == ()
    assert elegida.delito.slug == "homicidio-doloso:con-arma-de-fuego"
    assert claves(elegida) == ["08037", "grupo:28003-28038", "mesa:torreon"]
    assert elegida.periodicidad is Periodicidad.ANUALIZADA
    assert (elegida.desde, elegida.hasta) == (mes(2023, 1), mes(2024, 6))


def test_la_direccion_guarda_toda_la_eleccion(cifras):
    escrita = "territorio=grupo:28038-28003&territorio=08&desde=2023&delito=extorsion&periodicidad=movil12&hasta=2024"
    elegida = eleccion(escrita)
    assert elegida.direccion == (
        "delito=extorsion&territorio=grupo%3A28003-28038&territorio=08&periodicidad=movil12&desde=2023-01&hasta=2024-12"
    )
    otra = eleccion(elegida.direccion)
    assert otra.direccion == elegida.direccion
    assert (claves(otra), otra.desde, otra.hasta) == (claves(elegida), elegida.desde, elegida.hasta)
    assert eleccion("").direccion == "delito=homicidio-doloso&territorio=nacional&periodicidad=anual"


def test_el_mismo_grupo_escrito_de_dos_maneras_es_uno(cifras):
    assert claves(eleccion("territorio=grupo:28003-28038&territorio=grupo:28038-28003")) == ["grupo:28003-28038"]


def test_lo_malo_se_dice_y_lo_demas_se_ve(cifras):
    elegida = eleccion(
        "delito=robo-de-sueños&territorio=99&territorio=28&territorio=grupo:28003&periodicidad=trimestral"
        "&desde=ayer&hasta=2024"
    )
    assert [error.parametro for error in elegida.errores] == [
        "delito",
        "territorio",
        "territorio",
        "periodicidad",
        "desde",
    ]
    mensajes = " ".join(error.mensaje for error in elegida.errores)
    for parte in ("«robo-de-sueños»", "«99»", "«grupo:28003»", "«trimestral»", "«ayer»", "feminicidio", "anualizada"):
        assert parte in mensajes
    assert elegida.delito.slug == "homicidio-doloso"
    assert claves(elegida) == ["28"]
    assert (elegida.periodicidad, elegida.desde, elegida.hasta) == (Periodicidad.ANUAL, None, mes(2024, 12))


def test_caben_seis_lugares(cifras):
    elegida = eleccion("&".join(f"territorio={numero:02d}" for numero in range(1, 9)))
    assert claves(elegida) == ["01", "02", "03", "04", "05", "06"]
    assert elegida.errores == (
        Falta("territorio", "Caben 6 lugares a la vez: se muestran los 6 primeros que pediste."),
    )


def test_un_delito_a_la_vez(cifras):
    elegida = eleccion("delito=extorsion&delito=feminicidio")
    assert elegida.delito.slug == "extorsion"
    assert [error.parametro for error in elegida.errores] == ["delito"]
    assert eleccion("delito=&delito=extorsion").errores == ()


def test_las_fechas_al_reves_no_recortan(cifras):
    elegida = eleccion("desde=2024&hasta=2020")
    assert elegida.errores == (Falta("desde", "«desde» debe ser anterior o igual a «hasta»."),)
    assert (elegida.desde, elegida.hasta) == (None, None)


def test_sin_cifras_no_hay_delito_y_la_pagina_no_se_cae(db):
    elegida = eleccion("delito=extorsion&territorio=nacional", todos={})
    assert elegida.delito is None
    assert elegida.errores == (Falta("delito", "Todavía no hay cifras cargadas, así que no hay delitos que elegir."),)
    assert elegida.direccion == "territorio=nacional&periodicidad=anual"


@pytest.mark.parametrize("lugares", ["nacional", "08037", "08037&territorio=mesa:torreon&territorio=grupo:28003-28038"])
def test_a_lo_mas_dos_consultas(cifras, django_assert_max_num_queries, lugares):
    with django_assert_max_num_queries(2):
        eleccion(f"delito=extorsion&territorio={lugares}")
    todos = catalogo()
    with django_assert_max_num_queries(1):
        eleccion(f"delito=extorsion&territorio={lugares}", todos=todos)


def test_los_lugares_de_la_pagina_se_leen_en_la_misma_consulta(cifras, django_assert_num_queries):
    todos = catalogo()
    with django_assert_num_queries(1):
        elegida = eleccion("territorio=28038&territorio=zz&territorio=05", todos=todos, ademas=ENTIDADES)
    assert claves(elegida) == ["28038", "05"]
    assert [lugar.clave for lugar in elegida.ademas] == list(ENTIDADES)
    assert [error.parametro for error in elegida.errores] == ["territorio"]
    # What the page asks for and is not there is no fault of the reader.
    assert eleccion("", todos=todos, ademas=["zz"]).errores == eleccion("", todos=todos, ademas=["zz"]).ademas == ()


@pytest.mark.parametrize(
    "basura",
    ["territorio=%00", "territorio=mesa:%00", "delito=%00", "desde=%00", "territorio=" + "x" * 9000, "%FF=%FF"],
)
def test_la_basura_no_tumba_nada(cifras, basura):
    assert claves(eleccion(basura)) == ["nacional"]
