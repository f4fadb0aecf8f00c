"""At which address a mesa reaches each one: the only place that says so, whatever the mail. No writing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils import timezone

from comites.models import Comite, Contacto
from mesas.models import Cargo, Mesa, Persona, Puesto


def quienes_coordinan(mesa: Mesa, comite: Comite | None = None) -> Iterable[tuple[Persona, str]]:
    """Who answers today in the name of a mesa, with the address that the portal has of them.

    Args:
        comite: also who coordinates it.
    """
    de_la_mesa = Q(puesto__mesa=mesa, puesto__tipo__in=Puesto.ESCRIBEN_EN_LA_MESA)
    del_comite = Q(puesto=comite.coordinacion_id) if comite and comite.coordinacion_id else Q()
    cargos = Cargo.objects.vigentes_en(timezone.localdate()).filter(de_la_mesa | del_comite)
    personas = {cargo.persona for cargo in cargos.select_related("persona__usuario")}
    for persona in sorted(personas, key=lambda persona: persona.pk):
        if para := persona.a_donde_escribirle:
            yield persona, para


class Direcciones:
    """The addresses that some mesas keep, over those of accounts and cards. One query.

    Whoever has an account is reached there and nowhere else; to the rest, what the mesa wrote (`Contacto`)
    corrects the card of the person. The office of an institution has only what the mesa wrote.
    """

    def __init__(self, mesas: Collection[int]) -> None:
        self._contactos = {
            (fila.mesa_id, fila.persona_id, fila.institucion_id): fila.correo
            for fila in Contacto.objects.filter(mesa__in=mesas)
        }

    def de_persona(self, persona: Persona, mesa: int) -> str:
        """Where that mesa writes to that person; empty if nowhere."""
        del_contacto = "" if persona.tiene_cuenta else self._contactos.get((mesa, persona.pk, None), "")
        return del_contacto or persona.a_donde_escribirle

    def de_institucion(self, institucion: int, mesa: int) -> str:
        """The office of that institution, if the mesa wrote where it is."""
        return self._contactos.get((mesa, None, institucion), "")
