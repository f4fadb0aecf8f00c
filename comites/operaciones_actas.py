"""Everything that writes on minutes: taking them at the closing, sending, objecting, approving, correcting.

All atomic and keyword-only. They assume that a door of `permisos_actas` let the user in; what must never be
false is checked once more by the triggers of PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from comites.actas.canonico import canonico, codigo_nuevo, huella
from comites.actas.contenido import contenido_de, contenido_de_adenda
from comites.direcciones import Direcciones, quienes_coordinan
from comites.models import Acta, Acuerdo, Adenda, Envio, Eslabon, Extracto, Objecion, PuntoDelOrden, Sesion
from comites.niveles import Nivel
from comites.operaciones_constancias import dejar_constancia
from comites.operaciones_envios import enviar
from mesas.models import Mesa, Persona


@transaction.atomic
def levantar_acta(*, sesion: Sesion, quorum: Mapping[str, Any] | None = None) -> Acta | None:
    """Take the minute of a session that closes: what its tables say, chained to the organ's last one.

    Called by `cerrar_sesion` inside its transaction, and by nobody else: a minute taken later would prove
    nothing of what was said then.

    Args:
        sesion: closed a moment ago, with its mesa and comité.
        quorum: what is known of the quorum; `texto` says it in a sentence.

    Returns:
        The minute, or None for an encuentro: mesas come to it, and what it leaves is its report.
    """
    if sesion.tipo == Sesion.Tipo.ENCUENTRO:
        return None
    Mesa.objects.select_for_update().get(pk=sesion.mesa_id)  # one folio and one place in the chain each
    folio = _folio(sesion)
    eslabon = _encadenar(sesion, Eslabon.Clase.ACTA, contenido_de(sesion, folio=folio, quorum=quorum))
    return Acta.objects.create(sesion=sesion, eslabon=eslabon, folio=folio, codigo=codigo_nuevo())


def _folio(sesion: Sesion) -> str:
    """Next folio of the minutes of the mesa in the year of the session («NORTE-ACTA-2026-0007»)."""
    raiz = f"{sesion.mesa.slug.upper()}-ACTA-{sesion.anio}-"
    usados = Acta.objects.filter(sesion__mesa=sesion.mesa_id, folio__startswith=raiz)
    ultimo = usados.order_by(Length("folio").desc(), "-folio").values_list("folio", flat=True).first()
    return f"{raiz}{int(ultimo.removeprefix(raiz)) + 1 if ultimo else 1:04d}"


def _encadenar(sesion: Sesion, clase: str, contenido: Mapping[str, Any]) -> Eslabon:
    """A new link at the end of the chain of the organ. The row of the mesa is locked already."""
    organo = {"mesa": sesion.mesa, "comite": sesion.comite, "tipo": sesion.tipo}
    ultimo = Eslabon.objects.del_organo(**organo).last()
    secuencia, anterior = (ultimo.secuencia + 1, ultimo.huella) if ultimo else (1, "")
    texto = canonico(contenido)
    return Eslabon.objects.create(
        **organo,
        clase=clase,
        secuencia=secuencia,
        anterior=anterior,
        contenido=texto,
        huella=huella(secuencia, anterior, texto),
    )


def _bloqueada(acta: Acta) -> Acta:
    filas = Acta.objects.select_for_update(of=["self"]).con_contexto()
    return filas.get(pk=acta.pk)


def _hoy(acta: Acta) -> dt.date:
    """The day by the clock of the mesa."""
    return timezone.localdate(timezone=ZoneInfo(acta.sesion.mesa.zona_horaria))


@transaction.atomic
def enviar_borrador(*, acta: Acta) -> list[Envio]:
    """Tell those who were there that the draft can be read and objected. Whoever was told is not told again.

    The message carries a link, never the minute: what is read in a mailbox is out of the mesa's hands.

    Returns:
        The messages written now. Empty: everybody with an address had been told.
    """
    acta = _bloqueada(acta)
    if acta.esta_aprobada:
        raise ValidationError("El acta ya está aprobada: no hay borrador que enviar.")
    if acta.enviada_el is None:
        acta.enviada_el = timezone.now()
        acta.objeciones_hasta = _hoy(acta) + dt.timedelta(days=settings.DIAS_PARA_OBJETAR)
        acta.save(update_fields=["enviada_el", "objeciones_hasta"])
    direcciones = Direcciones([acta.sesion.mesa_id])
    direccion = reverse("coordinacion:acta", args=[acta.sesion.mesa.slug, acta.sesion_id])
    enviados = [
        enviar(
            mesa=acta.sesion.mesa,
            motivo=Envio.Motivo.ACTA,
            clave=f"acta:{acta.pk}:{persona.pk}",
            para=correo,
            asunto=f"Revisa el acta de {acta.sesion.organo}, sesión {acta.sesion.numero}",
            plantilla="acta_borrador",
            contexto={
                "nombre": persona.nombre,
                "acta": acta,
                "sesion": acta.sesion,
                "hasta": acta.objeciones_hasta,
                "direccion": direccion,
                "con_cuenta": persona.tiene_cuenta,
            },
            sesion=acta.sesion,
            persona=persona,
        )
        for persona in quienes_estuvieron(acta)
        if (correo := direcciones.de_persona(persona, acta.sesion.mesa_id))
    ]
    return [envio for envio in enviados if envio is not None]


def presentes_sin_correo(acta: Acta) -> list[str]:
    """Names of those who were there and cannot be told by mail: somebody has to tell them."""
    direcciones, mesa = Direcciones([acta.sesion.mesa_id]), acta.sesion.mesa_id
    return [uno.nombre for uno in quienes_estuvieron(acta) if not direcciones.de_persona(uno, mesa)]


def quienes_estuvieron(acta: Acta) -> Any:
    """The people whose seat was called present, with their account."""
    asientos = acta.sesion.asistencias.filter(estado="presente").values("integrante__persona")
    return Persona.objects.filter(pk__in=asientos).select_related("usuario").order_by("pk")


@transaction.atomic
def objetar(*, acta: Acta, punto: PuntoDelOrden | None, texto: str, autor: Any) -> Objecion:
    """Say that the draft does not tell something as it was.

    Args:
        punto: item that it is about; None: the roll, or the whole minute.
        autor: account of somebody who was there.

    Raises:
        ValidationError: the term has not begun or is over, the minute was approved, or `autor` was not there.
    """
    acta = _bloqueada(acta)
    if acta.esta_aprobada:
        raise ValidationError("El acta ya está aprobada. Si algo está mal, pide a la coordinación una adenda.")
    if acta.objeciones_hasta is None:
        raise ValidationError("El borrador todavía no se envía: en cuanto se envíe podrás objetarlo.")
    if _hoy(acta) > acta.objeciones_hasta:
        raise ValidationError("El plazo para objetar terminó. Dilo en la sesión que va a aprobar el acta.")
    if not quienes_estuvieron(acta).filter(usuario=autor).exists():
        raise ValidationError("Solo objeta quien estuvo en la sesión.")
    if punto is not None and punto.sesion_id != acta.sesion_id:
        raise ValidationError({"punto": "Ese punto es de otra sesión."})
    objecion = Objecion(acta=acta, punto=punto, texto=texto.strip(), autor=autor)
    objecion.full_clean()
    # The same words sent twice (a phone that retries) are one objection.
    repetida = acta.objeciones.filter(autor=autor, punto=punto, texto=objecion.texto).first()
    if repetida:
        return repetida
    objecion.save()
    _avisar_de_objecion(objecion, acta.sesion)
    return objecion


def _avisar_de_objecion(objecion: Objecion, sesion: Sesion) -> None:
    """Tell who has to answer it. The message does not say what it objects: the desk does."""
    for persona, para in quienes_coordinan(sesion.mesa, sesion.comite):
        if persona.usuario_id == objecion.autor_id:
            continue
        enviar(
            mesa=sesion.mesa,
            motivo=Envio.Motivo.OTRO,
            clave=f"objecion:{objecion.pk}:{persona.pk}",
            para=para,
            asunto=f"Hay una objeción al acta de {sesion.organo}, sesión {sesion.numero}",
            plantilla="objecion",
            contexto={"nombre": persona.nombre, "acta": objecion.acta, "sesion": sesion, "objecion": objecion},
            sesion=sesion,
            persona=persona,
        )


@transaction.atomic
def responder_objecion(*, objecion: Objecion, acepta: bool, texto: str, autor: Any) -> Objecion:
    """Answer an objection: accepted, it becomes an addendum; if not, the reason stays in view.

    Args:
        texto: what the addendum will say, or why it is not accepted.
    """
    Mesa.objects.select_for_update().get(pk=objecion.acta.sesion.mesa_id)  # in the order of `agregar_adenda`
    acta = _bloqueada(objecion.acta)
    objecion = Objecion.objects.select_for_update(of=["self"]).select_related("punto").get(pk=objecion.pk)
    if objecion.estado != Objecion.Estado.PENDIENTE:
        raise ValidationError("Alguien ya respondió esta objeción.")
    if acepta:
        objecion.adenda = _encadenar_adenda(acta, objecion.punto, texto, autor)
        objecion.estado = Objecion.Estado.ACEPTADA
    else:
        objecion.estado, objecion.respuesta = Objecion.Estado.RECHAZADA, texto.strip()
    objecion.respondida_por, objecion.respondida_el = autor, timezone.now()
    objecion.full_clean()
    objecion.save()
    return objecion


@transaction.atomic
def agregar_adenda(*, acta: Acta, punto: PuntoDelOrden | None, texto: str, autor: Any) -> Adenda:
    """Correct or complete a minute without touching it, before or after it is approved.

    The same words sent twice (a finger that taps again) are one addendum: it could never be taken back.

    Args:
        punto: item that it is about: whoever may not read the item may not read the addendum either.
    """
    Mesa.objects.select_for_update().get(pk=acta.sesion.mesa_id)
    acta = _bloqueada(acta)
    ultima = acta.adendas.order_by("numero").last()
    if ultima and (ultima.punto, ultima.texto, ultima.autor) == (punto, texto.strip(), autor):
        return ultima
    return _encadenar_adenda(acta, punto, texto, autor)


def _encadenar_adenda(acta: Acta, punto: PuntoDelOrden | None, texto: str, autor: Any) -> Adenda:
    """One more link in the chain. With its mesa and its minute already locked."""
    if punto is not None and punto.sesion_id != acta.sesion_id:
        raise ValidationError({"punto": "Ese punto es de otra sesión."})
    ultima = acta.adendas.order_by("numero").last()
    numero = ultima.numero + 1 if ultima else 1
    adenda = Adenda(acta=acta, numero=numero, punto=punto, texto=texto.strip(), autor=autor)
    adenda.full_clean(exclude=["eslabon"])
    contenido = contenido_de_adenda(
        folio=acta.folio, numero=numero, punto=punto, texto=adenda.texto, cuando=timezone.now(), sesion=acta.sesion
    )
    adenda.eslabon = _encadenar(acta.sesion, Eslabon.Clase.ADENDA, contenido)
    adenda.save()
    return adenda


@transaction.atomic
def aprobar_acta(*, acta: Acta, sesion: Sesion, autor: Any) -> Acta:
    """Record that a later session of the organ approved the minute. From then on it is only corrected by addenda.

    Args:
        sesion: the session that approves it, under way or closed.

    Raises:
        ValidationError: it was approved already, has objections without answer, or that session could not:
            it is not a later one of the organ, has not begun, or nobody came to it.
    """
    acta = _bloqueada(acta)
    sesion = Sesion.objects.select_for_update(of=["self"]).get(pk=sesion.pk)
    if acta.esta_aprobada:
        raise ValidationError("El acta ya estaba aprobada.")
    if not Acta.objects.que_aprobaria(sesion).filter(pk=acta.pk).exists():
        raise ValidationError("La aprueba una sesión posterior del mismo órgano.")
    if not sesion.ya_empezo:
        raise ValidationError("Esa sesión todavía no empieza.")
    if not sesion.asistencias.filter(estado__in=["presente", "suplente"]).exists():
        raise ValidationError("En la lista de esa sesión no consta nadie que la apruebe: pasa lista antes.")
    pendientes = acta.objeciones.filter(estado=Objecion.Estado.PENDIENTE).count()
    if pendientes:
        cuantas = "una objeción" if pendientes == 1 else f"{pendientes} objeciones"
        raise ValidationError(f"Tiene {cuantas} sin responder: respóndelas antes de aprobarla.")
    acta.aprobada_en, acta.aprobada_el, acta.aprobada_por = sesion, timezone.now(), autor
    acta.full_clean()
    acta.save(update_fields=["aprobada_en", "aprobada_el", "aprobada_por"])
    acta.sesion.refresh_from_db(fields=["estado"])  # PostgreSQL moves it in the same breath
    del_acta = sesion.puntos.filter(origen=PuntoDelOrden.Origen.ACTA_ANTERIOR).order_by("orden").first()
    dejar_constancia(del_acta, f"Se aprobó el acta {acta.folio}.")
    return acta


@transaction.atomic
def expedir_extracto(*, acuerdo: Acuerdo, autor: Any) -> Extracto:
    """Certify what the minute says of one agreement. Asked for twice, it is the same one.

    Raises:
        ValidationError: its session left no minute, or the agreement is reserved.
    """
    acuerdo = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion", "punto").get(pk=acuerdo.pk)
    acta = Acta.objects.filter(sesion=acuerdo.sesion_id).first()
    if acta is None:
        raise ValidationError("Su sesión no dejó acta en el portal: no hay de dónde certificarlo.")
    if Nivel.RESERVADA in {acuerdo.nivel, acuerdo.sesion.nivel, acuerdo.punto.nivel if acuerdo.punto else ""}:
        raise ValidationError("Él, su punto o su sesión son reservados: no salen de la mesa.")
    extracto, _ = Extracto.objects.get_or_create(
        acuerdo=acuerdo, defaults={"acta": acta, "codigo": codigo_nuevo(), "autor": autor}
    )
    return extracto
