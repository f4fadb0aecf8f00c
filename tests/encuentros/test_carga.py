"""Loading the 3er Encuentro: complete, once, and without undoing what people decided."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from comites.models import ActoDePublicacion, Acuerdo, PuntoDelOrden, Sesion
from comites.operaciones_publicacion import retirar_publicacion
from encuentros import models
from encuentros.models import Encuentro
from encuentros.operaciones import cargar_rubros, cargar_tercer_encuentro, fusionar_propuestas
from mesas.models import Mesa

TABLAS = [
    Sesion,
    PuntoDelOrden,
    Acuerdo,
    ActoDePublicacion,
    *[getattr(models, nombre) for nombre in models.__all__],
]


def cuentas():
    return {tabla._meta.label: tabla.objects.count() for tabla in TABLAS}


def test_carga_el_encuentro_completo(tercer_encuentro):
    assert tercer_encuentro.participaciones.asistieron().count() == 31
    por_rubro = [
        tercer_encuentro.propuestas.filter(rubro__clave=clave).count()
        for clave in ("identidad", "organizacional", "comunicacion-y-difusion", "financiamiento")
    ]
    assert por_rubro == [4, 12, 5, 2]
    claves = tercer_encuentro.sesion.acuerdos.order_by("folio").values_list("clave_de_origen", flat=True)
    assert list(claves) == ["1", "2 a", "2 b", "2 c", "2 d", "2 e", "2 f", "2 g", "2 h"]
    assert [o.votos for o in tercer_encuentro.votaciones.get().opciones.all()] == [17, 13, 5, 1]
    assert tercer_encuentro.anfitriona.slug == "tampico-madero-altamira"


def test_cargar_otra_vez_no_cambia_nada(tercer_encuentro):
    antes = cuentas()
    assert "ya estaba cargado" in cargar_tercer_encuentro()
    assert cuentas() == antes


def test_los_acuerdos_dicen_lo_que_les_falta(tercer_encuentro):
    acuerdos = tercer_encuentro.sesion.acuerdos.all()
    assert all(a.historico and not a.responsable_id and a.fecha_compromiso is None for a in acuerdos)
    assert all(a.nota_publica for a in acuerdos)
    assert all(len(premisa) > 3 for premisa in acuerdos.get(clave_de_origen="2 e").detalle.split("(i")[1:])
    assert Acuerdo.objects.publicas().count() == 9
    assert "No consta por separado" in ActoDePublicacion.objects.first().fundamento


def test_la_sesion_es_de_la_anfitriona_y_de_las_demas(tercer_encuentro):
    sesion = tercer_encuentro.sesion
    assert sesion.esta_cerrada
    assert (sesion.tipo, sesion.numero, sesion.anio, sesion.numero_anual) == ("encuentro", 3, 2018, 1)
    assert sesion.mesas.count() == 30
    assert tercer_encuentro.anfitriona not in sesion.mesas.all()
    assert timezone.localtime(sesion.fin).date() == tercer_encuentro.fin


def test_se_acordo_el_dia_en_que_se_firmo(tercer_encuentro):
    """The encuentro opened on the 21st; its document is dated on the 22nd."""
    assert (tercer_encuentro.inicio, tercer_encuentro.sesion.dia) == (dt.date(2018, 11, 21), dt.date(2018, 11, 22))
    acuerdos = tercer_encuentro.sesion.acuerdos.all()
    assert {acuerdo.hilo(con_textos=False)[0]["fecha"] for acuerdo in acuerdos} == {dt.date(2018, 11, 22)}


def test_las_notas_dicen_lo_que_los_datos_confirman(tercer_encuentro):
    """The numbers written in the notes are those of the rows."""
    contado = Encuentro.objects.con_cuentas().get(pk=tercer_encuentro.pk)
    assert (contado.mesas_asistentes, contado.entidades_asistentes) == (31, 14)
    assert (contado.cuantas_propuestas, contado.cuantos_acuerdos, contado.acuerdos_publicos) == (23, 9, 9)
    assert tercer_encuentro.votaciones.get().votos_validos == 36
    textos = " ".join(tercer_encuentro.notas.values_list("texto", flat=True))
    assert "son de 14 entidades" in textos
    assert "suman 36" in textos
    de_veracruz = tercer_encuentro.participaciones.asistieron().filter(mesa__entidad="30")
    assert de_veracruz.count() == 5


def test_volver_a_cargar_no_publica_lo_retirado(tercer_encuentro):
    acto = ActoDePublicacion.objects.get(acuerdo__folio="RNMSJ-E3-2D")
    retirar_publicacion(acto=acto, motivo="Lo pidió la asamblea")
    cargar_tercer_encuentro()
    assert Acuerdo.objects.publicas().count() == 8


def test_sin_las_mesas_no_carga_nada(db):
    with pytest.raises(ValidationError, match="carga antes el catálogo de mesas"):
        cargar_tercer_encuentro()
    assert not any(cuenta for tabla, cuenta in cuentas().items() if not tabla.endswith("Rubro"))


def test_los_rubros_renombrados_se_respetan(db):
    cargar_rubros()
    models.Rubro.objects.filter(clave="identidad").update(nombre="Identidad de las mesas")
    assert "0 rubros nuevos" in cargar_rubros()
    assert models.Rubro.objects.filter(nombre="Identidad de las mesas").exists()


def test_ninguna_fila_nombra_personas(tercer_encuentro):
    """Facts of the report, never its people."""
    assert not tercer_encuentro.sesion.asistencias.exists()
    assert not tercer_encuentro.sesion.invitados.exists()


def test_fusionar_conserva_a_los_autores(tercer_encuentro):
    una, otra, tercera = tercer_encuentro.propuestas.filter(rubro__clave="organizacional")[:3]
    una.mesas.set(Mesa.objects.filter(orden__in=[1, 2]))
    fusionar_propuestas(propuesta=una, en=otra)
    fusionar_propuestas(propuesta=otra, en=tercera)
    for fila in (una, otra):
        fila.refresh_from_db()
        assert fila.fusionada_en == tercera
    assert una.mesas.count() == 2


@pytest.mark.parametrize("caso", ["consigo", "en una fusionada", "de otro encuentro"])
def test_lo_que_no_se_puede_fusionar(tercer_encuentro, caso):
    una, otra, tercera = tercer_encuentro.propuestas.all()[:3]
    destino = una
    if caso == "en una fusionada":
        destino = fusionar_propuestas(propuesta=otra, en=tercera)
    elif caso == "de otro encuentro":
        cuarto = Encuentro.objects.create(
            numero=4, nombre="4to", nombre_corto="4to", inicio="2019-11-14", fin="2019-11-15", lugar="Cancún"
        )
        destino = cuarto.propuestas.create(rubro=una.rubro, orden=1, resumen="Otra")
    with pytest.raises(ValidationError):
        fusionar_propuestas(propuesta=una, en=destino)
