"""What the figures put in the open data of the portal: their tables and the files they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from comun.formatos import MESES
from comun.recursos import Campo, Parametro, Recurso
from indicadores.consultas import DE_POBLACION, DE_TASAS, MAXIMO_DE_DELITOS, MAXIMO_DE_TERRITORIOS, REPETIBLES
from indicadores.models import Ambito, Carga, EdicionDePoblacion, Instrumento
from indicadores.periodos import Periodicidad
from indicadores.revisiones import REVISIONES
from indicadores.territorios import Territorio

SEGUNDOS = 300
"""For how long a copy of official figures may be shown without asking again."""

_ANIO = r"^(19|20)\d{2}$"
_LIMITE = r"^(19|20)\d{2}(-(0[1-9]|1[0-2]))?$"
_TERRITORIO = r"^(nacional|\d{2}|\d{5}|mesa:[-\w]+|grupo:\d{5}(-\d{5})+)$"
_DELITO = r"^[-a-z0-9]+(:[-a-z0-9]+)?$"

_QUE_DELITO = (
    "Dirección del nombre oficial del subtipo, tipo o bien jurídico, como en /indicadores/; una modalidad va después "
    f"de su subtipo y dos puntos (homicidio-doloso:con-arma-de-fuego). Hasta {MAXIMO_DE_DELITOS}."
)

_PARAMETROS = {
    "territorio": Parametro(
        "territorio",
        "nacional, clave de entidad (dos dígitos) o de municipio (cinco), mesa:<dirección>, o varios municipios "
        f"juntos (grupo:28003-28009-28038). Hasta {MAXIMO_DE_TERRITORIOS}.",
        "28",
        forma=_TERRITORIO,
        repetible="territorio" in REPETIBLES,
    ),
    "delito": Parametro("delito", _QUE_DELITO, "homicidio-doloso", forma=_DELITO, repetible="delito" in REPETIBLES),
    "periodicidad": Parametro(
        "periodicidad",
        "De cuánto tiempo es cada cifra; anual, si no se dice. En anualizada cada mes se lleva a un año: su tasa, por "
        "los días del año entre los del mes. movil12 son los doce meses que terminan en el que da nombre al periodo.",
        "anual",
        tuple(periodicidad.value for periodicidad in Periodicidad),
    ),
    "desde": Parametro("desde", "Primer año (AAAA) o mes (AAAA-MM).", "2024", forma=_LIMITE),
    "hasta": Parametro("hasta", "Último año (AAAA) o mes (AAAA-MM).", "2024", forma=_LIMITE),
}

_LUGARES = replace(
    _PARAMETROS["territorio"],
    que=(
        f"{_PARAMETROS['territorio'].que} También todos los de una clase: entidades, mesas o, con un solo "
        "delito, municipios o municipios:28 (los de una entidad)."
    ),
    forma=_TERRITORIO.replace("nacional|", r"nacional|entidades|mesas|municipios(:\d{2})?|"),
)

TASAS = Recurso(
    "tasas",
    "Tasas por 100 mil habitantes",
    "Carpetas, población, tasa e intervalo de 95 % de cualquier delito para el país, una entidad, un municipio, "
    "varios municipios juntos o el territorio de una mesa. Sin territorio es el país; sin delito, todos los subtipos.",
    (
        Campo(
            "territorio",
            "string",
            "nacional, clave de entidad (2 dígitos), de municipio (5 dígitos), mesa:<dirección> o grupo:<claves>",
        ),
        Campo("nombre", "string", "Nombre del territorio"),
        Campo("delito", "string", "Dirección del nombre oficial del subtipo, tipo, bien jurídico o modalidad"),
        Campo("periodo", "string", "AAAA, o AAAA-MM; de los últimos 12 meses, el mes en que terminan"),
        Campo(
            "carpetas",
            "integer",
            "Presuntos delitos en carpetas de investigación; vacío si el periodo no está completo",
        ),
        Campo("poblacion", "number", "Habitantes; entre dos años, suma de población por meses entre 12"),
        Campo(
            "tasa", "number", "Carpetas por cada 100 000 habitantes; la mensual no se lleva a un año, la anualizada sí"
        ),
        Campo(
            "ic_inf", "number", "Límite inferior del intervalo de 95 % (exacto con menos de 10 carpetas, Byar desde 10)"
        ),
        Campo("ic_sup", "number", "Límite superior del intervalo de 95 %"),
        Campo("inestable", "boolean", "Sí cuando hay menos de 20 carpetas"),
        Campo("cobertura", "string", "Cuántas de sus entidades o municipios reportan todo el periodo"),
        Campo("instrumento", "string", "CNSP/38/15 hasta 2025; RNID desde 2026. No se comparan entre sí"),
        Campo("corte", "string", "Último mes publicado por la fuente (AAAA-MM); varios, separados por punto y coma"),
        Campo("edicion_poblacion", "string", "Edición de la población"),
    ),
    tuple((_PARAMETROS | {"territorio": _LUGARES})[nombre] for nombre in DE_TASAS),
    "?territorio=nacional&delito=homicidio-doloso&periodicidad=anual",
    segundos=SEGUNDOS,
)

INCIDENCIA = Recurso(
    "incidencia",
    "Incidencia delictiva, mes por mes",
    "Las cifras oficiales vigentes tal como las guarda el portal: un renglón por territorio, delito y año. Un mes "
    "vacío no se ha publicado o no se reportó; un cero es un cero. Los renglones en los que todo lo publicado es cero "
    "no se incluyen, salvo con ceros=si. Trae los archivos por entidad y los municipales, que cuentan los mismos "
    "hechos: no los sumes entre sí.",
    (
        Campo("instrumento", "string", "CNSP/38/15 hasta 2025; RNID desde 2026. No se comparan entre sí"),
        Campo("anio", "year", "Año"),
        Campo(
            "territorio", "string", "Clave INEGI: dos dígitos la entidad, cinco el municipio; 998 y 999, sin municipio"
        ),
        Campo("nombre", "string", "Nombre de la entidad o del municipio"),
        Campo("bien", "string", "Bien jurídico afectado, con su grafía oficial"),
        Campo("tipo", "string", "Tipo de delito"),
        Campo("subtipo", "string", "Subtipo de delito"),
        Campo("modalidad", "string", "Modalidad; vacía donde solo se conoce la suma del subtipo"),
        *(Campo(mes, "integer", f"Presuntos delitos en carpetas de investigación iniciadas en {mes}") for mes in MESES),
        Campo("ambito", "string", "estatal: del archivo por entidad; municipal: del archivo por municipio"),
        Campo("corte", "string", "Último mes publicado por la fuente (AAAA-MM)"),
        Campo("carga", "integer", "Número de la carga de la que sale, como en /datos/cargas/"),
    ),
    (
        Parametro("anio", "Año (AAAA); todos, si no se dice.", "2024", forma=_ANIO, repetible=True),
        Parametro("desde", "Primer año (AAAA).", "2024", forma=_ANIO),
        Parametro("hasta", "Último año (AAAA).", "2024", forma=_ANIO),
        Parametro(
            "territorio",
            "nacional o nada: todo; clave de entidad: ella y sus municipios; clave de municipio; mesa:<dirección>: los "
            "municipios que ha cubierto; grupo:<claves>: esos municipios.",
            "28",
            forma=_TERRITORIO,
            repetible=True,
        ),
        Parametro("delito", _QUE_DELITO, "homicidio-doloso", forma=_DELITO, repetible=True),
        Parametro("ambito", "De qué archivos; de los dos, si no se dice.", "estatal", tuple(Ambito.values)),
        Parametro("instrumento", "Con qué reglas se contó; todas, si no se dice.", "RNID", tuple(Instrumento.values)),
        Parametro("ceros", "si: también los renglones en los que todo es cero.", "no", ("si", "no")),
    ),
    "?anio=2024&territorio=28",
    segundos=SEGUNDOS,
)

POBLACION = Recurso(
    "poblacion",
    "Población a mitad de año",
    "Habitantes de cada municipio y entidad: el denominador de las tasas.",
    (
        Campo("territorio", "string", "Clave INEGI: dos dígitos la entidad, cinco el municipio"),
        Campo("anio", "year", "Año; la cifra es de mitad de año"),
        Campo("habitantes", "integer", "Población residente"),
        Campo("edicion_poblacion", "string", "Edición de la población"),
    ),
    tuple(_PARAMETROS[nombre] for nombre in DE_POBLACION),
    "?territorio=28&desde=2020&hasta=2025",
    segundos=SEGUNDOS,
)

RECURSOS = (TASAS, INCIDENCIA, POBLACION, REVISIONES)


def segundos(lugares: Iterable[Territorio]) -> int:
    """For how long a copy of figures of some places may be shown: a mesa may leave the public pages at once."""
    return 0 if any(lugar.es_mesa for lugar in lugares) else SEGUNDOS


def fuentes(raiz: str) -> list[dict[str, Any]]:
    """Official files behind the figures in force, each with its cut and its fingerprint.

    Args:
        raiz: absolute address of the portal, ending in a slash.
    """
    return [
        *(
            {
                "title": f"{carga.fuente} (corte {carga.corte:%Y-%m}, SHA-256 {carga.sha256})",
                "archivo": carga.archivo,
                "corte": f"{carga.corte:%Y-%m}",
                "sha256": carga.sha256,
                "path": f"{raiz.rstrip('/')}{carga.get_absolute_url()}",
            }
            for carga in Carga.objects.publicas()
        ),
        *(
            {
                "title": f"{edicion.fuente} ({edicion.nombre}, SHA-256 {edicion.sha256})",
                "archivo": edicion.archivo,
                "edicion": edicion.nombre,
                "sha256": edicion.sha256,
            }
            for edicion in EdicionDePoblacion.objects.filter(vigente=True)
        ),
    ]
