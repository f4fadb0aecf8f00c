"""What the network agrees and each mesa owes: entrusted to each, and answered by each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from comites.models import Acuerdo, AcuerdoEnMesa, RespuestaDeMesa, Sesion
from comites.niveles import Nivel
from mesas.models import Mesa


@transaction.atomic
def encargar(*, acuerdo: Acuerdo, mesas: Iterable[Mesa], autor: Any) -> int:
    """Entrust a network agreement to those mesas; those that had it stay as they were. Returns how many are new.

    Raises:
        ValidationError: no encuentro agreed it, its session has not closed, or the mesas could not even read it.
    """
    filas = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion", "punto")
    acuerdo = filas.get(pk=acuerdo.pk)
    if acuerdo.sesion.tipo != Sesion.Tipo.ENCUENTRO:
        raise ValidationError("Lo que toca a todas las mesas se acuerda en un encuentro de la Red.")
    if not acuerdo.sesion.esta_cerrada:
        raise ValidationError("Primero cierra la sesión que lo acordó.")
    punto = acuerdo.punto.nivel if acuerdo.punto_id else ""
    legible = acuerdo.nivel in (Nivel.RED, Nivel.PUBLICA)
    if not legible or Nivel.RESERVADA in {acuerdo.sesion.nivel, punto}:
        raise ValidationError("Las mesas todavía no pueden leerlo: antes cambia quién puede leerlo a «Para la Red».")
    ya = set(acuerdo.en_mesas.values_list("mesa", flat=True))
    nuevos = [AcuerdoEnMesa(acuerdo=acuerdo, mesa=mesa, creado_por=autor) for mesa in mesas if mesa.pk not in ya]
    return len(AcuerdoEnMesa.objects.bulk_create(nuevos))


@transaction.atomic
def responder_encargo(*, encargo: AcuerdoEnMesa, estado: str, texto: str, autor: Any) -> RespuestaDeMesa:
    """What the mesa says of its share. It adds to what it said before; nothing is rewritten.

    The same words of the same person twice in a row are one answer.
    """
    encargo = AcuerdoEnMesa.objects.select_for_update().get(pk=encargo.pk)
    ultima = encargo.respuestas.order_by("pk").last()
    if ultima and (ultima.estado, ultima.texto, ultima.autor_id) == (estado, texto, autor.pk):
        return ultima
    respuesta = RespuestaDeMesa(encargo=encargo, estado=estado, texto=texto, autor=autor)
    respuesta.full_clean()
    respuesta.save()
    return respuesta
