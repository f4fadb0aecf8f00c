"""Public pages of a crime in many places at once: map, ranking and mesas side by side."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comun.mapa_municipal import mapa_municipal
from comun.mapas import mapa as mapa_del_pais
from comun.tabla_ordenable import pagina_ordenada
from indicadores import fichas
from indicadores.calculos import MINIMO_ESTABLE
from indicadores.clasificacion import clasificar
from indicadores.delitos import DelitoDesconocido, buscar, catalogo
from indicadores.disponibles import (
    anios_completos,
    anios_del_mapa,
    entidades_y_municipios,
    municipios_por_clasificar,
    quienes_faltan,
)
from indicadores.fichas import clasificaciones
from indicadores.fichas import lugares as de_lugares
from indicadores.fichas import mesas as de_mesas
from indicadores.fichas.controles import datos_de
from indicadores.forms_lugares import ClasificacionForm, MapaForm
from indicadores.models import Carga
from indicadores.periodos import Periodicidad, mes
from indicadores.series import componer_todas
from indicadores.territorios import de_mesas as territorios_de_mesas
from indicadores.territorios import nacional

FILAS_POR_PAGINA = 40


def de_un_delito(vista):
    """Opens the page of a crime: 404 if there is no such crime, a plain page while there are no figures."""

    @require_safe
    @wraps(vista)
    def abrir(request, delito):
        todos = catalogo()
        if not todos:
            return render(request, "indicadores/sin_cifras.html")
        try:
            return vista(request, buscar(todos, delito))
        except DelitoDesconocido as error:
            raise Http404 from error

    return abrir


@de_un_delito
def mapa(request, delito):
    """`/indicadores/<delito>/mapa/`: the entidades, or with `?entidad=` the municipalities of one."""
    eleccion = MapaForm(request.GET)
    entidad = eleccion.elegido("entidad")
    anios, por_municipio = anios_del_mapa(delito, entidad)
    eleccion.ofrecer_anios(anios, entidad)
    entidades, lugares = entidades_y_municipios(entidad)
    eleccion.nombrar(entidades)
    renglones = _de_un_anio(lugares, delito, eleccion.anio)
    urls = de_lugares.urls_del_mapa(delito.slug, lugares, eleccion.anio, por_municipio.get(eleccion.anio, ()))
    datos, digitos = de_lugares.datos_de_mapa(lugares, renglones, urls)
    pintado = {"decimales": digitos}
    contexto = {
        "delito": delito,
        "eleccion": eleccion,
        "entidad": entidades.get(entidad, ""),
        "incompleto": "" if entidad else quienes_faltan(anios, eleccion.anio, entidades),
        "mapa": mapa_municipal(entidad, datos, **pintado) if entidad else mapa_del_pais(datos, tasas=True, **pintado),
        "minimo_estable": MINIMO_ESTABLE,
        "salidas": datos_de(delito, f"municipios:{entidad}" if entidad else "entidades", anio=eleccion.anio),
        **_sello(renglones.values()),
        **_tabla(request, de_lugares.tabla("Municipio" if entidad else "Entidad", lugares, renglones, urls)),
    }
    return render(request, "indicadores/mapa.html", contexto, status=400 if eleccion.errors else 200)


@de_un_delito
def clasificacion(request, delito):
    """`/indicadores/<delito>/clasificacion/`: entidades, municipalities or mesas by what can be held of their rate."""
    eleccion = ClasificacionForm(request.GET)
    ambito, minimo = eleccion.elegido("ambito"), eleccion.elegido("minimo")
    entidad = eleccion.elegido("entidad") if ambito == "municipios" else ""
    anios = anios_completos(delito, municipal=ambito != "entidades", entidad=entidad)
    eleccion.ofrecer_anios(anios, entidad)
    entidades, lugares, sin_listar = _por_clasificar(ambito, entidad, minimo, eleccion.anio)
    eleccion.nombrar(entidades)
    renglones = _de_un_anio(lugares, delito, eleccion.anio)
    hecha = clasificar(renglones.values(), minimo)
    contexto = {
        "delito": delito,
        "eleccion": eleccion,
        "ambito": ambito,
        "hecha": hecha,
        "incompleto": ""
        if entidad
        else quienes_faltan(anios, eleccion.anio, entidades, municipal=ambito != "entidades"),
        "aparte": clasificaciones.aparte(hecha, lugares, renglones),
        "sin_listar": sin_listar,
        "minimo_estable": MINIMO_ESTABLE,
        "salidas": datos_de(delito, f"municipios:{entidad}" if entidad else ambito, anio=eleccion.anio),
        **_sello(renglones.values()),
        **_tabla(request, clasificaciones.tabla(ambito, hecha, delito.slug)),
    }
    return render(request, "indicadores/clasificacion.html", contexto, status=400 if eleccion.errors else 200)


@de_un_delito
def mesas(request, delito):
    """`/indicadores/<delito>/mesas/`: a small chart for the territory of each mesa, all on one scale."""
    lugares, pais = territorios_de_mesas(), nacional()
    renglones = list(componer_todas([*lugares, pais], [delito], Periodicidad.ANUAL))
    contexto = {
        "delito": delito,
        "minimo_estable": MINIMO_ESTABLE,
        **de_mesas.contexto(delito, lugares, pais, renglones),
    }
    contexto |= _sello(contexto.pop("dibujados")) | {"salidas": datos_de(delito, "mesas", pais.clave)}
    if contexto["anio"]:
        contexto |= _tabla(request, contexto.pop("tabla"))
    return render(request, "indicadores/mesas.html", contexto)


def _por_clasificar(ambito, entidad, minimo, anio):
    """Names of the entidades, the places to put in order and how many municipalities are left unread. One query."""
    if ambito == "mesas":
        return {}, territorios_de_mesas(), ""
    if ambito == "municipios" and anio:
        entidades, lugares, sin_listar = municipios_por_clasificar(entidad or None, minimo, anio)
        return entidades, lugares, sin_listar.texto
    return *entidades_y_municipios(), ""


def _de_un_anio(lugares, delito, anio):
    """The row of each place in a year."""
    if anio is None:
        return {}
    filas = componer_todas(lugares, [delito], Periodicidad.ANUAL, mes(anio, 1), mes(anio, 12))
    return de_lugares.por_territorio(filas)


def _sello(renglones):
    return {"sello": fichas.sello(renglones, Carga.objects.publicas().de_renglones(renglones) if renglones else [])}


def _tabla(request, tabla):
    """The table in the order that the address asks for, a page of it at a time."""
    de_la_pagina = pagina_ordenada(request.GET, tabla.columnas, tabla.filas, tabla.de_entrada, FILAS_POR_PAGINA)
    return de_la_pagina | {"escala": tabla.escala}
