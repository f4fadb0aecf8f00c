"""What the tests of the agenda share: addresses of Norte, and what its forms send."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from comites import operaciones_agenda
from comites.agenda import PuntoPrevisto
from tests.fabricas import asistir, cerrar, hacer_sesion


def en(nombre, *args):
    return reverse(f"coordinacion:{nombre}", args=["norte", *args])


def datos(organo="plenaria", *, dia=None, **cambios):
    dia = dia or timezone.localdate() + dt.timedelta(days=3)
    base = {"organo": organo, "inicio_0": dia.isoformat(), "inicio_1": "18:30", "puntos": "", "con_pendientes": "on"}
    return base | cambios


def orden_del_dia(sesion):
    return list(sesion.puntos.order_by("orden").values_list("titulo", "origen"))


def cerrada(mesa, **opciones):
    """A closed session, a week ago unless told otherwise."""
    return cerrar(asistir(hacer_sesion(mesa, **opciones)))


def lo_visto(sesion):
    """What a browser would send back of the page of the agenda, untouched."""
    puntos = list(sesion.puntos.order_by("orden"))
    cuerpo = {"firma": operaciones_agenda.firma_de(puntos), "nuevo_titulo": "", "nuevo_minutos": ""}
    for punto in puntos:
        for nombre, valor in ((f"titulo_{punto.pk}", punto.titulo), (f"minutos_{punto.pk}", punto.minutos or "")):
            cuerpo |= {nombre: valor, f"initial-{nombre}": valor}
    return cuerpo


def titulos(sesion):
    return list(sesion.puntos.order_by("orden").values_list("orden", "titulo", "minutos"))


def sesion_con_agenda(mesa):
    """A plenaria to come, with three items and minutes in two."""
    return operaciones_agenda.preparar_sesion(
        mesa=mesa,
        tipo="plenaria",
        inicio=timezone.localtime() + dt.timedelta(days=2),
        puntos=[PuntoPrevisto("Lista", 10), PuntoPrevisto("Cifras"), PuntoPrevisto("Acuerdos", 20)],
    )
