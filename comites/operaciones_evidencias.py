"""Files that show progress: kept, given a level, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comites.archivos_de_evidencia import ArchivoListo
from comites.models import Acuerdo, Avance, Evidencia, TrozoDeEvidencia
from comites.niveles import Nivel
from comites.operaciones_acuerdos import registrar_avance
from comites.operaciones_publicacion import poner_nivel
from comites.operaciones_verificacion import verificar

MAXIMO_POR_ACUERDO = 60
"""Files of one agreement: beyond this it is an archive, not evidence."""


@transaction.atomic
def guardar_evidencia(
    *,
    acuerdo: Acuerdo,
    archivo: ArchivoListo,
    autor: Any,
    avance: Avance | None = None,
    nivel: str = Nivel.MESA,
    motivo_de_reserva: str = "",
    revisar_reserva_el: dt.date | None = None,
) -> Evidencia:
    """Keep a file of an agreement, in pieces, in PostgreSQL: any instance of the portal may serve it.

    Args:
        archivo: what `archivos_de_evidencia.preparar` left ready.
        autor: the account that uploads it; None: it came by a link.

    Raises:
        ValidationError: its session has not closed, it is the same file as another, or there are too many.
    """
    acuerdo = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion").get(pk=acuerdo.pk)
    if not acuerdo.sesion.esta_cerrada:
        raise ValidationError("Las pruebas se agregan después de cerrar la sesión.")
    quedan = acuerdo.evidencias.que_quedan()
    if quedan.filter(sha256=archivo.sha256).exists():
        raise ValidationError({"archivo": "Ese archivo ya está en el acuerdo."})
    if quedan.count() >= MAXIMO_POR_ACUERDO:
        raise ValidationError(
            {"archivo": f"Un acuerdo lleva hasta {MAXIMO_POR_ACUERDO} archivos: retira alguno antes."}
        )
    evidencia = Evidencia(
        acuerdo=acuerdo,
        avance=avance,
        nombre=archivo.nombre,
        tipo=archivo.tipo,
        bytes=archivo.bytes,
        sha256=archivo.sha256,
        subida_por=autor,
    )
    poner_nivel(evidencia, nivel, motivo_de_reserva, revisar_reserva_el)
    evidencia.full_clean()
    evidencia.save()
    for numero, datos in enumerate(archivo.trozos()):
        TrozoDeEvidencia.objects.create(evidencia=evidencia, numero=numero, datos=datos)
    return evidencia


@transaction.atomic
def avanzar(*, archivo: ArchivoListo | None, **datos: Any) -> Avance:
    """Add a step with the file that shows it, if there is one. `datos` are those of `registrar_avance`."""
    avance = registrar_avance(**datos)
    if archivo is not None and not avance.evidencias.filter(sha256=archivo.sha256).exists():
        guardar_evidencia(acuerdo=avance.acuerdo, archivo=archivo, autor=datos["autor"], avance=avance)
    return avance


@transaction.atomic
def verificar_con_prueba(*, archivo: ArchivoListo | None, **datos: Any) -> Avance:
    """Turn the second key with the file that shows what was seen, if there is one."""
    avance = verificar(**datos)
    if archivo is not None:
        guardar_evidencia(acuerdo=avance.acuerdo, archivo=archivo, autor=datos["autor"], avance=avance)
    return avance


@transaction.atomic
def cambiar_nivel_de_evidencia(
    *, evidencia: Evidencia, nivel: str, motivo_de_reserva: str = "", revisar_reserva_el: dt.date | None = None
) -> Evidencia:
    """Change who may open a file."""
    evidencia = _que_queda(evidencia)
    poner_nivel(evidencia, nivel, motivo_de_reserva, revisar_reserva_el)
    evidencia.full_clean()
    evidencia.save(update_fields=["nivel", "motivo_de_reserva", "revisar_reserva_el"])
    return evidencia


@transaction.atomic
def retirar_evidencia(*, evidencia: Evidencia, motivo: str, autor: Any) -> Evidencia:
    """Take a file away for good: bytes and name go in the same breath, and the reason stays."""
    evidencia = _que_queda(evidencia)
    evidencia.trozos.all().delete()
    evidencia.nombre, evidencia.motivo_de_retiro = "", motivo
    evidencia.retirada_el, evidencia.retirada_por = timezone.now(), autor
    evidencia.full_clean()
    evidencia.save(update_fields=["nombre", "motivo_de_retiro", "retirada_el", "retirada_por"])
    return evidencia


def _que_queda(evidencia: Evidencia) -> Evidencia:
    fila = Evidencia.objects.select_for_update(of=["self"]).get(pk=evidencia.pk)
    if fila.retirada_el:
        raise ValidationError("Ese archivo ya se retiró.")
    return fila


def contenido_de(evidencia: Evidencia) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time."""
    numeros = list(evidencia.trozos.values_list("numero", flat=True))
    for numero in numeros:
        yield bytes(evidencia.trozos.values_list("datos", flat=True).get(numero=numero))
