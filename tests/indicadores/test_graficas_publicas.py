"""The chart outside its page: as a picture with its source printed, and framed by others."""

import struct
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.django_db

ELECCION = "?delito=homicidio-doloso&territorio=nacional&territorio=mesa:tampico-madero-altamira"
SVG, PNG = f"/indicadores/grafica.svg{ELECCION}", f"/indicadores/grafica.png{ELECCION}"


def textos(svg):
    raiz = ElementTree.fromstring(svg)
    return ["".join(t.itertext()) for t in raiz.iter("{http://www.w3.org/2000/svg}text")]


def test_el_svg_lleva_impreso_de_donde_sale(cifras, client):
    respuesta = client.get(SVG)
    assert respuesta["Content-Type"] == "image/svg+xml"
    dicho = " ".join(textos(respuesta.content.decode()))
    for parte in (
        "Homicidio doloso en México y en el territorio de la mesa",
        "Carpetas por 100 mil habitantes",
        "Fuente: SESNSP / CNI",
        "Corte: agosto de 2023, junio de 2025",
        "Unidad: presuntos delitos",
        "Población: CONAPO 1990-2040",
        "http://testserver/indicadores/?delito=homicidio-doloso",
        "Red Nacional de Mesas de Seguridad y Justicia · Imagen hecha el",
        "no víctimas",
        "tasa es inestable",
    ):
        assert parte in dicho
    assert "grafica.svg" not in dicho


def test_el_png_mide_1200_y_viene_con_nombre(cifras, client):
    respuesta = client.get(PNG)
    assert respuesta["Content-Type"] == "image/png"
    assert struct.unpack(">I", respuesta.content[16:20]) == (1200,)
    nombre = 'inline; filename="homicidio-doloso-nacional-mesa-tampico-madero-altamira-anual.png"'
    assert respuesta["Content-Disposition"] == nombre


@pytest.mark.parametrize("ruta", [SVG, PNG])
def test_no_se_manda_dos_veces(cifras, client, ruta):
    primera = client.get(ruta)
    segunda = client.get(ruta, headers={"if-none-match": primera["ETag"]})
    assert (segunda.status_code, segunda.content) == (304, b"")


@pytest.mark.parametrize("consulta", ["?delito=no-hay", "?territorio=zzz", "?periodicidad=x", "?desde=ayer"])
@pytest.mark.parametrize("formato", ["svg", "png"])
def test_lo_que_esta_mal_no_da_una_imagen_de_otra_cosa(cifras, client, consulta, formato):
    respuesta = client.get(f"/indicadores/grafica.{formato}{consulta}")
    assert respuesta.status_code == 400 and respuesta["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("ruta", ["grafica.jpg", "grafica.svg?delito=extorsion&territorio=mesa:torreon"])
def test_sin_que_dibujar_no_hay_imagen(cifras, client, ruta):
    assert client.get(f"/indicadores/{ruta}").status_code == 404


def test_solo_la_incrustada_se_deja_enmarcar(cifras, client):
    incrustada = client.get(f"/indicadores/incrustar/{ELECCION}")
    assert "frame-ancestors *" in incrustada["Content-Security-Policy"]
    assert "script-src 'self'" in incrustada["Content-Security-Policy"]
    assert "X-Frame-Options" not in incrustada
    for ruta in (f"/indicadores/{ELECCION}", SVG, "/indicadores/metodologia/", "/"):
        otra = client.get(ruta)
        assert "frame-ancestors 'none'" in otra["Content-Security-Policy"]
        assert otra["X-Frame-Options"] == "DENY"


def test_la_incrustada_dice_su_fuente_y_como_volver(cifras, client):
    html = client.get(f"/indicadores/incrustar/{ELECCION}").content.decode()
    assert "<b>Fuente:</b> SESNSP" in html and "<b>Corte:</b>" in html
    assert 'href="http://testserver/indicadores/?delito=homicidio-doloso&amp;territorio=nacional' in html
    assert 'target="_blank" rel="noopener"' in html
    assert "noindex" in html and "<nav" not in html and "<form" not in html
    assert "Ver los datos en una tabla" in html


def test_la_incrustada_dice_lo_que_esta_mal(cifras, client):
    """And draws nothing: on somebody else's page nobody would see that it is another figure."""
    respuesta = client.get("/indicadores/incrustar/?delito=feminicidio&territorio=zzz&territorio=28")
    assert respuesta.status_code == 400
    html = respuesta.content.decode()
    assert "No existe el territorio «zzz»" in html and "su dirección tiene algo mal" in html
    assert "<svg viewBox" not in html and "<table" not in html and "Feminicidio" not in html
    assert 'href="http://testserver/indicadores/" target="_blank"' in html


def test_la_incrustada_no_deja_galletas(cifras, client):
    assert not client.get(f"/indicadores/incrustar/{ELECCION}").cookies
