"""Files that come in: what each row would do, nothing until confirmed, nothing at all if one row is wrong."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.urls import reverse

from mesas.models import Cobertura, Mesa
from tests.fabricas import hacer_mesa, hacer_municipio
from tests.mesas.conftest import COLUMNAS, archivo_csv, archivo_xlsx, fila, texto

pytestmark = pytest.mark.django_db


def que(respuesta):
    return [(prevista.numero, prevista.que) for prevista in respuesta.context["filas"]]


def errores(respuesta):
    return [error for prevista in respuesta.context["filas"] for error in prevista.errores]


def hoja(*filas):
    return archivo_csv([COLUMNAS, *filas])


def test_la_vista_previa_dice_que_haria_cada_fila_y_no_guarda_nada(escritorio):
    Mesa.objects.create(slug="norte", nombre="Norte", entidad_id="28")
    Mesa.objects.create(slug="sur", nombre="Sur", entidad_id="28")
    respuesta = escritorio.previa(
        hoja(
            fila("valle", "Valle", publica="sí"),
            fila("norte", "Norte", nota="Ahora con nota"),
            fila("sur", "Sur"),
        )
    )
    assert que(respuesta) == [(2, "nueva"), (3, "cambia"), (4, "igual")]
    assert "Todavía no se guarda nada" in texto(respuesta)
    assert "Ahora con nota" in texto(respuesta)
    assert set(Mesa.objects.values_list("slug", "nota")) == {("norte", ""), ("sur", "")}


def test_confirmar_guarda_y_lo_cuenta(escritorio):
    Mesa.objects.create(slug="sur", nombre="Sur", entidad_id="28")
    respuesta = escritorio.previa(hoja(fila("valle", "Valle", publica="sí"), fila("sur", "Sur", nota="Nueva nota")))
    final = escritorio.confirmar(respuesta)
    assert "1 nuevas, 1 actualizadas y 0 sin cambios" in texto(final)
    assert Mesa.objects.get(slug="valle").publica is True
    assert Mesa.objects.get(slug="sur").nota == "Nueva nota"
    assert {registro.change_message for registro in LogEntry.objects.all()} == {"Desde un archivo importado."}


def test_avisa_de_lo_que_una_celda_en_blanco_borraria(escritorio):
    Mesa.objects.create(slug="sur", nombre="Sur", entidad_id="28", nota="Se guardó hace años")
    respuesta = escritorio.previa(hoja(fila("sur", "Sur"), fila("valle", "Valle")))
    assert "1 celda quedaría vacía" in texto(respuesta)
    assert "quedaría" not in texto(escritorio.previa(hoja(fila("sur", "Sur", nota="Otra"))))


def test_un_excel_que_perdio_el_cero_de_la_clave_se_entiende(escritorio):
    hacer_municipio("08037", "Juárez")
    respuesta = escritorio.previa(archivo_xlsx([COLUMNAS, ["juarez", "Juárez", 8, 1, "SI", None, None, None, None]]))
    escritorio.confirmar(respuesta)
    mesa = Mesa.objects.get(slug="juarez")
    assert (mesa.entidad_id, mesa.orden, mesa.publica, mesa.nota) == ("08", 1, True, "")


def test_separado_con_punto_y_coma_tambien_se_lee(escritorio):
    respuesta = escritorio.previa(archivo_csv([COLUMNAS, fila()], separador=";"))
    assert que(respuesta) == [(2, "nueva")]


@pytest.mark.parametrize(
    ("mala", "mensaje"),
    [
        (fila(entidad="99"), "entidad: No existe la entidad con clave «99»."),
        (fila(publica="quizá"), "publica: «quizá» no se entiende: escribe sí o no."),
        (fila(orden="primero"), "orden: «primero» no es un número entero."),
        (fila(zona_horaria="Europe/Madrid"), "zona_horaria: «Europe/Madrid» no es una zona horaria de México."),
        (fila(nombre=""), "nombre: Hace falta este dato."),
        (fila(slug="con espacio"), "slug: "),
        (fila(correo_publico="no-es-correo"), "correo_publico: Escribe un correo válido."),
        (fila(nombre="Norte"), "nombre: Ya "),
    ],
)
def test_una_fila_mala_dice_su_numero_y_su_motivo_y_no_deja_guardar(escritorio, mala, mensaje):
    Mesa.objects.create(slug="norte", nombre="Norte", entidad_id="28")
    respuesta = escritorio.previa(hoja(fila("buena", "Buena"), mala))
    assert que(respuesta) == [(2, "nueva"), (3, "error")]
    assert any(error.startswith(mensaje) for error in errores(respuesta)), errores(respuesta)
    assert "confirm_form" not in respuesta.context
    assert list(Mesa.objects.values_list("slug", flat=True)) == ["norte"]


def test_la_misma_direccion_dos_veces_es_un_error(escritorio):
    respuesta = escritorio.previa(hoja(fila("valle", "Valle"), fila("valle", "Otra")))
    assert errores(respuesta) == ["Repite la clave de la fila 2: valle."]


def test_los_renglones_vacios_no_mueven_los_numeros(escritorio):
    respuesta = escritorio.previa(archivo_csv([COLUMNAS, fila("uno", "Uno"), [""] * 9, fila("dos", "Dos", "99")]))
    assert que(respuesta) == [(2, "nueva"), (4, "error")]


def test_otra_hoja_dice_que_columnas_se_esperan(escritorio):
    respuesta = escritorio.previa(archivo_csv([["Mesa", "Estado"], ["Norte", "Tamaulipas"]]))
    assert respuesta.context["errores_del_archivo"] == [
        "Faltan columnas: slug, nombre, entidad. No se conocen: mesa, estado. "
        f"Las columnas de esta hoja son: {', '.join(COLUMNAS)}."
    ]
    assert respuesta.context["filas"] == []


@pytest.mark.parametrize(
    ("archivo", "mensaje"),
    [
        (archivo_csv([COLUMNAS, fila(nombre="León")], codificacion="cp1252"), "El archivo no está en UTF-8"),
        (archivo_csv([]), "está vacío"),
        (archivo_csv([COLUMNAS]), "ninguna fila"),
        (archivo_csv([[*COLUMNAS, "slug"], [*fila(), "x"]]), "repite columnas: slug"),
        (archivo_csv([COLUMNAS, [*fila(), "de más"]]), "La fila 2 tiene más celdas que la cabecera"),
        (archivo_csv([COLUMNAS], nombre="mesas.xlsx"), "no es un libro de Excel"),
        (archivo_csv([COLUMNAS], nombre="mesas.pdf"), "Sube un archivo .csv o .xlsx."),
    ],
)
def test_lo_que_no_se_puede_leer_dice_por_que(escritorio, archivo, mensaje):
    archivo.seek(0)
    respuesta = escritorio.previa(archivo)
    assert respuesta.status_code == 200
    # «The submitted file is empty» comes from the form itself, in Spanish.
    vacio = "El archivo enviado está vacío." in texto(respuesta)
    assert mensaje in texto(respuesta) or vacio
    assert not Mesa.objects.exists()


def test_demasiadas_filas_se_piden_en_partes(escritorio):
    respuesta = escritorio.previa(hoja(*[fila(f"m{i}", f"M{i}") for i in range(1001)]))
    assert "El archivo tiene 1,001 filas" in respuesta.context["errores_del_archivo"][0]


def test_si_la_vista_previa_caduco_lo_dice(escritorio):
    respuesta = escritorio.previa(hoja(fila()))
    cache.clear()
    final = escritorio.confirmar(respuesta)
    assert "La vista previa caducó y no se guardó nada" in texto(final)
    assert not Mesa.objects.exists()


def test_si_algo_cambio_antes_de_confirmar_no_se_guarda_nada(escritorio):
    respuesta = escritorio.previa(hoja(fila("uno", "Uno"), fila("dos", "Dos")))
    Mesa.objects.create(slug="otra", nombre="Dos", entidad_id="28")
    final = escritorio.confirmar(respuesta)
    assert "No se guardó nada. fila 3: nombre: Ya " in texto(final)
    assert list(Mesa.objects.values_list("slug", flat=True)) == ["otra"]


def test_coberturas_por_archivo(escritorio):
    hacer_mesa("Norte", "28038", municipio_nombre="Tampico")
    hacer_municipio("28009", "Ciudad Madero")
    columnas = ["mesa", "municipio", "desde", "hasta", "es_sede"]
    filas = [["norte", "28038", "", "", "sí"], ["norte", 28009, "21/11/2018", "", "no"]]
    respuesta = escritorio.previa(archivo_xlsx([columnas, *filas]), "cobertura")
    assert que(respuesta) == [(2, "igual"), (3, "nueva")]
    escritorio.confirmar(respuesta, "cobertura")
    assert Cobertura.objects.get(municipio="28009").desde == dt.date(2018, 11, 21)


@pytest.mark.parametrize(
    ("mala", "mensaje"),
    [
        (["norte", "99999", "", "", ""], "No existe el municipio con clave «99999»."),
        (["nadie", "28009", "", "", ""], "No existe la mesa con dirección «nadie»."),
        (["norte", "28009", "2018-13-40", "", ""], "«2018-13-40» no es una fecha"),
        (["norte", "28009", "2019-01-01", "2018-01-01", ""], "La fecha de término debe ser posterior a la de inicio."),
        (["norte", "28009", "", "", "sí"], "Esa mesa ya tiene otra sede en alguna de esas fechas."),
        (["norte", "28038", "2020-01-01", "", ""], "Esa mesa ya cubre ese municipio en alguna de esas fechas."),
    ],
)
def test_las_reglas_de_la_base_hablan_en_la_fila(escritorio, mala, mensaje):
    hacer_mesa("Norte", "28038")
    hacer_municipio("28009", "Ciudad Madero")
    respuesta = escritorio.previa(archivo_csv([["mesa", "municipio", "desde", "hasta", "es_sede"], mala]), "cobertura")
    assert any(mensaje in error for error in errores(respuesta)), errores(respuesta)


def test_quien_no_puede_escribir_no_importa(como, diana):
    diana.user_permissions.set(diana.user_permissions.filter(codename="view_mesa"))
    cliente = como(diana)
    assert cliente.get(reverse("admin:mesas_mesa_import")).status_code == 403
    assert cliente.get(reverse("admin:mesas_mesa_export")).status_code == 200


def test_sin_segundo_factor_no_hay_escritorio(como, diana, settings):
    assert settings.SEGUNDO_FACTOR_OBLIGATORIO is True
    diana.authenticator_set.all().delete()
    respuesta = como(diana).get(reverse("admin:mesas_mesa_import"))
    assert (respuesta.status_code, respuesta.url) == (302, reverse("mfa_index"))


def test_las_paginas_de_archivos_respetan_la_politica_de_contenido_y_hablan_espanol(escritorio):
    Mesa.objects.create(slug="sur", nombre="Sur", entidad_id="28")
    paginas = [
        escritorio.cliente.get(reverse("admin:mesas_mesa_import")),
        escritorio.cliente.get(reverse("admin:mesas_mesa_export")),
        escritorio.previa(hoja(fila("sur", "Sur", nota="Otra"))),
        escritorio.previa(hoja(fila("sur", "Sur", entidad="99"))),
        escritorio.previa(archivo_csv([["x"], ["y"]])),
    ]
    for pagina in paginas:
        html = texto(pagina)
        contenido = html[html.index('id="content-main"') : html.index("END SVGs")]
        for prohibido in (" style=", " onchange=", " onclick=", "<style", "<script"):
            assert prohibido not in contenido
        for ingles in ("Import", "Export ", "Submit", "Preview", "Row", "Resource", "Format", "Below is", "Select"):
            assert ingles not in contenido.replace("Importar", "").replace("Importación", ""), ingles
