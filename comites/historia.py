"""The whole history of an agreement, as its own mesa reads it: who, when, why, and the files that show it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from comites.models import Acuerdo, Avance, Evidencia, Prorroga, Sesion
from comun.formatos import dia_local, fecha_corta, fecha_larga


@dataclass(frozen=True)
class Paso:
    """One thing that happened to the agreement."""

    titulo: str
    fecha: dt.date
    texto: str = ""
    quien: str = ""
    tipo: str = "hecho"
    evidencias: list[Evidencia] = field(default_factory=list)


@dataclass(frozen=True)
class Historia:
    """The thread, and how many files this reader may not open: redaction is visible."""

    pasos: list[Paso]
    evidencias: list[Evidencia]
    ocultas: int


def historia_de(acuerdo: Acuerdo, usuario: Any) -> Historia:
    """Everything that its own mesa reads of it. Three queries whatever its length."""
    todas = list(Evidencia.objects.que_dicen_si(usuario).filter(acuerdo=acuerdo).order_by("pk"))
    evidencias = [fila for fila in todas if fila.legible]
    por_avance: dict[int | None, list[Evidencia]] = defaultdict(list)
    for evidencia in evidencias:
        por_avance[evidencia.avance_id].append(evidencia)
    avances = acuerdo.avances.con_personas().order_by("pk")
    prorrogas = acuerdo.prorrogas.select_related("autor__persona", "sesion__comite", "sesion__mesa")
    pasos = [(avance.fecha, avance.creado, _de_avance(avance, por_avance[avance.pk])) for avance in avances]
    pasos += [(dia_local(fila.creado), fila.creado, _de_prorroga(fila)) for fila in prorrogas]
    pasos += [
        (
            dia_local(suelta.creada),
            suelta.creada,
            Paso("Se agregó una prueba", dia_local(suelta.creada), evidencias=[suelta]),
        )
        for suelta in por_avance[None]
    ]
    pasos.sort(key=lambda paso: paso[:2])
    en_orden = [_de_origen(acuerdo), *[paso for _, _, paso in pasos], *_lo_que_debe(acuerdo)]
    return Historia(
        pasos=en_orden,
        evidencias=evidencias,
        ocultas=len(todas) - len(evidencias),
    )


def pruebas_de(acuerdo: Acuerdo, usuario: Any) -> list[Evidencia]:
    """The files of an agreement that this reader may open, the latest first: what a verification looks at."""
    return list(Evidencia.objects.visibles_para(usuario).filter(acuerdo=acuerdo).que_quedan().order_by("-pk"))


def _de_origen(acuerdo: Acuerdo) -> Paso:
    punto = f", punto {acuerdo.punto.orden}" if acuerdo.punto_id else ""
    plazo = f"Con fecha compromiso: {fecha_larga(acuerdo.fecha_compromiso)}." if acuerdo.fecha_compromiso else ""
    return Paso("Se acordó", acuerdo.sesion.dia, plazo, f"{acuerdo.sesion}{punto}")


def _lo_que_debe(acuerdo: Acuerdo) -> Iterable[Paso]:
    if acuerdo.esta_abierto and acuerdo.vence:
        titulo = "Fecha prorrogada" if acuerdo.prorrogado_al else "Fecha compromiso"
        yield Paso(titulo, acuerdo.vence, tipo="futuro")


def _de_avance(avance: Avance, evidencias: list[Evidencia]) -> Paso:
    return Paso(
        avance.titulo,
        avance.fecha,
        avance.texto,
        _quien(avance) + _cuando_se_anoto(avance),
        "aviso" if avance.devuelve or avance.estado == Acuerdo.Estado.NO_CUMPLIDO else "hecho",
        evidencias,
    )


def _cuando_se_anoto(avance: Avance) -> str:
    """When it was written down, if it was not the day that it tells of."""
    dia = dia_local(avance.creado)
    return "" if dia == avance.fecha else f", anotado el {fecha_corta(dia)}"


def _quien(avance: Avance) -> str:
    """Who turned that key, in words of the mesa."""
    if avance.verifica_id:
        return f"Lo revisó {avance.verifica.persona}"
    if avance.sesion_id:
        return f"En {_de_sesion(avance.sesion)}"
    if hasattr(avance, "enlace"):
        return f"Lo reportó {avance.enlace.institucion or avance.enlace.para}, con el enlace que se le envió"
    if avance.reporta_id:
        institucion = avance.reporta.institucion
        return f"Lo anotó {avance.reporta.persona}{f', {institucion}' if institucion else ''}"
    persona = getattr(avance.autor, "persona", None) if avance.autor_id else None
    return f"Lo anotó {persona}" if persona else ""


def _de_sesion(sesion: Sesion) -> str:
    return f"{sesion}, {fecha_corta(sesion.dia)}"


def _de_prorroga(prorroga: Prorroga) -> Paso:
    texto = f"Del {fecha_larga(prorroga.de)} al {fecha_larga(prorroga.al)}. {prorroga.motivo}"
    if prorroga.sesion_id:
        return Paso(
            "Se prorrogó", dia_local(prorroga.creado), texto, f"La otorgó {_de_sesion(prorroga.sesion)}", "aviso"
        )
    persona = getattr(prorroga.autor, "persona", None) if prorroga.autor_id else None
    quien = f"La otorgó la coordinación ({persona})" if persona else "La otorgó la coordinación"
    return Paso("Se prorrogó", dia_local(prorroga.creado), texto, quien, "aviso")
