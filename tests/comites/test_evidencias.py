"""Files of an agreement: what is admitted, what is taken off them, and who may open them."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from comites.archivos_de_evidencia import nombre_limpio, preparar
from comites.models import Evidencia, TrozoDeEvidencia
from comites.models.evidencias import MIB, PESO_MAXIMO
from comites.operaciones_evidencias import guardar_evidencia
from tests.fabricas import cerrar, hacer_acuerdo, hacer_cuenta, hacer_integrante, hacer_sesion, reservada

PDF = b"%PDF-1.7\n" + b"texto del informe " * 40
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def comprimido(**partes):
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        for nombre, contenido in partes.items():
            archivo.writestr(nombre.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), contenido)
    return salida.getvalue()


def docx(**mas):
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        for nombre in ("[Content_Types].xml", "word/document.xml", *mas.get("ademas", ())):
            archivo.writestr(nombre, "<x/>")
    return salida.getvalue()


def odt():
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        archivo.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archivo.writestr("content.xml", "<x/>")
    return salida.getvalue()


def foto(formato="JPEG", tamanio=(2400, 1200), **opciones):
    exif = Image.Exif()
    exif[0x010F] = "Telefono de Elisa"  # maker
    exif[0x0112] = 6  # held upright
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    salida = io.BytesIO()
    Image.new("RGB", tamanio, "teal").save(salida, formato, exif=exif, **opciones)
    return salida.getvalue()


def listo(contenido, nombre="archivo.bin"):
    return preparar(ContentFile(contenido, name=nombre))


# ── What is admitted ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("formato", ["JPEG", "PNG", "WEBP"])
def test_la_foto_se_dibuja_de_nuevo_sin_nada_de_quien_la_tomo(formato):
    original = foto(formato)
    assert b"Telefono de Elisa" in original
    archivo = listo(original, "Casa de Elisa.JPG.exe")
    contenido = b"".join(archivo.trozos())
    assert (archivo.tipo, archivo.nombre) == ("image/webp", "Casa de Elisa.JPG.webp")
    assert b"Telefono" not in contenido and b"EXIF" not in contenido and b"XMP" not in contenido
    with Image.open(io.BytesIO(contenido)) as imagen:
        assert imagen.size == (800, 1600)  # turned as it was held, and no larger than it needs
        assert not imagen.getexif() and "icc_profile" not in imagen.info


@pytest.mark.parametrize(
    ("contenido", "tipo"),
    [(PDF, "application/pdf"), (docx(), DOCX), (odt(), "application/vnd.oasis.opendocument.text")],
    ids=["pdf", "docx", "odt"],
)
def test_los_documentos_se_guardan_como_llegan(contenido, tipo):
    archivo = listo(contenido, "informe.pdf")
    assert (archivo.tipo, archivo.bytes) == (tipo, len(contenido))
    assert b"".join(archivo.trozos()) == contenido


@pytest.mark.parametrize(
    ("contenido", "nombre", "que_dice"),
    [
        (b"", "vacio.pdf", "está vacío"),
        (b"<html><script>alert(1)</script></html>", "foto.jpg", "por dentro no lo es"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "logo.png", "por dentro no lo es"),
        (b"MZ\x90\x00" + b"\0" * 100, "informe.pdf", "por dentro no lo es"),
        (b"basura" + PDF, "informe.pdf", "por dentro no lo es"),
        (b"MZ\x90\x00" + b"\0" * 100, "programa.exe", "no se admite"),
        (b"GIF89a" + b"\0" * 60, "foto.gif", "GIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40, "IMG_1.HEIC", "JPG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "viejo.doc", ""),
        (docx(ademas=["word/vbaProject.bin"]), "informe.docx", "macros"),
        (comprimido(hola_xml="x"), "informe.docx", "no es un documento"),
        (docx()[:-30], "informe.docx", "no es un documento"),
        (foto()[:900], "foto.jpg", "dañada"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "foto.png", "dañada"),
    ],
)
def test_lo_que_no_se_admite_dice_que_hacer(contenido, nombre, que_dice):
    with pytest.raises(ValidationError) as error:
        listo(contenido, nombre)
    assert que_dice in " ".join(error.value.messages)


def test_una_imagen_enorme_por_dentro_no_se_descomprime():
    salida = io.BytesIO()
    Image.new("1", (9000, 9000)).save(salida, "PNG")
    assert len(salida.getvalue()) < MIB
    with pytest.raises(ValidationError, match="demasiados puntos"):
        listo(salida.getvalue(), "bomba.png")


def test_un_directorio_falso_de_zip_no_llena_la_memoria():
    contenido = bytearray(docx())
    fin = contenido.rfind(b"PK\x05\x06")
    contenido[fin + 12 : fin + 16] = (64 * MIB).to_bytes(4, "little")
    with pytest.raises(ValidationError, match="no es un documento"):
        listo(bytes(contenido), "informe.docx")


@pytest.mark.parametrize(
    ("sucio", "limpio"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\fotos\\casa.pdf", "casa.pdf"),
        ("informe\u202efdp.exe", "informe fdp.pdf"),
        ("dos\nrenglones.pdf", "dos renglones.pdf"),
        ("...", "archivo.pdf"),
        (None, "archivo.pdf"),
        ("ñ" * 300 + ".pdf", "ñ" * 116 + ".pdf"),
    ],
)
def test_el_nombre_queda_sin_trampas(sucio, limpio):
    assert nombre_limpio(sucio, "pdf") == limpio and len(limpio) <= 120


# ── Through the door ────────────────────────────────────────────────────────────────────


@pytest.fixture
def acuerdo(norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    cerrar(sesion)
    acuerdo.refresh_from_db()
    return acuerdo


def ruta(acuerdo, nombre, *args):
    return reverse(f"coordinacion:{nombre}", args=[acuerdo.sesion.mesa.slug, acuerdo.folio, *args])


def subir(cliente, acuerdo, contenido=PDF, nombre="informe.pdf", **datos):
    archivo = SimpleUploadedFile(nombre, contenido)
    return cliente.post(ruta(acuerdo, "evidencia_nueva"), {"archivo": archivo, "nivel": "mesa"} | datos)


@pytest.mark.django_db
def test_se_sube_se_guarda_en_trozos_y_se_descarga_igual(como, ana, beto, acuerdo):
    contenido = PDF + bytes(range(256)) * (5 * 4096)
    assert subir(como(ana), acuerdo, contenido, "Informe de «luminarias».pdf").status_code == 302
    evidencia = Evidencia.objects.get()
    assert evidencia.trozos.count() == 6 and evidencia.subida_por == ana
    assert "Informe de «luminarias».pdf" in como(beto).get(ruta(acuerdo, "acuerdo")).content.decode()
    respuesta = como(beto).get(ruta(acuerdo, "evidencia", evidencia.pk), headers={"accept-encoding": "gzip"})
    assert b"".join(respuesta.streaming_content) == contenido
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["Content-Disposition"].startswith("attachment")
    assert respuesta["X-Content-Type-Options"] == "nosniff" and "no-store" in respuesta["Cache-Control"]
    assert respuesta["Content-Length"] == str(len(contenido))


@pytest.mark.django_db
def test_la_prueba_llega_con_el_avance_y_queda_en_su_paso(como, ana, acuerdo):
    datos = {"estado": "reportado", "texto": "Quedaron", "fecha": timezone.localdate().isoformat()}
    foto_ = SimpleUploadedFile("noche.jpg", foto(tamanio=(40, 20)))
    como(ana).post(ruta(acuerdo, "acuerdo_avance"), datos | {"archivo": foto_})
    evidencia = Evidencia.objects.get()
    assert evidencia.avance == acuerdo.avances.get() and evidencia.nombre == "noche.webp"


@pytest.mark.django_db
def test_un_archivo_malo_no_pierde_lo_escrito_ni_guarda_el_avance(como, ana, acuerdo):
    datos = {"estado": "reportado", "texto": "Quedaron las doce", "fecha": timezone.localdate().isoformat()}
    malo = SimpleUploadedFile("pagina.pdf", b"<html>")
    pagina = como(ana).post(ruta(acuerdo, "acuerdo_avance"), datos | {"archivo": malo}).content.decode()
    assert "Quedaron las doce" in pagina and "pero por dentro no lo es" in pagina
    bueno = SimpleUploadedFile("informe.pdf", PDF)
    pagina = como(ana).post(ruta(acuerdo, "acuerdo_avance"), datos | {"texto": "", "archivo": bueno}).content.decode()
    assert "vuelve a elegirlo" in pagina
    assert not acuerdo.avances.exists() and not Evidencia.objects.exists()


@pytest.mark.django_db
def test_lo_que_pesa_de_mas_se_dice_sin_guardarlo(como, ana, acuerdo):
    respuesta = subir(como(ana), acuerdo, PDF + b"\0" * PESO_MAXIMO)
    assert "pesa más de 20 MB" in respuesta.content.decode() and not Evidencia.objects.exists()
    justo = PDF + b"\0" * (PESO_MAXIMO - len(PDF))
    assert subir(como(ana), acuerdo, justo + b"\0").status_code == 200 and not Evidencia.objects.exists()
    assert subir(como(ana), acuerdo, justo).status_code == 302
    assert Evidencia.objects.get().bytes == PESO_MAXIMO == 20 * 1024 * 1024


@pytest.mark.django_db
def test_el_mismo_archivo_no_entra_dos_veces(como, ana, acuerdo):
    subir(como(ana), acuerdo)
    assert "ya está en el acuerdo" in subir(como(ana), acuerdo).content.decode()
    assert Evidencia.objects.count() == 1


@pytest.mark.django_db
def test_el_formulario_con_archivo_exige_su_marca(ana, acuerdo):
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(ana)
    for nombre in ("evidencia_nueva", "acuerdo_avance", "acuerdo_verificar"):
        archivo = SimpleUploadedFile("informe.pdf", PDF)
        assert cliente.post(ruta(acuerdo, nombre), {"archivo": archivo, "nivel": "mesa"}).status_code == 403
    assert not Evidencia.objects.exists()


def agregar(acuerdo, nivel="mesa", autor=None, contenido=PDF):
    reserva = {"motivo_de_reserva": "Se ve una cara", "revisar_reserva_el": dt.date(2099, 1, 1)}
    return guardar_evidencia(
        acuerdo=acuerdo, archivo=listo(contenido, f"prueba-{nivel}.pdf"), autor=autor, nivel=nivel, **reserva
    )


# Level of the agreement and of its file → who may open it: Beto (a member), Carla (of another mesa), Ana (records).
QUIEN_ABRE = {
    ("mesa", "mesa"): (200, 404, 200),
    ("mesa", "candidata"): (200, 404, 200),
    ("mesa", "red"): (200, 404, 200),  # never a broader reading than its agreement
    ("mesa", "reservada"): (404, 404, 200),
    ("reservada", "mesa"): (404, 404, 200),
    ("red", "mesa"): (200, 404, 200),
    ("red", "red"): (200, 200, 200),
    ("red", "reservada"): (404, 404, 200),
}


@pytest.mark.django_db
def test_quien_abre_cada_archivo(como, ana, beto, carla, norte):
    sesion = hacer_sesion(norte)
    acuerdos = {nivel: hacer_acuerdo(sesion, nivel=nivel) for nivel in ("mesa", "reservada", "red")}
    cerrar(sesion)
    archivos = {(uno, otro): agregar(acuerdos[uno], otro, contenido=PDF + otro.encode()) for uno, otro in QUIEN_ABRE}
    for turno, (persona, mesa) in enumerate([(beto, "norte"), (carla, "sur"), (ana, "norte")]):
        cliente = como(persona)
        paginas = {
            nivel: cliente.get(reverse("coordinacion:acuerdo", args=[mesa, acuerdo.folio])).content.decode()
            for nivel, acuerdo in acuerdos.items()
        }
        for niveles, esperado in QUIEN_ABRE.items():
            evidencia = archivos[niveles]
            url = reverse("coordinacion:evidencia", args=[mesa, acuerdos[niveles[0]].folio, evidencia.pk])
            caso = (persona.email, niveles)
            assert cliente.get(url).status_code == esperado[turno], caso
            assert (evidencia.nombre in paginas[niveles[0]]) == (esperado[turno] == 200), caso
            if mesa == "sur":  # through the mesa that is not hers it does not exist at all
                assert cliente.get(ruta(acuerdos[niveles[0]], "evidencia", evidencia.pk)).status_code == 404


@pytest.mark.django_db
def test_sin_cuenta_no_se_abre_y_el_personal_de_la_red_si(como, diana, norte, acuerdo):
    url = ruta(acuerdo, "evidencia", agregar(acuerdo).pk)
    assert como(None).get(url).url.startswith(reverse("account_login"))
    assert como(diana).get(url).status_code == 200


@pytest.mark.django_db
def test_lo_reservado_lo_abre_quien_lo_subio_quien_responde_y_se_ve_que_hay(como, beto, norte):
    gema, persona = hacer_cuenta("Gema Prueba")
    asiento = hacer_integrante(norte, persona)
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion, institucion_responsable=None, responsable=asiento)
    cerrar(sesion)
    ajeno = agregar(acuerdo, "reservada")
    de_beto = agregar(acuerdo, "reservada", autor=beto, contenido=PDF + b"2")
    assert como(gema).get(ruta(acuerdo, "evidencia", ajeno.pk)).status_code == 200
    assert como(beto).get(ruta(acuerdo, "evidencia", de_beto.pk)).status_code == 200
    assert como(beto).get(ruta(acuerdo, "evidencia", ajeno.pk)).status_code == 404
    assert "1 archivo reservado" in como(beto).get(ruta(acuerdo, "acuerdo")).content.decode()


@pytest.mark.django_db
def test_ningun_archivo_llega_al_publico(client, norte):
    """Its agreement may be public; the file never is, nor its name, nor what says that it exists."""
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion, nivel="red")
    cerrar(sesion)
    evidencia = agregar(acuerdo, "red")
    datos = reverse("datos_acuerdos", args=["json"])
    for url in (reverse("acuerdos"), reverse("inicio"), norte.get_absolute_url(), datos):
        assert evidencia.nombre not in client.get(url).getvalue().decode()
    assert client.get(ruta(acuerdo, "evidencia", evidencia.pk)).status_code == 302


@pytest.mark.django_db
def test_un_pk_de_otro_acuerdo_no_abre(como, ana, norte, acuerdo):
    evidencia = agregar(acuerdo)
    sesion = hacer_sesion(norte, dias=-3)
    otro = hacer_acuerdo(sesion)
    cerrar(sesion)
    assert como(ana).get(ruta(otro, "evidencia", evidencia.pk)).status_code == 404


@pytest.mark.django_db
def test_cambia_su_nivel_quien_lo_subio_o_coordina(como, ana, beto, acuerdo):
    evidencia = agregar(acuerdo, autor=ana)
    url = ruta(acuerdo, "evidencia_nivel", evidencia.pk)
    assert como(beto).get(url).status_code == 403
    pagina = como(ana).post(url, {"nivel": "reservada"}).content.decode()
    assert "Di por qué se reserva" in pagina and "Di qué día se revisa" in pagina
    datos = {"nivel": "reservada", "motivo_de_reserva": "Se ve una cara", "revisar_reserva_el": "2090-01-01"}
    assert "dentro de un año" in como(ana).post(url, datos).content.decode()
    como(ana).post(url, datos | {"revisar_reserva_el": (timezone.localdate() + dt.timedelta(days=90)).isoformat()})
    evidencia.refresh_from_db()
    assert evidencia.nivel == "reservada" and como(beto).get(url).status_code == 404
    assert como(ana).post(url, {"nivel": "publica"}).status_code == 200
    assert Evidencia.objects.get().nivel == "reservada"


@pytest.mark.django_db
def test_quien_lo_subio_no_levanta_la_reserva_que_puso_la_coordinacion(como, ana, beto, acuerdo):
    evidencia = agregar(acuerdo, autor=beto)
    url = ruta(acuerdo, "evidencia_nivel", evidencia.pk)
    assert como(beto).get(url).status_code == 200
    como(ana).post(url, reservada())
    for metodo in ("get", "post"):
        assert getattr(como(beto), metodo)(url, {"nivel": "mesa"}).status_code == 403
    assert Evidencia.objects.get().nivel == "reservada"
    assert url not in como(beto).get(ruta(acuerdo, "acuerdo")).content.decode()
    como(ana).post(url, {"nivel": "mesa"})
    assert Evidencia.objects.get().nivel == "mesa"


@pytest.mark.django_db
def test_lo_retirado_se_borra_de_verdad_y_deja_su_motivo(como, ana, beto, acuerdo):
    evidencia = agregar(acuerdo, autor=ana)
    nombre = evidencia.nombre
    url = ruta(acuerdo, "evidencia_retirar", evidencia.pk)
    assert como(beto).post(url, {"motivo": "x"}).status_code == 403
    como(ana).post(url, {"motivo": "Se veía una cara"})
    assert not TrozoDeEvidencia.objects.exists()
    pagina = como(beto).get(ruta(acuerdo, "acuerdo")).content.decode()
    assert "Se veía una cara" in pagina and nombre not in pagina
    assert como(ana).get(ruta(acuerdo, "evidencia", evidencia.pk)).status_code == 404
    assert como(ana).post(url, {"motivo": "otra vez"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "regla"),
    [
        ("UPDATE comites_evidencia SET nivel = 'publica'", "comites_evidencia_nivel"),
        ("UPDATE comites_evidencia SET nivel = 'reservada'", "comites_evidencia_reserva"),
        (
            "UPDATE comites_evidencia SET nivel = 'reservada', motivo_de_reserva = ' ', revisar_reserva_el = now()",
            "comites_evidencia_reserva",
        ),
        ("UPDATE comites_evidencia SET sha256 = ''", "comites_se_escribe_una_vez"),
        ("UPDATE comites_evidencia SET avance_id = 1", "comites_se_escribe_una_vez"),
        ("UPDATE comites_evidencia SET retirada_el = now()", "comites_evidencia_retirada_sin_nombre"),
        ("UPDATE comites_trozodeevidencia SET datos = 'x'", "comites_se_escribe_una_vez"),
        (
            "INSERT INTO comites_trozodeevidencia (evidencia_id, numero, datos)"
            " SELECT id, 9, repeat('x', 1 << 21)::bytea FROM comites_evidencia",
            "comites_trozo_peso",
        ),
    ],
)
def test_ni_por_sql(acuerdo, sql, regla):
    agregar(acuerdo)
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert error.value.__cause__.diag.constraint_name == regla


@pytest.mark.django_db
def test_antes_de_cerrar_la_sesion_no_hay_pruebas(como, ana, norte):
    acuerdo = hacer_acuerdo(hacer_sesion(norte))
    assert "después de cerrar la sesión" in subir(como(ana), acuerdo).content.decode()
