"""Calling to a session: see what will be sent, send it, and know whom it reached."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comites import operaciones_convocatoria as operaciones
from comites.entregas import cuentas_de, entregas
from comites.forms_convocatoria import Cancelacion, CorreoDeContacto, Reenvio
from comites.llamados import cambios_sin_avisar, llamado_de
from comites.models import Convocatoria
from comites.permisos_convocatoria import destinatario_de, sesion_convocable, sin_cuenta
from comites.views_coordinacion.puerta import de_mesa


@require_GET
@de_mesa
def convocatoria(request, mesa, pk):
    """What the call says, whom it goes to, and how its delivery goes."""
    return _pagina_de(request, mesa, sesion_convocable(request.user, mesa, pk), Cancelacion())


def _pagina_de(request, mesa, sesion, cancelacion):
    fila = Convocatoria.objects.filter(sesion=sesion).select_related("autor__persona").first()
    filas = entregas(sesion, fila)
    llamado = llamado_de(sesion)
    contexto = {
        "mesa_actual": mesa,
        "sesion": sesion,
        "convocatoria": fila,
        "llamado": llamado,
        "cambios": cambios_sin_avisar(fila, sesion, llamado),
        "personas": [entrega for entrega in filas if entrega.destinatario.persona],
        "instituciones": [entrega for entrega in filas if entrega.destinatario.institucion],
        "hay_oficinas": any(entrega.destinatario.institucion and entrega.destinatario.correo for entrega in filas),
        "cuentas": cuentas_de(filas),
        "se_puede": operaciones.se_puede_convocar(sesion),
        "form": cancelacion,
    }
    return render(request, "comites/coordinacion/convocatoria/convocatoria.html", contexto)


def _a_la_pagina(mesa, sesion):
    return redirect("coordinacion:convocatoria", mesa.slug, sesion.pk)


def _cuantos(cuantos):
    return "1 correo va en camino" if cuantos == 1 else f"{cuantos} correos van en camino"


@require_POST
@de_mesa
def convocar(request, mesa, pk):
    """Call; again, to those who had not been told."""
    sesion = sesion_convocable(request.user, mesa, pk)
    try:
        cuantos = operaciones.convocar_sesion(sesion=sesion, autor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if cuantos:
            messages.success(request, f"Convocaste la sesión: {_cuantos(cuantos)}. Aquí verás a quién le llegó.")
        else:
            messages.info(request, "La sesión está convocada. No había a quién escribirle que no supiera ya.")
    return _a_la_pagina(mesa, sesion)


@require_POST
@de_mesa
def avisar(request, mesa, pk):
    """Tell everybody what changed since the call."""
    sesion = sesion_convocable(request.user, mesa, pk)
    try:
        cuantos = operaciones.avisar_cambios(sesion=sesion, autor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        aviso = f"Avisaste del cambio: {_cuantos(cuantos)}." if cuantos else "Ya habías avisado: no cambió nada más."
        messages.success(request, aviso)
    return _a_la_pagina(mesa, sesion)


@require_POST
@de_mesa
def cancelar(request, mesa, pk):
    """The session is off."""
    sesion = sesion_convocable(request.user, mesa, pk)
    form = Cancelacion(request.POST)
    if not form.is_valid():
        return _pagina_de(request, mesa, sesion, form)
    try:
        cuantos = operaciones.cancelar_convocatoria(sesion=sesion, autor=request.user, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Cancelaste la convocatoria: {_cuantos(cuantos)}. La sesión quedó en borrador.")
    return _a_la_pagina(mesa, sesion)


@require_POST
@de_mesa
def reenviar(request, mesa, pk, quien):
    """Another copy for one person."""
    sesion = sesion_convocable(request.user, mesa, pk)
    destinatario = destinatario_de(sesion, quien)
    form = Reenvio(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError("No reconocimos qué correo reenviar. Vuelve a intentarlo.")
        salio = operaciones.reenviar(sesion=sesion, destinatario=destinatario, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        nombre = destinatario.nombre
        messages.success(request, f"Otro correo va en camino a {nombre}." if salio else f"Ya lo reenviaste a {nombre}.")
    return _a_la_pagina(mesa, sesion)


@require_http_methods(["GET", "POST"])
@de_mesa
def contacto(request, mesa, pk, quien):
    """The address at which the mesa reaches somebody."""
    sesion = sesion_convocable(request.user, mesa, pk)
    destinatario = sin_cuenta(sesion, quien)
    form = CorreoDeContacto(request.POST or None, initial={"correo": destinatario.correo})
    if form.is_valid():
        try:
            operaciones.anotar_contacto(sesion=sesion, destinatario=destinatario, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error, sin_campo="correo")
        else:
            messages.success(request, f"Guardamos el correo de {destinatario.nombre}.")
            return _a_la_pagina(mesa, sesion)
    contexto = {"mesa_actual": mesa, "sesion": sesion, "destinatario": destinatario, "form": form}
    return render(request, "comites/coordinacion/convocatoria/contacto.html", contexto)
