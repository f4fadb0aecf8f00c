"""Helpers of the tests of objectives: a small catalogue, figures by the month, and an agreement of any day."""

import datetime as dt
from zoneinfo import ZoneInfo

from comites import operaciones
from comites.models import Sesion
from indicadores.models import Delito, Objetivo
from indicadores.operaciones_objetivos import declarar_objetivo
from tests.fabricas import asistir, cerrar, hacer_acuerdo, publicar

CATALOGO = ("robo-de-maquinaria", "extorsion")


def hacer_catalogo():
    """Two subtipos in the instrument of before; one also in the RNID."""
    for instrumento, slugs in (("CNSP/38/15", CATALOGO), ("RNID", CATALOGO[1:])):
        bien = _delito(instrumento, 1, None, "el-patrimonio")
        for slug in slugs:
            subtipo = _delito(instrumento, 3, _delito(instrumento, 2, bien, f"tipo-de-{slug}"), slug)
            _delito(instrumento, 4, subtipo, "con-arma")


def _delito(instrumento, nivel, padre, slug):
    nombre = slug.replace("-", " ").capitalize()
    fila, _ = Delito.objects.get_or_create(
        instrumento=instrumento,
        nivel=nivel,
        padre=padre,
        texto=nombre.lower(),
        defaults={"slug": slug, "nombre": nombre, "orden": 1},
    )
    return fila


def acuerdo_del(mesa, dia, accion="Grabar la maquinaria", *, publico=True, tipo="plenaria", **datos):
    """An agreement of that day, in a closed session, public unless told otherwise."""
    inicio = dt.datetime.combine(dia, dt.time(18), tzinfo=ZoneInfo(mesa.zona_horaria))
    sesion = operaciones.crear_sesion(mesa=mesa, tipo=tipo, inicio=inicio, puntos=["Seguimiento"])
    sesion = (
        asistir(operaciones.empezar_sesion(sesion=sesion))
        if tipo != Sesion.Tipo.ENCUENTRO
        else (operaciones.empezar_sesion(sesion=sesion))
    )
    datos.setdefault("fecha_compromiso", dia + dt.timedelta(days=30))
    acuerdo = hacer_acuerdo(sesion, accion, **datos)
    cerrar(sesion)
    if publico:
        publicar(acuerdo)
    acuerdo.refresh_from_db()
    return acuerdo


def apuntar(acuerdo, delito=CATALOGO[0], direccion=Objetivo.Direccion.BAJA, autor=None, **datos):
    """Declare an objective."""
    return declarar_objetivo(acuerdo=acuerdo, delito=delito, direccion=direccion, autor=autor, **datos)
