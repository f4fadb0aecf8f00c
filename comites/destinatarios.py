"""Who is called to a session, and at which address each one is reached. No writing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comites.asientos import asientos
from comites.direcciones import Direcciones
from comites.models import Sesion
from mesas.models import Cargo, Institucion, Integrante, Mesa, Persona, Puesto


@dataclass(frozen=True)
class Destinatario:
    """Somebody to be called: a person with a seat or a post, or the office of an institution.

    `clave` names it inside the mesa («p12», «i7»); `correo` is empty when nobody has written one.
    """

    clave: str
    nombre: str
    detalle: str
    correo: str
    mesa: Mesa
    persona: Persona | None = None
    institucion: Institucion | None = None
    ya_no: bool = False
    """Was called, and is not of the session any more."""

    @property
    def con_cuenta(self) -> bool:
        """Reached at the address of an account, which only its owner changes; can open the links to the desk."""
        return bool(self.persona and self.persona.tiene_cuenta and not self.ya_no)


def destinatarios(sesion: Sesion) -> list[Destinatario]:
    """Everybody who should be called to a session, people first and then institutions. Four queries at most.

    People are those with a seat in its mesas on the day of the session, and those who run the mesa or
    the comité without one. An institution is called apart from who comes in its name, because that
    person changes and the office stays; only if the mesa wrote its address. An encuentro calls mesas,
    not people: a list of everybody in the network must not exist.
    """
    if sesion.tipo == Sesion.Tipo.ENCUENTRO:
        return []
    filas = list(asientos(sesion).select_related("persona__usuario", "institucion", "mesa"))
    direcciones = Direcciones([sesion.mesa_id])
    gente = {fila.persona_id: fila for fila in reversed([*filas, *_con_puesto(sesion)])}  # a seat goes before a post
    personas = [_persona(fila, sesion.mesa, direcciones) for fila in reversed(gente.values())]
    ya_dichos = {persona.correo.lower() for persona in personas if persona.correo}
    return [*personas, *_instituciones(filas, sesion.mesa, direcciones, ya_dichos)]


def _con_puesto(sesion: Sesion) -> Iterable[Cargo]:
    """Who runs the mesa or the comité, perhaps without a seat: a secretaría técnica, mostly."""
    cargos = Cargo.objects.vigentes_en(sesion.dia).filter(puesto__mesa=sesion.mesa_id)
    cargos = cargos.filter(puesto__tipo__in=Puesto.ESCRIBEN_EN_LA_MESA) | cargos.filter(
        puesto__comite=sesion.comite_id, puesto__comite__isnull=False
    )
    return cargos.select_related("persona__usuario", "puesto__mesa").order_by("pk")


def _persona(fila: Integrante | Cargo, anfitriona: Mesa, direcciones: Direcciones) -> Destinatario:
    persona = fila.persona
    if isinstance(fila, Integrante):
        mesa, detalle = fila.mesa, str(fila.institucion or "Ciudadanía")
    else:
        mesa, detalle = fila.puesto.mesa, fila.puesto.nombre or fila.puesto.get_tipo_display()
    return Destinatario(
        clave=f"p{persona.pk}",
        nombre=persona.nombre,
        detalle=detalle,
        correo=direcciones.de_persona(persona, anfitriona.pk),
        mesa=mesa,
        persona=persona,
    )


def _instituciones(
    filas: Iterable[Integrante], mesa: Mesa, direcciones: Direcciones, ya_dichos: set[str]
) -> list[Destinatario]:
    """The offices that people come in the name of, each once; not one whose address is already that of a person."""
    suyas = {fila.institucion_id: fila.institucion for fila in filas if fila.institucion_id}
    return [
        Destinatario(
            clave=f"i{pk}",
            nombre=institucion.nombre,
            detalle="Institución",
            correo=direcciones.de_institucion(pk, mesa.pk),
            mesa=mesa,
            institucion=institucion,
        )
        for pk, institucion in sorted(suyas.items(), key=lambda par: par[1].nombre)
        if direcciones.de_institucion(pk, mesa.pk).lower() not in ya_dichos
    ]
