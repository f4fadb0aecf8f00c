"""What PostgreSQL refuses when something of one mesa is written on another, attacked around Python."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from comites.archivos_de_evidencia import preparar
from comites.models import Acuerdo, AcuerdoEnMesa, Asistencia, Comite, Movimiento, Sesion, TrozoDeEvidencia
from comites.operaciones_acuerdos import registrar_avance
from comites.operaciones_evidencias import guardar_evidencia, retirar_evidencia
from mesas.models import Puesto
from tests.fabricas import (
    asistir,
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_cuenta,
    hacer_institucion,
    hacer_integrante,
    hacer_sesion,
    reportar,
    unir,
)

pytestmark = pytest.mark.django_db


def hoy(dias=0):
    return timezone.localdate() + dt.timedelta(days=dias)


def meter(tabla, **columnas):
    """An `INSERT` that knows nothing of Python."""
    sql = f"INSERT INTO {tabla} ({', '.join(columnas)}) VALUES ({', '.join(['%s'] * len(columnas))})"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, list(columnas.values()))


def rechaza(regla, hacer, *args, **kwargs):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        hacer(*args, **kwargs)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert error.value.__cause__.diag.constraint_name == regla


def avance(acuerdo, **columnas):
    base = {"acuerdo_id": acuerdo.pk, "fecha": hoy(), "estado": "en_proceso", "texto": "x", "creado": timezone.now()}
    meter("comites_avance", **(base | columnas))


@pytest.fixture
def acuerdo(norte):
    """Of a closed plenaria of Norte, twenty days ago."""
    sesion = asistir(hacer_sesion(norte, dias=-20))
    fila = hacer_acuerdo(sesion)
    cerrar(sesion)
    fila.refresh_from_db()
    return fila


# ── The roll ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("modelo", [Asistencia, Movimiento])
def test_en_la_lista_solo_hay_asientos_de_las_mesas_que_sesionan(norte, sur, modelo):
    sesion, ajeno, propio = hacer_sesion(norte), hacer_integrante(sur), hacer_integrante(norte)
    datos = {"estado": "presente"} if modelo is Asistencia else {"tipo": "llegada", "hora": timezone.now()}
    regla = "comites_asiento_de_la_sesion"
    rechaza(regla, modelo.objects.bulk_create, [modelo(sesion=sesion, integrante=ajeno, **datos)])
    modelo.objects.create(sesion=sesion, integrante=propio, **datos)
    rechaza(regla, modelo.objects.update, integrante=ajeno)
    rechaza(regla, modelo.objects.update, sesion=hacer_sesion(sur))
    unir(sesion, sur)
    modelo.objects.create(sesion=sesion, integrante=ajeno, **datos)


def test_un_comite_sesiona_en_su_mesa(norte, sur):
    comite, regla = hacer_comite(norte), "comites_comite_de_su_mesa"
    sesion = hacer_sesion(norte, comite=comite)
    rechaza(regla, Sesion.objects.filter(pk=sesion.pk).update, mesa=sur)
    del_sur = hacer_sesion(sur)
    rechaza(regla, Sesion.objects.filter(pk=del_sur.pk).update, comite=comite, tipo="comite")
    en_sur = {"mesa": sur, "coordinacion": Puesto.objects.create(tipo="coordinacion_comite", mesa=sur, nombre="x")}
    rechaza(regla, Comite.objects.filter(pk=comite.pk).update, **en_sur)
    Sesion.objects.filter(pk=sesion.pk).update(comite=None, tipo="plenaria", numero=99, numero_anual=99)
    Comite.objects.filter(pk=comite.pk).update(**en_sur)


# ── What is said of an agreement ────────────────────────────────────────────────────────


def test_de_un_acuerdo_dicen_sus_mesas(acuerdo, norte, sur):
    de_sur = hacer_sesion(sur, dias=-1)
    rechaza("comites_sesion_del_acuerdo", avance, acuerdo, sesion_id=de_sur.pk)
    prorroga = {"de": acuerdo.vence, "al": hoy(90), "motivo": "x", "creado": timezone.now()}
    prorroga |= {"acuerdo_id": acuerdo.pk, "sesion_id": de_sur.pk}
    rechaza("comites_sesion_del_acuerdo", meter, "comites_prorroga", **prorroga)
    rechaza("comites_asiento_del_acuerdo", avance, acuerdo, reporta_id=hacer_integrante(sur).pk)
    avance(acuerdo, sesion_id=hacer_sesion(norte, dias=-1).pk, reporta_id=hacer_integrante(norte).pk)


def test_en_una_conjunta_dicen_las_dos(norte, sur):
    sesion = unir(asistir(hacer_sesion(norte, dias=-20)), sur)
    acuerdo = hacer_acuerdo(sesion)
    cerrar(sesion)
    avance(acuerdo, sesion_id=hacer_sesion(sur, dias=-1).pk, reporta_id=hacer_integrante(sur).pk)


def test_por_lo_de_un_encuentro_responde_quien_se_dijo_aunque_sea_de_otra_mesa(norte, sur):
    sesion = asistir(hacer_sesion(norte, tipo="encuentro", dias=-20))
    responsable = hacer_integrante(sur)
    acuerdo = hacer_acuerdo(sesion, institucion_responsable=None, responsable=responsable)
    cerrar(sesion)
    rechaza("comites_asiento_del_acuerdo", avance, acuerdo, reporta_id=hacer_integrante(sur).pk)
    avance(acuerdo, reporta_id=responsable.pk)


def test_un_enlace_es_de_quien_responde(acuerdo, norte, sur):
    enlace = {
        "acuerdo_id": acuerdo.pk,
        "resumen": "0" * 64,
        "para": "x@portal.example",
        "asiento_id": hacer_integrante(sur).pk,
        "creado": timezone.now(),
        "vence": timezone.now() + dt.timedelta(days=3),
    }
    rechaza("comites_asiento_del_acuerdo", meter, "comites_enlaceparareportar", **enlace)
    meter("comites_enlaceparareportar", **(enlace | {"asiento_id": hacer_integrante(norte).pk}))
    rechaza("comites_asiento_del_acuerdo", acuerdo.enlaces.update, asiento=hacer_integrante(sur))


@pytest.mark.parametrize("estado", ["reportado", "no_cumplido", "cancelado"])
def test_como_termina_un_acuerdo_lo_dice_su_ultimo_avance(acuerdo, norte, estado):
    regla, filas = "comites_estado_con_avance", Acuerdo.objects.filter(pk=acuerdo.pk)
    rechaza(regla, filas.update, estado=estado)
    abierta = hacer_sesion(norte, dias=-1)
    rechaza(regla, Acuerdo.objects.bulk_create, [Acuerdo(folio="X-1", sesion=abierta, accion="x", estado=estado)])
    Acuerdo.objects.create(folio="X-2", sesion=abierta, accion="De antes", estado=estado, historico=True)
    avance(acuerdo, estado=estado)
    assert filas.update(estado=estado) == 1


def test_lo_que_toca_a_todas_las_mesas_lo_acuerda_un_encuentro(acuerdo, sur):
    regla = "comites_encargo_de_la_red"
    rechaza(regla, AcuerdoEnMesa.objects.bulk_create, [AcuerdoEnMesa(acuerdo=acuerdo, mesa=sur)])
    sesion = asistir(hacer_sesion(sur, tipo="encuentro", dias=-20))
    encargo = AcuerdoEnMesa.objects.create(acuerdo=hacer_acuerdo(sesion), mesa=sur)
    rechaza(regla, AcuerdoEnMesa.objects.filter(pk=encargo.pk).update, acuerdo=acuerdo)


def test_un_archivo_no_pierde_sus_trozos_mientras_esta(acuerdo):
    archivo = preparar(ContentFile(b"%PDF-1.7\nx", name="acuse.pdf"))
    evidencia = guardar_evidencia(acuerdo=acuerdo, archivo=archivo, autor=None)
    rechaza("comites_archivo_entero", evidencia.trozos.all().delete)
    retirar_evidencia(evidencia=evidencia, motivo="Traía un nombre", autor=None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not TrozoDeEvidencia.objects.exists()


# ── The day of a step ───────────────────────────────────────────────────────────────────


def test_un_avance_no_es_de_antes_del_acuerdo_ni_de_lo_ultimo_ni_de_mañana(acuerdo):
    rechaza("comites_avance_en_orden", avance, acuerdo, fecha=hoy(-21))
    avance(acuerdo, fecha=hoy(-20))
    avance(acuerdo, fecha=hoy(-5))
    rechaza("comites_avance_en_orden", avance, acuerdo, fecha=hoy(-6))
    rechaza("comites_avance_de_hoy", avance, acuerdo, fecha=hoy(2))
    avance(acuerdo, fecha=hoy())


def test_la_coordinacion_anota_lo_de_otro_dia_dentro_de_lo_que_cabe(como, ana, acuerdo):
    url = reverse("coordinacion:acuerdo_avance", args=["norte", acuerdo.folio])
    datos = {"estado": "reportado", "texto": "Se entregó"}
    html = como(ana).post(url, datos | {"fecha": hoy(-30).isoformat()}).content.decode()
    assert "Pon una fecha del" in html and "Se entregó" in html
    assert como(ana).post(url, datos | {"fecha": hoy(-3).isoformat()}).status_code == 302
    html = como(ana).get(reverse("coordinacion:acuerdo", args=["norte", acuerdo.folio])).content.decode()
    assert "anotado el" in html
    assert "Pon una fecha del" in como(ana).post(url, datos | {"fecha": hoy(-4).isoformat()}).content.decode()


def test_quien_responde_reporta_hoy_aunque_mande_otra_fecha(como, norte):
    """«On time» does not rest on a date of his own choice."""
    usuario, persona = hacer_cuenta("Hugo Prueba")
    fiscalia = hacer_institucion("Fiscalía de prueba")
    hacer_integrante(norte, persona, con_cargo=True, institucion=fiscalia)
    sesion = asistir(hacer_sesion(norte, dias=-20))
    acuerdo = hacer_acuerdo(sesion, institucion_responsable=fiscalia, fecha_compromiso=hoy(-10))
    cerrar(sesion)
    pagina = como(usuario).get(reverse("coordinacion:acuerdo", args=["norte", acuerdo.folio])).content.decode()
    assert 'name="estado"' in pagina and 'name="fecha"' not in pagina
    url = reverse("coordinacion:acuerdo_avance", args=["norte", acuerdo.folio])
    como(usuario).post(url, {"estado": "reportado", "texto": "Ya estaba", "fecha": hoy(-11).isoformat()})
    assert acuerdo.avances.get().fecha == hoy()


def test_una_minuta_que_se_termina_despues_no_choca_con_lo_que_ya_se_reporto(como, ana, norte, acuerdo):
    sesion = hacer_sesion(norte, dias=-7)
    reportar(acuerdo, hoy(-2))
    registrar_avance(
        acuerdo=acuerdo, estado="en_proceso", texto="Falta", fecha=hoy(-1), autor=None, responde=False, devuelve=False
    )
    url = reverse("coordinacion:modo_anotar", args=["norte", sesion.pk, "revision"])
    respuesta = como(ana).post(
        url,
        {
            "clave": "0b8a3c1e-8d0b-4b7e-9f0e-6d1f3a2b4c5d",
            "quien": ana.pk,
            "folio": acuerdo.folio,
            "que": "sigue",
            "version": 2,
        },
    )
    assert respuesta.status_code in (200, 302), respuesta.content.decode()
    assert acuerdo.avances.last().fecha == hoy(-1)


def test_hoy_nunca_es_demasiado_pronto_aunque_otro_reloj_del_pais_ya_este_en_mañana(acuerdo):
    """Somebody of Cancún reported it at one in the morning; in Tijuana it is still the day before."""
    manana = timezone.localdate(timezone=ZoneInfo("America/Cancun"))
    reportar(acuerdo, manana)
    with timezone.override("America/Tijuana"):
        vispera = timezone.localdate()
        registrar_avance(acuerdo=acuerdo, estado="en_proceso", texto="Falta", fecha=vispera, autor=None, responde=False)
    assert acuerdo.avances.last().fecha == manana
