"""Whoever answers without an account gets, in the reminder itself, a link that serves once."""

import pytest

from comites.models import EnlaceParaReportar
from comites.operaciones_publicacion import cambiar_nivel
from tests.comites.test_avisos import correr, de_un_integrante, recordatorios
from tests.fabricas import reservada

pytestmark = pytest.mark.django_db


def test_correr_otra_vez_no_cambia_el_enlace_que_ya_salio_y_el_aviso_siguiente_trae_otro(norte):
    de_un_integrante(norte, None, correo_responsable="oficina@gobierno.example", dias=15)
    correr()
    correr()
    primero = EnlaceParaReportar.objects.get()
    assert primero.situacion == "abierto"
    correr(dias=12)
    assert [fila.situacion for fila in EnlaceParaReportar.objects.order_by("pk")] == ["revocado", "abierto"]


def test_lo_reservado_no_abre_enlaces_por_si_solo(norte):
    acuerdo = de_un_integrante(norte, None, correo_responsable="oficina@gobierno.example", dias=3)
    cambiar_nivel(fila=acuerdo, **reservada())
    correr()
    assert "Cuéntale a la coordinación" in recordatorios().get().texto
    assert not EnlaceParaReportar.objects.exists()
