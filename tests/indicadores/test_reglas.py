"""What PostgreSQL refuses, whatever writes it."""

import datetime as dt

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from indicadores.models import Alcance, Carga, Conteo, Delito, EdicionDePoblacion, Poblacion
from indicadores.operaciones import cargar_taxonomia, usar_edicion
from tests.fabricas import hacer_municipio

pytestmark = pytest.mark.django_db

NM, RNID = "CNSP/38/15", "RNID"
HUELLA = "a" * 64


@pytest.fixture
def subtipos():
    hacer_municipio("28038")
    return cargar_taxonomia(
        [
            [NM, "La vida", "Homicidio", "Homicidio doloso", "Con arma de fuego"],
            [NM, "La vida", "Homicidio", "Homicidio culposo", "No especificado"],
            [RNID, "La vida", "Homicidio", "Homicidio doloso", "Con arma de fuego"],
        ]
    )


def hacer_carga(**campos):
    campos = {
        "instrumento": NM,
        "ambito": "municipal",
        "archivo": "a.csv",
        "sha256": HUELLA,
        "corte": dt.date(2025, 6, 1),
        "primer_anio": 2024,
        "ultimo_anio": 2025,
        "fuente": "prueba",
        "filas": 1,
        "total": 0,
    } | campos
    return Carga.objects.create(**campos)


def hacer_alcance(carga, delito, **campos):
    campos = {
        "instrumento": carga.instrumento,
        "ambito": carga.ambito,
        "entidad_id": "28",
        "anio": 2024,
        "meses": 4095,
        "corte": carga.corte,
    } | campos
    return Alcance.objects.create(carga=carga, delito_id=delito, **campos)


def rechaza(regla, hacer, error=IntegrityError):
    """The database refuses, by that rule."""
    with pytest.raises(error) as fallo, transaction.atomic():
        hacer()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert fallo.value.__cause__.diag.constraint_name == regla


def sql(texto, *valores):
    def correr():
        with connection.cursor() as cursor:
            cursor.execute(texto, valores)

    return correr


CONTAR = (
    "INSERT INTO indicadores_conteo (carga_id, delito_id, territorio, meses) "
    "VALUES (%s, %s, %s, array_fill(1, ARRAY[24]))"
)


def test_una_cifra_no_existe_fuera_del_alcance_de_su_carga(subtipos):
    carga, doloso = hacer_carga(), subtipos[NM, "homicidio-doloso"]
    regla = "indicadores_conteo_en_su_alcance"
    rechaza(regla, sql(CONTAR, carga.pk, doloso, "28038"))
    hacer_alcance(carga, doloso)
    rechaza(regla, sql(CONTAR, carga.pk, doloso, "31050"))
    rechaza(regla, sql(CONTAR, carga.pk, subtipos[NM, "homicidio-culposo"], "28038"))
    rechaza(regla, sql(CONTAR, carga.pk, Delito.objects.get(instrumento=NM, nivel=2).pk, "28038"))
    rechaza(regla, sql(CONTAR, carga.pk, -1, "28038"))
    rechaza("indicadores_conteo_de_un_municipio", sql(CONTAR, carga.pk, doloso, "28777"))
    sql(CONTAR, carga.pk, doloso, "28038")()
    sql(CONTAR, carga.pk, doloso, "28")()
    rechaza(regla, sql("UPDATE indicadores_conteo SET territorio = '31050' WHERE territorio = '28038'"))
    modalidad = Delito.objects.get(nivel=4, padre=doloso)
    Conteo.objects.bulk_create([Conteo(carga=carga, delito=modalidad, territorio="28038", meses=[-1] + [0] * 23)])


def test_las_cifras_se_van_con_el_ultimo_de_sus_alcances(subtipos):
    carga, doloso = hacer_carga(), subtipos[NM, "homicidio-doloso"]
    hacer_alcance(carga, doloso)
    hacer_alcance(carga, doloso, anio=2025, meses=1)
    sql(CONTAR, carga.pk, doloso, "28038")()
    sql("DELETE FROM indicadores_alcance WHERE carga_id = %s AND anio = 2025", carga.pk)()
    assert Conteo.objects.exists()
    sql("DELETE FROM indicadores_alcance WHERE carga_id = %s", carga.pk)()
    assert not Conteo.objects.exists()


def test_un_conteo_tiene_doce_meses_por_anio_de_su_carga_y_una_clave(subtipos):
    carga, doloso = hacer_carga(), subtipos[NM, "homicidio-doloso"]
    hacer_alcance(carga, doloso)
    for forma in ("ARRAY[23]", "ARRAY[12]", "ARRAY[2,12]", "ARRAY[24], ARRAY[0]"):
        otra = CONTAR.replace("ARRAY[24]", forma)
        rechaza("indicadores_conteo_doce_meses", sql(otra, carga.pk, doloso, "28038"))
    rechaza("indicadores_conteo_territorio", sql(CONTAR, carga.pk, doloso, "280"))
    rechaza("indicadores_conteo_pkey", lambda: [sql(CONTAR, carga.pk, doloso, "28038")() for _ in range(2)])


def test_una_carga_con_cifras_no_cambia_de_anios(subtipos):
    carga, doloso = hacer_carga(), subtipos[NM, "homicidio-doloso"]
    rechaza("indicadores_carga_anios", sql("UPDATE indicadores_carga SET primer_anio = 2026"))
    hacer_alcance(carga, doloso)
    sql(CONTAR, carga.pk, doloso, "28038")()
    rechaza("indicadores_carga_fija", sql("UPDATE indicadores_carga SET primer_anio = 2023"))
    sql("UPDATE indicadores_carga SET nota = 'x'")()


def test_un_alcance_vigente_por_delito_anio_y_entidad(subtipos):
    doloso = subtipos[NM, "homicidio-doloso"]
    hacer_alcance(hacer_carga(), doloso)
    otra = hacer_carga(sha256="b" * 64)
    rechaza("indicadores_un_alcance_vigente", lambda: hacer_alcance(otra, doloso))
    hacer_alcance(otra, doloso, vigente=False)
    hacer_alcance(hacer_carga(sha256="c" * 64, ambito="estatal"), doloso)
    rechaza("indicadores_un_alcance_vigente", sql("UPDATE indicadores_alcance SET vigente = true"))
    rechaza("indicadores_alcance_reemplazado", sql("UPDATE indicadores_alcance SET reemplazada_por_id = %s", otra.pk))


def test_un_alcance_es_de_un_subtipo_de_su_instrumento(subtipos):
    carga = hacer_carga()
    regla = "indicadores_alcance_de_subtipo"
    rechaza(regla, lambda: hacer_alcance(carga, subtipos[RNID, "homicidio-doloso"]))
    tipo = Delito.objects.get(instrumento=NM, nivel=2)
    rechaza(regla, lambda: hacer_alcance(carga, tipo.pk))
    modalidad = Delito.objects.get(instrumento=NM, nivel=4, padre__slug="homicidio-doloso")
    rechaza("indicadores_alcance_nivel", lambda: hacer_alcance(carga, modalidad.pk, nivel=4))
    hacer_alcance(carga, tipo.pk, nivel=2)
    doloso = subtipos[NM, "homicidio-doloso"]
    rechaza("indicadores_alcance_de_su_carga", lambda: hacer_alcance(carga, doloso, ambito="estatal"))


def test_cada_instrumento_en_sus_anios(subtipos):
    regla = "indicadores_alcance_instrumento"
    viejo, nuevo = hacer_carga(corte=dt.date(2026, 6, 1)), hacer_carga(instrumento=RNID, corte=dt.date(2026, 6, 1))
    rechaza(regla, lambda: hacer_alcance(viejo, subtipos[NM, "homicidio-doloso"], anio=2026, meses=1))
    rechaza(regla, lambda: hacer_alcance(nuevo, subtipos[RNID, "homicidio-doloso"], anio=2025))


def test_nada_se_reporta_despues_del_corte(subtipos):
    carga, doloso = hacer_carga(), subtipos[NM, "homicidio-doloso"]
    regla = "indicadores_alcance_hasta_el_corte"
    rechaza(regla, lambda: hacer_alcance(carga, doloso, anio=2025, meses=0b1111111))
    hacer_alcance(carga, doloso, anio=2025, meses=0b111111)
    rechaza("indicadores_alcance_meses", lambda: hacer_alcance(carga, doloso, meses=0))
    rechaza("indicadores_alcance_meses", lambda: hacer_alcance(carga, doloso, meses=4096))


def test_un_alcance_no_cambia_de_lugar(subtipos):
    hacer_alcance(hacer_carga(), subtipos[NM, "homicidio-doloso"])
    rechaza("indicadores_alcance_fijo", sql("UPDATE indicadores_alcance SET anio = 2023"))
    sql("UPDATE indicadores_alcance SET vigente = false")()


def test_el_corte_es_un_mes_y_la_huella_una_huella():
    rechaza("indicadores_carga_corte", lambda: hacer_carga(corte=dt.date(2025, 6, 2)))
    rechaza("indicadores_carga_sha256", lambda: hacer_carga(sha256="x" * 64))
    primera = hacer_carga()
    rechaza("indicadores_carga_unica", hacer_carga)
    Carga.objects.filter(pk=primera.pk).update(deshecha=timezone.now())
    hacer_carga()  # what was undone may be loaded again
    hacer_carga(extracto="e" * 64)  # and what came with the portal is not the whole file
    rechaza("indicadores_carga_del_extracto_unica", lambda: hacer_carga(extracto="f" * 64))


def test_una_revision_dice_un_cambio_en_un_mes(subtipos):
    carga, doloso = hacer_carga(), subtipos[NM, "homicidio-doloso"]
    revisar = (
        "INSERT INTO indicadores_cambio (carga_id, delito_id, territorio, mes, antes, despues) "
        f"VALUES ({carga.pk}, {doloso}, '28038', %s, %s, %s)"
    )
    rechaza("indicadores_cambio_distinto", sql(revisar, "2024-01-01", 3, 3))
    rechaza("indicadores_cambio_mes", sql(revisar, "2024-01-02", 3, 4))
    rechaza("indicadores_cambio_pkey", lambda: [sql(revisar, "2024-01-01", 3, 4)() for _ in range(2)])


def test_el_catalogo_es_un_arbol_por_instrumento(subtipos):
    doloso = Delito.objects.get(pk=subtipos[NM, "homicidio-doloso"])
    datos = {"texto": "x", "nombre": "x", "slug": "x", "orden": 1}
    rechaza("indicadores_delito_padre", lambda: Delito.objects.create(instrumento=RNID, nivel=4, padre=doloso, **datos))
    rechaza("indicadores_delito_padre", lambda: Delito.objects.create(instrumento=NM, nivel=3, padre=doloso, **datos))
    rechaza("indicadores_delito_nivel", lambda: Delito.objects.create(instrumento=NM, nivel=3, **datos))
    rechaza("indicadores_delito_nivel", lambda: Delito.objects.create(instrumento=NM, nivel=5, padre=doloso, **datos))
    repetido = {"texto": "homicidio culposo", "nombre": "x", "slug": "y", "orden": 1, "padre": doloso.padre}
    rechaza("indicadores_delito_unico", lambda: Delito.objects.create(instrumento=NM, nivel=3, **repetido))
    otro = {"texto": "z", "nombre": "z", "slug": doloso.slug, "orden": 1, "padre": doloso.padre}
    rechaza("indicadores_delito_slug", lambda: Delito.objects.create(instrumento=NM, nivel=3, **otro))


def hacer_edicion(nombre="Edición", **campos):
    return EdicionDePoblacion.objects.create(nombre=nombre, fuente="x", archivo="x", sha256=HUELLA, **campos)


def poblar(edicion, territorio, habitantes=1000):
    fila = Poblacion(edicion=edicion, territorio=territorio, anio=2024, habitantes=habitantes)
    return lambda: Poblacion.objects.bulk_create([fila])


def test_la_poblacion_es_de_un_lugar_que_existe():
    edicion, tampico = hacer_edicion(), hacer_municipio("28038")
    regla = "indicadores_poblacion_de_un_territorio"
    rechaza(regla, poblar(edicion, "28777"))
    rechaza(regla, poblar(edicion, "32"))
    rechaza("indicadores_poblacion_positiva", poblar(edicion, "28038", 0))
    rechaza("indicadores_poblacion_territorio", poblar(edicion, "2803"))
    type(tampico).objects.create(clave="28998", entidad=tampico.entidad, nombre="No Especificado", pseudo=True)
    rechaza(regla, poblar(edicion, "28998"))
    poblar(edicion, "28038")()
    poblar(edicion, "28")()
    rechaza("indicadores_municipio_con_cifras", sql("DELETE FROM mesas_municipio WHERE clave = '28038'"))
    rechaza("indicadores_municipio_con_cifras", sql("UPDATE mesas_municipio SET clave = '28777' WHERE clave = '28038'"))


def test_una_edicion_de_poblacion_a_la_vez():
    vieja, nueva = hacer_edicion(vigente=True), hacer_edicion("Otra")
    rechaza("indicadores_una_edicion_vigente", sql("UPDATE indicadores_ediciondepoblacion SET vigente = true"))
    usar_edicion(edicion=nueva)
    vieja.refresh_from_db()
    assert (vieja.vigente, nueva.vigente) == (False, True)


def test_un_anio_imposible_no_cabe(subtipos):
    carga, doloso = hacer_carga(), subtipos[NM, "homicidio-doloso"]
    with pytest.raises(DataError), transaction.atomic():
        hacer_alcance(carga, doloso, anio=70_000)
