"""What an agreement aims to move: who says it, who reads it, and the rates of before and after with real figures."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comites import operaciones_publicacion
from comun import formatos
from indicadores.models import Objetivo
from indicadores.objetivos import MarcaDeAcuerdo
from indicadores.objetivos import marcas_publicas as leer_marcas
from indicadores.operaciones_objetivos import retirar_objetivo
from indicadores.series import serie
from mesas.models import Cobertura
from tests.fabricas import hacer_acuerdo, hacer_mesa, hacer_municipio, hacer_sesion
from tests.indicadores.objetivos import acuerdo_del, apuntar

pytestmark = pytest.mark.django_db

DIA = dt.date(2023, 2, 15)
DELITO = "corrupcion-de-menores"
NO_PRUEBA = "Esto no prueba causalidad"


@pytest.fixture
def hermosillo(cifras):
    return hacer_mesa("Hermosillo", "26030")


@pytest.fixture
def acuerdo(hermosillo):
    return acuerdo_del(hermosillo, DIA)


def marcas_publicas(delito: str, territorio: str) -> list[MarcaDeAcuerdo]:
    """Marks on the chart of one place."""
    return [marca for marca in leer_marcas(delito, [territorio]) if marca.en_su_lugar]


def pagina(client, url):
    respuesta = client.get(url)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def renglones_de_tabla(html):
    cuerpo = html.split('id="efecto-')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [
        [celda.split(">", 1)[1].split("<")[0] for celda in fila.replace("<th", "<td").split("<td")[1:]]
        for fila in cuerpo.split("<tr>")[1:]
    ]


# ── The public page ─────────────────────────────────────────────────────────────────────


def test_la_pagina_publica_muestra_antes_y_despues_y_que_no_prueba(client, acuerdo):
    apuntar(acuerdo, DELITO)
    html = pagina(client, acuerdo.get_absolute_url())
    de_antes, de_despues = (
        next(r for r in serie("26030", DELITO, "movil12") if r.periodo == fin) for fin in ("2023-01", "2024-02")
    )
    filas = renglones_de_tabla(html)
    assert [fila[:3] for fila in filas] == [
        ["Antes", "febrero de 2022 a enero de 2023", str(de_antes.carpetas)],
        ["Después", "marzo de 2023 a febrero de 2024", str(de_despues.carpetas)],
    ]
    # From the official file of the first run: 6+1+1+9+2+3+1+8+1+0+0+0 and 2+1+3+14+3+1+0+3+4+6+8+9.
    assert [fila[2] for fila in filas] == ["32", "54"]
    assert NO_PRUEBA in html and "Se busca que baje" in html
    assert "subió más de lo que explica el azar, al revés de lo que se buscaba" in html
    assert "<b>Corte:</b>" in html and "<b>Población:</b>" in html
    assert f"{reverse('indicador', args=[DELITO])}?territorio=mesa%3Ahermosillo" in html


def test_sin_objetivo_la_pagina_es_la_de_siempre(client, acuerdo):
    html = pagina(client, acuerdo.get_absolute_url())
    assert NO_PRUEBA not in html and "Qué hacen las cifras" not in html


def test_el_territorio_es_el_que_la_mesa_atendia_ese_dia(client, hermosillo, acuerdo):
    """Neither what it attended before nor what came later moves the figures."""
    hermosillo.coberturas.create(municipio=hacer_municipio("26018"), desde=dt.date(2023, 6, 1))
    hermosillo.coberturas.create(municipio=hacer_municipio("26043"), hasta=dt.date(2022, 6, 1))
    apuntar(acuerdo, DELITO)
    assert [fila[2] for fila in renglones_de_tabla(pagina(client, acuerdo.get_absolute_url()))] == ["32", "54"]


def test_si_no_consta_el_territorio_se_dice(client, hermosillo, acuerdo):
    apuntar(acuerdo, DELITO)
    Cobertura.objects.filter(mesa=hermosillo).delete()
    assert "No consta qué municipios atendía la mesa" in pagina(client, acuerdo.get_absolute_url())


def test_lo_que_todavia_no_se_publica_se_dice_con_su_fecha(client, hermosillo):
    acuerdo = acuerdo_del(hermosillo, dt.date(2024, 6, 10))
    apuntar(acuerdo, DELITO)
    html = pagina(client, acuerdo.get_absolute_url())
    assert "Falta por cargarse: enero de 2025 a junio de 2025." in html
    assert "cuando se cargue junio de 2025" in html and NO_PRUEBA in html


def test_lo_que_cruza_2026_no_se_compara(client, hermosillo):
    acuerdo = acuerdo_del(hermosillo, dt.date(2024, 6, 10))
    apuntar(acuerdo, DELITO, rezago_meses=18)
    assert "cambió la forma de contar" in pagina(client, acuerdo.get_absolute_url())


def test_quien_lo_declara_cuando_ya_hay_cifras_queda_dicho(client, acuerdo):
    apuntar(acuerdo, DELITO)
    assert "pudo haber visto las cifras" in pagina(client, acuerdo.get_absolute_url())


def test_lo_retirado_deja_de_verse(client, acuerdo, ana):
    retirar_objetivo(objetivo=apuntar(acuerdo, DELITO), motivo="Otra prioridad", autor=ana)
    html = pagina(client, acuerdo.get_absolute_url())
    assert NO_PRUEBA not in html and "Otra prioridad" not in html
    assert not marcas_publicas(DELITO, "mesa:hermosillo")


def test_lo_retirado_deja_su_rastro_en_publico_sin_quien_ni_por_que(client, hermosillo, acuerdo, ana, diana):
    """Whoever picks another crime once the figures are known cannot do it without it showing."""
    url = acuerdo.get_absolute_url()
    retirado = retirar_objetivo(objetivo=apuntar(acuerdo, DELITO, autor=ana), motivo="Subió", autor=diana)
    apuntar(acuerdo, "feminicidio")
    html = pagina(client, url)
    dias = [formatos.fecha_larga(dia) for dia in (retirado.declarado, retirado.retirado)]
    dicho = f"Corrupción de menores, Mesa Hermosillo (declarado el {dias[0]}, retirado el {dias[1]})."
    assert f"Dejó de mirarlo: {dicho}" in html and html.count("Dejó de mirarlo") == 1
    for privado in ("Subió", "Ana Prueba", "Diana Prueba", "ana-prueba@", "diana-prueba@"):
        assert privado not in html
    operaciones_publicacion.retirar_publicacion(acto=acuerdo.actos.get(), motivo="Riesgo")
    assert client.get(url).status_code == 410 and not Objetivo.objects.retirados_publicos().exists()


def test_el_rastro_no_nombra_una_mesa_oculta(client, acuerdo):
    oculta = hacer_mesa("Oculta", "26018", publica=False)
    retirar_objetivo(objetivo=apuntar(acuerdo, DELITO, mesa=oculta), motivo="Otra prioridad", autor=None)
    html = pagina(client, acuerdo.get_absolute_url())
    assert "Oculta" not in html and "Dejó de mirarlo" not in html


def test_el_territorio_de_una_mesa_oculta_no_sale(client, acuerdo):
    oculta = hacer_mesa("Oculta", "26018", publica=False)
    apuntar(acuerdo, DELITO, mesa=oculta)
    assert "Oculta" not in pagina(client, acuerdo.get_absolute_url())
    assert not marcas_publicas(DELITO, "mesa:oculta")


def test_nunca_dice_quien_lo_declaro(client, acuerdo, ana):
    apuntar(acuerdo, DELITO, autor=ana)
    html = pagina(client, acuerdo.get_absolute_url())
    assert "Ana Prueba" not in html and "ana-prueba@" not in html


# ── Marks on the axis of the crime ──────────────────────────────────────────────────────


def test_la_marca_dice_cuando_y_lleva_a_su_acuerdo(acuerdo):
    apuntar(acuerdo, DELITO, rezago_meses=6)
    [marca] = marcas_publicas(DELITO, "mesa:hermosillo")
    assert (marca.periodo, marca.desde, marca.folio) == ("2023-02", "2023-09", acuerdo.folio)
    assert marca.url == acuerdo.get_absolute_url() and marca.texto == acuerdo.accion
    assert marca.en_la_grafica.periodo == "2023-02"


@pytest.mark.parametrize(
    ("lugar", "territorio"),
    [({"nacional": True}, "nacional"), ({"entidad_id": "26"}, "26"), ({"municipio_id": "26030"}, "26030")],
)
def test_cada_marca_esta_en_su_territorio_y_en_ningun_otro(acuerdo, lugar, territorio):
    Objetivo.objects.create(acuerdo=acuerdo, delito=DELITO, direccion="baja", **lugar)
    todos = ("nacional", "26", "26030", "mesa:hermosillo", "28", "28038", "grupo:26030-26018")
    assert [clave for clave in todos if marcas_publicas(DELITO, clave)] == [territorio]
    assert not marcas_publicas("feminicidio", territorio)


def test_lo_privado_no_tiene_marca(hermosillo, acuerdo):
    for privado in (
        acuerdo_del(hermosillo, DIA, publico=False),
        acuerdo_del(hermosillo, DIA, publico=False, nivel="red"),
    ):
        apuntar(privado, DELITO)
    assert not marcas_publicas(DELITO, "mesa:hermosillo")
    apuntar(acuerdo, DELITO)
    assert len(marcas_publicas(DELITO, "mesa:hermosillo")) == 1
    operaciones_publicacion.retirar_publicacion(acto=acuerdo.actos.get(), motivo="Riesgo")
    assert not marcas_publicas(DELITO, "mesa:hermosillo")


def test_lo_inventado_no_se_pone_junto_a_lo_real(hermosillo):
    inventada = hacer_mesa("Inventada", "31050", es_demo=True)
    acuerdo = acuerdo_del(inventada, DIA)
    apuntar(acuerdo, DELITO)
    apuntar(acuerdo, DELITO, mesa=hermosillo)
    Objetivo.objects.create(acuerdo=acuerdo, delito=DELITO, direccion="baja", municipio_id="31050")
    assert len(marcas_publicas(DELITO, "mesa:inventada")) == 1
    assert not marcas_publicas(DELITO, "mesa:hermosillo") and not marcas_publicas(DELITO, "31050")


@pytest.mark.parametrize("territorio", ["nacional", "26", "31", "31050", "mesa:hermosillo"])
def test_lo_inventado_tampoco_se_nombra_entre_los_otros_lugares(client, hermosillo, territorio):
    """Not even an agreement over the territory of its own mesa: elsewhere it would pass for one of the network."""
    inventada = hacer_mesa("Inventada", "31050", es_demo=True)
    suyo, ajeno = acuerdo_del(inventada, DIA), acuerdo_del(inventada, DIA + dt.timedelta(days=1))
    apuntar(suyo, DELITO)
    apuntar(ajeno, DELITO, mesa=hacer_mesa("Otra inventada", "31051", es_demo=True))
    assert leer_marcas(DELITO, [territorio]) == []
    assert suyo.folio not in pagina(client, f"/indicadores/{DELITO}/?territorio={territorio}")
    assert [marca.folio for marca in leer_marcas(DELITO, ["mesa:inventada"])] == [suyo.folio]


def test_las_marcas_cuestan_una_consulta(hermosillo, django_assert_num_queries):
    for numero in range(3):
        apuntar(acuerdo_del(hermosillo, DIA + dt.timedelta(days=numero)), DELITO)
    with django_assert_num_queries(1):
        assert [m.periodo for m in marcas_publicas(DELITO, "mesa:hermosillo")] == ["2023-02"] * 3


# ── Cost ────────────────────────────────────────────────────────────────────────────────


def consultas(client, url):
    pagina(client, url)
    with CaptureQueriesContext(connection) as contadas:
        pagina(client, url)
    return len(contadas)


def test_la_pagina_cuesta_lo_mismo_con_uno_que_con_tres_y_con_treinta_acuerdos(client, hermosillo, acuerdo):
    vacia = consultas(client, acuerdo.get_absolute_url())
    apuntar(acuerdo, DELITO)
    con_uno = consultas(client, acuerdo.get_absolute_url())
    apuntar(acuerdo, "feminicidio", nacional=True)
    apuntar(acuerdo, "secuestro", entidad=hermosillo.entidad)
    for numero in range(30):
        apuntar(acuerdo_del(hermosillo, DIA + dt.timedelta(days=numero)), DELITO)
    assert consultas(client, acuerdo.get_absolute_url()) == con_uno
    assert (vacia, con_uno) == (6, 13)


# ── The workspace ───────────────────────────────────────────────────────────────────────


@pytest.fixture
def de_ana(cifras, norte, ana, beto):
    """A private agreement of Norte, in a closed session."""
    return acuerdo_del(norte, DIA, publico=False)


def direccion(acuerdo, nombre="objetivos", *mas):
    return reverse(f"coordinacion:{nombre}", args=["norte", acuerdo.folio, *mas])


DATOS = {"delito": DELITO, "direccion": "baja", "territorio": "su-mesa", "rezago_meses": "3"}


def test_quien_registra_lo_declara_aunque_la_sesion_este_cerrada(como, ana, de_ana):
    respuesta = como(ana).post(direccion(de_ana, "objetivo_declarar"), DATOS, follow=True)
    assert "Guardamos lo que el acuerdo busca mover" in respuesta.content.decode()
    objetivo = Objetivo.objects.get()
    assert (objetivo.acuerdo, objetivo.delito, objetivo.rezago_meses) == (de_ana, DELITO, 3)
    assert objetivo.declarado_por == ana and objetivo.es_de_su_mesa


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"delito": "no-existe"}, "Elige uno de la lista"),
        ({"delito": ""}, "Elige el delito"),
        ({"direccion": ""}, "que baje o que suba la denuncia"),
        ({"territorio": "09"}, "Elige uno de la lista"),
        ({"rezago_meses": "37"}, "de meses de 0 a 36"),
        ({"rezago_meses": "-1"}, "de meses de 0 a 36"),
        ({"rezago_meses": "pronto"}, "de meses de 0 a 36"),
    ],
)
def test_lo_que_no_vale_vuelve_con_su_mensaje(como, ana, de_ana, cambio, dice):
    respuesta = como(ana).post(direccion(de_ana, "objetivo_declarar"), DATOS | cambio)
    assert respuesta.status_code == 200 and dice in respuesta.content.decode()
    assert not Objetivo.objects.exists()


def test_no_se_repite_y_son_tres(como, ana, de_ana):
    url = direccion(de_ana, "objetivo_declarar")
    como(ana).post(url, DATOS)
    assert "ya mira ese delito" in como(ana).post(url, DATOS).content.decode()
    for territorio in ("28038", "nacional"):
        como(ana).post(url, DATOS | {"territorio": territorio})
    assert Objetivo.objects.count() == 3
    assert "a lo más" in como(ana).post(url, DATOS | {"territorio": "28"}).content.decode()
    assert Objetivo.objects.count() == 3


def test_se_retira_diciendo_por_que_y_queda_su_rastro(como, ana, beto, de_ana):
    objetivo = apuntar(de_ana, DELITO)
    url = direccion(de_ana, "objetivo_retirar", objetivo.pk)
    assert "Di por qué se retira" in como(ana).post(url, {"motivo": ""}).content.decode()
    html = como(ana).post(url, {"motivo": "Otra prioridad"}, follow=True).content.decode()
    assert "Otra prioridad" in html and "por Ana Prueba" in html
    objetivo.refresh_from_db()
    assert objetivo.retirado_por == ana and objetivo.retirado is not None
    assert como(ana).get(url).status_code == 404
    de_beto = como(beto).get(direccion(de_ana)).content.decode()
    assert "Otra prioridad" in de_beto and "Ana Prueba" not in de_beto


def test_quien_solo_lee_ve_las_cifras_y_no_el_formulario(como, ana, beto, de_ana):
    apuntar(de_ana, DELITO)
    html = como(beto).get(direccion(de_ana)).content.decode()
    assert NO_PRUEBA in html and "Decir qué busca mover" not in html and "Dejar de mirarlo" not in html
    assert "Decir qué busca mover" in como(ana).get(direccion(de_ana)).content.decode()


def test_con_otro_acuerdo_no_se_retira_lo_de_este(como, ana, norte, de_ana):
    objetivo = apuntar(de_ana, DELITO)
    otro = acuerdo_del(norte, DIA + dt.timedelta(days=1), publico=False)
    url = reverse("coordinacion:objetivo_retirar", args=["norte", otro.folio, objetivo.pk])
    assert como(ana).post(url, {"motivo": "Ajeno"}).status_code == 404
    objetivo.refresh_from_db()
    assert objetivo.retirado is None


def test_un_acuerdo_quitado_por_error_se_lleva_lo_que_miraba(como, ana, norte, cifras):
    """While the session is open an agreement may still be taken out; what it aimed at goes with it."""
    acuerdo = hacer_acuerdo(hacer_sesion(norte))
    apuntar(acuerdo, DELITO)
    respuesta = como(ana).post(reverse("coordinacion:acuerdo_quitar", args=["norte", acuerdo.folio]))
    assert respuesta.status_code == 302 and not Objetivo.objects.exists()


# ── The page of the crime ───────────────────────────────────────────────────────────────


def test_el_eje_del_delito_muestra_los_acuerdos_de_su_territorio_y_nombra_los_de_otros(client, hermosillo, acuerdo):
    apuntar(acuerdo, DELITO)
    del_pais = acuerdo_del(hermosillo, DIA + dt.timedelta(days=1), "Pedir un registro nacional")
    apuntar(del_pais, DELITO, nacional=True)
    suya = pagina(client, f"/indicadores/{DELITO}/?territorio=mesa:hermosillo")
    grafica, resto = suya.split("Acuerdos que lo buscan mover en otros lugares")
    assert f'href="{acuerdo.get_absolute_url()}"' in grafica and del_pais.get_absolute_url() not in grafica
    assert f'href="{del_pais.get_absolute_url()}"' in resto and "no prueba" in grafica
    nacional = pagina(client, f"/indicadores/{DELITO}/")
    grafica, resto = nacional.split("Acuerdos que lo buscan mover en otros lugares")
    assert del_pais.get_absolute_url() in grafica and acuerdo.get_absolute_url() in resto
    assert f"/indicadores/?delito={DELITO}&amp;territorio=mesa:hermosillo" in resto
    lamina = client.get(f"/indicadores/grafica.svg?delito={DELITO}&territorio=mesa:hermosillo").content.decode()
    assert acuerdo.accion in lamina and del_pais.accion not in lamina


def test_ninguna_copia_de_la_lamina_sigue_mostrando_lo_retirado(client, acuerdo):
    """Neither where the agreement is drawn nor over a mesa, which may leave the public pages at once."""
    apuntar(acuerdo, DELITO, nacional=True)
    url = f"/indicadores/grafica.svg?delito={DELITO}"
    con_marca = client.get(url)
    assert acuerdo.accion in con_marca.content.decode() and "max-age=0," in con_marca["Cache-Control"]
    assert "max-age=0," in client.get(f"{url}&territorio=mesa:hermosillo")["Cache-Control"]
    operaciones_publicacion.retirar_publicacion(acto=acuerdo.actos.get(), motivo="Riesgo")
    despues = client.get(url, headers={"If-None-Match": con_marca["ETag"]})
    assert despues.status_code == 200 and acuerdo.accion not in despues.content.decode()
    assert "max-age=300," in despues["Cache-Control"]


def test_la_pagina_del_delito_calla_lo_que_dejo_de_ser_publico(client, acuerdo):
    apuntar(acuerdo, DELITO)
    operaciones_publicacion.retirar_publicacion(acto=acuerdo.actos.get(), motivo="Riesgo")
    for ruta in ("", "?territorio=mesa:hermosillo"):
        html = pagina(client, f"/indicadores/{DELITO}/{ruta}")
        assert acuerdo.folio not in html and acuerdo.accion not in html


@pytest.mark.parametrize(
    ("quien", "codigo"), [("anónima", 302), ("beto", 403), ("carla", 404), ("ana", 200), ("diana", 200)]
)
def test_quien_llega_a_retirarlo(como, ana, beto, carla, diana, de_ana, quien, codigo):
    gente = {"anónima": None, "ana": ana, "beto": beto, "carla": carla, "diana": diana}
    objetivo = apuntar(de_ana, DELITO)
    url = direccion(de_ana, "objetivo_retirar", objetivo.pk)
    assert como(gente[quien]).get(url).status_code == codigo
