"""From the form to the figures, as the staff does it."""

import datetime as dt
import io
import random
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from indicadores import operaciones_recepciones as operaciones
from indicadores import tareas
from indicadores.models import ArchivoRecibido, Cambio, Carga, EdicionDePoblacion, Recepcion, Trozo
from indicadores.models.recepciones import DIAS_DE_GRACIA, PESO_DEL_TROZO
from tests.fabricas import hacer_cuenta
from tests.indicadores.archivos import MUNICIPAL, texto
from tests.indicadores.poblacion import archivos as poblacion
from tests.indicadores.subidas.conftest import SUBIR, adjunto, crudo, cuerpo, hacer, la_unica, pagina
from tests.indicadores.test_cargas import ARMAS, filas

pytestmark = pytest.mark.django_db


def test_del_formulario_a_las_cifras(mesa_de_diana, subir, atender, diana):
    formulario = mesa_de_diana.get(reverse(SUBIR))
    assert "Subir archivo" in formulario.content.decode()
    respuesta = subir(adjunto(hasta=3), corte="2024-03")
    recepcion = la_unica()
    assert respuesta.status_code == 302 and respuesta.url == pagina(recepcion)
    assert (recepcion.estado, recepcion.usuario, recepcion.corte) == ("recibida", diana, dt.date(2024, 3, 1))
    espera = mesa_de_diana.get(respuesta.url)
    assert "En espera de su turno" in cuerpo(espera)
    assert 'http-equiv="refresh"' in espera.content.decode()
    atender()
    recepcion.refresh_from_db()
    carga = Carga.objects.get()
    assert (recepcion.estado, recepcion.carga, recepcion.avance) == ("lista", carga, 100)
    assert (carga.usuario, carga.archivo, carga.corte) == (diana, "IDM_prueba.csv", dt.date(2024, 3, 1))
    assert not Trozo.objects.exists(), "what was loaded is not kept"
    final = mesa_de_diana.get(respuesta.url)
    html = cuerpo(final)
    assert recepcion.mensaje in html and reverse("admin:indicadores_carga_change", args=[carga.pk]) in html
    assert "Totales de control" in html and "Descartar" not in html
    assert 'http-equiv="refresh"' not in final.content.decode()
    lista = cuerpo(mesa_de_diana.get(reverse("admin:indicadores_recepcion_changelist")))
    assert "IDM_prueba.csv" in lista and "Lista" in lista


def test_simular_primero_y_despues_cargar(mesa_de_diana, subir, atender):
    subir(adjunto(), simular="on")
    atender()
    recepcion = la_unica()
    assert (recepcion.estado, recepcion.carga, Carga.objects.count()) == ("lista", None, 0)
    html = cuerpo(mesa_de_diana.get(pagina(recepcion)))
    assert "no se guardó nada" in html and "Cargar de verdad" in html and "2023" in html
    assert hacer(mesa_de_diana, recepcion, "cargar").status_code == 302
    assert (
        "ya se está atendiendo"
        in mesa_de_diana.post(
            reverse("admin:indicadores_recepcion_hacer", args=[recepcion.pk, "cargar"]), follow=True
        ).content.decode()
    ), "pressed twice"
    atender()
    recepcion.refresh_from_db()
    assert recepcion.carga == Carga.objects.get()
    assert not Trozo.objects.exists()


def test_un_archivo_roto_dice_donde_y_no_cambia_nada(mesa_de_diana, subir, atender):
    renglones = filas()
    renglones[3][10] = "doce"
    renglones[5][11] = "1.5"
    subir(adjunto(texto(MUNICIPAL, renglones).encode("cp1252")))
    atender()
    recepcion = la_unica()
    assert recepcion.estado == "con_errores" and not Carga.objects.exists()
    html = cuerpo(mesa_de_diana.get(pagina(recepcion)))
    for dicho in ("doce", "1.5", '<td class="archivo__numero">5</td>', "Lo que está mal", "se conserva aquí hasta"):
        assert dicho in html
    assert "Cargar de todos modos" not in html
    corregir = cuerpo(mesa_de_diana.get(f"{reverse(SUBIR)}?recepcion={recepcion.pk}"))
    assert "No hace falta que lo subas otra vez" in corregir


def test_de_un_archivo_con_muchos_errores_se_dicen_cincuenta(mesa_de_diana, subir, atender):
    renglones = filas(municipios=[f"28{numero:03d}" for numero in range(1, 44)])
    for renglon in renglones:
        renglon[9] = "x"
    subir(adjunto(texto(MUNICIPAL, renglones).encode("cp1252")))
    atender()
    recepcion = la_unica()
    assert len(recepcion.informe["fallas"]) == 50 and recepcion.informe["total"] == len(renglones)
    assert f"Los primeros 50 de {len(renglones)}" in cuerpo(mesa_de_diana.get(pagina(recepcion)))


def test_lo_que_solo_parece_incompleto_se_puede_forzar(mesa_de_diana, subir, atender):
    completo = filas()
    subir(adjunto(texto(MUNICIPAL, completo[:-1]).encode("cp1252")))
    atender()
    recepcion = la_unica()
    assert recepcion.estado == "con_errores"
    assert "Cargar de todos modos (forzar)" in cuerpo(mesa_de_diana.get(pagina(recepcion)))
    hacer(mesa_de_diana, recepcion, "forzar")
    atender()
    recepcion.refresh_from_db()
    assert recepcion.estado == "lista" and recepcion.carga.forzada


def test_un_corte_mal_dicho_se_corrige_sin_subir_otra_vez(mesa_de_diana, subir, atender):
    subir(adjunto(), corte="2023-03")
    atender()
    recepcion = la_unica()
    assert recepcion.estado == "con_errores"
    formulario = cuerpo(mesa_de_diana.get(f"{reverse(SUBIR)}?recepcion={recepcion.pk}"))
    assert 'value="2023-03"' in formulario
    respuesta = subir(recepcion=recepcion.pk, corte="")
    assert respuesta.url == pagina(recepcion)
    atender()
    recepcion.refresh_from_db()
    assert recepcion.estado == "lista" and Carga.objects.get().corte == dt.date(2024, 12, 1)


def test_el_mismo_archivo_otra_vez_no_cambia_nada(mesa_de_diana, subir, atender):
    for _ in range(2):
        subir(adjunto())
        atender()
    ultima = Recepcion.objects.first()
    assert (ultima.estado, ultima.carga) == ("sin_cambio", Carga.objects.get())
    html = cuerpo(mesa_de_diana.get(pagina(ultima)))
    assert "ya está cargado" in html and "Ver la carga" in html
    assert not Trozo.objects.exists()


def test_el_boton_oprimido_dos_veces_pide_una(subir, atender):
    uno = subir(adjunto())
    dos = subir(adjunto())
    assert uno.url == dos.url
    assert Recepcion.objects.count() == ArchivoRecibido.objects.count() == 1
    otra_cosa = subir(adjunto(), simular="on")
    assert otra_cosa.url != uno.url
    atender()
    assert Carga.objects.count() == 1


def test_un_corte_anterior_no_entra_solo_si_se_fuerza(mesa_de_diana, subir, atender):
    subir(adjunto(hasta=6))
    atender()
    subir(adjunto(nombre="vieja.csv", hasta=3))
    atender()
    vieja = Recepcion.objects.first()
    assert vieja.estado == "sin_cambio" and vieja.carga is None
    assert "forzar" in cuerpo(mesa_de_diana.get(pagina(vieja)))
    hacer(mesa_de_diana, vieja, "forzar")
    atender()
    vieja.refresh_from_db()
    assert vieja.estado == "lista" and vieja.carga.corte == dt.date(2024, 3, 1)


def test_un_zip_de_varios_trozos_llega_entero(subir, atender):
    """Beside the file comes a document, as the source does, which makes it weigh."""
    paquete = io.BytesIO()
    with zipfile.ZipFile(paquete, "w") as zip_:
        zip_.writestr("leer primero.pdf", random.Random(1).randbytes(2 * PESO_DEL_TROZO))
        zip_.writestr("datos.csv", crudo())
    subir(adjunto(paquete.getvalue(), nombre="datos.zip"))
    archivo = ArchivoRecibido.objects.get()
    assert archivo.bytes == len(paquete.getvalue())
    assert sorted(archivo.trozos.values_list("numero", flat=True)) == [0, 1, 2]
    atender()
    assert la_unica().estado == "lista"


def test_la_poblacion_tambien(mesa_de_diana, subir, atender, territorio):
    contenido = poblacion.texto(poblacion.ancho(poblacion.todos(), range(2023, 2025))).encode()
    subir(adjunto(contenido, nombre="p.csv"), tipo="poblacion", nombre_de_edicion="Edición de prueba", usar="true")
    atender()
    recepcion = la_unica()
    assert recepcion.estado == "lista", recepcion.mensaje
    assert EdicionDePoblacion.objects.get(vigente=True) == recepcion.edicion
    assert recepcion.edicion.nombre == "Edición de prueba"
    html = cuerpo(mesa_de_diana.get(pagina(recepcion)))
    assert "Población del país por año" in html and "Ver la edición" in html


def test_lo_que_la_fuente_cambio_se_ve_en_la_carga(mesa_de_diana, subir, atender):
    subir(adjunto(hasta=6))
    atender()
    cambios = {("28038", ARMAS[0], 2023): 99}
    subir(adjunto(nombre="nueva.csv", hasta=7, cambios=cambios.items()))
    atender()
    nueva = Carga.objects.get(archivo="nueva.csv")
    assert nueva.revisadas == Cambio.objects.filter(carga=nueva).count() > 0
    html = cuerpo(mesa_de_diana.get(reverse("admin:indicadores_carga_change", args=[nueva.pk])))
    assert "Lo que la fuente cambió" in html and "Por entidad" in html and nueva.sha256 in html


def test_los_archivos_viejos_se_olvidan_y_su_registro_queda(subir, atender, diana):
    subir(adjunto(), simular="on")
    atender()
    assert Trozo.objects.exists()
    Recepcion.objects.create(usuario=diana)
    despues = timezone.now() + dt.timedelta(days=DIAS_DE_GRACIA, minutes=1)
    assert operaciones.olvidar_archivos(ahora=timezone.now()) == 0
    assert operaciones.olvidar_archivos(ahora=despues) == 2
    assert not Trozo.objects.exists()
    assert la_unica().simular, "the draft went; the record of what was done stays"


def test_lo_que_ya_no_se_conserva_no_ofrece_nada(mesa_de_diana, subir, atender):
    subir(adjunto(), simular="on")
    atender()
    recepcion = la_unica()
    operaciones.olvidar_archivos(ahora=timezone.now() + dt.timedelta(days=DIAS_DE_GRACIA, minutes=1))
    assert "Cargar de verdad" not in cuerpo(mesa_de_diana.get(pagina(recepcion)))
    hacer(mesa_de_diana, recepcion, "cargar")
    atender()
    assert not Carga.objects.exists()


def test_descartar(mesa_de_diana, subir, atender):
    subir(adjunto())
    recepcion = la_unica()
    respuesta = hacer(mesa_de_diana, recepcion, "descartar")
    assert respuesta.url == reverse("admin:indicadores_recepcion_changelist")
    atender()
    recepcion.refresh_from_db()
    assert (recepcion.estado, Trozo.objects.count(), Carga.objects.count()) == ("interrumpida", 0, 0)


@pytest.fixture
def otra(diana):
    """Another of the staff, who may do the same."""
    usuario, _ = hacer_cuenta("Otra Persona", es_personal=True)
    usuario.user_permissions.set(diana.user_permissions.all())
    Authenticator.objects.create(user=usuario, type=Authenticator.Type.TOTP, data={"secret": "prueba"})
    return usuario


def test_la_carga_es_de_quien_la_pidio_aunque_otra_persona_subiera_el_archivo(como, subir, atender, diana, otra):
    subir(adjunto(), simular="on")
    atender()
    recepcion = la_unica()
    assert (recepcion.usuario, recepcion.pedida_por) == (diana, diana)
    hacer(como(otra), recepcion, "cargar")
    atender()
    recepcion.refresh_from_db()
    assert (recepcion.usuario, recepcion.pedida_por, recepcion.carga.usuario) == (diana, otra, otra)
    html = cuerpo(como(diana).get(pagina(recepcion)))
    assert "Quién pidió cargarlo" in html and str(otra) in html


def test_lo_retomado_sigue_siendo_de_quien_lo_pidio(como, subir, atender, diana, otra):
    subir(adjunto(), simular="on")
    atender()
    recepcion = la_unica()
    hacer(como(otra), recepcion, "cargar")
    hace = timezone.now() - dt.timedelta(minutes=5)
    Recepcion.objects.update(estado="en_curso", empezada=hace, latido=hace)
    tareas.retomar()
    atender()
    assert Carga.objects.get().usuario == otra


def test_descartar_queda_escrito(como, subir, otra):
    subir(adjunto())
    recepcion = la_unica()
    hacer(como(otra), recepcion, "descartar")
    apunte = LogEntry.objects.filter(object_id=recepcion.pk).latest("action_time")
    assert (apunte.user, apunte.get_change_message()) == (otra, "Descartó «IDM_prueba.csv».")


def test_lo_que_no_existe_no_se_hace(mesa_de_diana, subir):
    subir(adjunto())
    recepcion = la_unica()
    assert hacer(mesa_de_diana, recepcion, "borrar").status_code == 404
    url = reverse("admin:indicadores_recepcion_hacer", args=[recepcion.pk, "descartar"])
    assert mesa_de_diana.get(url).status_code == 405
    assert mesa_de_diana.post(pagina(recepcion)).status_code == 405
    assert mesa_de_diana.get("/admin/indicadores/recepcion/999999/change/").status_code == 404


def test_sin_nadie_que_atienda_la_pagina_lo_dice(mesa_de_diana, subir):
    subir(adjunto())
    recepcion = la_unica()
    assert "Nadie está atendiendo" not in cuerpo(mesa_de_diana.get(pagina(recepcion)))
    Recepcion.objects.update(encolada=timezone.now() - dt.timedelta(minutes=1))
    html = cuerpo(mesa_de_diana.get(pagina(recepcion)))
    assert "Nadie está atendiendo la cola" in html and "manage.py atender_cola" in html


def test_el_pedazo_que_cambia(mesa_de_diana, subir, atender):
    subir(adjunto())
    recepcion = la_unica()
    url = reverse("admin:indicadores_recepcion_avance", args=[recepcion.pk])
    html = mesa_de_diana.get(url).content.decode()
    assert "hx-swap-oob" in html and "<html" not in html and 'hx-trigger="every 2s"' in html
    callado = mesa_de_diana.get(url, {"dicho": recepcion.get_estado_display()}).content.decode()
    assert "hx-swap-oob" not in callado, "what was said is not said again"
    atender()
    final = mesa_de_diana.get(url).content.decode()
    assert "hx-trigger" not in final and "Ver la carga" in final and "<title>Lista" in final


def test_de_otra_persona(como, diana, mesa_de_diana, subir):
    otra, _ = hacer_cuenta("Otra Persona", es_personal=True)
    subir(adjunto(), corte="mal")
    borrador = la_unica()
    assert borrador.estado == "borrador"
    Recepcion.objects.update(usuario=otra)
    assert mesa_de_diana.get(pagina(borrador)).status_code == 404
    assert "IDM_prueba" not in cuerpo(mesa_de_diana.get(f"{reverse(SUBIR)}?recepcion={borrador.pk}"))
    respuesta = subir(recepcion=borrador.pk)
    assert respuesta.status_code == 200 and "Elige un archivo" in cuerpo(respuesta)
    assert hacer(mesa_de_diana, borrador, "descartar").status_code == 404
    borrador.refresh_from_db()
    assert borrador.estado == "borrador" and Trozo.objects.exists()


def test_la_que_ya_no_tiene_archivo_no_detiene_a_las_demas(subir, diana):
    subir(adjunto())
    sana = la_unica()
    hace = timezone.now() - dt.timedelta(minutes=5)
    vacia = Recepcion.objects.create(usuario=diana, estado="en_curso", empezada=hace, latido=hace)
    Recepcion.objects.filter(pk=sana.pk).update(estado="en_curso", empezada=hace, latido=hace)
    assert tareas.retomar() == [sana]
    assert sorted(Recepcion.objects.values_list("pk", "estado")) == [(sana.pk, "recibida"), (vacia.pk, "interrumpida")]
