"""The sentences of a page of figures: what they show and, with the same weight, what they cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from comun.formatos import enumerar, mes_largo, numero
from indicadores.calculos import MINIMO_ESTABLE
from indicadores.composicion import Renglon
from indicadores.delitos import DelitoElegido
from indicadores.fichas.sellos import con_cifra, enlistar, mismo_lapso
from indicadores.models import PRIMER_ANIO_RNID, Instrumento
from indicadores.periodos import Periodicidad
from indicadores.territorios import LARGO_DE_MUNICIPIO, NACIONAL, PREFIJO_MESA, Territorio

CARPETAS = (
    "Cuenta carpetas de investigación que se abrieron, no víctimas ni todos los delitos: lo que no se denuncia no "
    "aparece, y lo que sube puede ser también más confianza para denunciar."
)
REGISTRO = "Cada carpeta cuenta en el lugar donde se registró, que no siempre es donde ocurrió el delito."
PRELIMINARES = "Las cifras más recientes son preliminares: la fuente corrige también las de años anteriores."
SUMA_ENTRE_SUMA = (
    "La tasa de un territorio es la suma de las carpetas de sus municipios entre la suma de sus habitantes, nunca el "
    "promedio de sus tasas."
)
COBERTURA = "El territorio de una mesa son los municipios que atendía en cada mes."
RESIDENTES = (
    "Se divide entre quienes viven ahí: donde trabaja o pasea mucha gente de fuera, la tasa sale más alta de lo que "
    "vive su población."
)
INESTABLES = (
    f"Con menos de {MINIMO_ESTABLE} carpetas la tasa es inestable: cambia mucho de un periodo a otro. Mira el "
    "intervalo antes de sacar conclusiones."
)
CAMBIO_DE_METODO = (
    f"En enero de {PRIMER_ANIO_RNID} cambió la forma de clasificar (del instrumento CNSP/38/15 al RNID): lo de antes "
    "y lo de después no se suma ni se compara."
)
DE_LA_PERIODICIDAD = {
    Periodicidad.MENSUAL: "La tasa de un mes no se lleva a un año: no la compares con la de un año.",
    Periodicidad.ANUALIZADA: (
        "Cada mes se lleva a un año por sus días: la tasa que habría si los doce meses fueran como ese. Las carpetas "
        "son las del mes. No es un pronóstico."
    ),
    Periodicidad.MOVIL12: "Cada punto suma los 12 meses que terminan en el que le da nombre.",
}


def lugar_en_frase(lugar: Territorio) -> str:
    """«en México», «en el territorio de la mesa Torreón»."""
    return f"en {_en_frase(lugar.clave, lugar.nombre)}"


def _en_frase(clave: str, nombre: str) -> str:
    """«México», «el territorio de la mesa Torreón»."""
    if clave.startswith(PREFIJO_MESA):
        return f"el territorio de la {nombre.replace('Mesa', 'mesa', 1)}"
    return nombre


def lugares_en_frase(lugares: Sequence[Territorio]) -> str:
    """«en México», «en Tamaulipas y en León, Guanajuato», «en 5 territorios»."""
    if len(lugares) > 3:
        return f"en {len(lugares)} territorios"
    return enumerar([lugar_en_frase(lugar) for lugar in lugares])


def cuando(renglon: Renglon) -> str:
    """«en 2024», «en los 12 meses que terminaron en junio de 2025»."""
    return f"en {lapso_en_frase(renglon.periodo, renglon.periodicidad)}"


def lapso_en_frase(periodo: str, periodicidad: Periodicidad) -> str:
    """«2024», «los 12 meses que terminaron en junio de 2025»."""
    nombre = mes_largo(periodo)
    return f"los 12 meses que terminaron en {nombre}" if periodicidad is Periodicidad.MOVIL12 else nombre


def lectura(lugar: Territorio, renglon: Renglon | None, delito: DelitoElegido, decimales: int = 1) -> str:
    """The newest figure of a place in a sentence that can be quoted alone."""
    if renglon is None or renglon.carpetas is None:
        return f"No hay cifras completas de {delito.en_frase} {lugar_en_frase(lugar)} en los archivos de este sitio."
    plural = "" if renglon.carpetas == 1 else "s"
    if renglon.carpetas < 0:
        verbo = "la suma que publica la fuente es de"
    else:
        verbo = "se abrió" if renglon.carpetas == 1 else "se abrieron"
    inicio = (
        f"{cuando(renglon).capitalize()} {verbo} {numero(renglon.carpetas)} carpeta{plural} de investigación por "
        f"{delito.en_frase} {lugar_en_frase(lugar)}{_que_parte(renglon)}"
    )
    if renglon.tasa is None:
        return f"{inicio}. No hay tasa: {_por_que_no_hay_tasa(renglon)}"
    tasa, inferior, superior = (
        numero(n, decimales) for n in (renglon.tasa.valor, renglon.tasa.inferior, renglon.tasa.superior)
    )
    ritmo = ", al ritmo de un año" if renglon.periodicidad is Periodicidad.ANUALIZADA else ""
    return f"{inicio}: {tasa} por cada 100 mil habitantes{ritmo} (intervalo de 95 %: de {inferior} a {superior})."


def _que_parte(renglon: Renglon) -> str:
    """« (2 de 3 municipios)»: what would pass for the whole place and is not."""
    return f" ({renglon.parte_cubierta})" if renglon.parte_cubierta else ""


def _por_que_no_hay_tasa(renglon: Renglon) -> str:
    if renglon.carpetas is not None and renglon.carpetas < 0:
        return "una cuenta negativa corrige otros meses, y no dice cuántas carpetas se abrieron."
    return "CONAPO aún no publica su población."


def junto_a(renglon: Renglon | None, otros: Iterable[Renglon], decimales: int = 1) -> str:
    """«En el país fueron 19.2.»: the same span elsewhere; empty if there is none."""
    iguales = [otro for otro in otros if renglon and otro.tasa and mismo_lapso(otro, renglon)]
    if not iguales:
        return ""
    partes = [
        f"{'el país' if otro.territorio == NACIONAL else _en_frase(otro.territorio, otro.nombre)}{_que_parte(otro)}, "
        f"{numero(otro.tasa.valor, decimales)}"
        for otro in iguales
        if otro.tasa
    ]
    if len(partes) == 1:
        donde, _, cuanto = partes[0].rpartition(", ")
        return f"En {donde} fueron {cuanto}."
    return f"En el mismo lapso: {'; '.join(partes)}."


def salvedades(lugares: Sequence[Territorio], renglones: Sequence[Renglon], periodicidad: Periodicidad) -> list[str]:
    """What the figures of a page cannot say, from what always holds to what is of these rows."""
    frases = [CARPETAS, f"{REGISTRO} {PRELIMINARES}"]
    if periodicidad in DE_LA_PERIODICIDAD:
        frases.append(DE_LA_PERIODICIDAD[periodicidad])
    if any(len(lugar.unidades) > 1 and lugar.clave != NACIONAL for lugar in lugares):
        mesas = any(lugar.es_mesa for lugar in lugares)
        frases.append(f"{SUMA_ENTRE_SUMA} {COBERTURA}" if mesas else SUMA_ENTRE_SUMA)
    if any(len(unidad.clave) == 5 for lugar in lugares for unidad in lugar.unidades):
        frases.append(RESIDENTES)
    if any(renglon.tasa and renglon.tasa.inestable for renglon in renglones):
        frases.append(INESTABLES)
    if len({renglon.instrumento for renglon in con_cifra(renglones)}) > 1:
        frases.append(CAMBIO_DE_METODO)
    return frases


def faltas_de_cobertura(renglones: Iterable[Renglon], nombres: Mapping[str, str]) -> list[str]:
    """Sentences about the spans with a figure that leave out part of the territory, a reason at a time.

    Who did not report is not mixed with who did and has no published population.
    """
    por_falta: dict[tuple[str, bool, tuple[str, ...]], list[str]] = {}
    renglones = con_cifra(renglones)
    varios = len({renglon.territorio for renglon in renglones}) > 1
    for renglon in renglones:
        de_quien = f"{renglon.nombre}, " if varios else ""
        mudas = tuple(clave for clave in renglon.faltantes if clave not in renglon.sin_poblacion)
        for reportaron, claves in ((False, mudas), (True, renglon.sin_poblacion)):
            if claves:
                por_falta.setdefault((de_quien, reportaron, claves), []).append(mes_largo(renglon.periodo))
    return [
        f"{de_quien}{enlistar(periodos)}: sin {_nombrar(claves, nombres)}, {_por_que_falta(reportaron, len(claves))}"
        for (de_quien, reportaron, claves), periodos in por_falta.items()
    ]


def _por_que_falta(reportaron: bool, cuantas: int) -> str:
    if reportaron:
        return "sin población publicada por CONAPO. Quedan fuera sus carpetas."
    verbo = "no reportó" if cuantas == 1 else "no reportaron"
    return f"que {verbo} todos los meses. Quedan fuera sus carpetas y su población."


def _nombrar(claves: Sequence[str], nombres: Mapping[str, str]) -> str:
    """The parts by their name, or how many when they are not known or too many."""
    if len(claves) <= 6 and all(clave in nombres for clave in claves):
        return enumerar([nombres[clave] for clave in claves])
    una, varias = ("uno", "municipios") if len(claves[0]) == LARGO_DE_MUNICIPIO else ("una", "entidades")
    return f"{una if len(claves) == 1 else len(claves)} de sus {varias}"


def periodos_sin_cifra(renglones: Sequence[Renglon], periodicidad: Periodicidad) -> str:
    """Sentence about the years that are not whole in any loaded file; empty if there are none."""
    if periodicidad is not Periodicidad.ANUAL:
        return ""
    con = {renglon.periodo for renglon in con_cifra(renglones)}
    vacios = sorted({renglon.periodo for renglon in renglones} - con)
    if not vacios:
        return ""
    return f"{enlistar(vacios)}: ningún archivo cargado trae el año completo, así que se deja vacío."


def subtipos_sumados(delito_nombres: Mapping[str, Sequence[str]]) -> list[tuple[str, Sequence[str]]]:
    """Instruments in which the crime is a sum, with what is added."""
    return [
        (Instrumento(instrumento).label, nombres)
        for instrumento, nombres in sorted(delito_nombres.items())
        if len(nombres) > 1
    ]
