"""The explorer: the address is the choice, nothing typed is lost, and it works with links and forms alone."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.core.cache import cache

from mesas.models import Mesa

pytestmark = pytest.mark.django_db

BASE = "/indicadores/?delito=homicidio-doloso"


def texto(respuesta):
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", respuesta.content.decode()).split()))


def enlaces(respuesta, dentro=""):
    """Addresses of the links of a page, by their text."""
    pares = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', respuesta.content.decode(), re.S)
    dichos = [(" ".join(re.sub(r"<[^>]+>", " ", dicho).split()), unescape(url)) for url, dicho in pares]
    return {dicho: url for dicho, url in dichos if dentro in url}


@pytest.fixture(autouse=True)
def sin_memoria():
    cache.clear()


def test_la_direccion_guarda_toda_la_eleccion(cifras, client):
    respuesta = client.get(f"{BASE}&territorio=28&territorio=11&periodicidad=anual&desde=2018&hasta=2022")
    pagina = texto(respuesta)
    assert "Homicidio doloso en Tamaulipas y en Guanajuato, por año" in pagina
    html = respuesta.content.decode()
    assert 'value="2018"' in html and 'value="2022"' in html
    assert '<option value="homicidio-doloso" selected>' in html
    assert re.findall(r'name="territorio" value="([^"]+)"', html) == ["28", "11"]
    assert "2018" in pagina and "2017 Tamaulipas" not in pagina


def test_cada_salida_es_la_misma_eleccion(cifras, client):
    respuesta = client.get(f"{BASE}&territorio=28&territorio=mesa:torreon&desde=2018-01")
    consulta = "delito=homicidio-doloso&territorio=28&territorio=mesa:torreon&periodicidad=anual&desde=2018-01"
    salidas = enlaces(respuesta, consulta)
    assert {url.partition("?")[0] for url in salidas.values()} >= {
        "/datos/tasas.csv",
        "/datos/tasas.json",
        "/indicadores/grafica.svg",
        "/indicadores/grafica.png",
        "http://testserver/indicadores/incrustar/",
    }
    for url in salidas.values():
        assert client.get(url.removeprefix("http://testserver")).status_code == 200
    codigo = re.search(r"<textarea[^>]*>(.*?)</textarea>", respuesta.content.decode(), re.S).group(1)
    assert unescape(unescape(codigo)).startswith(f'<iframe src="http://testserver/indicadores/incrustar/?{consulta}')
    assert f'rel="canonical" href="http://testserver/indicadores/?{consulta}"' in unescape(respuesta.content.decode())


def test_el_codigo_para_incrustar_resiste_un_nombre_con_comillas(cifras, client):
    Mesa.objects.filter(slug="torreon").update(nombre='Torreón "La <b>Laguna"')
    respuesta = client.get(f"{BASE}&territorio=mesa:torreon")
    codigo = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", respuesta.content.decode(), re.S).group(1))
    marcos = []
    lector = HTMLParser()
    lector.handle_starttag = lambda etiqueta, atributos: marcos.append((etiqueta, dict(atributos)))
    lector.feed(codigo)
    ((etiqueta, atributos),) = marcos
    assert etiqueta == "iframe" and set(atributos) == {"src", "title", "width", "height", "loading"}
    assert 'Torreón "La <b>Laguna"' in atributos["title"]
    assert atributos["src"].endswith("?delito=homicidio-doloso&territorio=mesa:torreon&periodicidad=anual")


@pytest.mark.parametrize("campo", ["desde", "hasta", "contra", "busca", "agregar"])
def test_cada_ayuda_esta_atada_a_su_campo(cifras, client, campo):
    html = client.get(BASE).content.decode()
    (control,) = re.findall(rf'<(?:input|select)[^>]* id="id_{campo}"[^>]*>', html)
    (descrito,) = re.findall(r'aria-describedby="([^"]+)"', control)
    assert re.search(rf'id="{descrito}">[^<]+<', html)


def test_lo_que_esta_mal_se_dice_y_lo_escrito_se_queda(cifras, client):
    respuesta = client.get(f"{BASE}&territorio=28&territorio=zzz&desde=ayer&periodicidad=semanal")
    assert respuesta.status_code == 400
    html = respuesta.content.decode()
    assert "<title>Error:" in html and 'value="ayer"' in html
    assert len(re.findall(r'href="#id_(busca|desde|periodicidad)"', html)) == 3
    pagina = texto(respuesta)
    assert "No existe el territorio «zzz»" in pagina
    assert "por homicidio doloso en Tamaulipas" in pagina  # the rest is drawn all the same


def test_un_texto_hostil_no_sale_de_su_caja(cifras, client):
    malo = "%3Cscript%3Ealert(1)%3C/script%3E%22"
    for ruta in (f"{BASE}&busca={malo}", f"{BASE}&desde={malo}", f"{BASE}&territorio={malo}", f"{BASE}&orden={malo}"):
        assert "<script>alert" not in client.get(ruta).content.decode()
    assert "<script>alert" not in client.get(f"/indicadores/territorios/?busca={malo}").content.decode()


def test_se_busca_un_lugar_sin_acentos_y_su_enlace_lo_agrega(cifras, client):
    respuesta = client.get(f"{BASE}&territorio=28&busca=leon guanajuato")
    hallados = enlaces(respuesta, "territorio=11020")
    assert list(hallados) == ["Agregar León, Guanajuato"]
    (url,) = hallados.values()
    assert url == "/indicadores/?delito=homicidio-doloso&territorio=28&territorio=11020&periodicidad=anual"
    despues = texto(client.get(url))
    assert "en Tamaulipas y en León, Guanajuato" in despues


def test_lo_que_no_se_encuentra_se_dice(cifras, client):
    assert "Ningún lugar se llama «zzzz»" in texto(client.get(f"{BASE}&busca=zzzz"))


def test_las_sugerencias_son_las_mismas_que_trae_el_boton(cifras, client):
    suelta = client.get("/indicadores/territorios/?delito=homicidio-doloso&territorio=28&busca=torreon")
    assert suelta.status_code == 200 and b"<html" not in suelta.content
    entera = client.get(f"{BASE}&territorio=28&busca=torreon").content.decode()
    for url in enlaces(suelta).values():
        assert url.replace("&", "&amp;") in entera
    assert "Mesa Torreón" in texto(suelta)


def test_se_quita_un_lugar_con_un_enlace(cifras, client):
    respuesta = client.get(f"{BASE}&territorio=28&territorio=11")
    quitar = {dicho: url for dicho, url in enlaces(respuesta).items() if dicho.startswith("Quitar")}
    assert quitar["Quitar Tamaulipas"] == "/indicadores/?delito=homicidio-doloso&territorio=11&periodicidad=anual"
    assert not [dicho for dicho in enlaces(client.get(f"{BASE}&territorio=28")) if dicho.startswith("Quitar")]


def test_los_municipios_se_juntan_y_se_separan_con_un_enlace(cifras, client):
    sueltos = client.get(f"{BASE}&territorio=nacional&territorio=28038&territorio=28003")
    juntar = enlaces(sueltos)["Ver los municipios como un solo territorio"]
    assert "territorio=nacional&territorio=grupo:28003-28038" in juntar
    juntos = client.get(juntar)
    assert "2 municipios: Altamira y Tampico" in texto(juntos)
    (separar,) = [url for dicho, url in enlaces(juntos).items() if dicho.startswith("Separar")]
    assert "territorio=nacional&territorio=28003&territorio=28038" in separar


def test_solo_caben_seis(cifras, client):
    seis = "".join(f"&territorio={clave}" for clave in ("01", "02", "03", "04", "05", "06"))
    assert 'name="busca"' not in client.get(BASE + seis).content.decode()
    siete = client.get(f"{BASE}{seis}&territorio=07")
    assert siete.status_code == 400 and "Caben 6 lugares a la vez" in texto(siete)


@pytest.mark.parametrize(
    ("enviado", "limpio"),
    [
        ("delito=robo&desde=&hasta=&busca=&agregar=", "delito=robo"),
        ("delito=robo&territorio=28&agregar=11", "delito=robo&territorio=28&territorio=11"),
        ("delito=homicidio-doloso&modalidad=con-arma-de-fuego", "delito=homicidio-doloso:con-arma-de-fuego"),
        ("delito=robo&modalidad=con-arma-de-fuego", "delito=robo"),
        ("delito=&busca=", ""),
    ],
)
def test_el_formulario_llega_a_una_direccion_limpia(cifras, client, enviado, limpio):
    respuesta = client.get(f"/indicadores/?{enviado}")
    assert respuesta.status_code == 302
    assert respuesta.url == (f"/indicadores/?{limpio}" if limpio else "/indicadores/")


def test_una_modalidad_tiene_su_pagina(cifras, client):
    pagina = texto(client.get("/indicadores/homicidio-doloso:con-arma-de-fuego/"))
    assert "Homicidio doloso: Con arma de fuego" in pagina


def test_junto_a_un_solo_lugar_va_el_pais(cifras, client):
    uno = texto(client.get(f"{BASE}&territorio=28"))
    assert "En el país fueron" in uno
    dos = client.get(f"{BASE}&territorio=28&territorio=11").content.decode()
    assert 'data-titulo="Territorio">México' not in dos


def test_la_comparacion_de_dos_lugares_dice_si_es_azar(cifras, client):
    pagina = texto(client.get(f"{BASE}&territorio=08037&territorio=11020&hasta=2024"))
    assert "En 2024, la tasa de Juárez, Chihuahua fue 1.7 veces (1.6 a 1.9) la de León, Guanajuato." in pagina
    azar = texto(client.get(f"{BASE}&territorio=05035&territorio=05030&hasta=2024"))
    assert "no es distinguible del azar" in azar
    parte = texto(client.get(f"{BASE}&territorio=08037&territorio=08&hasta=2024"))
    assert "Juárez, Chihuahua es parte de Chihuahua" in parte


def comparaciones(respuesta):
    """What «¿Es distinto o es azar?» says, by its heading."""
    html = respuesta.content.decode()
    seccion = html[html.index('id="azar-titulo"') :].partition("</section>")[0]
    pares = re.findall(r"<h3>(.*?)</h3>\s*<p>(.*?)</p>", seccion, re.S)
    return {unescape(titulo): unescape(frase) for titulo, frase in pares}


def test_el_lector_elige_con_que_periodo_comparar(cifras, client):
    """The period may be outside the span that is drawn; the address keeps it and the data do not get it."""
    respuesta = client.get(f"{BASE}&territorio=28&territorio=06&desde=2021&hasta=2022&contra=2018")
    assert respuesta.status_code == 200
    dichas = comparaciones(respuesta)
    sola = texto(client.get(f"{BASE}&territorio=28&desde=2018&hasta=2018"))
    assert "En 2018 se abrieron" in sola
    assert "la tasa de 2022 fue" in dichas["Tamaulipas, con 2018"] and "la de 2018" in dichas["Tamaulipas, con 2018"]
    assert dichas["Colima, con 2018"].startswith("Colima: ")
    assert "Con un año antes" not in dichas
    html = unescape(respuesta.content.decode())
    assert 'rel="canonical" href="http://testserver/indicadores/?' in html and "hasta=2022-12&contra=2018" in html
    assert 'name="contra" value="2018"' in html
    salidas = enlaces(respuesta, "/datos/tasas") | enlaces(respuesta, "/indicadores/grafica")
    assert salidas and not [url for url in salidas.values() if "contra" in url]
    assert all(client.get(url).status_code == 200 for url in salidas.values())
    quitar = [url for dicho, url in enlaces(respuesta).items() if dicho.startswith("Quitar")]
    assert all(url.endswith("&contra=2018") for url in quitar)
    assert "2018" not in re.findall(r'<th scope="row">(\d+)</th>', html), "it is compared, not drawn"


@pytest.mark.parametrize(
    ("consulta", "titulo", "dice"),
    [
        ("territorio=28&hasta=2022&contra=1999", "Tamaulipas, con 1999", "no traen cifra completa de 1999."),
        ("territorio=28&hasta=2022&contra=2022", "Tamaulipas, con 2022", "No se comparan: es la misma cifra."),
        (
            "territorio=28&hasta=2022-12&contra=2022-06&periodicidad=movil12",
            "Tamaulipas, con los 12 meses que terminaron en junio de 2022",
            "No se comparan: los dos lapsos comparten meses.",
        ),
        (
            "territorio=28&periodicidad=movil12&contra=2026-02",
            "Tamaulipas, con los 12 meses que terminaron en febrero de 2026",
            "cruzan enero de 2026. En enero de 2026 cambió la forma de contar",
        ),
        (
            "territorio=28&periodicidad=mensual&contra=2022-02",
            "Tamaulipas, con febrero de 2022",
            "No se comparan: una cifra es de RNID y la otra de CNSP/38/15: en enero de 2026 cambió",
        ),
    ],
)
def test_cuando_no_se_pueden_comparar_se_dice_por_que(cifras, client, consulta, titulo, dice):
    assert dice in comparaciones(client.get(f"{BASE}&{consulta}"))[titulo]


@pytest.mark.parametrize(
    ("consulta", "dice"),
    [
        ("contra=ayer", "«ayer» no vale para comparar. Escribe el año (AAAA)"),
        ("contra=2019-06", "«2019-06» no vale para comparar: cada cifra es de un año: escribe el año (2019)."),
        ("contra=2019&periodicidad=mensual", "cada cifra es «por mes»: escribe el año y el mes (2019-06)."),
        ("contra=2018&contra=2019", "Se compara con un solo periodo: deja uno."),
    ],
)
def test_un_periodo_que_no_vale_se_explica_y_se_queda_escrito(cifras, client, consulta, dice):
    respuesta = client.get(f"{BASE}&territorio=28&{consulta}")
    assert respuesta.status_code == 400
    assert dice in texto(respuesta) and 'href="#id_contra"' in respuesta.content.decode()
    assert re.search(r'name="contra" value="(ayer|2019|2019-06)"', respuesta.content.decode())
    assert "por homicidio doloso en Tamaulipas" in texto(respuesta)


def test_el_cambio_minimo_se_dice_en_carpetas(cifras, client):
    pagina = texto(client.get(f"{BASE}&territorio=05035&hasta=2024"))
    assert "En 2024 hubo 24 carpetas" in pagina and "tendría que bajar a" in pagina


def test_el_cambio_de_metodo_no_se_compara(cifras, client):
    pagina = texto(client.get("/indicadores/?delito=robo&territorio=09&periodicidad=mensual"))
    assert "Cambia la clasificación (RNID)" in pagina
    assert "En enero de 2026 cambió la forma de clasificar" in pagina
    assert "Con un año antes" not in pagina


def test_la_tabla_se_ordena_con_enlaces(cifras, client):
    respuesta = client.get(f"{BASE}&orden=tasa")
    html = respuesta.content.decode()
    assert 'aria-sort="ascending"' in html
    tasas = [float(t) for t in re.findall(r'data-titulo="Tasa">([\d.]+)', html)]
    assert tasas == sorted(tasas) and len(tasas) > 5
    assert "orden=-tasa#tabla" in "".join(enlaces(respuesta).values())


def test_una_serie_larga_va_por_paginas_y_no_pierde_la_eleccion(cifras, client):
    respuesta = client.get("/indicadores/?delito=feminicidio&territorio=28&territorio=11&periodicidad=mensual")
    siguiente = enlaces(respuesta)["Siguiente"]
    assert siguiente == "?delito=feminicidio&territorio=28&territorio=11&periodicidad=mensual&page=2"
    segunda = client.get(f"/indicadores/{siguiente}")
    assert segunda.status_code == 200 and "Página 2 de" in texto(segunda)


def test_una_mesa_oculta_no_se_encuentra_ni_se_muestra(cifras, client):
    Mesa.objects.filter(slug="torreon").update(publica=False)
    respuesta = client.get(f"{BASE}&territorio=mesa:torreon")
    assert respuesta.status_code == 400 and "No existe el territorio «mesa:torreon»" in texto(respuesta)


def test_sin_eleccion_se_ve_de_que_hay_cifras(cifras, client):
    pagina = texto(client.get("/indicadores/"))
    assert "Todos los delitos" in pagina and "Cómo leer estas cifras" in pagina
    assert "Elige delito, territorios y periodo" in pagina
