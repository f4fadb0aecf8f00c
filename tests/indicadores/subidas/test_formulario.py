"""The form: what is refused says why and loses nothing, and nothing gets in by another door."""

import pytest
from django.test import Client
from django.urls import reverse

from indicadores.models import ArchivoRecibido, Recepcion, Trozo
from tests.conftest import usar_segundo_factor
from tests.fabricas import hacer_cuenta
from tests.indicadores.subidas.conftest import SUBIR, adjunto, cuerpo, la_unica, pagina

pytestmark = pytest.mark.django_db

CORTE = {"corte": "el mes pasado"}


@pytest.mark.parametrize("corte", ["el mes pasado", "2026-13", "1999-01", "2999-01"])
def test_un_error_no_pierde_ni_el_archivo_ni_lo_escrito(mesa_de_diana, subir, corte):
    respuesta = subir(adjunto(), corte=corte[:7], simular="on", forzar="on")
    recepcion = la_unica()
    html = cuerpo(respuesta)
    assert respuesta.status_code == 200 and recepcion.estado == "borrador"
    assert "Hay algo que corregir" in html and 'href="#id_corte"' in html
    assert f'value="{corte[:7]}"' in html and html.count("checked") == 3
    assert "IDM_prueba.csv" in html and f'name="recepcion" value="{recepcion.pk}"' in html
    siguiente = subir(recepcion=recepcion.pk, corte="", simular="on")
    assert siguiente.url == pagina(recepcion)
    recepcion.refresh_from_db()
    assert (recepcion.estado, recepcion.simular, recepcion.forzar) == ("recibida", True, False)


def test_lo_que_falta_corregir_se_encuentra_en_la_lista(mesa_de_diana, subir):
    subir(adjunto(), **CORTE)
    recepcion = la_unica()
    lista = mesa_de_diana.get(reverse("admin:indicadores_recepcion_changelist"))
    assert pagina(recepcion) in cuerpo(lista)
    vuelta = mesa_de_diana.get(pagina(recepcion), follow=True)
    assert "IDM_prueba.csv" in cuerpo(vuelta)


def test_el_segundo_envio_del_mismo_borrador_lleva_a_lo_ya_pedido(subir):
    subir(adjunto(), **CORTE)
    recepcion = la_unica()
    assert subir(recepcion=recepcion.pk).url == subir(recepcion=recepcion.pk).url == pagina(recepcion)
    assert Recepcion.objects.count() == 1


def test_otro_archivo_toma_el_lugar_del_borrador(subir):
    subir(adjunto(nombre="uno.csv"), **CORTE)
    subir(adjunto(nombre="otro.csv", hasta=6), recepcion=la_unica().pk)
    assert la_unica().estado == "recibida"
    assert ArchivoRecibido.objects.get().nombre == "otro.csv"


def test_uno_malo_no_toma_el_lugar_del_que_ya_llego(subir):
    subir(adjunto(nombre="bueno.csv"), **CORTE)
    html = cuerpo(subir(adjunto(b"x", nombre="malo.pdf"), recepcion=la_unica().pk))
    assert "no es CSV, ZIP ni Excel" in html and "bueno.csv" in html
    assert ArchivoRecibido.objects.get().nombre == "bueno.csv"


@pytest.mark.parametrize(
    ("archivos", "campos", "motivo"),
    [
        ((), {}, "Elige un archivo."),
        (((b"", "vacio.csv"),), {}, "El archivo está vacío"),
        (((b"x", "foto.png"),), {}, "no es CSV, ZIP ni Excel"),
        (((b"a", "a.csv"), (b"b", "b.csv")), {}, "elige uno solo"),
        (((b"a", "a.csv"), (b"b", "b.csv"), (b"c", "c.csv")), {"tipo": "poblacion"}, "Son demasiados archivos"),
        (((b"a", "a.csv"),), {"tipo": "otra"}, "Qué trae"),
        ((), {"recepcion": "x"}, "Elige un archivo."),
    ],
)
def test_lo_que_no_se_acepta_dice_por_que(subir, archivos, campos, motivo):
    respuesta = subir(*(adjunto(contenido, nombre=nombre) for contenido, nombre in archivos), **campos)
    assert respuesta.status_code == 200
    assert motivo in cuerpo(respuesta)
    assert not Recepcion.objects.exclude(estado="borrador").exists()


def test_un_archivo_muy_pesado_no_se_queda_y_lo_escrito_si(subir, monkeypatch):
    monkeypatch.setattr("indicadores.trozos.PESO_MAXIMO", 1000)
    respuesta = subir(adjunto(b"x" * 5000), simular="on", corte="2024-03")
    html = cuerpo(respuesta)
    assert respuesta.status_code == 200 and "pesa más de 600 MB" in html
    assert 'value="2024-03"' in html and html.count("checked") == 2
    assert not Trozo.objects.exists() and not Recepcion.objects.exists()


def test_un_cuerpo_enorme_se_deja_pasar_sin_guardarlo(subir, monkeypatch):
    monkeypatch.setattr("indicadores.subidas.PESO_MAXIMO", 0)
    monkeypatch.setattr("indicadores.subidas._HOLGURA", 0)
    assert "pesa más de 600 MB" in cuerpo(subir(adjunto(b"x" * 5000)))
    assert not Recepcion.objects.exists()


def test_lo_que_es_del_otro_tipo_se_ignora(subir):
    subir(adjunto(), nombre_de_edicion="CONAPO", usar="true")
    subir(adjunto(b"CVE\n1"), tipo="poblacion", corte="mal", forzar="on")
    poblacion, incidencia = Recepcion.objects.order_by("-pk")
    assert (incidencia.nombre_de_edicion, incidencia.usar) == ("", None)
    assert (poblacion.corte, poblacion.forzar, poblacion.estado) == (None, False, "recibida")


# ── Doors ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def estricto(diana, territorio):
    """A browser in which the token of the form counts, with Diana's session."""
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(diana)
    usar_segundo_factor(cliente, diana)
    return cliente


def test_sin_la_contrasena_del_formulario_no_se_guarda_nada(estricto):
    for _ in range(2):  # without its cookie, and with it
        respuesta = estricto.post(reverse(SUBIR), {"tipo": "incidencia", "archivos": adjunto()})
        assert respuesta.status_code == 403
        assert not Recepcion.objects.exists() and not Trozo.objects.exists()
        estricto.get(reverse(SUBIR))


def test_desde_otro_sitio_ni_se_lee(estricto, monkeypatch):
    estricto.get(reverse(SUBIR))
    leidos = []
    monkeypatch.setattr("indicadores.subidas.ManejadorDeTrozos.new_file", lambda *a, **k: leidos.append(a))
    datos = {
        "tipo": "incidencia",
        "csrfmiddlewaretoken": estricto.cookies["csrftoken"].value,
        "archivos": adjunto(),
    }
    respuesta = estricto.post(reverse(SUBIR), datos, headers={"origin": "https://otro.example"})
    assert respuesta.status_code == 403 and leidos == []


def test_con_la_contrasena_entra(estricto):
    estricto.get(reverse(SUBIR))
    datos = {
        "tipo": "incidencia",
        "csrfmiddlewaretoken": estricto.cookies["csrftoken"].value,
        "archivos": adjunto(),
    }
    assert estricto.post(reverse(SUBIR), datos).url == pagina(la_unica())


def direcciones(recepcion):
    """(method, address) of all there is in the desk of uploads."""
    yield "get", reverse("admin:indicadores_recepcion_changelist")
    yield "get", reverse(SUBIR)
    yield "post", reverse(SUBIR)
    yield "get", pagina(recepcion)
    yield "get", reverse("admin:indicadores_recepcion_avance", args=[recepcion.pk])
    yield "get", reverse("admin:indicadores_recepcion_history", args=[recepcion.pk])
    for accion in ("cargar", "forzar", "repetir", "descartar"):
        yield "post", reverse("admin:indicadores_recepcion_hacer", args=[recepcion.pk, accion])


@pytest.mark.parametrize("quien", ["anónima", "beto", "ana", "personal sin grupo", "quien solo mira"])
def test_solo_entra_quien_puede_cargar(como, subir, diana, ana, beto, quien):
    subir(adjunto())
    recepcion = la_unica()
    usuario = {"anónima": None, "beto": beto, "ana": ana}.get(quien, diana)
    if usuario == diana:
        diana.user_permissions.clear()
    if quien == "quien solo mira":
        diana.user_permissions.set(diana.user_permissions.model.objects.filter(codename__startswith="view_"))
    cliente = como(usuario)
    for metodo, url in direcciones(recepcion):
        respuesta = getattr(cliente, metodo)(url, {"archivos": adjunto()} if url == reverse(SUBIR) else None)
        assert respuesta.status_code == (403 if usuario == diana else 302), url
        if usuario != diana:
            assert respuesta.url.startswith("/admin/login/"), url
    indice = cliente.get(reverse("admin:index"), follow=True).content.decode()
    assert reverse(SUBIR) not in indice and f'"{reverse("admin:indicadores_recepcion_changelist")}"' not in indice
    recepcion.refresh_from_db()
    assert recepcion.estado == "recibida" and Recepcion.objects.count() == 1


def test_la_lista_cuesta_lo_mismo_con_mas_archivos(mesa_de_diana, subir, django_assert_max_num_queries):
    otra, _ = hacer_cuenta("Otra Persona", es_personal=True)
    for numero in range(6):
        subir(adjunto(b"x", nombre=f"{numero}.csv"))
        Recepcion.objects.update(usuario=otra)
    with django_assert_max_num_queries(14):
        html = cuerpo(mesa_de_diana.get(reverse("admin:indicadores_recepcion_changelist")))
    assert html.count(".csv»") == 6
