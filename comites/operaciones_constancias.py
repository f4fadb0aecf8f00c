"""What a session did elsewhere in the portal, left in the item of its agenda in which it was done.

Without it the item in which a minute was approved, or a consent given, would come out empty in the minute
and come back to the next session as if nobody had touched it.
"""

from __future__ import annotations

from comites.models import PuntoDelOrden, Sesion


def dejar_constancia(punto: PuntoDelOrden | None, frase: str) -> None:
    """Write in an item what was decided in it, below whatever its notes say; once, however often it is asked.

    Called by the operation that decides, inside its transaction. Nothing is written on a closed session.
    """
    if punto is None:
        return
    sesion = Sesion.objects.select_for_update(of=["self"]).get(pk=punto.sesion_id)
    if sesion.estado != Sesion.Estado.EN_CURSO:
        return
    actual = PuntoDelOrden.objects.select_for_update().get(pk=punto.pk)
    if frase in actual.resumen:
        return
    actual.resumen = "\n".join(filter(None, [actual.resumen, frase]))
    actual.desenlace = actual.desenlace or PuntoDelOrden.Desenlace.DECISION
    actual.version += 1
    actual.save(update_fields=["resumen", "desenlace", "version"])
