"""What the public reads of the encuentros, and what it does not."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comites.models import ActoDePublicacion
from comites.operaciones_publicacion import retirar_publicacion
from encuentros.models import Encuentro, Nota, Propuesta, Rubro, Votacion
from encuentros.operaciones import fusionar_propuestas
from encuentros.radiografia import resultado_de
from mesas.models import Cobertura, Mesa, Municipio


@pytest.fixture
def pagina(client, tercer_encuentro):
    """The page of the 3er Encuentro as text."""
    return lambda: client.get(reverse("encuentro", args=[3])).content.decode()


def hacer_encuentro(numero, **campos):
    datos = {
        "nombre": f"Encuentro {numero}",
        "nombre_corto": f"Encuentro {numero}",
        "inicio": dt.date(2020, 5, 1),
        "fin": dt.date(2020, 5, 2),
        "lugar": "Puebla",
        "publico": True,
        "fuente": "prueba",
    }
    return Encuentro.objects.create(numero=numero, **(datos | campos))


def test_la_pagina_dice_quien_vino(pagina, tercer_encuentro):
    html = pagina()
    for mesa in Mesa.objects.filter(orden__lte=31):
        assert f'href="{mesa.get_absolute_url()}">{mesa.nombre}</a>' in html
    assert ">31</span>" in html
    assert ">14</span>" in html
    assert "31 de las 36 mesas" in html
    assert html.count("Con asterisco en la lista") == 2


def test_la_pagina_dice_las_cifras_declaradas_con_sus_palabras(pagina):
    html = pagina()
    for texto in ("más de 150", "personas con cargo público invitadas", "15 nacionales", "573", "cerca de 800"):
        assert texto in html
    assert html.count("Informe ejecutivo del 3er Encuentro (México SOS, 2018)") > 2


def test_la_pagina_trae_las_propuestas_por_rubro(pagina, tercer_encuentro):
    html = pagina()
    assert html.index(">Identidad<") < html.index(">Organizacional<") < html.index(">Financiamiento<")
    assert all(propuesta.resumen in html for propuesta in tercer_encuentro.propuestas.all())


def test_la_votacion_dice_su_regla_y_su_base(pagina):
    html = pagina()
    assert "<strong>Cancún–Isla Mujeres</strong>: 17 de 36 votos (47.2 %)" in html
    assert "El informe no dice quién podía votar" in html
    assert "Votos por alguna opción: 36" in html


def test_las_notas_se_ven_y_se_llaman_desde_su_seccion(pagina, tercer_encuentro):
    html = pagina()
    for lugar, nota in enumerate(tercer_encuentro.notas.all(), start=1):
        assert f'id="nota-{lugar}"' in html
        assert nota.titulo in html
        assert nota.texto in html
    assert 'href="#nota-7">Nota 7. 36 votos y 31 mesas presentes</a>' in html


def test_los_acuerdos_son_los_publicos(pagina, tercer_encuentro):
    html = pagina()
    assert all(acuerdo.accion in html for acuerdo in tercer_encuentro.sesion.acuerdos.all())
    assert "Sin seguimiento registrado" in html
    assert "no es público" not in html


def test_un_acuerdo_retirado_desaparece_y_se_nota(pagina, tercer_encuentro):
    acuerdo = tercer_encuentro.sesion.acuerdos.get(clave_de_origen="2 g")
    acto = ActoDePublicacion.objects.get(acuerdo=acuerdo)
    retirar_publicacion(acto=acto, motivo="Lo pidió la asamblea")
    html = pagina()
    assert acuerdo.accion not in html
    assert acuerdo.folio not in html
    assert acuerdo.nota_publica not in html
    assert "1 acuerdo de este encuentro no es público" in html
    assert Encuentro.objects.con_cuentas().get(numero=3).acuerdos_publicos == 8


def test_la_propuesta_solo_enlaza_un_acuerdo_publico(pagina, tercer_encuentro):
    acuerdo = tercer_encuentro.sesion.acuerdos.get(clave_de_origen="2 h")
    tercer_encuentro.propuestas.filter(orden=1, rubro__clave="identidad").update(acuerdo=acuerdo)
    assert "Se convirtió en el acuerdo" in pagina()
    retirar_publicacion(acto=ActoDePublicacion.objects.get(acuerdo=acuerdo), motivo="x")
    assert "Se convirtió en el acuerdo" not in pagina()


def test_las_propuestas_unidas_conservan_a_sus_autoras(pagina, tercer_encuentro):
    una, otra = tercer_encuentro.propuestas.filter(rubro__clave="identidad")[:2]
    una.mesas.set(Mesa.objects.filter(orden__in=[12, 30]))
    Mesa.objects.filter(orden=30).update(publica=False)
    fusionar_propuestas(propuesta=una, en=otra)
    html = pagina()
    assert f"Se le unió: {una.resumen} (la propuso Morelia)" in html
    assert "3 propuestas. " in html


def test_una_mesa_que_no_es_publica_se_cuenta_y_no_se_nombra(pagina):
    Mesa.objects.filter(slug="uruapan").update(publica=False)
    html = pagina()
    assert "Uruapan" not in html
    assert "1 de las mesas asistentes no está en el micrositio" in html
    assert ">31</span>" in html


def test_la_anfitriona_que_no_es_publica_no_se_enlaza(pagina, tercer_encuentro):
    Mesa.objects.filter(pk=tercer_encuentro.anfitriona_id).update(publica=False)
    assert "Mesa anfitriona" not in pagina()


@pytest.mark.parametrize("caso", ["privado", "por venir", "en curso", "inexistente", "enorme"])
def test_lo_que_no_es_publico_no_existe(client, db, caso):
    hoy = timezone.localdate()
    fechas = {"por venir": hoy + dt.timedelta(days=9), "en curso": hoy}.get(caso, dt.date(2020, 5, 1))
    numero = 99999999999999999999 if caso == "enorme" else 7
    if caso not in ("inexistente", "enorme"):
        hacer_encuentro(7, inicio=fechas, fin=fechas, publico=caso != "privado")
    assert client.get(f"/encuentros/{numero}/").status_code == 404
    assert "Encuentro 7" not in client.get(reverse("encuentros")).content.decode()
    for formato in ("csv", "json"):
        respuesta = client.get(reverse("datos_encuentros", args=[formato]))
        assert b"Encuentro 7" not in respuesta.getvalue()


def test_un_encuentro_recien_capturado_no_falla(client, db):
    """Only its row: every section says what will be there."""
    hacer_encuentro(5)
    html = client.get("/encuentros/5/").content.decode()
    for texto in ("Sin lista de asistentes", "Sin propuestas registradas", "Sin acuerdos registrados"):
        assert texto in html
    assert "La votación" not in html


def test_una_votacion_sin_votos_o_empatada(client, db):
    encuentro = hacer_encuentro(5)
    votacion = Votacion.objects.create(
        encuentro=encuentro, asunto="Sede", electorado="por_mesa", regla="Un voto cada una.", padron=4, fuente="acta"
    )
    norte, _ = [votacion.opciones.create(nombre=nombre) for nombre in ("Norte", "Sur")]
    assert [fila.porcentaje for fila in resultado_de(votacion).filas] == [None, None]
    assert "Un voto por mesa. Un voto cada una." in client.get("/encuentros/5/").content.decode()
    votacion.opciones.update(votos=2)
    html = client.get("/encuentros/5/").content.decode()
    assert "Empate: <strong>Norte</strong> y <strong>Sur</strong>" in html
    norte.votos = 1
    norte.save(update_fields=["votos"])
    Votacion.objects.update(base="padron")
    assert "<strong>Sur</strong>: 2 de 4 con derecho a voto (50.0 %)" in client.get("/encuentros/5/").content.decode()


def test_lo_que_escribe_la_gente_no_es_html(client, db):
    encuentro = hacer_encuentro(5, proposito="<script>alert(1)</script>")
    Nota.objects.create(encuentro=encuentro, tema="red", titulo="<b>x</b>", texto="<img src=x>", fuente="<i>f</i>")
    html = client.get("/encuentros/5/").content.decode()
    assert not [malo for malo in ("<script>alert", "<b>x", "<img src=x", "<i>f") if malo in html]


def test_la_serie_se_lista_con_sus_huecos_y_sus_vecinos(client, tercer_encuentro):
    hacer_encuentro(5)
    html = client.get(reverse("encuentros")).content.decode()
    assert html.index("Encuentro 5") < html.index("3er Encuentro")
    assert "31 mesas · 23 propuestas · 9 acuerdos públicos" in html
    assert "los encuentros 1, 2 y 4" in html
    assert 'rel="next" href="/encuentros/5/"' in client.get("/encuentros/3/").content.decode()
    assert 'rel="prev" href="/encuentros/3/"' in client.get("/encuentros/5/").content.decode()


def test_sin_encuentros_la_lista_dice_que_habra(client, db):
    assert "Todavía no hay encuentros publicados" in client.get(reverse("encuentros")).content.decode()


@pytest.mark.parametrize(
    ("inicio", "fin", "texto"),
    [
        ((2018, 11, 21), (2018, 11, 22), "21 y 22 de noviembre de 2018"),
        ((2018, 11, 20), (2018, 11, 22), "20 a 22 de noviembre de 2018"),
        ((2018, 11, 22), (2018, 11, 22), "22 de noviembre de 2018"),
        ((2018, 11, 30), (2018, 12, 1), "30 de noviembre y 1 de diciembre de 2018"),
        ((2018, 12, 31), (2019, 1, 2), "31 de diciembre de 2018 a 2 de enero de 2019"),
    ],
)
def test_los_dias_como_se_dicen(inicio, fin, texto):
    assert Encuentro(inicio=dt.date(*inicio), fin=dt.date(*fin)).cuando == texto


def contar(client, direccion):
    with CaptureQueriesContext(
        connection,
    ) as consultas:
        client.get(direccion)
    return len(consultas)


def test_las_consultas_no_crecen_con_las_filas(client, mesas_del_informe):
    """Three of everything, then thirty: the page and the list cost the same, twelve queries at most."""
    encuentro = hacer_encuentro(1)
    rubro = Rubro.objects.create(clave="r", nombre="R")
    antes = None
    for hasta in (3, 30):
        for n in range(3 if hasta == 30 else 0, hasta):
            mesa = mesas_del_informe[n]
            encuentro.participaciones.create(mesa=mesa, asistio=True, orden=n + 1)
            propuesta = Propuesta.objects.create(encuentro=encuentro, rubro=rubro, orden=n + 1, resumen=f"P {n}")
            propuesta.mesas.add(mesa)
            votacion = encuentro.votaciones.create(asunto=f"V {n}", electorado="otro", regla="R", fuente="f")
            votacion.opciones.create(nombre="A", votos=n, mesa=mesa)
            encuentro.notas.create(tema="red", titulo=f"N {n}", texto="t", fuente="f", orden=n)
            encuentro.difusiones.create(tipo="otra", descripcion=f"D {n}", fuente="f")
            encuentro.documentos.create(tipo="otro", titulo=f"D {n}", fuente="f")
            if n:
                hacer_encuentro(n + 1, anfitriona=mesa)
        direcciones = ["/encuentros/1/", "/encuentros/", "/datos/encuentros.csv", "/datos/propuestas.csv"]
        ahora = [contar(client, direccion) for direccion in direcciones]
        assert max(ahora) <= 12
        assert antes in (None, ahora)
        antes = ahora


def test_los_mapas_dicen_lo_mismo(client, tercer_encuentro):
    """Same classes and same rule for the points in the home page, the directory and the encuentro."""
    sin_sede = Mesa.objects.get(slug="veracruz-norte")
    atendido = Municipio.objects.filter(longitud__isnull=False).first()
    Cobertura.objects.create(mesa=sin_sede, municipio=atendido, es_sede=False)
    mapas = [client.get(ruta).context["mapa"] for ruta in ("/", "/mesas/")]
    mapas.append(client.get("/encuentros/3/").context["r"].mapa)
    assert len({tuple(clase.texto for clase in mapa.leyenda) for mapa in mapas}) == 1
    assert [clase.texto for clase in mapas[0].leyenda] == ["1", "2 a 3", "4 a 7", "8 o más"]
    por_mapa = [{marca.etiqueta for marca in mapa.marcas} for mapa in mapas]
    assert por_mapa[0] == por_mapa[1] == por_mapa[2]
    assert "Veracruz norte" in por_mapa[2]
