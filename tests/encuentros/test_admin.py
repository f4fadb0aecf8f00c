"""The desk of México SOS: lists, and rules that only PostgreSQL knows said in its form."""

import pytest
from django.urls import reverse

from encuentros.models import Propuesta, Votacion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("modelo", ["encuentro", "rubro", "propuesta", "votacion"])
def test_las_listas_y_los_formularios_abren(como, diana, tercer_encuentro, modelo):
    cliente = como(diana)
    assert cliente.get(reverse(f"admin:encuentros_{modelo}_changelist")).status_code == 200
    assert cliente.get(reverse(f"admin:encuentros_{modelo}_changelist"), {"q": "sede"}).status_code == 200
    assert cliente.get(reverse(f"admin:encuentros_{modelo}_add")).status_code == 200


def test_unir_propuestas_desde_la_lista(como, diana, tercer_encuentro):
    una, otra = tercer_encuentro.propuestas.filter(rubro__clave="financiamiento")
    datos = {"action": "unir", "_selected_action": [una.pk, otra.pk]}
    como(diana).post(reverse("admin:encuentros_propuesta_changelist"), datos)
    assert Propuesta.objects.get(pk=otra.pk).fusionada_en == una


@pytest.mark.django_db(transaction=True)
def test_mas_votos_que_padron_es_un_error_del_formulario(como, diana, tercer_encuentro):
    votacion = Votacion.objects.get()
    opciones = list(votacion.opciones.all())
    datos = {
        "encuentro": tercer_encuentro.pk,
        "asunto": votacion.asunto,
        "electorado": votacion.electorado,
        "regla": votacion.regla,
        "base": votacion.base,
        "fuente": votacion.fuente,
        "padron": "30",
        "opciones-TOTAL_FORMS": len(opciones),
        "opciones-INITIAL_FORMS": len(opciones),
    }
    for lugar, opcion in enumerate(opciones):
        fila = {"id": opcion.pk, "votacion": votacion.pk, "nombre": opcion.nombre, "votos": opcion.votos}
        datos |= {f"opciones-{lugar}-{campo}": valor for campo, valor in fila.items()}
    respuesta = como(diana).post(reverse("admin:encuentros_votacion_change", args=[votacion.pk]), datos)
    assert respuesta.status_code == 200
    assert "Hay más votos que personas o mesas en el padrón." in respuesta.content.decode()
    votacion.refresh_from_db()
    assert votacion.padron is None
