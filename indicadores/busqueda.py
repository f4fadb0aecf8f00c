"""The place that a reader has in mind, from what he types: its name, or part of it, or its code."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from comun.texto import SinAcentos, sin_acentos
from indicadores.models import Poblacion
from indicadores.territorios import NACIONAL, PREFIJO_MESA, nombre_de_mesa
from mesas.models import AliasDeMesa, Cobertura, Entidad, Mesa, Municipio

EMPIEZA, PALABRA, DENTRO, CONTEXTO = range(4)
"""How well a place answers: its name begins with the text, a word of it does, it contains it, only its entidad does."""

LARGO_MAXIMO = 80
"""No place has a longer name; what follows is not read."""


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """A place that answers to a name: its code, what it is called and what it is.

    `habitantes` are those of this year in the current edition, or None if it does not say.
    """

    clave: str
    nombre: str
    clase: str
    habitantes: int | None = None


_PAIS = Hallazgo(NACIONAL, "México (todo el país)", "país")
_LLAMAN_AL_PAIS = ("mexico", "nacional", "pais", "republica mexicana", "todo el pais")


def buscar_territorios(texto: str, limite: int = 12, hoy: dt.date | None = None) -> list[Hallazgo]:
    """Places by their name, accents or not: «juarez», «juarez, chihuahua», «28038». One query.

    The best answers first and, among equals, the most populated. A mesa is as good by any word
    of its name or by another of its names: «juarez» means Ciudad Juárez too. Only the public
    and real mesas are found.
    """
    buscado = " ".join(sin_acentos(texto[:LARGO_MAXIMO].replace("\0", "").replace(",", " ")).split())
    if not buscado:
        return []
    hoy = hoy or timezone.localdate()
    gente = Poblacion.objects.vigente().filter(anio=hoy.year).values("habitantes")
    suya = Subquery(gente.filter(territorio=OuterRef("clave")))
    cubiertos = Cobertura.objects.filter(mesa=OuterRef("pk")).vigentes_en(hoy).order_by().values("mesa")
    de_la_mesa = cubiertos.annotate(suma=Sum(Subquery(gente.filter(territorio=OuterRef("municipio"))))).values("suma")
    alias = AliasDeMesa.objects.annotate(_alias=SinAcentos("nombre")).filter(mesa=OuterRef("pk"))
    de_otro_nombre = Q(Exists(alias.filter(_alias__contains=buscado)))

    clave = Q(clave=buscado)
    entidades = _que_casan(Entidad.objects.order_by("clave"), buscado, "nombre_corto", "clave", clave, suya)
    municipios = _que_casan(Municipio.objects.reales(), buscado, "nombre", "entidad", clave, suya)
    mesas = _que_casan(
        Mesa.objects.publicas().reales(),
        buscado,
        "nombre",
        "entidad",
        de_otro_nombre | Q(_nombre__contains=f" {buscado}"),
        Subquery(de_la_mesa),
    )
    columnas = ("_rango", "_gente")
    hallados = entidades.values_list(Value("entidad"), "clave", "nombre_corto", Value(""), *columnas).union(
        municipios.values_list(Value("municipio"), "clave", "nombre", "entidad__nombre_corto", *columnas),
        mesas.values_list(Value("mesa"), "slug", "nombre", Value(""), *columnas),
        all=True,
    )
    pais = [_PAIS] if len(buscado) > 1 and any(nombre.startswith(buscado) for nombre in _LLAMAN_AL_PAIS) else []
    filas = hallados.order_by("_rango", "-_gente", "clave")[:limite]
    return [*pais, *(_hallazgo(*fila) for fila in filas)][:limite]


def _hallazgo(clase: str, clave: str, nombre: str, entidad: str, rango: int, gente: int) -> Hallazgo:
    if clase == "mesa":
        clave, nombre = f"{PREFIJO_MESA}{clave}", nombre_de_mesa(nombre)
    return Hallazgo(clave, f"{nombre}, {entidad}" if entidad else nombre, clase, gente or None)


def _que_casan(filas: QuerySet, buscado: str, nombre: str, entidad: str, de_lleno: Q, habitantes: Subquery) -> QuerySet:
    """Rows of which every word of the text is in the name or in that of its entidad, or that `de_lleno` brings.

    They carry in `_rango` how well they answer and in `_gente` their inhabitants.
    """
    filas = filas.order_by().annotate(_nombre=SinAcentos(nombre))
    cada_palabra = Q()
    for palabra in buscado.split():
        # Apart, and not in one text with the name, so that the index of the names of municipalities serves.
        suyas = Entidad.objects.annotate(_nombres=SinAcentos(Concat("nombre_corto", Value(" "), "nombre")))
        cada_palabra &= Q(_nombre__contains=palabra) | Q(
            **{f"{entidad}__in": suyas.filter(_nombres__contains=palabra).order_by().values("clave")}
        )
    return filas.filter(de_lleno | cada_palabra).annotate(
        _gente=Coalesce(Cast(habitantes, BigIntegerField()), Value(0, BigIntegerField())),
        _rango=Case(
            When(de_lleno | Q(_nombre__startswith=buscado), then=EMPIEZA),
            When(_nombre__contains=f" {buscado}", then=PALABRA),
            When(_nombre__contains=buscado, then=DENTRO),
            default=CONTEXTO,
        ),
    )
