"""The pieces of every page: what they say to whoever does not see colour, and what they never do."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string

from comun.formularios import Formulario
from comun.iconos import ESTADOS, TRAZOS
from comun.templatetags import portal

RAIZ = Path(__file__).resolve().parents[2]
PIEZAS = sorted((RAIZ / "templates" / "_piezas").glob("*.html"))


def pintar(texto, **contexto):
    return engines["django"].from_string("{% load portal %}" + texto).render(contexto)


class DeAcuerdo(Formulario):
    accion = forms.CharField(label="Qué se acordó", help_text="Empieza con un verbo.")
    fecha = forms.DateField(label="Fecha compromiso")
    tipo = forms.ChoiceField(label="Tipo", choices=[("p", "Plenaria"), ("c", "Comité")], widget=forms.RadioSelect)
    nota = forms.CharField(label="Nota", required=False, widget=forms.Textarea)
    acepto = forms.BooleanField(label="La asamblea consintió")


@pytest.mark.parametrize("valor", ESTADOS)
def test_un_estado_es_palabra_y_forma(valor):
    html = pintar("{% estado v %}", v=valor)
    assert ESTADOS[valor].texto in html
    assert re.search(r"<(circle|path)", html)


def test_un_estado_que_no_existe_lo_dice():
    assert "Sin estado registrado" in pintar("{% estado v %}", v=None)


@pytest.mark.parametrize("nombre", TRAZOS)
def test_los_iconos_no_hablan(nombre):
    assert 'aria-hidden="true"' in pintar("{% icono n %}", n=nombre)


@pytest.mark.parametrize("pieza", PIEZAS, ids=lambda p: p.stem)
def test_cada_pieza_dice_su_contexto_y_respeta_la_politica(pieza):
    texto = pieza.read_text()
    assert texto.startswith("{#"), "A piece says its context in its first line"
    assert not re.search(r"\sstyle=|\son\w+=|<script(?! src)", texto)


def test_el_formulario_une_rotulo_ayuda_y_error():
    html = render_to_string("_piezas/formulario.html", {"form": DeAcuerdo({"accion": ""})})
    assert '<label for="id_accion">' in html
    assert 'aria-describedby="id_accion_helptext id_accion_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'type="date"' in html
    assert html.count("(opcional)") == 1
    assert 'class="campo campo--error"' in html


def test_el_resumen_lleva_a_cada_campo():
    formulario = DeAcuerdo({})
    enlaces = {e["id"] for e in portal.errores_para_resumen(formulario)}
    html = render_to_string("_piezas/formulario.html", {"form": formulario})
    assert len(enlaces) == 4
    for destino in enlaces:
        assert f'href="#{destino}"' in html and f'id="{destino}"' in html


def test_sin_errores_no_hay_resumen():
    assert render_to_string("_piezas/resumen_errores.html", {"form": DeAcuerdo()}).strip() == ""
    assert render_to_string("_piezas/resumen_errores.html", {}).strip() == ""


def test_lo_escrito_con_error_no_se_pierde():
    html = render_to_string("_piezas/formulario.html", {"form": DeAcuerdo({"accion": "Instalar <40>", "fecha": "x"})})
    assert 'value="Instalar &lt;40&gt;"' in html


def test_la_cifra_dice_su_fecha_o_que_no_hay_dato():
    html = render_to_string(
        "_piezas/cifra.html", {"valor": 1637477, "unidad": "personas", "fecha": dt.date(2026, 1, 2)}
    )
    assert "1,637,477" in html and "Al 2 de enero de 2026" in html
    assert "Sin dato" in render_to_string("_piezas/cifra.html", {"valor": None, "unidad": "mesas"})
    assert ">0<" in render_to_string("_piezas/cifra.html", {"valor": 0, "unidad": "mesas"})


def test_la_tabla_tiene_encabezados_y_se_puede_desplazar_con_teclado():
    html = render_to_string(
        "_piezas/tabla.html",
        {
            "id": "t",
            "titulo": "Tasas",
            "columnas": [{"titulo": "Año"}, {"titulo": "Tasa", "num": True}],
            "filas": [["2024", "1.2"]],
        },
    )
    assert 'tabindex="0"' in html and 'aria-labelledby="t-titulo"' in html
    assert '<th scope="row">2024</th>' in html and 'data-titulo="Tasa"' in html


def test_las_barras_usan_punto_decimal():
    html = render_to_string("_piezas/barras.html", {"filas": [{"etiqueta": "Sí", "valor": 17, "porcentaje": 76.47}]})
    assert 'width="76.47"' in html


@pytest.mark.parametrize("codigo", ["500", "503"])
def test_las_paginas_de_emergencia_no_necesitan_base_de_datos(codigo):
    html = render_to_string(f"{codigo}.html")
    assert html.count("<h1") == 1 and 'lang="es-MX"' in html
