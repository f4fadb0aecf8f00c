"""What is written on the agenda and the agreements while a session meets. The roll is in `operaciones_lista`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from comites.choques import Diferencia, comparar, exigir_version
from comites.models import Acuerdo, PuntoDelOrden, Sesion, Turno
from comites.operaciones import sesion_en_curso
from comites.operaciones_acuerdos import corregir_acuerdo, prorrogar_acuerdo, registrar_avance
from comun.formatos import fecha_larga

SIGUE, REPORTADO, CUMPLIDO, NO_CUMPLIDO, SE_PRORROGA = "sigue", "reportado", "cumplido", "no_cumplido", "prorroga"
REVISIONES = {
    SIGUE: "Sigue",
    REPORTADO: "Reportado",
    CUMPLIDO: "Cumplido",
    NO_CUMPLIDO: "No cumplido",
    SE_PRORROGA: "Se prorroga",
}
"""What a session may say of an open agreement, with one tap each but the last, which needs a date and a reason."""


def _punto(sesion: Sesion, pk: int) -> PuntoDelOrden:
    punto = sesion.puntos.select_for_update().filter(pk=pk).first()
    if punto is None:
        raise ValidationError("Alguien quitó ese punto del orden del día mientras escribías.")
    return punto


@transaction.atomic
def tomar_punto(*, sesion: Sesion, punto: int, hora: dt.datetime) -> PuntoDelOrden:
    """The session takes up an item of its agenda. Taking up the one at hand changes nothing."""
    sesion = sesion_en_curso(sesion)
    fila = _punto(sesion, punto)
    ultimo = sesion.turnos.order_by("pk").last()
    if ultimo is None or ultimo.punto_id != fila.pk:
        Turno.objects.create(sesion=sesion, punto=fila, hora=hora)
    return fila


@transaction.atomic
def anotar_desenlace(
    *, sesion: Sesion, punto: int, desenlace: str, resumen: str, version: int | None = None
) -> PuntoDelOrden:
    """What came of an item, and what was said of it.

    Raises:
        Choque: somebody else wrote something else on it meanwhile.
    """
    fila = _punto(sesion_en_curso(sesion), punto)
    escrito = {"desenlace": desenlace, "resumen": resumen}
    rotulos = {"desenlace": "¿En qué quedó?", "resumen": "Resumen"}
    exigir_version(version, fila.version, comparar(fila, escrito, rotulos))
    fila.desenlace, fila.resumen = desenlace, resumen
    fila.version += 1
    fila.full_clean()
    fila.save(update_fields=["desenlace", "resumen", "version"])
    return fila


def _fecha(fecha: dt.date | None) -> str:
    return fecha_larga(fecha) if fecha else "Sin fecha"


@transaction.atomic
def completar_acuerdo(*, sesion: Sesion, folio: str, version: int | None = None, **datos: Any) -> Acuerdo:
    """Complete or correct an agreement of the session under way.

    Args:
        datos: values of `operaciones_acuerdos.CAMPOS`.

    Raises:
        Choque: somebody else wrote something else on it meanwhile.
        ValidationError: somebody took it out, or a field is wrong.
    """
    sesion = sesion_en_curso(sesion)
    acuerdo = sesion.acuerdos.select_related("sesion").filter(folio=folio).first()
    if acuerdo is None:
        raise ValidationError("Alguien quitó este acuerdo mientras lo escribías. Anótalo de nuevo.")
    return corregir_acuerdo(acuerdo=acuerdo, version=version, **datos)


@transaction.atomic
def revisar_acuerdo(
    *,
    sesion: Sesion,
    folio: str,
    que: str,
    autor: Any,
    responde: bool,
    texto: str = "",
    al: dt.date | None = None,
    version: int | None = None,
) -> Acuerdo:
    """What the session found of an agreement that was open when it began.

    Args:
        que: one of `REVISIONES`. «Sigue» gives a reported one back to whoever answers for it.
        texto: what was said; without it, that it was reviewed here. For an extension, its reason.
        al: new date, for an extension.
        responde: True if `autor` answers for it: nobody verifies his own.
        version: how many steps (progress and extensions) whoever writes saw.

    Raises:
        Choque: somebody else moved it meanwhile.
        ValidationError: it is not of those that this session reviews, or the step is not allowed.
    """
    sesion = sesion_en_curso(sesion)
    acuerdo = Acuerdo.objects.por_revisar_en(sesion).filter(folio=folio).first()
    if acuerdo is None:
        raise ValidationError("Ese acuerdo no es de los que revisa esta sesión.")
    acuerdo = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion").get(pk=acuerdo.pk)
    pasos = acuerdo.avances.count() + acuerdo.prorrogas.count()
    estado = _estado_en_que_queda(acuerdo, que)
    if responde and estado in {Acuerdo.Estado.CUMPLIDO, Acuerdo.Estado.NO_CUMPLIDO}:
        # The session may verify it; that whoever answers for it writes so is what nobody would believe.
        raise ValidationError({"que": "Nadie verifica lo suyo: que lo anote alguien más de la mesa."})
    if que == SE_PRORROGA:
        rotulo, guardado, escrito = "Vence", _fecha(acuerdo.vence), _fecha(al)
    else:
        rotulo, guardado, escrito = "Cómo va", acuerdo.get_estado_display(), Acuerdo.Estado(estado).label
    if version not in (None, pasos) and guardado == escrito and not texto:
        return acuerdo  # somebody else has just said the same
    exigir_version(version, pasos, [Diferencia(rotulo, guardado, escrito)])
    if que == SE_PRORROGA:
        if al is None or not texto:
            raise ValidationError({"al" if al is None else "texto": "Para prorrogar, di la nueva fecha y por qué."})
        prorrogar_acuerdo(acuerdo=acuerdo, al=al, motivo=texto, autor=autor, sesion=sesion)
    else:
        registrar_avance(
            acuerdo=acuerdo,
            estado=estado,
            texto=texto or f"Se revisó en {sesion.organo}, sesión {sesion.numero}.",
            # A minute finished days later: something may have been reported since.
            fecha=max(sesion.dia, acuerdo.primer_dia_de_un_avance),
            autor=autor,
            responde=responde,
            sesion=sesion,
        )
    acuerdo.refresh_from_db()
    return acuerdo


def _estado_en_que_queda(acuerdo: Acuerdo, que: str) -> str:
    """«Sigue» leaves it as it was, and gives back what was reported and is not so."""
    if que == SIGUE:
        sigue_igual = acuerdo.estado in (Acuerdo.Estado.PENDIENTE, Acuerdo.Estado.EN_PROCESO)
        return acuerdo.estado if sigue_igual else Acuerdo.Estado.EN_PROCESO
    return acuerdo.estado if que == SE_PRORROGA else que
