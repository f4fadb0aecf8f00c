"""What the desk does beside a big network: save a roll, print a minute, remind hundreds of agreements."""

from __future__ import annotations

import datetime as dt
import time
from statistics import median
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comites.actas.documento import pdf_de_acta
from comites.actas.miradas import acta_para
from comites.asientos import asientos
from comites.models import Acta, Acuerdo, Sesion
from comites.operaciones import cerrar_sesion, completar_lista, crear_sesion, empezar_sesion
from comites.operaciones_acuerdos import registrar_acuerdo
from comites.operaciones_recordatorios import enviar_recordatorios
from cuentas.models import Correo, Usuario
from cuentas.tareas import TANDA, enviar_correos
from mesas.models import Integrante, Mesa
from rnmsj.mediciones.buzon import buzon
from rnmsj.mediciones.cuenta import contar
from rnmsj.mediciones.tabla import Medida

CONSULTAS_DE_LA_LISTA = 6.0
MILISEGUNDOS_DEL_PDF = 150.0
RECORDATORIOS = 800
SEGUNDOS_DE_LOS_RECORDATORIOS = 60.0
DE_LA_CUENTA = ("django_session", 'WHERE "cuentas_usuario"."id"')
"""What identifies whoever asks, as in every page; it is not of the roll."""

DE_LA_TRANSACCION = "SAVEPOINT"
"""A mark inside the transaction reads and writes nothing."""


def preparar_mesa_uno(usuario: Usuario) -> None:
    """A plenaria closed with its minute and another under way, in mesa 1, through the operations of the portal."""
    mesa = Mesa.objects.get(pk=1)
    hoy = timezone.localdate()
    for dia, cerrada in ((hoy - dt.timedelta(days=1), True), (hoy, False)):
        inicio = timezone.make_aware(dt.datetime.combine(dia, dt.time(0, 1)))
        sesion = crear_sesion(
            mesa=mesa, tipo=Sesion.Tipo.PLENARIA, inicio=inicio, puntos=[f"Punto {n}" for n in range(1, 6)]
        )
        sesion = empezar_sesion(sesion=sesion)
        if not cerrada:
            continue
        completar_lista(sesion=sesion, estado="presente")
        responsables = Integrante.objects.filter(mesa=mesa).order_by("pk")[:5]
        for numero, responsable in enumerate(responsables, 1):
            registrar_acuerdo(
                sesion=sesion,
                accion=f"Entregar el informe {numero}",
                producto="Un informe",
                responsable=responsable,
                fecha_compromiso=hoy + dt.timedelta(days=30),
                verificacion="Se presenta en sesión",
            )
        cerrar_sesion(sesion=sesion, autor=usuario)


def medir_lista(cliente: Client, usuario: Usuario) -> Medida:
    """Queries of saving the roll of the mesa at once, beside those that say who asks."""
    sesion = Sesion.objects.get(mesa=1, estado=Sesion.Estado.EN_CURSO)
    filas = list(asientos(sesion))
    hoja = {f"estado-{fila.pk}": "presente" for fila in filas} | {f"version-{fila.pk}": 0 for fila in filas}
    sobre = {"clave": str(uuid4()), "quien": usuario.pk, "dicho_el": ""}
    url = reverse("coordinacion:modo_anotar", args=[sesion.mesa.slug, sesion.pk, "lista"])
    with contar() as cuenta:
        respuesta = cliente.post(url, sobre | hoja, headers={"X-Modo": "fetch"})
    if respuesta.status_code != 200:
        return Medida("lista", "Guardar la lista", None, "consultas", f"respondió {respuesta.status_code}")
    pedidas = [sql for sql, _ in cuenta.pedidas if DE_LA_TRANSACCION not in sql]
    suyas = [sql for sql in pedidas if not any(ajena in sql for ajena in DE_LA_CUENTA)]
    detalle = f"de {len(filas)} personas, además de las {len(pedidas) - len(suyas)} que dicen de quién es la cuenta"
    return Medida("lista", "Guardar la lista", len(suyas), "consultas", detalle, meta=CONSULTAS_DE_LA_LISTA)


def medir_pdf(usuario: Usuario, *, veces: int) -> Medida:
    """Milliseconds to print a minute: what it says today, and its PDF."""
    acta = Acta.objects.con_contexto().filter(sesion__mesa=1).latest("pk")
    tiempos = []
    for _ in range(veces + 1):
        inicio = time.perf_counter()
        pdf = pdf_de_acta(acta_para(usuario, acta, acta.sesion.mesa))
        tiempos.append((time.perf_counter() - inicio) * 1000)
    presentes, acuerdos = acta.sesion.asistencias.count(), acta.sesion.acuerdos.count()
    detalle = (
        f"{presentes} personas y {acuerdos} acuerdos, {len(pdf) / 1024:.0f} KB; mediana de {veces}, "
        f"la primera {tiempos[0]:.0f} ms"
    )
    return Medida("pdf", "PDF de un acta", median(tiempos[1:]), "ms", detalle, meta=MILISEGUNDOS_DEL_PDF)


def medir_recordatorios() -> Medida:
    """Seconds of a run with 800 agreements due in three days: written, and sent through a server on this machine."""
    hoy = timezone.localdate()
    elegidos = Acuerdo.objects.filter(estado="pendiente", responsable__isnull=False).order_by("pk")
    pks = list(elegidos.values_list("pk", flat=True)[:RECORDATORIOS])
    with connection.cursor() as cursor:
        # Written with the triggers asleep, as the rest of the invented network: a date does not move like this.
        cursor.execute("SET session_replication_role = replica")
        try:
            Acuerdo.objects.exclude(pk__in=pks).filter(estado="pendiente").update(estado="cancelado")
            Acuerdo.objects.filter(pk__in=pks).update(fecha_compromiso=hoy + dt.timedelta(days=3))
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")
    with (
        buzon() as servidor,
        override_settings(
            CORREO_SE_GUARDA=False,
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=servidor.server_address[1],
            EMAIL_USE_TLS=False,
            EMAIL_USE_SSL=False,
            EMAIL_HOST_USER="",
        ),
    ):
        inicio = time.perf_counter()
        enviar_recordatorios(fecha=hoy)
        escritos = time.perf_counter() - inicio
        pendientes = list(Correo.objects.filter(estado=Correo.Estado.EN_ESPERA).values_list("pk", flat=True))
        for desde in range(0, len(pendientes), TANDA):
            enviar_correos.call(pendientes[desde : desde + TANDA])
        segundos = time.perf_counter() - inicio
    DBTaskResult.objects.all().delete()
    detalle = (
        f"{servidor.recibidos} correos de {len(pks)} acuerdos, por un servidor de correo de esta máquina; "
        f"{escritos:.1f} s en escribirlos"
    )
    if servidor.recibidos < len(pks):
        return Medida("recordatorios", "Recordatorios de un día", None, "s", detalle)
    return Medida(
        "recordatorios", "Recordatorios de un día", segundos, "s", detalle, meta=SEGUNDOS_DE_LOS_RECORDATORIOS
    )
