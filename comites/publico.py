"""What the public sees of agreements and sessions. One place, so the preview and the page cannot differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from comites.models import ActoDePublicacion, Acuerdo, Asistencia, PuntoDelOrden, Sesion
from comites.niveles import Nivel
from comites.querysets import SesionQuerySet
from comites.seguimiento import armar_listas
from mesas.models import Persona


@dataclass(frozen=True)
class Consentido:
    """Since when and until when an assembly lets something be read."""

    desde: dt.date
    hasta: dt.date | None = None


@dataclass(frozen=True)
class FichaPublica:
    """The public face of an agreement: everything here was agreed, nothing names a person without consent."""

    acuerdo: Acuerdo
    responsable: str
    hilo: list[dict[str, object]]
    lo_que_no_dice: list[str]
    consentido: Consentido


@dataclass(frozen=True)
class Presencia:
    """How many citizen seats were filled, so rounded that nobody can tell who came."""

    ocupados: int
    asientos: int

    @property
    def se_dice(self) -> bool:
        """False when the roll is so short that the number would point at people."""
        return self.asientos > 0


@dataclass(frozen=True)
class FichaDeSesion:
    """The public face of a session: who met and which day, its agenda, what came of it. Never where, never who came."""

    sesion: Sesion
    orden_del_dia: Sequence[tuple[int, PuntoDelOrden | None]]
    acuerdos: Sequence[Acuerdo]
    presencia: Presencia | None
    consentido: Consentido

    @property
    def reservados(self) -> int:
        """How many items nobody outside may read. That they exist is said; what they are about is not."""
        return sum(punto is None for _, punto in self.orden_del_dia)


def responsable_publico(acuerdo: Acuerdo, con_nombre: set[int]) -> str:
    """Who answers, in words fit for the public: the institution, or the person only if they consented.

    Args:
        con_nombre: keys of the people whose name may be public today.
    """
    if acuerdo.institucion_responsable_id:
        return acuerdo.institucion_responsable.nombre
    if acuerdo.responsable_id:
        persona = acuerdo.responsable.persona
        return persona.nombre if persona.pk in con_nombre else "Una persona integrante de la mesa"
    return "Una autoridad fuera de la mesa" if acuerdo.correo_responsable else ""


def responsables_publicos(acuerdos: Iterable[Acuerdo]) -> Iterator[tuple[Acuerdo, str]]:
    """Each agreement with who answers for it in public; one query for all the consents."""
    con_nombre = set(Persona.objects.con_nombre_publico().values_list("pk", flat=True))
    for acuerdo in acuerdos:
        yield acuerdo, responsable_publico(acuerdo, con_nombre)


def _acto_vigente(fila: Acuerdo | Sesion) -> ActoDePublicacion | None:
    return fila.actos.vigentes_en(timezone.localdate()).first()


def ficha_publica(
    acuerdo: Acuerdo, *, avances: Collection[int] | None = None, hasta: dt.date | None = None
) -> FichaPublica:
    """The public face of an agreement; whether it may be shown is for `Acuerdo.objects.publicas()` to say.

    Args:
        avances: keys of the steps whose text would be read, to look at it before publishing, until `hasta`;
            without them, what its act says.
    """
    consentido = Consentido(timezone.localdate(), hasta)
    if avances is None:
        acto = _acto_vigente(acuerdo)
        avances = acto.avances if acto else ()
        consentido = Consentido(acto.desde, acto.hasta) if acto else consentido
    [(_, responsable)] = responsables_publicos([acuerdo])
    return FichaPublica(
        acuerdo=acuerdo,
        responsable=responsable,
        hilo=acuerdo.hilo(con_textos=False, consentidos=avances),
        lo_que_no_dice=acuerdo.lo_que_falta() if acuerdo.historico else [],
        consentido=consentido,
    )


def ficha_de_sesion(
    sesion: Sesion,
    *,
    puntos: Collection[int] | None = None,
    hasta: dt.date | None = None,
    ademas: Collection[Acuerdo] = (),
) -> FichaDeSesion:
    """The public face of a session; whether it may be shown is for `Sesion.objects.publicas()` to say.

    Args:
        puntos: keys of the items that would be read, to look at it before publishing, until `hasta`;
            without them, what its act says.
        ademas: agreements that would be published with it.
    """
    consentido = Consentido(timezone.localdate(), hasta)
    if puntos is None:
        acto = _acto_vigente(sesion)
        puntos = acto.puntos if acto else ()
        consentido = Consentido(acto.desde, acto.hasta) if acto else consentido
    publicos = Q(pk__in=Acuerdo.objects.publicas().order_by().values("pk"))
    publicos |= Q(pk__in=[acuerdo.pk for acuerdo in ademas])
    return FichaDeSesion(
        sesion=sesion,
        orden_del_dia=[
            (punto.orden, punto if punto.pk in puntos and punto.nivel != Nivel.RESERVADA else None)
            for punto in sesion.puntos.order_by("orden")
        ],
        acuerdos=list(Acuerdo.objects.filter(publicos, sesion=sesion).con_contexto().order_by("folio")),
        presencia=presencias(Sesion.objects.filter(pk=sesion.pk)).get(sesion.pk),
        consentido=consentido,
    )


def presencias(sesiones: SesionQuerySet) -> Mapping[int, Presencia]:
    """Of each session with a roll, how many citizen seats were filled as the public may know it. One query.

    Each roll is rounded as in the public follow-up, so that no two figures subtracted tell who was missing.
    """
    conteos: dict[int, list] = {}
    for conteo in Asistencia.objects.de_sesiones(sesiones).conteos():
        conteos.setdefault(conteo[0], []).append(conteo)
    cuentas = {}
    for sesion, suyos in conteos.items():
        listas = [lista.para_el_publico() for lista in armar_listas(suyos)]
        cuentas[sesion] = Presencia(sum(li.ocupados for li in listas), sum(li.asientos for li in listas))
    return cuentas
