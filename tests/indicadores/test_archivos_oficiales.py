"""All the official files at hand, loaded in one go into an empty database, against a reader of its own."""

import csv
import io
import re
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from indicadores.models import Carga, Conteo
from indicadores.periodos import Periodicidad
from indicadores.series import serie
from mesas.operaciones import cargar_mesas_del_informe

ORIGEN = Path(__file__).resolve().parents[2].parent / "shared" / "datos"

ENTIDADES = [f"{numero:02d}" for numero in range(1, 33)]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ORIGEN.exists(), reason="faltan los archivos oficiales, que no viajan con el portal"),
]

# The older edition of each goes before the newer, so that both enter.
ARCHIVOS = (
    "IDEFC_NM_oct2020.csv",
    "IDEFC_NM_ago23.csv",
    "IDM_Guanajuato_homicidio_2020-2025_nov2025.csv",
    "IDM_NM_adaptado_homicidio_2024-2025.zip",
    "IDM_NM_reconstruido_29combos_2015-2024.zip",
    "IDM_NM_reconstruido_7subtipos_2015-2022.zip",
    "RNID-Delitos_Estatal-2026_edicion-ene2026.csv",
    "RNID-Delitos_Estatal-2026_edicion-feb2026.csv",
)


def leer(nombre):
    """Totals by (tipo, subtipo, año, entidad, mes) of a file, with nothing of the portal's own reader."""
    crudo = (ORIGEN / nombre).read_bytes()
    if nombre.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(crudo)) as paquete:
            crudo = paquete.read(paquete.namelist()[0])
    try:
        texto = crudo.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = crudo.decode("cp1252")
    lector = csv.reader(io.StringIO(texto, newline=""))
    next(lector)
    totales = defaultdict(int)
    for fila in lector:
        for mes, celda in enumerate(fila[-12:], start=1):
            if celda:
                llave = sencillo(fila[-15]), sencillo(fila[-14]), int(float(fila[0])), int(float(fila[1])), mes
                totales[llave] += int(float(celda.replace(",", "")))
    return totales


def sencillo(nombre):
    """Without accents, capitals nor spaces to spare, in which editions differ."""
    letras = unicodedata.normalize("NFD", nombre)
    return " ".join("".join(letra for letra in letras if not unicodedata.combining(letra)).casefold().split())


@pytest.fixture(scope="module")
def todo_cargado(django_db_setup, django_db_blocker):
    """Every file, once for the module, inside one transaction that is undone at its end."""
    with django_db_blocker.unblock():
        todo = transaction.atomic()
        todo.__enter__()
        try:
            call_command("cargar_incidencia", *[str(ORIGEN / nombre) for nombre in ARCHIVOS], stdout=io.StringIO())
            poblacion = str(ORIGEN / "conapo_municipal_1990-2040_total.csv")
            call_command("cargar_poblacion", poblacion, stdout=io.StringIO())
            cargar_mesas_del_informe()
            yield
        finally:
            transaction.set_rollback(True)
            todo.__exit__(None, None, None)


@pytest.fixture
def cargadas(todo_cargado, db):
    """The official files in their tables."""


def test_las_cifras_de_oro_por_la_orden_la_pagina_y_el_csv(cargadas, client):
    oro = {
        "08037": (919, 1_637_477, "56.1229"),
        "11020": (596, 1_851_376, "32.1923"),
        "23005": (294, 1_008_615, "29.1489"),
        "05035": (24, 767_200, "3.1283"),
        "mesa:tampico-madero-altamira": (10, 803_373, "1.2448"),
    }
    for territorio, (carpetas, poblacion, tasa) in oro.items():
        direccion = {"territorio": territorio, "delito": "homicidio-doloso", "desde": "2024", "hasta": "2024"}
        (fila,) = leer_csv(client.get("/datos/tasas.csv", direccion))
        assert (int(fila["carpetas"]), int(fila["poblacion"]), fila["tasa"]) == (carpetas, poblacion, tasa)
        escrita = f"{float(tasa):.1f}{' (inestable)' if carpetas < 20 else ''}"
        assert en_la_pagina(client, direccion, "2024") == (carpetas, poblacion, escrita)
    lapso = {"periodicidad": "movil12", "desde": "2025-06", "hasta": "2025-06"}
    direccion = {"territorio": "08037", "delito": "homicidio-doloso"} | lapso
    (movil,) = leer_csv(client.get("/datos/tasas.csv", direccion))
    assert (movil["carpetas"], float(movil["poblacion"]), movil["tasa"]) == ("847", 1_649_386.0, "51.3524")
    assert en_la_pagina(client, direccion, "junio de 2025") == (847, 1_649_386, "51.4")
    por_estado = {"06": (617, 736_743, "83.7470"), "nacional": (29_095, 125_995_825, "23.0920")}
    for territorio, (carpetas, poblacion, tasa) in por_estado.items():
        direccion = {"territorio": territorio, "delito": "homicidio-doloso", "desde": "2018", "hasta": "2018"}
        (fila,) = leer_csv(client.get("/datos/tasas.csv", direccion))
        assert (int(fila["carpetas"]), int(fila["poblacion"]), fila["tasa"]) == (carpetas, poblacion, tasa)
        assert en_la_pagina(client, direccion, "2018") == (carpetas, poblacion, f"{float(tasa):.1f}")


def en_la_pagina(client, direccion, periodo):
    """Carpetas, population and rate of the row of that period, in the table of the page of the crime."""
    consulta = {nombre: valor for nombre, valor in direccion.items() if nombre != "delito"}
    html = client.get(f"/indicadores/{direccion['delito']}/", consulta).content.decode()
    filas = [
        [" ".join(re.sub("<[^>]+>", " ", celda).split()) for celda in re.findall(r"<t[hd]\b.*?</t[hd]>", fila, re.S)]
        for fila in re.findall(r"<tr\b.*?</tr>", html, re.S)
    ]
    titulos = next(fila for fila in filas if "Carpetas" in " ".join(fila))
    assert [titulos[i].split()[0] for i in range(4)] == ["Periodo", "Carpetas", "Población", "Tasa"], titulos
    [(carpetas, poblacion, tasa)] = [fila[1:4] for fila in filas if fila[0] == periodo]
    return int(carpetas.replace(",", "")), int(poblacion.replace(",", "")), tasa


def leer_csv(respuesta):
    assert respuesta.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(respuesta.streaming_content).decode())))


@pytest.mark.parametrize("nombre", ARCHIVOS)
def test_lo_que_entro_de_cada_archivo_es_lo_que_lee_un_lector_aparte(cargadas, nombre):
    """Every subtipo of every entidad, month by month, in the editions that another replaced too."""
    carga = Carga.objects.get(archivo=nombre)
    por_entidad = Conteo.objects.filter(carga=carga, delito__nivel=3, territorio__in=ENTIDADES)
    entraron = {}
    for tipo, subtipo, entidad, meses in por_entidad.values_list(
        "delito__padre__nombre", "delito__nombre", "territorio", "meses"
    ):
        for lugar, cifra in enumerate(meses):
            anio, mes = carga.primer_anio + lugar // 12, lugar % 12 + 1
            entraron[sencillo(tipo), sencillo(subtipo), anio, int(entidad), mes] = cifra
    leidos = leer(nombre)
    assert {llave: cifra for llave, cifra in entraron.items() if cifra} == {
        llave: cifra for llave, cifra in leidos.items() if cifra
    }
    assert carga.total == sum(leidos.values()) > 0


def test_los_totales_por_entidad_son_los_de_un_lector_aparte(cargadas):
    """In force, as a series tells them: of the newest edition of each file, month by month."""
    estatal, rnid = leer("IDEFC_NM_ago23.csv"), leer("RNID-Delitos_Estatal-2026_edicion-feb2026.csv")
    varios = leer("IDM_NM_reconstruido_29combos_2015-2024.zip")
    comparadas = 0
    por_subtipo = defaultdict(dict)
    for totales in (estatal, rnid, varios):
        for (_, subtipo, *resto), total in totales.items():
            por_subtipo[id(totales), subtipo][tuple(resto)] = total
    for nombre, slug, totales in (
        ("Homicidio culposo", "homicidio-culposo", estatal),
        ("Fraude", "fraude", estatal),
        ("Narcomenudeo", "narcomenudeo", estatal),
        ("Robo a casa habitación", "robo-a-casa-habitacion", estatal),
        ("Fraude", "fraude", rnid),
        ("Extorsión presencial", "extorsion-presencial", rnid),
        ("Rapto", "rapto", varios),
        ("Tráfico de menores", "trafico-de-menores", varios),
    ):
        suyos = por_subtipo[id(totales), sencillo(nombre)]
        for entidad in range(1, 33):
            for renglon in serie(f"{entidad:02d}", slug, Periodicidad.MENSUAL):
                anio, mes = map(int, renglon.periodo.split("-"))
                if renglon.carpetas is not None and (anio, entidad, mes) in suyos:
                    comparadas += 1
                    assert renglon.carpetas == suyos[anio, entidad, mes], (nombre, entidad, renglon.periodo)
    assert comparadas > 15_000


def test_cargar_lo_mismo_otra_vez_no_cambia_nada(cargadas, capsys):
    vigentes = [nombre for nombre in ARCHIVOS if "oct2020" not in nombre and "ene2026" not in nombre]
    call_command("cargar_incidencia", *[str(ORIGEN / nombre) for nombre in vigentes])
    assert capsys.readouterr().out.count("no cambia nada") == len(vigentes)
