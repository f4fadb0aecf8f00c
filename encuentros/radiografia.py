"""Everything that is told of an encuentro, gathered in a fixed number of queries.

The page shows it and a printed report can too. What can be counted is counted here from the
rows; what only a source says stays a `CifraDeclarada`, and the two never mix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from comites.models import Acuerdo
from comun.mapas import DatoDeMapa, Mapa, Marca, mapa
from encuentros.models import (
    CifraDeclarada,
    Difusion,
    Documento,
    Encuentro,
    Nota,
    OpcionDeVotacion,
    ParticipacionDeMesa,
    Propuesta,
    Rubro,
    Votacion,
)
from mesas.mapa import CORTES, punto_de
from mesas.models import Entidad

DE_QUE = {
    Votacion.Base.VALIDOS: "votos",
    Votacion.Base.EMITIDOS: "votos emitidos",
    Votacion.Base.PADRON: "con derecho a voto",
}


@dataclass(frozen=True)
class Asistentes:
    """The mesas that came from one entidad."""

    entidad: Entidad
    participaciones: Sequence[ParticipacionDeMesa]


@dataclass(frozen=True)
class PropuestaViva:
    """A proposal that goes on, with those that were merged into it and everybody's authorship."""

    propuesta: Propuesta
    fusionadas: Sequence[Propuesta]


@dataclass(frozen=True)
class PropuestasDeRubro:
    """What was proposed on one theme."""

    rubro: Rubro
    propuestas: Sequence[PropuestaViva]


@dataclass(frozen=True)
class FilaDeResultado:
    """One option with its share of the base of the vote; None when the base is zero."""

    opcion: OpcionDeVotacion
    porcentaje: float | None

    @property
    def etiqueta(self) -> str:
        return self.opcion.nombre

    @property
    def valor(self) -> int:
        return self.opcion.votos


@dataclass(frozen=True)
class Titular:
    """A declared figure as the page shows it large."""

    cifra: str | int
    unidad: str
    fuente: str
    parte: str = ""


@dataclass(frozen=True)
class Resultado:
    """A vote with all that is needed to judge it."""

    votacion: Votacion
    total: int
    filas: Sequence[FilaDeResultado]
    ganadoras: Sequence[FilaDeResultado]

    @property
    def de_que(self) -> str:
        """What the total counts, to be read after it: «17 de 36 votos»."""
        return DE_QUE[self.votacion.base]


@dataclass(frozen=True)
class Radiografia:
    """The whole encuentro, ready to be shown."""

    encuentro: Encuentro
    asistentes: Sequence[Asistentes]
    mapa: Mapa
    sin_lugar: Sequence[ParticipacionDeMesa]
    mesas_sin_mostrar: int
    cifras: Sequence[CifraDeclarada]
    rubros: Sequence[PropuestasDeRubro]
    acuerdos: Sequence[Acuerdo]
    acuerdos_sin_publicar: int
    resultados: Sequence[Resultado]
    difusiones: Sequence[Difusion]
    documentos: Sequence[Documento]
    notas: Sequence[Nota]

    @property
    def invitadas(self) -> CifraDeclarada | None:
        """How many mesas a source says were invited."""
        return next((c for c in self.cifras if c.concepto == CifraDeclarada.Concepto.MESAS_INVITADAS), None)

    @property
    def hay_documentos_en_linea(self) -> bool:
        """At least one of its papers has an address."""
        return any(documento.url for documento in self.documentos)

    @property
    def otras_cifras(self) -> list[CifraDeclarada]:
        """The declared figures that a reader may compare, one under the other."""
        return [c for c in self.cifras if c.concepto not in CifraDeclarada.INVITACIONES]

    @property
    def titulares(self) -> list[Titular]:
        """What the sources declare and deserves a large figure."""
        invitadas = [
            Titular(cifra.en_palabras, cifra.get_concepto_display(), cifra.fuente)
            for cifra in self.cifras
            if cifra.concepto in CifraDeclarada.INVITACIONES
        ]
        alcances = [
            Titular(d.cantidad, d.unidad, d.fuente, f"{d.de_ellos} {d.unidad_de_ellos}" if d.unidad_de_ellos else "")
            for d in self.difusiones
            if d.cantidad is not None
        ]
        return invitadas + alcances

    @property
    def fuentes_de_los_titulares(self) -> str:
        """Each source once, in the order in which they appear."""
        return "; ".join(dict.fromkeys(titular.fuente for titular in self.titulares))


def radiografia(encuentro: Encuentro) -> Radiografia:
    """Gather an encuentro obtained from `permisos.encuentro_publico`: twelve queries in all, however large."""
    suyas = {"encuentro": encuentro}
    participaciones = list(
        ParticipacionDeMesa.objects.publicas().filter(**suyas).asistieron().con_territorio(encuentro.fin).por_entidad()
    )
    asistentes = _por_entidad(participaciones)
    propuestas = Propuesta.objects.publicas().filter(**suyas).con_origen().con_acuerdo_publico().por_rubro()
    votaciones = Votacion.objects.publicas().filter(**suyas).con_opciones().con_acuerdo_publico()
    acuerdos = list(Acuerdo.objects.publicas().filter(sesion=encuentro.sesion_id).con_contexto().order_by("folio"))
    return Radiografia(
        encuentro=encuentro,
        asistentes=asistentes,
        mapa=_mapa(asistentes),
        sin_lugar=[p for p in participaciones if punto_de(p.mesa.territorio) is None],
        mesas_sin_mostrar=encuentro.mesas_asistentes - len(participaciones),
        cifras=list(CifraDeclarada.objects.publicas().filter(**suyas)),
        rubros=_por_rubro(list(propuestas)),
        acuerdos=acuerdos,
        acuerdos_sin_publicar=encuentro.cuantos_acuerdos - len(acuerdos),
        resultados=[resultado_de(votacion) for votacion in votaciones],
        difusiones=list(Difusion.objects.publicas().filter(**suyas)),
        documentos=list(Documento.objects.publicas().filter(**suyas)),
        notas=list(Nota.objects.publicas().filter(**suyas)),
    )


def _por_entidad(participaciones: Sequence[ParticipacionDeMesa]) -> list[Asistentes]:
    grupos = groupby(participaciones, key=lambda participacion: participacion.mesa.entidad)
    return [Asistentes(entidad, list(suyas)) for entidad, suyas in grupos]


def _mapa(asistentes: Sequence[Asistentes]) -> Mapa:
    """The country with how many mesas came from each entidad, and each of them where every map draws it."""
    datos, marcas = [], []
    for grupo in asistentes:
        cuantas = len(grupo.participaciones)
        texto = f"{cuantas} {'mesa' if cuantas == 1 else 'mesas'}"
        datos.append(DatoDeMapa(grupo.entidad.clave, grupo.entidad.nombre_corto, cuantas, texto))
        marcas += [
            Marca(*punto, p.mesa.nombre, p.mesa.get_absolute_url(), grupo.entidad.nombre_corto)
            for p in grupo.participaciones
            if (punto := punto_de(p.mesa.territorio))
        ]
    return mapa(datos, marcas, cortes=CORTES)


def _por_rubro(propuestas: Sequence[Propuesta]) -> list[PropuestasDeRubro]:
    """By theme, each merged proposal under the one that goes on."""
    unidas: dict[int, list[Propuesta]] = {}
    for propuesta in propuestas:
        if propuesta.fusionada_en_id:
            unidas.setdefault(propuesta.fusionada_en_id, []).append(propuesta)
    vivas = [propuesta for propuesta in propuestas if not propuesta.fusionada_en_id]
    return [
        PropuestasDeRubro(rubro, [PropuestaViva(p, unidas.get(p.pk, [])) for p in suyas])
        for rubro, suyas in groupby(vivas, key=lambda propuesta: propuesta.rubro)
    ]


def resultado_de(votacion: Votacion) -> Resultado:
    """Shares of a vote over its declared base."""
    total = votacion.total_de_la_base
    filas = [
        FilaDeResultado(opcion, 100 * opcion.votos / total if total else None) for opcion in votacion.opciones.all()
    ]
    ganadoras = {opcion.pk for opcion in votacion.ganadoras}
    return Resultado(votacion, total, filas, [fila for fila in filas if fila.opcion.pk in ganadoras])
