"""`/datos/incidencia` composed again, row by row and in Python, to hold the text of PostgreSQL against it."""

from itertools import groupby

from comun.exportar import TROZOS
from indicadores.models import Alcance, Conteo, Delito, Presencia
from indicadores.paquete import INCIDENCIA
from mesas.models import Entidad, Municipio


def _nombres():
    return dict(Entidad.objects.values_list("clave", "nombre_corto")) | dict(
        Municipio.objects.values_list("clave", "nombre")
    )


def _hojas():
    """By subtipo and whether modalidades came: what has figures of its own, and the name of its modalidad."""
    hijas = {
        padre: list(suyas)
        for padre, suyas in groupby(
            Delito.objects.filter(nivel=4).order_by("padre", "orden"), key=lambda delito: delito.padre_id
        )
    }
    hojas = {}
    for subtipo in Delito.objects.filter(nivel=3).select_related("padre__padre"):
        suyas = hijas.get(subtipo.pk, [])
        if len(suyas) > 1:
            hojas[subtipo.pk, True] = [(hija, hija.orden, hija.nombre) for hija in suyas]
            hojas[subtipo.pk, False] = [(subtipo, subtipo.orden, None)]
        else:
            unica = [(subtipo, hija.orden, hija.nombre) for hija in suyas] or [(subtipo, subtipo.orden, None)]
            hojas[subtipo.pk, True] = hojas[subtipo.pk, False] = unica
    return hojas


def filas(*, anios=None, entidades=None, ambito=None, instrumento=None, ceros=False, de=lambda fila: True):
    """Rows of the choice, in the order of the file."""
    nombres, hojas = _nombres(), _hojas()
    subtipos = {d.pk: d for d in Delito.objects.filter(nivel=3).select_related("padre__padre")}
    alcances = Alcance.objects.vigentes().filter(nivel=3).select_related("carga")
    for campo, valor in (("ambito", ambito), ("instrumento", instrumento)):
        if valor:
            alcances = alcances.filter(**{campo: valor})
    if anios:
        alcances = alcances.filter(anio__in=anios)
    if entidades:
        alcances = alcances.filter(entidad__in=entidades)
    alcances = list(alcances)
    cargas = {alcance.carga_id for alcance in alcances}
    series = {
        (c.carga_id, c.delito_id, c.territorio): c.meses for c in Conteo.objects.filter(carga__in=cargas).iterator()
    }
    presentes = {}
    for presencia in Presencia.objects.filter(carga__in=cargas):
        for anio in range(presencia.desde, min(presencia.hasta, 2101)):
            presentes.setdefault((presencia.carga_id, presencia.municipio_id[:2], anio), set()).add(
                presencia.municipio_id
            )
    juntas = []
    for alcance in alcances:
        municipios = presentes.get((alcance.carga_id, alcance.entidad_id, alcance.anio), ())
        lugares = [alcance.entidad_id] if alcance.ambito == "estatal" else municipios
        subtipo = subtipos[alcance.delito_id]
        for nodo, orden, modalidad in hojas[alcance.delito_id, alcance.con_modalidades]:
            for lugar in lugares:
                serie = series.get((alcance.carga_id, nodo.pk, lugar))
                desde = (alcance.anio - alcance.carga.primer_anio) * 12
                doce = serie[desde : desde + 12] if serie else [0] * 12
                meses = [cuantas if alcance.meses >> n & 1 else None for n, cuantas in enumerate(doce)]
                if not ceros and not any(meses):
                    continue
                llave = (
                    alcance.instrumento,
                    orden,
                    nodo.pk,
                    alcance.ambito,
                    alcance.entidad_id,
                    alcance.carga_id,
                    lugar,
                    alcance.anio,
                )
                fila = (
                    alcance.instrumento,
                    alcance.anio,
                    lugar,
                    nombres[lugar],
                    subtipo.padre.padre.nombre,
                    subtipo.padre.nombre,
                    subtipo.nombre,
                    modalidad,
                    *meses,
                    alcance.ambito,
                    f"{alcance.corte:%Y-%m}",
                    alcance.carga_id,
                )
                juntas.append((llave, fila))
    return [
        fila
        for _, fila in sorted(juntas, key=lambda par: par[0])
        if de(dict(zip(INCIDENCIA.columnas, fila, strict=True)))
    ]


def texto(formato, **eleccion):
    """The file that the portal should answer."""
    return "".join(TROZOS[formato](INCIDENCIA.columnas, filas(**eleccion)))
