"""Names of people inside what would be published. A name is public only with that person's consent."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from comites.formas_de_nombres import donde, formas
from comites.models import Acuerdo, Asistencia, Invitado, Sesion
from mesas.models import Integrante, Persona


def nombres_en(texto: str, nombres: Iterable[str]) -> list[str]:
    """Which of those names the text says."""
    return [nombre for nombre in nombres if donde(texto, formas(nombre))]


def nombres_que_no_consintieron(sesion: Sesion) -> list[str]:
    """Names of who sits in the mesas of a session, came in somebody's place or was a guest, and did not consent.

    And of who is hidden, whatever the mesa. Three queries. Substitutes and guests have no card in which to
    consent, so their names never are public.
    """
    mesas = [sesion.mesa_id, *sesion.mesas.values_list("pk", flat=True)]
    sentados = Integrante.objects.filter(mesa__in=mesas).order_by().values("persona")
    callados = Persona.objects.filter(Q(pk__in=sentados) | Q(oculta=True))
    callados = callados.exclude(pk__in=Persona.objects.con_nombre_publico().values("pk"))
    de_paso = Asistencia.objects.filter(sesion=sesion).exclude(suplente="").values_list("suplente")
    invitados = Invitado.objects.filter(sesion=sesion).values_list("nombre")
    filas = callados.order_by().values_list("nombre").union(de_paso, invitados)
    return sorted(nombre for (nombre,) in filas)


def textos_de_acuerdo(acuerdo: Acuerdo, avances: Iterable[int] = ()) -> str:
    """What the public page of an agreement would say in its own words."""
    elegidos = set(avances)
    pasos = [avance.texto for avance in acuerdo.avances.all() if avance.pk in elegidos]
    suyos = [acuerdo.accion, acuerdo.producto, acuerdo.detalle, acuerdo.verificacion, acuerdo.nota_publica]
    return " · ".join([*suyos, *pasos])


def textos_de_sesion(sesion: Sesion, puntos: Iterable[int] = ()) -> str:
    """What the public page of a session would say in its own words."""
    elegidos = set(puntos)
    return " · ".join(punto.titulo for punto in sesion.puntos.all() if punto.pk in elegidos)
