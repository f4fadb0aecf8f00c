"""Links for whoever answers without an account: sent, opened, used once, revoked, and all of it written down."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from comites import recordatorios
from comites.archivos_de_evidencia import ArchivoListo
from comites.direcciones import Direcciones
from comites.models import Acuerdo, Avance, EnlaceParaReportar, Envio, VisitaDeEnlace
from comites.operaciones_acuerdos import registrar_avance
from comites.operaciones_envios import enviar
from comites.operaciones_evidencias import guardar_evidencia
from comun.formatos import fecha_larga
from mesas.models import Institucion, Integrante

BYTES_DEL_ENLACE = 32
MAXIMO_DE_VISITAS = 200
"""Rows of the log of one link: enough to tell its story, and a limit to who would fill the table."""


class EnlaceInservible(ValidationError):
    """The link does not let anybody report any more: used, revoked or expired."""

    def __init__(self, situacion: str) -> None:
        self.situacion = situacion
        super().__init__("Este enlace ya no sirve.")


@dataclass(frozen=True, slots=True)
class Destinatario:
    """Whom a link can be sent to: an address that the mesa already has for who answers, never one typed now."""

    clave: str
    correo: str
    nombre: str
    institucion: Institucion | None = None
    asiento: Integrante | None = None


def destinatarios(acuerdo: Acuerdo) -> list[Destinatario]:
    """Addresses of whoever answers for the agreement: its e-mail, or those of the seats in force today of its
    institution, with its office, or that of the responsible member."""
    if acuerdo.correo_responsable:
        return [Destinatario("correo", acuerdo.correo_responsable, acuerdo.correo_responsable)]
    asientos = Integrante.objects.vigentes_en(timezone.localdate())
    mesas = [acuerdo.sesion.mesa_id, *acuerdo.sesion.mesas.values_list("pk", flat=True)]
    institucion = acuerdo.institucion_responsable
    if institucion:
        asientos = asientos.filter(institucion=institucion, mesa__in=mesas)
    else:
        asientos = asientos.filter(pk=acuerdo.responsable_id)
    asientos = list(asientos.select_related("persona__usuario", "institucion").order_by("persona__nombre"))
    direcciones = Direcciones({*mesas, *(asiento.mesa_id for asiento in asientos)})
    filas = [
        Destinatario(
            f"a{fila.pk}", direcciones.de_persona(fila.persona, fila.mesa_id), str(fila.persona), fila.institucion, fila
        )
        for fila in asientos
    ]
    if institucion:
        oficina = direcciones.de_institucion(institucion.pk, acuerdo.sesion.mesa_id)
        filas.append(Destinatario(f"i{institucion.pk}", oficina, institucion.nombre, institucion))
    return [fila for fila in filas if fila.correo]


@transaction.atomic
def enviar_enlace(*, acuerdo: Acuerdo, destinatario: Destinatario, dias: int, autor: Any) -> EnlaceParaReportar:
    """Make a link and mail it. One that the same address had open stops working.

    Args:
        dias: how many it works for.

    Raises:
        ValidationError: the agreement is not open, or its session has not closed.
    """
    acuerdo = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion__mesa").get(pk=acuerdo.pk)
    if not acuerdo.sesion.esta_cerrada:
        raise ValidationError("El enlace se envía después de cerrar la sesión que lo acordó.")
    if not acuerdo.esta_abierto:
        raise ValidationError("Este acuerdo ya no está abierto: no hay qué reportar.")
    ahora = timezone.now()
    previos = acuerdo.enlaces.abiertos().filter(para__iexact=destinatario.correo)
    previos.update(revocado_el=ahora, revocado_por=autor)
    token = secrets.token_urlsafe(BYTES_DEL_ENLACE)
    enlace = EnlaceParaReportar(
        acuerdo=acuerdo,
        resumen=resumen_de(token),
        para=destinatario.correo,
        institucion=destinatario.institucion,
        asiento=destinatario.asiento,
        creado_por=autor,
        vence=ahora + dt.timedelta(days=dias),
    )
    enlace.full_clean()
    enlace.save()
    mesa = acuerdo.sesion.mesa
    with timezone.override(ZoneInfo(mesa.zona_horaria)):
        contexto = {
            "acuerdo": acuerdo,
            "que": recordatorios.que_es(acuerdo),
            "reservado": acuerdo.es_reservado,
            "ruta": reverse("reportar", args=[token]),
            "vence": fecha_larga(enlace.vence),
        }
        enviar(
            mesa=mesa,
            motivo=Envio.Motivo.ENLACE,
            clave=f"enlace:{enlace.pk}",
            para=destinatario.correo,
            asunto=f"¿Cómo va el acuerdo {acuerdo.folio}?",
            plantilla="enlace",
            contexto=contexto,
            acuerdo=acuerdo,
            persona=destinatario.asiento.persona if destinatario.asiento else None,
            institucion=destinatario.institucion,
        )
    return enlace


@transaction.atomic
def abrir_enlaces(pares: Iterable[tuple[Acuerdo, recordatorios.Destinatario]], *, dias: int) -> dict[str, str]:
    """Links for the mails that remind whoever answers without an account. Five queries, however many.

    One that the same address had open stops working: the last mail is the one that serves.

    Args:
        pares: open agreements of closed sessions, and to whom each is reminded. What is reserved is left out:
            it is not read through a link that travels by mail unless somebody decides it (`enviar_enlace`).
        dias: how many they work for.

    Returns:
        The path of each link, by `llave_de(acuerdo, destinatario)`.
    """
    por_abrir = {llave_de(*par): par for par in pares if not par[0].es_reservado}
    acuerdos = {acuerdo.pk for acuerdo, _ in por_abrir.values()}
    # Before their links, as everybody who writes on an agreement: two orders would wait for each other.
    list(Acuerdo.objects.select_for_update().filter(pk__in=acuerdos).order_by("pk").values_list("pk", flat=True))
    ahora = timezone.now()
    abiertos = EnlaceParaReportar.objects.select_for_update().abiertos().filter(acuerdo__in=acuerdos)
    a_quienes = {(acuerdo.pk, uno.correo.lower()) for acuerdo, uno in por_abrir.values()}
    viejos = [fila.pk for fila in abiertos if (fila.acuerdo_id, fila.para.lower()) in a_quienes]
    EnlaceParaReportar.objects.filter(pk__in=viejos).update(revocado_el=ahora)
    tokens = {llave: secrets.token_urlsafe(BYTES_DEL_ENLACE) for llave in por_abrir}
    EnlaceParaReportar.objects.bulk_create(
        EnlaceParaReportar(
            acuerdo=acuerdo,
            resumen=resumen_de(tokens[llave]),
            para=uno.correo,
            institucion_id=uno.institucion_id,
            asiento_id=None if uno.institucion_id else acuerdo.responsable_id,
            vence=ahora + dt.timedelta(days=dias),
        )
        for llave, (acuerdo, uno) in por_abrir.items()
    )
    return {llave: reverse("reportar", args=[token]) for llave, token in tokens.items()}


def llave_de(acuerdo: Acuerdo, uno: recordatorios.Destinatario) -> str:
    """Which link is whose, in one run."""
    return f"{acuerdo.pk}:{uno.clave}"


def resumen_de(token: str) -> str:
    """The digest by which a link is known. The token is random, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def revocar_enlace(*, enlace: EnlaceParaReportar, autor: Any) -> EnlaceParaReportar:
    """Make a link stop working.

    Raises:
        ValidationError: it was used, revoked or had expired already.
    """
    enlace = EnlaceParaReportar.objects.select_for_update(of=["self"]).get(pk=enlace.pk)
    if enlace.situacion != EnlaceParaReportar.Situacion.ABIERTO:
        raise ValidationError(f"Ese enlace ya no servía: {enlace.get_situacion_display().lower()}.")
    enlace.revocado_el, enlace.revocado_por = timezone.now(), autor
    enlace.save(update_fields=["revocado_el", "revocado_por"])
    return enlace


def anotar_visita(*, enlace: EnlaceParaReportar, resultado: str) -> None:
    """Write down that somebody came with the link. When and what came of it; never from where."""
    if enlace.visitas.count() < MAXIMO_DE_VISITAS or resultado == VisitaDeEnlace.Resultado.REPORTADO:
        VisitaDeEnlace.objects.create(enlace=enlace, resultado=resultado)


@transaction.atomic
def reportar_por_enlace(
    *, enlace: EnlaceParaReportar, estado: str, texto: str, archivo: ArchivoListo | None = None
) -> Avance:
    """What whoever holds the link says of the agreement. The link is spent.

    Raises:
        EnlaceInservible: it was used, revoked or expired, or the agreement is no longer open.
    """
    # The agreement first, as whoever sends a link does: two orders would wait for each other.
    acuerdos = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion__mesa")
    acuerdo = acuerdos.get(pk=enlace.acuerdo_id)
    enlace = EnlaceParaReportar.objects.select_for_update(of=["self"]).get(pk=enlace.pk)
    enlace.acuerdo = acuerdo
    if enlace.situacion != EnlaceParaReportar.Situacion.ABIERTO:
        raise EnlaceInservible(enlace.situacion)
    avance = registrar_avance(
        acuerdo=acuerdo,
        estado=estado,
        texto=texto,
        fecha=timezone.localdate(timezone=ZoneInfo(acuerdo.sesion.mesa.zona_horaria)),
        autor=None,
        responde=True,
        reporta=enlace.asiento,
    )
    if archivo is not None:
        guardar_evidencia(acuerdo=acuerdo, archivo=archivo, autor=None, avance=avance)
    enlace.usado_el, enlace.avance = timezone.now(), avance
    enlace.save(update_fields=["usado_el", "avance"])
    anotar_visita(enlace=enlace, resultado=VisitaDeEnlace.Resultado.REPORTADO)
    return avance
