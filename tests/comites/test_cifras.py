"""Figures by organ and by institution, against which date, and the file to take away."""

import csv
import datetime as dt
import io

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comites import operaciones
from comites.models import Asistencia, FrecuenciaDeSesiones, Invitado, Prorroga, Sesion
from comites.operaciones_frecuencias import decir_frecuencia
from comites.pulso import REGLA
from comites.seguimiento import Desenlace
from mesas.models import EventoDeVida, Mesa
from tests import fabricas
from tests.fabricas import (
    asistir,
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_cuenta,
    hacer_institucion,
    hacer_integrante,
    hacer_mesa,
    hacer_persona,
    hacer_sesion,
)

con_base = pytest.mark.django_db


def hace(dias):
    return timezone.localdate() - dt.timedelta(days=dias)


def html_de(client, nombre, *args, **parametros):
    respuesta = client.get(reverse(f"coordinacion:{nombre}", args=args), parametros)
    assert respuesta.status_code == 200, respuesta.content.decode()[:500]
    return respuesta.content.decode().split("<main", 1)[1]


def csv_de(client, nombre, *args, **parametros):
    respuesta = client.get(reverse(f"coordinacion:{nombre}", args=args), parametros)
    assert respuesta.status_code == 200
    texto = b"".join(respuesta.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(texto))), texto


# ── Against which date ──────────────────────────────────────────────────────────────────


@pytest.fixture
def vencido(norte):
    """Agreed 60 days ago for 30 days ago."""
    reunion = asistir(hacer_sesion(norte, dias=-60))
    fila = hacer_acuerdo(reunion, fecha_compromiso=hace(30))
    cerrar(reunion)
    return fila


def prorrogar(fila, *, al, el):
    """An extension recorded on a past day."""
    momento = timezone.make_aware(dt.datetime.combine(el, dt.time(12)))
    fila.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO comites_prorroga (acuerdo_id, de, al, motivo, creado) VALUES (%s, %s, %s, 'Faltó cable', %s)",
            [fila.pk, fila.vence, al, momento],
        )


def cumplir(fila, el):
    fabricas.cumplir(fila, reportado=el)


def fila_de_la_mesa(client, **parametros):
    filas, _ = csv_de(client, "seguimiento_csv", "norte", **parametros)
    return filas[0]


@con_base
@pytest.mark.parametrize(
    ("prorroga_hace", "reporte_hace", "a_tiempo"), [(35, 20, True), (20, 20, True), (15, 20, False), (35, 4, False)]
)
def test_a_tiempo_es_contra_la_fecha_vigente_el_dia_en_que_se_reporto(
    como, ana, vencido, prorroga_hace, reporte_hace, a_tiempo
):
    prorrogar(vencido, al=hace(5), el=hace(prorroga_hace))
    cumplir(vencido, hace(reporte_hace))
    fila = fila_de_la_mesa(como(ana))
    assert (fila["a_tiempo"], fila["tarde"]) == (("1", "0") if a_tiempo else ("0", "1"))
    ya_estaba = prorroga_hace >= reporte_hace
    assert fila["con_prorroga"] == str(int(ya_estaba)), "la posterior al reporte no cuenta"
    assert fila["a_tiempo_con_prorroga"] == str(int(a_tiempo and ya_estaba))
    html = html_de(como(ana), "seguimiento", "norte")
    assert "se mide contra la fecha vigente el día en que se reportó" in html and "Con prórroga" in html


@con_base
def test_una_prorroga_quita_lo_vencido_desde_el_dia_en_que_se_dio_y_no_antes(como, ana, vencido):
    prorrogar(vencido, al=hace(-5), el=hace(10))
    assert Prorroga.objects.count() == 1
    assert fila_de_la_mesa(como(ana))["en_plazo"] == "1"
    antes = fila_de_la_mesa(como(ana), fecha=hace(11).isoformat())
    assert (antes["vencido"], antes["sin_respuesta"], antes["con_prorroga"]) == ("1", "1", "0")


# ── Pages ───────────────────────────────────────────────────────────────────────────────


@con_base
def test_por_organo_se_compara_con_lo_que_cada_uno_dijo(como, ana, norte):
    comite = hacer_comite(norte)
    decir_frecuencia(organo=comite, meses=1, desde=hace(100))
    for dias in (-200, -40):
        cerrar(hacer_sesion(norte, comite=comite, dias=dias))
    cerrar(hacer_sesion(norte, dias=-5))
    filas, _ = csv_de(como(ana), "seguimiento_csv", "norte")
    organos = {
        fila["nombre"]: tuple(fila[c] for c in ("sesiones", "sesiones_comparables", "sesiones_esperadas"))
        for fila in filas
        if fila["ambito"] == "organo"
    }
    assert organos == {"Plenaria": ("1", "", ""), "Comité de prevención": ("2", "1", "3")}
    html = html_de(como(ana), "seguimiento", "norte")
    assert "2; 1 de 3 esperadas" in html and "cada mes" in html


@con_base
def test_las_instituciones_se_cuentan_y_nadie_se_nombra(como, ana, beto, norte):
    fiscalia = hacer_institucion("Fiscalía General")
    asiento = hacer_integrante(norte, hacer_persona("Comandante Prueba"), con_cargo=True, institucion=fiscalia)
    for dias, estado, nivel in ((-20, "suplente", "operativo"), (-10, "presente", ""), (-9, "ausente", "")):
        reunion = hacer_sesion(norte, dias=dias)
        operaciones.pasar_lista(sesion=reunion, integrante=asiento, estado=estado)
        Asistencia.objects.filter(sesion=reunion, integrante=asiento).update(nivel_suplente=nivel)
        hacer_acuerdo(reunion, institucion_responsable=fiscalia, fecha_compromiso=hace(1))
        cerrar(reunion)
    for quien in (ana, beto):
        html = html_de(como(quien), "instituciones", "norte")
        assert "Fiscalía General" in html and "2 de 3" in html and "1: 1 enlace u operativo" in html
        assert "Comandante" not in html
        filas, texto = csv_de(como(quien), "seguimiento_csv", "norte")
        [suya] = [fila for fila in filas if fila["ambito"] == "institucion"]
        assert [
            suya[c] for c in ("listas", "presente", "titular", "suplente_operativo", "vencido", "sin_respuesta")
        ] == [*("3", "2", "1", "1", "3", "3")]
        assert "Comandante" not in texto and "Ana" not in texto and "Beto" not in texto


@con_base
def test_lo_que_alguien_no_puede_leer_no_esta_en_su_archivo(como, ana, beto, norte):
    reunion = asistir(hacer_sesion(norte))
    hacer_acuerdo(reunion)
    cerrar(reunion)
    Sesion.objects.filter(pk=reunion.pk).update(
        nivel="reservada", motivo_de_reserva="Por seguridad", revisar_reserva_el=hace(-90)
    )
    cuentas = [(fila["sesiones"], fila["acuerdos"]) for fila in map(fila_de_la_mesa, (como(ana),))]
    cuentas += [(fila["sesiones"], fila["acuerdos"]) for fila in map(fila_de_la_mesa, (como(beto),))]
    assert cuentas == [("1", "1"), ("0", "0")]


@con_base
def test_invitados_verificados_y_mediana_de_dias_estan_en_el_archivo(como, ana, norte):
    for dias, tardo in ((-30, 4), (-29, 10), (-28, 19)):
        reunion = asistir(hacer_sesion(norte, dias=dias))
        Invitado.objects.create(sesion=reunion, nombre=f"Invitada {dias}")
        acuerdo = hacer_acuerdo(reunion, fecha_compromiso=hace(-60))
        cerrar(reunion)
        cumplir(acuerdo, reunion.dia + dt.timedelta(days=tardo))
    fila = fila_de_la_mesa(como(ana))
    assert (fila["invitados"], fila["verificados"], fila["mediana_dias"]) == ("3", "3", "10")


@con_base
def test_la_regla_del_pulso_esta_escrita_y_nadie_lo_declara(como, ana, norte):
    html = html_de(como(ana), "seguimiento", "norte")
    regla = html.split("Cómo se toma el pulso", 1)[1].split("</details>", 1)[0]
    for pulso, dicho in REGLA:
        assert pulso.etiqueta in regla and dicho in regla
    assert 'name="pulso"' not in html and not any(campo.name == "pulso" for campo in Mesa._meta.get_fields())


@con_base
def test_un_periodo_sin_sesiones_no_es_cero_por_ciento(como, ana, norte):
    html = html_de(como(ana), "seguimiento", "norte")
    assert "En silencio" in html and "0 %" not in html
    fila = fila_de_la_mesa(como(ana))
    assert (fila["pulso"], fila["exigibles"], fila["mediana_dias"]) == ("En silencio", "0", "")


@con_base
def test_una_mesa_suspendida_no_tiene_pulso(como, ana, norte):
    EventoDeVida.objects.create(mesa=norte, tipo="suspension", fecha=hace(20), fuente="prueba")
    assert fila_de_la_mesa(como(ana))["pulso"] == "Sin pulso que tomar"
    assert fila_de_la_mesa(como(ana), fecha=hace(21).isoformat())["pulso"] == "En silencio"


@con_base
def test_la_red_dice_cuantas_mesas_hay_de_cada_pulso_sin_las_inventadas(como, diana, norte, sur):
    hacer_mesa("Inventada", "28022", es_demo=True)
    for dias in (-5, -100):
        cerrar(asistir(hacer_sesion(norte, dias=dias)))
    html = html_de(como(diana), "seguimiento_red")
    resumen = html.split('id="pulsos-titulo"')[1].split("</ul>")[0]
    assert resumen.count("1 mesa<") == 2 and "Operando" in resumen and "En silencio" in resumen
    filas, _ = csv_de(como(diana), "seguimiento_red_csv")
    assert {fila["mesa"]: (fila["pulso"], fila["plenarias"]) for fila in filas} == {
        "norte": ("Operando", "2"),
        "sur": ("En silencio", "0"),
        "inventada": ("En silencio", "0"),
    }


@con_base
def test_el_archivo_de_la_red_trae_solo_las_mesas_de_cada_quien(como, ana, carla, norte, sur):
    url = reverse("coordinacion:seguimiento_red_csv")
    assert como(None).get(url).url.startswith(reverse("account_login"))
    assert [fila["mesa"] for fila in csv_de(como(carla), "seguimiento_red_csv")[0]] == ["sur"]
    assert como(carla).get(url, {"fecha": "ayer"}).status_code == 400


@con_base
def test_la_frecuencia_se_dice_se_corrige_y_no_cambia_hacia_atras(como, ana, norte):
    url = reverse("coordinacion:frecuencias", args=["norte"])
    datos = {"organo": "plenaria", "meses": "1", "desde": hace(100).isoformat()}
    assert como(ana).post(url, datos).status_code == 302
    assert como(ana).post(url, datos | {"meses": "2"}).status_code == 302
    assert como(ana).post(url, datos | {"meses": "3", "desde": hace(10).isoformat()}).status_code == 302
    dichas = list(FrecuenciaDeSesiones.objects.values_list("mesa", "meses", "desde", "hasta"))
    assert dichas == [(norte.pk, 2, hace(100), hace(10)), (norte.pk, 3, hace(10), None)]
    respuesta = como(ana).post(url, datos)
    assert respuesta.status_code == 200 and "Ya hay una frecuencia desde" in respuesta.content.decode()
    assert como(ana).post(url, datos | {"meses": "5"}).status_code == 200
    assert FrecuenciaDeSesiones.objects.count() == 2


@con_base
def test_quien_coordina_un_comite_dice_la_suya_y_no_la_de_la_plenaria(como, norte):
    dora, persona = hacer_cuenta("Dora Prueba")
    hacer_integrante(norte, persona)
    comite, otro = hacer_comite(norte, persona=persona), hacer_comite(norte, "Otro comité")
    url = reverse("coordinacion:frecuencias", args=["norte"])
    datos = {"meses": "1", "desde": hace(10).isoformat()}
    for ajeno in ("plenaria", str(otro.pk)):
        assert como(dora).post(url, datos | {"organo": ajeno}).status_code == 200
    assert FrecuenciaDeSesiones.objects.count() == 0
    assert como(dora).post(url, datos | {"organo": str(comite.pk)}).status_code == 302
    assert FrecuenciaDeSesiones.objects.get().comite == comite


@con_base
@pytest.mark.parametrize(
    ("nombre", "valores"),
    [
        ("comites_frecuencia_de_un_organo", "NULL, NULL, 1, '2026-01-01', NULL"),
        ("comites_frecuencia_de_un_organo", "{mesa}, {comite}, 1, '2026-01-01', NULL"),
        ("comites_frecuencia_meses", "{mesa}, NULL, 5, '2026-01-01', NULL"),
        ("comites_frecuencia_con_inicio", "{mesa}, NULL, 1, NULL, '2020-01-01'"),
        ("comites_frecuencia_una_por_mesa", "{mesa}, NULL, 1, '2025-01-01', NULL"),
        ("comites_frecuencia_una_por_comite", "NULL, {comite}, 1, '2025-01-01', NULL"),
    ],
)
def test_la_base_sostiene_las_frecuencias(norte, nombre, valores):
    comite = hacer_comite(norte)
    for organo in (norte, comite):
        decir_frecuencia(organo=organo, meses=1, desde=dt.date(2024, 1, 1))
    valores = valores.format(mesa=norte.pk, comite=comite.pk)
    with pytest.raises(IntegrityError, match=nombre), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO comites_frecuenciadesesiones (mesa_id, comite_id, meses, desde, hasta) VALUES ({valores})"
        )


@con_base
def test_las_cifras_cuestan_lo_mismo_con_tres_y_con_treinta(como, ana, norte):
    cliente = como(ana)
    nombres = ("seguimiento", "instituciones", "seguimiento_csv", "frecuencias")
    urls = [reverse(f"coordinacion:{nombre}", args=["norte"]) for nombre in nombres]

    def llenar(cuantos):
        reunion = hacer_sesion(norte, dias=-5 - Sesion.objects.count())
        for numero in range(cuantos):
            asiento = hacer_integrante(norte, con_cargo=True)
            hacer_acuerdo(reunion, institucion_responsable=asiento.institucion)
            hacer_comite(norte, f"Comité {Sesion.objects.count()}-{numero}")
        cerrar(reunion)

    def contar(url):
        with CaptureQueriesContext(connection) as contadas:
            assert cliente.get(url).getvalue()
        return len(contadas)

    llenar(3)
    contar(urls[0])
    con_tres = [contar(url) for url in urls]
    llenar(27)
    assert [contar(url) for url in urls] == con_tres
    assert max(con_tres) <= 12  # session and user included


def test_cada_desenlace_dice_contra_que_fecha():
    assert "en la fecha que tenían ese día" in Desenlace.A_TIEMPO.explicacion
