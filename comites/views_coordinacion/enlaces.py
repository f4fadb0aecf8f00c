"""Links for whoever answers without an account, from the side of the mesa."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from comites.forms_seguimiento import NuevoEnlace
from comites.operaciones_enlaces import destinatarios, enviar_enlace, revocar_enlace
from comites.permisos import acuerdo_registrable
from comites.permisos_seguimiento import enlace_propio
from comites.views_coordinacion.puerta import de_mesa


@require_http_methods(["GET", "POST"])
@de_mesa
def enlaces(request, mesa, folio):
    """Send a link, and see what became of each."""
    acuerdo = acuerdo_registrable(request.user, mesa, folio)
    a_quienes = destinatarios(acuerdo)
    form = NuevoEnlace(request.POST or None, destinatarios=a_quienes)
    if form.is_valid():
        try:
            enviar_enlace(
                acuerdo=acuerdo,
                destinatario=form.cleaned_data["para"],
                dias=form.cleaned_data["dias"],
                autor=request.user,
            )
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "Enviamos el enlace. Aquí verás si lo abren y cuándo reportan.")
            return redirect("coordinacion:enlaces", mesa.slug, folio)
    contexto = {
        "mesa_actual": mesa,
        "acuerdo": acuerdo,
        "form": form,
        "hay_a_quien": bool(a_quienes),
        "puede_enviarse": acuerdo.sesion.esta_cerrada and acuerdo.esta_abierto,
        "enlaces": acuerdo.enlaces.con_visitas().select_related("creado_por__persona")[:50],
    }
    return render(request, "comites/coordinacion/enlaces/enlaces.html", contexto)


@require_POST
@de_mesa
def revocar(request, mesa, folio, pk):
    """Make a link stop working."""
    acuerdo = acuerdo_registrable(request.user, mesa, folio)
    enlace = enlace_propio(acuerdo, pk)
    try:
        revocar_enlace(enlace=enlace, autor=request.user)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    else:
        messages.success(request, f"El enlace que se envió a {enlace.para} ya no sirve.")
    return redirect("coordinacion:enlaces", mesa.slug, folio)
