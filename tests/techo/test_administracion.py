"""The staff's desk, page by page: every list opens, costs the same with more rows, and speaks Spanish."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.fabricas import acuerdo_publico, hacer_acuerdo, hacer_comite, hacer_integrante, hacer_mesa, hacer_sesion

pytestmark = pytest.mark.django_db

APPS = ("mesas", "comites", "encuentros", "indicadores")
MODELOS = [modelo for modelo in admin.site._registry if modelo._meta.app_label in APPS]
CON_EXPORTACION = [modelo for modelo in MODELOS if hasattr(admin.site._registry[modelo], "resource_classes")]


def nombre(modelo):
    return modelo._meta.model_name


def lista_de(modelo):
    return reverse(f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_changelist")


def poblar(mesa, desde, cuantos):
    for numero in range(desde, desde + cuantos):
        hacer_integrante(mesa, con_cargo=numero % 2 == 0)
        acuerdo_publico(mesa, f"Instalar la cámara {numero}")
        hacer_mesa(f"Mesa {numero}", f"{14000 + numero:05d}")


def test_todo_lo_que_se_registra_tiene_su_pagina():
    sin_pagina = {
        modelo._meta.label
        for app in APPS
        for modelo in apps.get_app_config(app).get_models()
        if modelo not in admin.site._registry and not modelo._meta.auto_created
    }
    # These are read and written inside the page of the row they hang from.
    dentro = {
        "comites.Acta",  # minutes are read and printed in the workspace
        "comites.Adenda",
        "comites.Asistencia",
        "comites.Avance",
        "comites.Captura",
        "comites.Contacto",
        "comites.Convocatoria",
        "comites.DireccionDeCalendario",
        "comites.Eslabon",
        "comites.Extracto",
        "comites.FrecuenciaDeSesiones",
        "comites.InvitacionConjunta",
        "comites.Movimiento",
        "comites.NombreEnCompartido",  # the same, of what is shared with the network
        "comites.NombreEnActo",  # PostgreSQL writes it; who is stopped is told in «Publicación»
        "comites.Objecion",
        "comites.PaseDeLista",
        "comites.PreferenciaDeAvisos",  # each person's own
        "comites.ReglaDeQuorum",
        "comites.TextoBuscable",
        "comites.Turno",
        "comites.AcuerdoEnMesa",  # the share of each mesa, in the page of its agreement
        "comites.EnlaceParaReportar",
        "comites.Envio",
        "comites.Evidencia",  # files are read only through the door of their agreement
        "comites.Invitado",
        "comites.Prorroga",
        "comites.PuntoDelOrden",
        "comites.RespuestaDeMesa",
        "comites.TrozoDeEvidencia",
        "comites.VisitaDeEnlace",
        "encuentros.CifraDeclarada",
        "encuentros.Difusion",
        "encuentros.Documento",
        "encuentros.Nota",
        "encuentros.OpcionDeVotacion",
        "encuentros.ParticipacionDeMesa",
        "mesas.AliasDeMesa",
        "mesas.EventoDeVida",
        "indicadores.ArchivoRecibido",  # seen in the page of its upload
        "indicadores.Cambio",
        "indicadores.Control",
        "indicadores.Conteo",  # millions of official figures: they are read in the pages of indicators
        "indicadores.Objetivo",  # declared in the page of the agreement
        "indicadores.Poblacion",
        "indicadores.Presencia",
        "indicadores.Trozo",
    }
    assert sin_pagina <= dentro


@pytest.mark.parametrize("modelo", MODELOS, ids=nombre)
def test_cada_lista_cuesta_lo_mismo_con_mas_filas(como, diana, norte, modelo):
    comite = hacer_comite(norte)
    hacer_acuerdo(hacer_sesion(norte, comite=comite))
    poblar(norte, 1, 3)
    cliente = como(diana)
    consultas = []
    for cuantos in (0, 12):
        poblar(norte, 20, cuantos)
        cliente.get(lista_de(modelo))
        with CaptureQueriesContext(connection) as contadas:
            assert cliente.get(lista_de(modelo)).status_code == 200
        consultas.append(len(contadas))
    assert consultas[0] == consultas[1]


@pytest.mark.parametrize("modelo", CON_EXPORTACION, ids=nombre)
@pytest.mark.parametrize("formato", [0, 1], ids=["csv", "xlsx"])
def test_cada_hoja_sale_en_los_dos_formatos(como, diana, norte, modelo, formato):
    poblar(norte, 1, 2)
    url = reverse(f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_export")
    pagina = como(diana).get(url)
    assert pagina.status_code == 200
    casillas = re.findall(
        r'name="([\w-]+)"[^>]*type="checkbox"|type="checkbox"[^>]*name="([\w-]+)"', pagina.content.decode()
    )
    campos = {uno or otro: "on" for uno, otro in casillas}
    respuesta = como(diana).post(url, {"format": formato, "resource": "0", **campos})
    assert respuesta.status_code == 200
    assert "attachment" in respuesta["Content-Disposition"]


def test_lo_reservado_lo_ve_solo_quien_coordina_la_red(como, diana, norte):
    sesion = hacer_sesion(norte)
    hacer_acuerdo(sesion, "Cambiar la ruta nocturna", nivel="reservada")
    url = reverse("admin:comites_acuerdo_changelist")
    assert "Cambiar la ruta nocturna" in como(diana).get(url).content.decode()
    diana.user_permissions.remove(*diana.user_permissions.filter(codename="coordinar_red"))
    assert "Cambiar la ruta nocturna" not in como(diana).get(url).content.decode()
    exportado = como(diana).post(
        reverse("admin:comites_acuerdo_export"), {"format": 0, "resource": "0", "recursodeacuerdos_accion": "on"}
    )
    assert "Cambiar la ruta nocturna" not in exportado.getvalue().decode()


def test_la_minuta_no_se_toca_desde_la_administracion(como, diana, norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    for modelo, fila in (("sesion", sesion), ("acuerdo", acuerdo)):
        cliente = como(diana)
        assert cliente.get(reverse(f"admin:comites_{modelo}_add")).status_code == 403
        assert cliente.post(reverse(f"admin:comites_{modelo}_change", args=[fila.pk]), {}).status_code == 403
        assert (
            cliente.post(reverse(f"admin:comites_{modelo}_delete", args=[fila.pk]), {"post": "yes"}).status_code == 403
        )


def test_el_escritorio_habla_de_tu_y_en_espanol(como, diana, norte):
    """The stock catalogue of es_MX is half translated, and speaks of «usted»."""
    cliente = como(diana)
    de_norte = f"/admin/mesas/mesa/{norte.pk}"
    rutas = ("/admin/", "/admin/mesas/mesa/", "/admin/mesas/mesa/?q=zzz", f"{de_norte}/change/", f"{de_norte}/history/")
    html = " ".join(cliente.get(ruta).content.decode() for ruta in rutas)
    for ajeno in ("0 results", "Seleccione", "Bienvenid", "os/as", "Por visible", "Recent actions", "Clear all"):
        assert ajeno not in html
    for propio in ("Hola,", "Lo más reciente", "Historia de cambios", "0 resultados", "Selección: 0 de"):
        assert propio in html
    errores = cliente.post("/admin/mesas/mesa/add/", {"slug": "con espacio"}).content.decode()
    assert "Usa solo letras sin acento" in errores and "Corrige los errores de abajo" in errores
    del_calendario = cliente.get("/admin/jsi18n/").content.decode()
    assert '"Choose a Date": "Elige una fecha"' in del_calendario and '"January": "enero"' in del_calendario
