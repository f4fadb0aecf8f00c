"""A session while it meets: its roll, its quorum, its agenda and the agreements that it makes and reviews."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comites import operaciones
from comites.models import Acuerdo, Movimiento, ReglaDeQuorum
from comites.operaciones_quorum import fijar_regla
from comites.sala import momento as momento_de
from tests.comites.anotaciones import anotar
from tests.fabricas import asistir, cerrar, hacer_acuerdo, hacer_comite, hacer_cuenta, hacer_integrante, hacer_sesion

pytestmark = pytest.mark.django_db


@pytest.fixture
def sesion(norte, ana):
    return hacer_sesion(norte, dias=0)


def pagina(cliente, sesion, nombre="modo"):
    return cliente.get(reverse(f"coordinacion:{nombre}", args=["norte", sesion.pk])).content.decode()


def asiento_de(usuario):
    return usuario.persona.asientos.get().pk


# ── The roll ────────────────────────────────────────────────────────────────────────────


def consultas_ademas_de_la_cuenta(contadas):
    """Without what identifies the account, nor the savepoints that only a test has."""
    ajenas = ("SAVEPOINT", "django_session", 'WHERE "cuentas_usuario"."id"')
    return [q["sql"] for q in contadas.captured_queries if not any(ajena in q["sql"] for ajena in ajenas)]


def test_guardar_la_lista_de_25_cuesta_seis_consultas_ademas_de_la_cuenta(como, ana, norte, sesion):
    for _ in range(24):
        hacer_integrante(norte)
    cliente, hoja = como(ana), {}
    for asiento in operaciones.asientos(sesion):
        hoja |= {f"estado-{asiento.pk}": "presente", f"version-{asiento.pk}": 0}
    with CaptureQueriesContext(connection) as contadas:
        assert anotar(cliente, ana, sesion, "lista", fetch=True, **hoja).status_code == 200
    assert len(consultas_ademas_de_la_cuenta(contadas)) <= 6
    assert sesion.asistencias.filter(estado="presente", version=1).count() == 25


def test_todos_presentes_y_luego_las_excepciones(como, ana, beto, sesion):
    anotar(como(ana), ana, sesion, "todos", estado="presente")
    anotar(
        como(ana),
        ana,
        sesion,
        "asistencia",
        integrante=asiento_de(beto),
        estado="suplente",
        suplente="Laura, directora",
        nivel_suplente="directivo",
        version=1,
    )
    fila = sesion.asistencias.get(integrante=asiento_de(beto))
    assert (fila.estado, fila.suplente, fila.nivel_suplente) == ("suplente", "Laura, directora", "directivo")
    anotar(como(ana), ana, sesion, "asistencia", integrante=fila.integrante_id, estado="suplente")
    fila.refresh_from_db()
    assert fila.suplente == "Laura, directora", "otro toque no borra quién suplió"
    anotar(como(ana), ana, sesion, "asistencia", integrante=fila.integrante_id, estado="justificada", motivo="Viaje")
    fila.refresh_from_db()
    assert (fila.estado, fila.suplente, fila.nivel_suplente, fila.motivo) == ("justificada", "", "", "Viaje")


def test_quien_llega_tarde_y_quien_se_va_mueven_el_quorum_con_su_hora(como, ana, beto, norte, sesion):
    fijar_regla(mesa=norte, comite=None, desde=dt.date(2020, 1, 1), autor=ana, tipo="mayoria")
    cliente = como(ana)
    anotar(cliente, ana, sesion, "todos", estado="ausente")
    assert "No hay quórum: 0 de 2, faltan 2." in pagina(cliente, sesion)
    ahora = timezone.now()
    for quien in (ana, beto):
        anotar(cliente, ana, sesion, "llegada", integrante=asiento_de(quien), dicho_el=ahora.isoformat())
    assert "Hay quórum: 2 de 2, bastan 2." in pagina(cliente, sesion)
    anotar(cliente, ana, sesion, "salida", integrante=asiento_de(beto))
    assert "No hay quórum: 1 de 2, falta 1." in pagina(cliente, sesion)
    assert list(sesion.movimientos.values_list("integrante", "tipo")) == [
        (asiento_de(ana), "llegada"),
        (asiento_de(beto), "llegada"),
        (asiento_de(beto), "salida"),
    ]
    assert set(sesion.asistencias.values_list("estado", flat=True)) == {"presente"}


def test_irse_dos_veces_es_irse_una(como, ana, sesion):
    anotar(como(ana), ana, sesion, "todos", estado="presente")
    for _ in range(2):
        anotar(como(ana), ana, sesion, "salida", integrante=asiento_de(ana))
    assert Movimiento.objects.count() == 1


def test_quien_queda_ausente_no_conserva_entradas(como, ana, sesion):
    anotar(como(ana), ana, sesion, "llegada", integrante=asiento_de(ana))
    anotar(como(ana), ana, sesion, "asistencia", integrante=asiento_de(ana), estado="ausente")
    assert not Movimiento.objects.exists()


def test_la_hora_es_la_del_telefono_solo_si_es_creible(norte, sesion):
    assert timezone.localtime(momento_de(sesion, hora=dt.time(18, 5))).date() == sesion.dia
    assert timezone.localtime(momento_de(sesion, hora=dt.time(0, 30))).date() == sesion.dia + dt.timedelta(days=1)
    sesion.inicio = timezone.now() - dt.timedelta(hours=1)
    dicho = timezone.now() - dt.timedelta(minutes=40)
    antes = sesion.inicio - dt.timedelta(days=30)
    despues = timezone.now() + dt.timedelta(minutes=10)
    assert momento_de(sesion, dicho_el=dicho) == dicho
    for increible in (antes, despues):
        assert abs(momento_de(sesion, dicho_el=increible) - timezone.now()) < dt.timedelta(minutes=1)


def test_un_pase_con_nombre_anota_quien_ya_no_esta_y_guarda_su_quorum(como, ana, beto, norte, sesion):
    fijar_regla(mesa=norte, comite=None, desde=dt.date(2020, 1, 1), autor=ana, tipo="mayoria")
    anotar(como(ana), ana, sesion, "todos", estado="presente")
    anotar(como(ana), ana, sesion, "pase", nombre="Antes de votar", en_sala=[asiento_de(ana)])
    pase = sesion.pases.get()
    assert (pase.en_sala, pase.base, pase.requeridos) == (1, 2, 2)
    assert list(pase.movimientos.values_list("integrante", "tipo")) == [(asiento_de(beto), "salida")]
    fijar_regla(mesa=norte, comite=None, desde=None, autor=ana, tipo="numero", numero=1)
    assert "Antes de votar" in pagina(como(ana), sesion) and "No hay quórum: 1 de 2, falta 1." in pagina(
        como(ana), sesion
    )


# ── Agenda and agreements ───────────────────────────────────────────────────────────────


def test_se_avanza_por_el_orden_del_dia(como, ana, sesion):
    uno, dos = sesion.puntos.all()
    for punto in (uno, dos, dos):
        anotar(como(ana), ana, sesion, "turno", punto=punto.pk)
    assert list(sesion.turnos.values_list("punto", flat=True)) == [uno.pk, dos.pk]
    assert "Van en el 2 de 2" in pagina(como(ana), sesion)


def abierto(norte, **datos):
    acuerdo = hacer_acuerdo(hacer_sesion(norte, dias=-30), **datos)
    cerrar(acuerdo.sesion)
    return acuerdo


def test_cada_acuerdo_abierto_se_revisa_con_un_toque(como, ana, norte, sesion):
    acuerdo = abierto(norte)
    asistir(sesion)  # somebody who may look at it
    cliente = como(ana)
    for pasos, que in enumerate(("sigue", "reportado", "cumplido")):
        respuesta = anotar(cliente, ana, sesion, "revision", fetch=True, folio=acuerdo.folio, que=que, version=pasos)
        assert respuesta.status_code == 200
    acuerdo.refresh_from_db()
    assert acuerdo.estado == "cumplido"
    assert set(acuerdo.avances.values_list("sesion", flat=True)) == {sesion.pk}
    assert "Revisado hoy" in pagina(cliente, sesion)


def test_prorrogar_pide_fecha_y_motivo_y_conserva_la_primera(como, ana, norte, sesion):
    acuerdo = abierto(norte)
    nueva = acuerdo.fecha_compromiso + dt.timedelta(days=10)
    datos = {"folio": acuerdo.folio, "que": "prorroga", "al": nueva.isoformat()}
    sin_motivo = anotar(como(ana), ana, sesion, "revision", **datos)
    assert sin_motivo.status_code == 422 and "Di por qué se prorroga." in sin_motivo.content.decode()
    anotar(como(ana), ana, sesion, "revision", **datos, texto="Faltó el permiso")
    primera = acuerdo.fecha_compromiso
    acuerdo.refresh_from_db()
    assert (acuerdo.fecha_compromiso, acuerdo.vence) == (primera, nueva)
    assert acuerdo.prorrogas.get().sesion == sesion


def test_lo_que_otro_ya_reporto_no_se_da_por_no_cumplido_sin_verlo(como, ana, norte, sesion):
    acuerdo = abierto(norte)
    anotar(como(ana), ana, sesion, "revision", folio=acuerdo.folio, que="reportado", version=0)
    respuesta = anotar(como(ana), ana, sesion, "revision", folio=acuerdo.folio, que="no_cumplido", version=0)
    assert respuesta.status_code == 409
    acuerdo.refresh_from_db()
    assert acuerdo.estado == "reportado"


def test_nadie_verifica_lo_suyo_ni_en_sesion(como, ana, norte, sesion):
    acuerdo = abierto(norte, institucion_responsable=None, responsable=ana.persona.asientos.get())
    asistir(sesion)
    anotar(como(ana), ana, sesion, "revision", folio=acuerdo.folio, que="reportado")
    respuesta = anotar(como(ana), ana, sesion, "revision", folio=acuerdo.folio, que="cumplido")
    assert respuesta.status_code == 422 and "Nadie verifica lo suyo" in respuesta.content.decode()


def test_no_se_revisa_un_acuerdo_de_otro_organo_ni_de_otra_mesa(como, ana, norte, sur, sesion):
    de_comite = hacer_acuerdo(hacer_sesion(norte, comite=hacer_comite(norte), dias=-30))
    cerrar(de_comite.sesion)
    ajeno = abierto(sur)
    assert anotar(como(ana), ana, sesion, "revision", folio=de_comite.folio, que="sigue").status_code == 422
    assert anotar(como(ana), ana, sesion, "revision", folio=ajeno.folio, que="sigue").status_code == 422
    texto = pagina(como(ana), sesion)
    assert de_comite.folio not in texto and ajeno.folio not in texto


def test_quien_responde_es_alguien_de_esta_sesion(como, ana, sur, sesion):
    ajeno = hacer_integrante(sur)
    respuesta = anotar(como(ana), ana, sesion, "acuerdo", accion="Instalar", quien_responde=f"i{ajeno.pk}")
    assert respuesta.status_code == 422 and not Acuerdo.objects.exists()


# ── The rule of quorum ──────────────────────────────────────────────────────────────────


def nueva_regla(cliente, **datos):
    inicial = {"organo": "plenaria", "tipo": "mayoria", "valen_suplentes": "on"}
    return cliente.post(reverse("coordinacion:quorum", args=["norte"]), inicial | datos)


def test_la_regla_se_cambia_desde_un_dia_y_la_anterior_queda(como, ana, norte):
    assert nueva_regla(como(ana), desde="2020-01-01").status_code == 302
    nueva_regla(como(ana), tipo="fraccion", numerador=2, denominador=3, desde="2024-06-01")
    assert list(ReglaDeQuorum.objects.order_by("desde").values_list("tipo", "desde", "hasta")) == [
        ("mayoria", dt.date(2020, 1, 1), dt.date(2024, 6, 1)),
        ("fraccion", dt.date(2024, 6, 1), None),
    ]
    tarde = nueva_regla(como(ana), desde="2021-01-01").content.decode()
    assert "La regla vigente empezó el 1 de junio de 2024" in tarde
    mala = nueva_regla(como(ana), tipo="fraccion", numerador=3, denominador=2).content.decode()
    assert "No puede ser mayor que lo de abajo" in mala


def test_quien_coordina_un_comite_escribe_solo_la_suya(como, beto, norte):
    fidel, persona = hacer_cuenta("Fidel Prueba")
    hacer_integrante(norte, persona)
    comite = hacer_comite(norte, persona=persona)
    assert nueva_regla(como(fidel)).status_code == 200
    assert nueva_regla(como(fidel), organo=f"comite:{comite.pk}").status_code == 302
    assert nueva_regla(como(beto)).status_code == 403
    assert ReglaDeQuorum.objects.get().comite == comite
