"""The record of a load in the admin, taking it back, and the municipalities to look at."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from indicadores.models import Alcance, Carga
from mesas.models import Municipio
from tests.fabricas import hacer_cuenta
from tests.indicadores.subidas.conftest import adjunto, cuerpo
from tests.indicadores.test_cargas import foto

pytestmark = pytest.mark.django_db


@pytest.fixture
def dos_cargas(subir, atender):
    """One of 2023 and 2024, and over it one that also brings 2025: (the old, the new, what was seen before)."""
    subir(adjunto(nombre="vieja.csv"))
    atender()
    antes = foto()
    subir(adjunto(nombre="nueva.csv", anios=(2023, 2024, 2025), hasta=3))
    atender()
    return Carga.objects.get(archivo="vieja.csv"), Carga.objects.get(archivo="nueva.csv"), antes


def ver(carga):
    return reverse("admin:indicadores_carga_change", args=[carga.pk])


def deshacer(carga):
    return reverse("admin:indicadores_carga_deshacer", args=[carga.pk])


def test_la_pagina_de_una_carga(mesa_de_diana, dos_cargas, diana):
    vieja, nueva, _ = dos_cargas
    html = cuerpo(mesa_de_diana.get(ver(nueva)))
    for dicho in (
        nueva.sha256,
        str(diana),
        "En vigor",
        "marzo de 2025",
        "Totales de control",
        "No había con qué",
    ):
        assert dicho in html
    assert "Reemplazada" in cuerpo(mesa_de_diana.get(ver(vieja)))
    lista = mesa_de_diana.get(reverse("admin:indicadores_carga_changelist")).content.decode()
    assert "En vigor" in lista and "Reemplazada" in lista and "Municipios sin población" in lista


def test_deshacer_dice_que_vuelve_y_pide_confirmar(mesa_de_diana, dos_cargas, diana):
    _, nueva, antes = dos_cargas
    assert deshacer(nueva) in mesa_de_diana.get(ver(nueva)).content.decode()
    html = cuerpo(mesa_de_diana.get(deshacer(nueva)))
    assert "vieja.csv" in html and "2023 a 2024" in html
    assert "<strong>1 bloque</strong> no tenía cifras antes" in html
    assert foto() != antes, "looking undoes nothing"
    respuesta = mesa_de_diana.post(deshacer(nueva))
    assert respuesta.url == ver(nueva)
    assert foto() == antes
    nueva.refresh_from_db()
    assert nueva.deshecha and nueva.deshecha_por == diana
    html = mesa_de_diana.get(ver(nueva)).content.decode()
    assert "Deshecha" in html and "Deshacer esta carga" not in html
    otra_vez = mesa_de_diana.post(deshacer(nueva), follow=True).content.decode()
    assert "ya está deshecha" in otra_vez and foto() == antes


def test_no_se_deshace_lo_que_otra_reemplazo(mesa_de_diana, dos_cargas):
    vieja, _, _ = dos_cargas
    ahora = foto()
    html = cuerpo(mesa_de_diana.get(deshacer(vieja)))
    assert "Primero deshaz" in html and "<form" not in html
    assert "Primero deshaz" in mesa_de_diana.post(deshacer(vieja), follow=True).content.decode()
    assert foto() == ahora


def test_no_se_deshace_si_ya_no_se_conserva_la_anterior(mesa_de_diana, dos_cargas):
    vieja, nueva, _ = dos_cargas
    Alcance.objects.filter(carga=vieja).delete()
    html = cuerpo(mesa_de_diana.get(deshacer(nueva)))
    assert "Ya no se conserva la carga anterior" in html and "<form" not in html


def test_lo_que_se_deshizo_se_puede_subir_otra_vez(mesa_de_diana, dos_cargas, subir, atender):
    _, nueva, _ = dos_cargas
    despues = len(foto())
    mesa_de_diana.post(deshacer(nueva))
    subir(adjunto(nombre="nueva.csv", anios=(2023, 2024, 2025), hasta=3))
    atender()
    assert len(foto()) == despues and Carga.objects.filter(archivo="nueva.csv").count() == 2


def test_quien_solo_mira_no_deshace(como, mesa_de_diana, dos_cargas):
    _, nueva, _ = dos_cargas
    otra, _ = hacer_cuenta("Otra Persona", es_personal=True)
    otra.user_permissions.set(otra.user_permissions.model.objects.filter(codename="view_carga"))
    otra.authenticator_set.create(type="totp", data={"secret": "prueba"})
    cliente = como(otra)
    pagina = cliente.get(ver(nueva)).content.decode()
    assert nueva.sha256 in pagina and "Deshacer" not in pagina
    assert cliente.get(deshacer(nueva)).status_code == cliente.post(deshacer(nueva)).status_code == 403
    assert cliente.get(reverse("admin:indicadores_carga_sin_poblacion")).status_code == 200
    nueva.refresh_from_db()
    assert nueva.deshecha is None
    assert como(None).get(deshacer(nueva)).url.startswith("/admin/login/")


def test_un_municipio_desconocido_se_da_de_alta_y_se_lista(mesa_de_diana, subir, atender):
    url = reverse("admin:indicadores_carga_sin_poblacion")
    assert "Ninguno." in cuerpo(mesa_de_diana.get(url))
    subir(adjunto(municipios=("28003", "28009", "28038", "28777")))
    atender()
    assert Municipio.objects.get(clave="28777")
    html = cuerpo(mesa_de_diana.get(url))
    assert html.count("28777") == 4 and "En un archivo oficial" in html, "code and name, in both lists"
    assert "28038" not in html


def test_por_orden(dos_cargas, capsys):
    vieja, nueva, antes = dos_cargas
    call_command("deshacer_carga", str(nueva.pk), simular=True)
    dicho = capsys.readouterr().out
    assert "vieja.csv" in dicho and "Se quedan sin cifras 1" in dicho and "no se deshizo nada" in dicho
    with pytest.raises(CommandError, match="Primero deshaz"):
        call_command("deshacer_carga", str(vieja.pk))
    call_command("deshacer_carga", str(nueva.pk))
    assert foto() == antes
    with pytest.raises(CommandError, match="No hay una carga"):
        call_command("deshacer_carga", "999999")
