"""The new session and its agenda on a phone: what the page proposes, and what it must never write over."""

import datetime as dt

from django.db.models import Max
from django.utils import timezone
from playwright.sync_api import expect

from comites.models import Sesion


def test_la_pagina_propone_numeros_y_puntos_y_respeta_lo_escrito(page, live_server, demostracion, entrar, consola):
    entrar("ana@norte.example")
    page.get_by_role("link", name="Nueva sesión").click()
    numero, anual = page.get_by_label("Número de sesión"), page.get_by_label("Número en el año")
    puntos, plantilla = page.get_by_label("Orden del día"), page.get_by_label("Empezar con una plantilla")
    expect(numero).to_have_value("")

    page.get_by_label("Plenaria").check()
    expect(numero).to_have_value(siguiente(tipo="plenaria"))
    expect(plantilla).not_to_have_value("")
    expect(puntos).to_have_value(plantilla_de(page, "Plenaria ordinaria"))
    page.get_by_label("Comité de extorsión").check()
    expect(numero).to_have_value(siguiente(comite__nombre="Comité de extorsión"))
    expect(puntos).to_have_value(plantilla_de(page, "Reunión de comité"))

    # A date of another year follows another count; what a person typed stays.
    page.get_by_label("Plenaria").check()
    anio = timezone.localdate().year + 1
    page.get_by_label("Día", exact=True).fill(f"{anio}-02-10")
    expect(anual).to_have_value("1")
    numero.fill("12")
    puntos.fill("Lista, 5 min\nLo que escribí a mano")
    page.get_by_label("Comité de prevención").check()
    expect(numero).to_have_value("12")
    expect(puntos).to_have_value("Lista, 5 min\nLo que escribí a mano")
    page.get_by_label("Hora", exact=True).fill("18:00")
    page.get_by_role("button", name="Crear la sesión").click()
    expect(page.get_by_text("Creaste la sesión 12 de Comité de prevención")).to_be_visible()

    # In the agenda, Enter keeps what was typed and moves nothing.
    page.get_by_role("link", name="Ordenar y poner tiempos").click()
    sesion = Sesion.objects.get(numero=12)
    antes = list(sesion.puntos.order_by("orden").values_list("pk", flat=True))
    page.get_by_label("Minutos del punto 1", exact=True).fill("20")
    page.get_by_label("Minutos del punto 1", exact=True).press("Enter")
    expect(page.get_by_text("Guardamos el orden del día.")).to_be_visible()
    assert list(sesion.puntos.order_by("orden").values_list("pk", flat=True)) == antes
    expect(page.locator(".agenda__hora").nth(1)).to_have_text("18:20")
    page.get_by_role("button", name="Bajar el punto 1").click()
    expect(page.locator(".agenda__punto").nth(1)).to_contain_text("Entró solo")
    toques = page.locator(".agenda__mover button").evaluate_all("bs => bs.map(b => b.getBoundingClientRect().height)")
    assert min(toques) >= 44
    assert sesion.inicio.astimezone(dt.UTC).year == anio
    assert consola == []


def siguiente(**organo):
    """The number that follows in an organ of the mesa."""
    suyas = Sesion.objects.filter(mesa__slug="demostracion-norte", **organo)
    return str((suyas.aggregate(mayor=Max("numero"))["mayor"] or 0) + 1)


def plantilla_de(page, nombre):
    """The text of a template, as the page itself brings it."""
    clave = page.get_by_label("Empezar con una plantilla").locator("option", has_text=nombre).get_attribute("value")
    textos = page.evaluate("JSON.parse(document.getElementById('textos-de-plantillas').textContent)")
    return textos[clave]["puntos"]
