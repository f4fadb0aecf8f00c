"""Files of an agreement: added, opened, given a level, withdrawn."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from comites.forms_publicacion import Retiro
from comites.forms_seguimiento import NivelDeEvidencia, NuevaEvidencia
from comites.operaciones_evidencias import (
    cambiar_nivel_de_evidencia,
    contenido_de,
    guardar_evidencia,
    retirar_evidencia,
)
from comites.permisos_seguimiento import acuerdo_con_evidencia, evidencia_con_nivel, evidencia_propia, evidencia_visible
from comites.subidas import con_archivo
from comites.views_coordinacion.puerta import de_mesa

PAGINA = "comites/coordinacion/evidencias/"


@con_archivo
@require_http_methods(["GET", "POST"])
@de_mesa
@csrf_protect
def nueva(request, mesa, folio):
    """Add a file."""
    acuerdo = acuerdo_con_evidencia(request.user, mesa, folio)
    enviado = request.method == "POST"
    form = NuevaEvidencia(
        request.POST if enviado else None, request.FILES if enviado else None, excedido=request.tope.excedido
    )
    if form.is_valid():
        try:
            guardar_evidencia(acuerdo=acuerdo, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error, sin_campo="archivo")
        else:
            messages.success(request, "Guardamos la prueba.")
            return redirect("coordinacion:acuerdo", mesa.slug, folio)
    return render(request, f"{PAGINA}nueva.html", {"mesa_actual": mesa, "acuerdo": acuerdo, "form": form})


@require_safe
@de_mesa
def descargar(request, mesa, folio, pk):
    """The file, as something to keep and never as a page: nothing inside it runs in the portal."""
    evidencia = evidencia_visible(request.user, mesa, folio, pk)
    respuesta = StreamingHttpResponse(contenido_de(evidencia), content_type=evidencia.tipo)
    respuesta["Content-Disposition"] = content_disposition_header(True, evidencia.nombre)
    respuesta["Content-Length"] = str(evidencia.bytes)
    respuesta["Content-Encoding"] = "identity"  # all these formats are compressed already
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta["Cross-Origin-Resource-Policy"] = "same-origin"
    return respuesta


@require_http_methods(["GET", "POST"])
@de_mesa
def nivel(request, mesa, folio, pk):
    """Change who may open a file."""
    evidencia = evidencia_con_nivel(request.user, mesa, folio, pk)
    inicial = {campo: getattr(evidencia, campo) for campo in ("nivel", "motivo_de_reserva", "revisar_reserva_el")}
    form = NivelDeEvidencia(request.POST or None, initial=inicial)
    if form.is_valid():
        try:
            cambiar_nivel_de_evidencia(evidencia=evidencia, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "Cambiamos quién puede abrir el archivo.")
            return redirect("coordinacion:acuerdo", mesa.slug, folio)
    contexto = {"mesa_actual": mesa, "acuerdo": evidencia.acuerdo, "evidencia": evidencia, "form": form}
    return render(request, f"{PAGINA}nivel.html", contexto)


@require_http_methods(["GET", "POST"])
@de_mesa
def retirar(request, mesa, folio, pk):
    """Take a file away for good."""
    evidencia = evidencia_propia(request.user, mesa, folio, pk)
    form = Retiro(request.POST or None)
    if form.is_valid():
        try:
            retirar_evidencia(evidencia=evidencia, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "El archivo se borró. Quedó anotado por qué.")
            return redirect("coordinacion:acuerdo", mesa.slug, folio)
    contexto = {"mesa_actual": mesa, "acuerdo": evidencia.acuerdo, "evidencia": evidencia, "form": form}
    return render(request, f"{PAGINA}retirar.html", contexto)
