"""What the public sees of an agreement. One place, so the preview and the page cannot differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comites.models import Acuerdo
from mesas.models import Persona


@dataclass(frozen=True)
class FichaPublica:
    """The public face of an agreement: everything here was agreed, nothing names a person without consent."""

    acuerdo: Acuerdo
    responsable: str
    hilo: list[dict[str, object]]
    lo_que_no_dice: list[str]


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


def ficha_publica(acuerdo: Acuerdo) -> FichaPublica:
    """The public face of an agreement; whether it may be shown is for `Acuerdo.objects.publicas()` to say."""
    [(_, responsable)] = responsables_publicos([acuerdo])
    return FichaPublica(
        acuerdo=acuerdo,
        responsable=responsable,
        hilo=acuerdo.hilo(con_textos=False),
        lo_que_no_dice=acuerdo.lo_que_falta() if acuerdo.historico else [],
    )
