"""What the page of a session shows while it meets. Reads; never writes."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import uuid4

from django.db.models import Count, Func, Max, OuterRef, Subquery, Sum, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from comites.forms_modo import NIVELES_DEL_SUPLENTE, AcuerdoEnTres, LoQueFalta, UnInvitado, UnPunto
from comites.models import Acta, Acuerdo, Asistencia, PuntoDelOrden, Sesion
from comites.sala import Silla, contar_sala, leer_sala

ULTIMAS = 6
"""How many of the last writes the page tells."""


def leer_modo(sesion: Sesion, usuario: Any) -> dict[str, Any]:
    """Everything that the page of a session shows. Nine queries at most, whatever its rows."""
    sillas = leer_sala(sesion)
    asientos = [silla.integrante for silla in sillas]
    puntos = _puntos(sesion)
    actual = max((punto for punto in puntos if punto.turno), key=lambda punto: punto.turno, default=None)
    acuerdos = list(sesion.acuerdos.con_contexto().order_by("folio"))
    return {
        "mesa_actual": sesion.mesa,
        "sesion": sesion,
        "sillas": sillas,
        "presencia": _resumen(sillas),
        "cuentas": contar_sala(sesion, sillas),
        "puntos": puntos,
        "actual": actual,
        "desenlaces": PuntoDelOrden.Desenlace.choices,
        "niveles_del_suplente": NIVELES_DEL_SUPLENTE,
        "acuerdos": [(acuerdo, _lo_que_falta(sesion, acuerdo, asientos)) for acuerdo in acuerdos],
        "actas_por_aprobar": _actas_por_aprobar(sesion, puntos),
        "abiertos": _abiertos(sesion, usuario, asientos),
        "invitados": list(sesion.invitados.all()),
        "pases": list(sesion.pases.all()),
        "nuevo_acuerdo": AcuerdoEnTres(
            sesion=sesion,
            asientos_leidos=asientos,
            auto_id="nuevo_%s",
            initial={"punto": actual.pk if actual else None},
            puntos_leidos=puntos,
        ),
        "nuevo_invitado": UnInvitado(sesion=sesion, auto_id="invitado_%s"),
        "nuevo_punto": UnPunto(sesion=sesion, auto_id="agregar_%s"),
        "nueva_clave": uuid4,
    }


def _actas_por_aprobar(sesion: Sesion, puntos: list[PuntoDelOrden]) -> list[Acta]:
    """The minutes of before that this session could approve, if its agenda says so."""
    if all(punto.origen != PuntoDelOrden.Origen.ACTA_ANTERIOR for punto in puntos):
        return []
    return list(Acta.objects.que_aprobaria(sesion).con_contexto())


def _resumen(sillas: list[Silla]) -> dict[str, int]:
    cuenta = Counter(silla.estado for silla in sillas)
    return {
        "asientos": len(sillas),
        "sin_pasar": cuenta[""],
        "en_sala": sum(silla.en_sala for silla in sillas),
        **{estado.value: cuenta[estado.value] for estado in Asistencia.Estado},
    }


def _puntos(sesion: Sesion) -> list[PuntoDelOrden]:
    turnos = sesion.turnos.filter(punto=OuterRef("pk")).order_by("-pk")
    filas = sesion.puntos.annotate(turno=Subquery(turnos.values("pk")[:1]), desde=Subquery(turnos.values("hora")[:1]))
    return list(filas.order_by("orden"))


def _lo_que_falta(sesion: Sesion, acuerdo: Acuerdo, asientos: list[Any]) -> LoQueFalta:
    if acuerdo.responsable_id:
        quien = f"i{acuerdo.responsable_id}"
    else:
        quien = f"o{acuerdo.institucion_responsable_id}" if acuerdo.institucion_responsable_id else ""
    campos = ("folio", "accion", "producto", "verificacion", "fecha_compromiso")
    return LoQueFalta(
        sesion=sesion,
        asientos_leidos=asientos,
        auto_id=f"a{acuerdo.pk}_%s",
        initial={campo: getattr(acuerdo, campo) for campo in campos} | {"quien_responde": quien},
    )


def _abiertos(sesion: Sesion, usuario: Any, asientos: list[Any]) -> list[tuple[Acuerdo, bool]]:
    """The agreements to review, each with whether the user answers for it: nobody verifies his own."""
    suyas = {fila.institucion_id for fila in asientos if fila.persona.usuario_id == usuario.pk} - {None}
    # Who records an organ records all its sessions: it reads the same as `visibles_para`, and costs less.
    filas = Acuerdo.objects.editables_por(usuario).por_revisar_en(sesion).con_contexto().por_fecha()

    def es_suyo(acuerdo: Acuerdo) -> bool:
        if acuerdo.responsable_id:
            return acuerdo.responsable.persona.usuario_id == usuario.pk
        return acuerdo.institucion_responsable_id in suyas

    return [(acuerdo, es_suyo(acuerdo)) for acuerdo in filas]


def ultimas(sesion: Sesion) -> list[Any]:
    """The last writes of anybody, the latest first. One query."""
    return list(sesion.capturas.select_related("autor__persona").order_by("-pk")[:ULTIMAS])


def pulso(sesion: Sesion) -> str:
    """A mark that changes when anybody writes anything that the page shows. One query.

    How many rows, the last one and how often they were written: one taken away and another written in its
    place is a change too.
    """

    def de(ruta: str, *cuentas: Any) -> Coalesce:
        filas = getattr(sesion, ruta).filter(sesion=OuterRef("pk")).order_by().values("sesion")
        juntas = Func(Value("."), *cuentas, function="concat_ws", output_field=TextField())
        return Coalesce(Subquery(filas.annotate(cuenta=juntas).values("cuenta")), Value(""), output_field=TextField())

    filas = (Count("pk"), Max("pk"))
    cuentas = {
        "capturas_": de("capturas", Max("pk")),
        "puntos_": de("puntos", *filas, Sum("version")),
        "asistencias_": de("asistencias", *filas, Sum("version")),
        "acuerdos_": de("acuerdos", *filas, Sum("version")),
        "invitados_": de("invitados", *filas),
    }
    valores = Sesion.objects.filter(pk=sesion.pk).annotate(**cuentas).values_list("estado", *cuentas)
    return "-".join(map(str, valores.get()))


def llave_de_la_cola(sesion: Sesion, usuario: Any) -> str:
    """Key with which a phone keeps what it could not send: of an account and a session, and only in their pages.

    What stays in the phone is unreadable for whoever picks it up, and for the next account that
    logs in on it; its owner reads it again after logging in. 32 bytes in hexadecimal.
    """
    return salted_hmac("comites.modo.cola", f"{usuario.pk}:{sesion.pk}", algorithm="sha256").hexdigest()
