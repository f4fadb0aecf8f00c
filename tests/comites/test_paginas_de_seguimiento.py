"""The follow-up over HTTP: what the public reads, what each reader of the workspace reads, and what leaks to nobody."""

import csv
import datetime as dt
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comites import operaciones_publicacion
from comites.models import ActoDePublicacion, Acuerdo, Invitado, Sesion
from mesas.models import Mesa
from tests.fabricas import (
    acuerdo_publico,
    asistir,
    cerrar,
    cumplir,
    hacer_acuerdo,
    hacer_integrante,
    hacer_mesa,
    hacer_sesion,
    publicar,
)

pytestmark = pytest.mark.django_db


def hoy():
    return timezone.localdate()


def hace(dias):
    return hoy() - dt.timedelta(days=dias)


def filas(client, **parametros):
    respuesta = client.get(reverse("datos_seguimiento", args=["csv"]), parametros)
    assert respuesta.status_code == 200, respuesta.content
    lector = csv.DictReader(io.StringIO(b"".join(respuesta.streaming_content).decode()))
    return {(fila["ambito"], fila["periodo"]): fila for fila in lector}


def pagina(client, nombre="seguimiento", args=(), **parametros):
    respuesta = client.get(reverse(nombre, args=args), parametros)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def todo_lo_publico(client, **parametros):
    """Every public number, in both of its channels."""
    html = pagina(client, **parametros).split("<main", 1)[1]
    return html, filas(client, **parametros)


def publicar_sesion(sesion):
    """Through the act of its own assembly, as an agreement."""
    ActoDePublicacion.objects.create(
        punto=sesion.puntos.first(), sesion=sesion, fundamento="Por consenso", desde=hace(0)
    )
    Sesion.objects.filter(pk=sesion.pk).update(nivel="publica")


def plenaria_con(mesa, presentes=12, ausentes=3, dias=-7):
    """A closed plenaria with that roll of citizens."""
    sesion = asistir(hacer_sesion(mesa, dias=dias), presentes)
    for _ in range(ausentes):
        hacer_integrante(mesa)
    return cerrar(sesion)


# ── What is counted ─────────────────────────────────────────────────────────────────────


def test_la_red_y_la_mesa_dicen_como_va_cada_acuerdo(client, norte):
    en_plazo = acuerdo_publico(norte)
    a_tiempo = acuerdo_publico(norte, fecha_compromiso=hace(3))
    tarde = acuerdo_publico(norte, fecha_compromiso=hace(5))
    acuerdo_publico(norte, fecha_compromiso=hace(1))
    cumplir(a_tiempo, reportado=hace(3), verificado=hace(1))
    cumplir(tarde, reportado=hace(4))
    assert en_plazo.estado == "pendiente"
    for ambito in ("red", "mesa:norte"):
        fila = filas(client)[ambito, "todo"]
        contados = {c: fila[c] for c in ("acuerdos", "a_tiempo", "tarde", "vencido", "en_plazo", "exigibles")}
        assert contados == {
            "acuerdos": "4",
            "a_tiempo": "1",
            "tarde": "1",
            "vencido": "1",
            "en_plazo": "1",
            "exigibles": "3",
        }
        assert (fila["exigibles_a_tiempo"], fila["porcentaje_a_tiempo"], fila["ic_inf"]) == ("1", "", "")
    html = pagina(client)
    assert "1 de 3" in html and "Cumplidos a tiempo" in html and "De lo que se ha publicado" in html
    assert "intervalo de 95 %:" not in html, "son muy pocos para un porcentaje"


def test_con_bastantes_se_dice_el_porcentaje_con_su_intervalo(client, norte):
    sesion = asistir(hacer_sesion(norte))
    acuerdos = [hacer_acuerdo(sesion, f"Acuerdo {i}", fecha_compromiso=hace(2)) for i in range(25)]
    cerrar(sesion)
    for lugar, acuerdo in enumerate(acuerdos):
        publicar(acuerdo)
        if lugar < 14:
            cumplir(acuerdo, reportado=hace(2))
    fila = filas(client)["red", "todo"]
    assert [fila[c] for c in ("porcentaje_a_tiempo", "ic_inf", "ic_sup")] == ["56.0", "37.07", "73.33"]
    assert "14 de 25" in pagina(client) and "56 %, intervalo de 95 %: 37 a 73 %" in pagina(client)


def test_a_una_fecha_pasada_cada_acuerdo_esta_como_estaba(client, norte):
    acuerdo = acuerdo_publico(norte, fecha_compromiso=hace(3))
    cumplir(acuerdo, reportado=hace(4), verificado=hace(1))
    entonces = filas(client, fecha=hace(2).isoformat())["red", "todo"]
    assert (entonces["vencido"], entonces["a_tiempo"]) == ("1", "0")
    assert filas(client)["red", "todo"]["a_tiempo"] == "1"
    assert filas(client, fecha=hace(8).isoformat())["red", "todo"]["acuerdos"] == "0"


def test_lo_anterior_al_portal_y_sin_noticias_es_sin_seguimiento(client, norte):
    sesion = asistir(hacer_sesion(norte))
    acuerdo = Acuerdo.objects.create(sesion=sesion, folio="VIEJO-1", accion="Ratificar", historico=True)
    cerrar(sesion)
    publicar(acuerdo)
    fila = filas(client)["mesa:norte", "todo"]
    assert (fila["sin_seguimiento"], fila["exigibles"]) == ("1", "0")
    assert "Sin seguimiento registrado" in pagina(client)


def test_los_ultimos_doce_meses_toman_lo_que_se_acordo_en_ellos(client, norte):
    acuerdo_publico(norte)
    vieja = asistir(hacer_sesion(norte, dias=-400))
    viejo = hacer_acuerdo(vieja, "Acuerdo de hace más de un año")
    cerrar(vieja)
    publicar(viejo)
    datos = filas(client)
    assert (datos["red", "todo"]["acuerdos"], datos["red", "12-meses"]["acuerdos"]) == ("2", "1")
    assert datos["red", "12-meses"]["desde"] and datos["red", "todo"]["desde"] == ""
    assert filas(client, periodo="12-meses").keys() == {
        ("red", "12-meses"),
        ("encuentros", "12-meses"),
        ("mesa:norte", "12-meses"),
    }


def test_lo_inventado_tiene_su_renglon_y_no_suma(client, norte):
    acuerdo_publico(norte)
    acuerdo_publico(hacer_mesa("Inventada", "31050", es_demo=True))
    datos = filas(client)
    assert datos["red", "todo"]["acuerdos"] == "1"
    assert (datos["mesa:inventada", "todo"]["acuerdos"], datos["mesa:inventada", "todo"]["demostracion"]) == ("1", "sí")
    assert "Datos de demostración" in pagina(client)


def test_la_asistencia_publica_va_redondeada(client, norte):
    publicar_sesion(plenaria_con(norte, presentes=17, ausentes=4))
    fila = filas(client)["mesa:norte", "todo"]
    assert (fila["sesiones"], fila["asientos_ocupados"], fila["asientos"]) == ("1", "15", "20")
    assert "15 de 20" in pagina(client)


def test_una_lista_corta_no_dice_cuantos_vinieron(client, norte):
    publicar_sesion(plenaria_con(norte, presentes=4, ausentes=2))
    fila = filas(client)["mesa:norte", "todo"]
    assert (fila["sesiones"], fila["asientos_ocupados"], fila["asientos"]) == ("1", "0", "0")
    assert "demasiado cortas" in pagina(client)


def test_sin_nada_lo_dice(client, db):
    assert "No hay nada publicado que contar" in pagina(client)
    assert filas(client)["red", "todo"]["acuerdos"] == "0"


def test_en_json_los_mismos_numeros(client, norte):
    acuerdo_publico(norte)
    respuesta = client.get(reverse("datos_seguimiento", args=["json"]), {"periodo": "todo"})
    objetos = json.loads(b"".join(respuesta.streaming_content))
    assert [(o["ambito"], o["acuerdos"], o["demostracion"]) for o in objetos] == [
        ("red", 1, False),
        ("encuentros", 0, False),
        ("mesa:norte", 1, False),
    ]


# ── What is refused ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("parametros", "dice"),
    [
        ({"fecha": "ayer"}, "AAAA-MM-DD"),
        ({"fecha": "2999-01-01"}, "a hoy"),
        ({"fecha": "1999-12-31"}, "2000-01-01"),
        ({"periodo": "siempre"}, "todo, 12-meses"),
    ],
)
def test_lo_que_no_vale_se_rechaza_diciendo_que_vale(client, db, parametros, dice):
    respuesta = client.get(reverse("datos_seguimiento", args=["csv"]), parametros)
    assert respuesta.status_code == 400 and dice in respuesta.content.decode()
    respuesta = client.get(reverse("seguimiento"), parametros)
    assert respuesta.status_code == 400 and dice in respuesta.content.decode()


def test_un_parametro_que_no_existe_se_rechaza(client, db):
    respuesta = client.get(reverse("datos_seguimiento", args=["json"]), {"mesa": "norte"})
    assert respuesta.status_code == 400 and "fecha, periodo" in respuesta.json()["error"]


def test_esta_descrito_con_los_demas_datos(client, db):
    paquete = client.get(reverse("datapackage")).json()
    descritos = {recurso["name"]: recurso for recurso in paquete["resources"]}
    respuesta = client.get(reverse("datos_seguimiento", args=["csv"]))
    encabezado = b"".join(respuesta.streaming_content).decode().splitlines()[0].split(",")
    assert [campo["name"] for campo in descritos["seguimiento-csv"]["schema"]["fields"]] == encabezado


# ── Leaks ───────────────────────────────────────────────────────────────────────────────


def _sesion_privada(mesa):
    plenaria_con(mesa, presentes=20, ausentes=0, dias=-4)


def _acuerdo_privado_en_la_misma_sesion(mesa):
    """Agreed beside the public one: same day, same organ."""
    sesion = asistir(hacer_sesion(mesa, dias=-7))
    hacer_acuerdo(sesion, "Acuerdo secreto", fecha_compromiso=hace(1))
    cerrar(sesion)


def _avance_de_un_acuerdo_privado(mesa):
    sesion = asistir(hacer_sesion(mesa, dias=-5))
    acuerdo = hacer_acuerdo(sesion, fecha_compromiso=hace(1))
    cerrar(sesion)
    cumplir(acuerdo, reportado=hace(2))


def _acuerdo_para_la_red(mesa):
    sesion = asistir(hacer_sesion(mesa, dias=-5))
    hacer_acuerdo(sesion, nivel="red")
    cerrar(sesion)


def _acuerdo_retirado(mesa):
    acuerdo = acuerdo_publico(mesa)
    operaciones_publicacion.retirar_publicacion(acto=acuerdo.actos.get(), motivo="Riesgo")


def _acuerdo_cuyo_plazo_termino(mesa):
    """It was public on the day that is asked about, and no longer is."""
    sesion = asistir(hacer_sesion(mesa))
    acuerdo = hacer_acuerdo(sesion)
    cerrar(sesion)
    publicar(acuerdo, desde=hace(6), hasta=hace(1))


def _sesion_en_curso(mesa):
    hacer_acuerdo(hacer_sesion(mesa, dias=-1))


def _mesa_oculta(mesa):
    oculta = hacer_mesa("Oculta", "31051")
    acuerdo_publico(oculta)
    Mesa.objects.filter(pk=oculta.pk).update(publica=False)


PRIVADO = (
    _sesion_privada,
    _acuerdo_privado_en_la_misma_sesion,
    _avance_de_un_acuerdo_privado,
    _acuerdo_para_la_red,
    _acuerdo_retirado,
    _acuerdo_cuyo_plazo_termino,
    _sesion_en_curso,
    _mesa_oculta,
)


@pytest.mark.parametrize("ocurre", PRIVADO)
@pytest.mark.parametrize("dias", [0, 3])
def test_lo_privado_no_mueve_ningun_numero_publico(client, norte, ocurre, dias):
    acuerdo_publico(norte, fecha_compromiso=hace(2))
    publicar_sesion(plenaria_con(norte, presentes=12, ausentes=5))
    antes = todo_lo_publico(client, fecha=hace(dias).isoformat())
    ocurre(norte)
    assert todo_lo_publico(client, fecha=hace(dias).isoformat()) == antes


def test_una_persona_mas_o_menos_en_la_lista_no_se_nota_y_los_invitados_no_se_cuentan(client, norte):
    sesion = asistir(hacer_sesion(norte), 14)
    Invitado.objects.create(sesion=sesion, nombre="Invitada Escondida")
    publicar_sesion(cerrar(sesion))
    html, datos = todo_lo_publico(client)
    assert (datos["red", "todo"]["asientos_ocupados"], datos["red", "todo"]["asientos"]) == ("15", "15")
    vino = sesion.asistencias.select_related("integrante__persona").first()
    assert "Escondida" not in html and vino.integrante.persona.nombre not in html
    connection.check_constraints()
    with connection.cursor() as cursor:  # the roll of a closed session is immutable: here it is another roll
        cursor.execute("ALTER TABLE comites_asistencia DISABLE TRIGGER comites_asistencia_cerrada")
        cursor.execute("UPDATE comites_asistencia SET estado = 'ausente' WHERE id = %s", [vino.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE comites_asistencia ENABLE TRIGGER comites_asistencia_cerrada")
    assert todo_lo_publico(client) == (html, datos)


# ── Cost ────────────────────────────────────────────────────────────────────────────────


def consultas(client, nombre, args=()):
    client.get(reverse(nombre, args=args))
    with CaptureQueriesContext(connection) as contadas:
        respuesta = client.get(reverse(nombre, args=args))
        assert respuesta.status_code == 200 and respuesta.getvalue()
    return len(contadas)


def test_cuesta_lo_mismo_con_tres_mesas_y_con_treinta(como, diana, norte):
    def poblar(cuantas, desde):
        for numero in range(desde, desde + cuantas):
            mesa = hacer_mesa(f"Mesa {numero}", f"31{numero:03}")
            cumplir(acuerdo_publico(mesa, fecha_compromiso=hace(1)), reportado=hace(1))

    publicas = [("seguimiento", ()), ("datos_seguimiento", ("csv",))]
    poblar(3, 1)
    con_tres = [consultas(como(None), *url) for url in publicas] + [
        consultas(como(diana), "coordinacion:seguimiento_red"),
        consultas(como(diana), "coordinacion:seguimiento", ["mesa-1"]),
    ]
    poblar(27, 4)
    con_treinta = [consultas(como(None), *url) for url in publicas] + [
        consultas(como(diana), "coordinacion:seguimiento_red"),
        consultas(como(diana), "coordinacion:seguimiento", ["mesa-1"]),
    ]
    assert con_treinta == con_tres
    assert con_tres[:2] == [4, 4]
