"""Joint sessions: another mesa enters only when its coordination says yes."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from comites import operaciones
from comites.models import Envio, InvitacionConjunta, Sesion
from cuentas.models import Correo
from mesas.models import Cargo
from tests.fabricas import asistir, cerrar, hacer_integrante, hacer_mesa, hacer_sesion, unir

pytestmark = pytest.mark.django_db


@pytest.fixture
def sesion(norte):
    fila = hacer_sesion(norte, dias=10, puntos=("Corredor carretero", "Lo de Norte"), empezar=False)
    Sesion.objects.filter(pk=fila.pk).update(lugar="Salón escondido")
    fila.refresh_from_db()
    return fila


def en(nombre, mesa, *args):
    return reverse(f"coordinacion:{nombre}", args=[mesa, *args])


@pytest.fixture
def invitacion(como, ana, carla, sesion):
    como(ana).post(en("conjunta", "norte", sesion.pk), {"mesa": "sur", "recado": "Nos toca el mismo corredor"})
    return InvitacionConjunta.objects.get()


def responder(cliente, invitacion, si=True, mesa="sur", **mas):
    return cliente.post(en("invitacion", mesa, invitacion.pk), {"acepta": "si" if si else "no"} | mas, follow=True)


def test_mientras_no_aceptan_nadie_de_la_otra_mesa_ve_la_sesion(como, ana, carla, invitacion, sesion):
    assert list(sesion.mesas.all()) == []
    assert como(carla).get(en("sesion", "sur", sesion.pk)).status_code == 404
    tablero = como(carla).get(en("mesa", "sur")).content.decode()
    assert "Norte te invita a sesionar juntas" in tablero and "Ver la invitación" in tablero
    assert "Corredor carretero" not in tablero and "Salón escondido" not in tablero
    pagina = como(carla).get(en("invitacion", "sur", invitacion.pk)).content.decode()
    assert "Nos toca el mismo corredor" in pagina and "Salón escondido" in pagina
    assert "Lo de Norte" not in pagina
    assert "Sur (sin responder)" in como(ana).get(en("sesion", "norte", sesion.pk)).content.decode()


def test_al_aceptar_entra_con_sus_asientos_y_al_arrepentirse_sale(como, ana, carla, invitacion, sesion, sur):
    responder(como(carla), invitacion, motivo="Con gusto")
    assert list(sesion.mesas.all()) == [sur]
    suya = como(carla).get(en("sesion", "sur", sesion.pk)).content.decode()
    assert "Corredor carretero" in suya and "lleva su acta Norte" in suya
    assert como(carla).get(en("agenda", "sur", sesion.pk)).status_code == 403
    assert set(operaciones.asientos(sesion).values_list("mesa__slug", flat=True)) == {"norte", "sur"}
    assert "«Con gusto»" in como(ana).get(en("conjunta", "norte", sesion.pk)).content.decode()
    assert "te invita" not in como(carla).get(en("mesa", "sur")).content.decode()
    responder(como(carla), invitacion, si=False)
    assert list(sesion.mesas.all()) == []
    assert como(carla).get(en("sesion", "sur", sesion.pk)).status_code == 404


def test_la_respuesta_repetida_no_cambia_nada_ni_avisa_dos_veces(como, carla, invitacion):
    for _ in range(2):
        responder(como(carla), invitacion)
    invitacion.refresh_from_db()
    assert invitacion.estado == "aceptada"
    assert Correo.objects.filter(asunto__contains="acepta").count() == 1


def test_se_avisa_por_correo_sin_decir_el_lugar_ni_la_agenda(como, ana, carla, invitacion, sesion):
    ida = Envio.objects.get()
    assert (ida.correo.para, ida.mesa.slug, ida.persona) == (carla.email, "norte", carla.persona)
    assert en("invitacion", "sur", invitacion.pk) in ida.correo.texto
    responder(como(carla), invitacion, si=False, motivo="Ese día no")
    vuelta = Envio.objects.exclude(pk=ida.pk).get()
    assert vuelta.correo.para == ana.email and "Ese día no" in vuelta.correo.texto
    for envio in (ida, vuelta):
        assert "Salón escondido" not in envio.correo.texto and "Corredor carretero" not in envio.correo.texto


def test_responde_solo_quien_coordina_la_mesa_invitada(como, ana, beto, carla, diana, norte, sur, invitacion):
    integrante = hacer_integrante(sur, beto.persona)
    casos = ((None, "sur", 302), (beto, "sur", 404), (ana, "sur", 404), (ana, "norte", 404), (diana, "sur", 200))
    for quien, mesa, codigo in casos:
        url = en("invitacion", mesa, invitacion.pk)
        assert como(quien).get(url).status_code == codigo
        if codigo != 200:
            assert como(quien).post(url, {"acepta": "si"}).status_code == (codigo if quien else 401)
    assert "te invita" not in como(beto).get(en("mesa", "sur")).content.decode()
    integrante.delete()
    Cargo.objects.filter(persona=carla.persona).update(hasta=timezone.localdate())
    assert como(carla).post(en("invitacion", "sur", invitacion.pk), {"acepta": "si"}).status_code == 404
    invitacion.refresh_from_db()
    assert invitacion.estado == "propuesta"


def test_una_respuesta_que_no_se_entiende_pregunta_otra_vez(como, carla, invitacion):
    url = en("invitacion", "sur", invitacion.pk)
    for cuerpo in ({}, {"acepta": "tal vez", "motivo": "Déjame ver"}):
        pagina = como(carla).post(url, cuerpo)
        assert pagina.status_code == 200 and "Di si aceptan o no." in pagina.content.decode()
    assert "Déjame ver" in pagina.content.decode()


def test_lo_retirado_ya_no_se_acepta_y_se_puede_volver_a_invitar(como, ana, carla, invitacion, sesion, sur):
    retirar = en("conjunta_retirar", "norte", sesion.pk)
    responder(como(carla), invitacion)
    como(ana).post(retirar, {"invitacion": invitacion.pk})
    assert list(sesion.mesas.all()) == []
    assert como(carla).post(en("invitacion", "sur", invitacion.pk), {"acepta": "si"}).status_code == 404
    assert "ya no estaba en pie" in como(ana).post(retirar, {"invitacion": invitacion.pk}, follow=True).content.decode()
    como(ana).post(en("conjunta", "norte", sesion.pk), {"mesa": "sur"})
    responder(como(carla), invitacion)
    assert list(sesion.mesas.all()) == [sur] and InvitacionConjunta.objects.count() == 1


def test_una_vez_que_empieza_nadie_sale_y_cerrada_nadie_entra(como, ana, carla, norte, sur):
    sesion = unir(hacer_sesion(norte), sur)
    invitacion = sesion.invitaciones.get()
    assert "ya empezó con las dos mesas" in responder(como(carla), invitacion, si=False).content.decode()
    como(ana).post(en("conjunta_retirar", "norte", sesion.pk), {"invitacion": invitacion.pk})
    assert list(sesion.mesas.all()) == [sur]
    otra = hacer_mesa("Oriente", "21114")
    tarde = InvitacionConjunta.objects.create(sesion=sesion, mesa=otra)
    cerrar(asistir(sesion))
    pagina = como(ana).post(en("conjunta", "norte", sesion.pk), {"mesa": "oriente"}, follow=True).content.decode()
    assert "ya no cambia" in pagina
    assert como(carla).get(en("invitacion", "sur", invitacion.pk)).status_code == 404
    with pytest.raises(IntegrityError, match="ya no cambia"), transaction.atomic():
        InvitacionConjunta.objects.filter(pk=tarde.pk).update(estado="aceptada")


def test_se_buscan_mesas_por_nombre_o_municipio_y_solo_las_que_se_ven(como, ana, sesion, sur):
    hacer_mesa("Secreta", "31002", publica=False)
    hacer_mesa("Inventada", "31003", es_demo=True)
    url = en("conjunta", "norte", sesion.pk)
    assert 'value="sur"' in como(ana).get(url, {"q": "merida"}).content.decode()
    for buscado in ("secreta", "inventada", "norte"):
        pagina = como(ana).get(url, {"q": buscado}).content.decode()
        assert "Ninguna mesa por invitar se llama así" in pagina and f'value="{buscado}"' in pagina
    for slug in ("secreta", "inventada", "norte", "nadie", ""):
        assert como(ana).post(url, {"mesa": slug}).status_code == 404
    for cual in ("0", "abc", "9" * 30):
        assert como(ana).post(en("conjunta_retirar", "norte", sesion.pk), {"invitacion": cual}).status_code == 404
    assert not InvitacionConjunta.objects.exists()


def test_la_invitacion_de_otra_sesion_no_se_retira_con_su_numero(como, carla, invitacion, sur):
    propia = hacer_sesion(sur, dias=3, empezar=False)
    url = en("conjunta_retirar", "sur", propia.pk)
    assert como(carla).post(url, {"invitacion": invitacion.pk}).status_code == 404
    invitacion.refresh_from_db()
    assert invitacion.estado == "propuesta"


def test_invitar_dos_veces_lo_dice(como, ana, carla, invitacion, sesion):
    pagina = como(ana).post(en("conjunta", "norte", sesion.pk), {"mesa": "sur"}, follow=True).content.decode()
    assert "Sur ya está invitada a esta sesión." in pagina
    assert Correo.objects.count() == 1


def test_crear_una_sesion_conjunta_lleva_a_elegir_a_quien_invitar(como, ana, norte):
    dia = timezone.localdate() + dt.timedelta(days=2)
    cuerpo = {"organo": "plenaria", "inicio_0": dia.isoformat(), "inicio_1": "18:00", "conjunta": "on"}
    respuesta = como(ana).post(en("sesion_nueva", "norte"), cuerpo)
    assert respuesta.url == en("conjunta", "norte", Sesion.objects.get().pk)


# ── What PostgreSQL keeps ───────────────────────────────────────────────────────────────


def sql(texto, *valores):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(texto, valores)


def test_la_base_no_deja_entrar_a_quien_no_acepto(norte, sur, sesion):
    entrar = "INSERT INTO comites_sesion_mesas (sesion_id, mesa_id) VALUES (%s, %s)"
    with pytest.raises(IntegrityError, match="cuando su coordinación acepta"):
        sql(entrar, sesion.pk, sur.pk)
    InvitacionConjunta.objects.create(sesion=sesion, mesa=sur)
    with pytest.raises(IntegrityError, match="cuando su coordinación acepta"):
        sql(entrar, sesion.pk, sur.pk)
    sql("UPDATE comites_invitacionconjunta SET estado = 'aceptada'")
    assert list(sesion.mesas.all()) == [sur]
    oriente = hacer_mesa("Oriente", "21114")
    with pytest.raises(IntegrityError, match="cuando su coordinación acepta"):
        sql("UPDATE comites_sesion_mesas SET mesa_id = %s", oriente.pk)
    with pytest.raises(IntegrityError, match="no cambia de mesa ni de sesión"):
        sql("UPDATE comites_invitacionconjunta SET mesa_id = %s", oriente.pk)
    sql("DELETE FROM comites_invitacionconjunta")
    assert list(sesion.mesas.all()) == []


def test_la_base_sabe_quien_puede_invitar_a_quien(norte, sur, sesion):
    inventada = hacer_mesa("Inventada", "31003", es_demo=True)
    encuentro = hacer_sesion(norte, tipo="encuentro")
    nueva = (
        "INSERT INTO comites_invitacionconjunta (sesion_id, mesa_id, estado, propuesta_el) VALUES (%s, %s, %s, now())"
    )
    for de, a, estado, regla in (
        (sesion, norte, "propuesta", "no se invita a sí misma"),
        (sesion, inventada, "propuesta", "Una mesa de demostración"),
        (encuentro, sur, "propuesta", "A un encuentro"),
        (sesion, sur, "tal_vez", "comites_invitacion_estado"),
    ):
        with pytest.raises(IntegrityError, match=regla):
            sql(nueva, de.pk, a.pk, estado)
    sql(nueva, sesion.pk, sur.pk, "propuesta")
    with pytest.raises(IntegrityError, match="comites_invitacion_unica"):
        sql(nueva, sesion.pk, sur.pk, "propuesta")
