"""A network agreement in each mesa: entrusted, answered, and counted with the silence of who does not answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from comites.forms_seguimiento import EncargarALasMesas, RespuestaDeLaMesa
from comites.models import AcuerdoEnMesa
from comites.operaciones_cascada import encargar as encargar_a
from comites.operaciones_cascada import responder_encargo
from comites.permisos import acuerdo_registrable, registra_toda_la_mesa
from comites.permisos_seguimiento import encargo_de
from comites.views_coordinacion.puerta import de_mesa
from mesas.models import Mesa

PAGINA = "comites/coordinacion/cascada/"


@require_http_methods(["GET", "POST"])
@de_mesa
def encargar(request, mesa, folio):
    """Entrust an agreement of the network to its mesas, and see how it goes in each."""
    acuerdo = acuerdo_registrable(request.user, mesa, folio)
    suyos = AcuerdoEnMesa.objects.visibles_para(request.user).filter(acuerdo=acuerdo).con_respuesta()
    posibles = Mesa.objects.visibles_para(request.user).filter(es_demo=acuerdo.sesion.mesa.es_demo)
    posibles = posibles.con_estado(timezone.localdate()).filter(estado="operando")
    posibles = posibles.exclude(pk__in=acuerdo.en_mesas.values("mesa")).por_nombre()
    form = EncargarALasMesas(request.POST or None, mesas=posibles, initial={"mesas": posibles})
    if form.is_valid():
        try:
            cuantas = encargar_a(acuerdo=acuerdo, mesas=form.cleaned_data["mesas"], autor=request.user)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, f"Encargado a {cuantas} {'mesa' if cuantas == 1 else 'mesas'}.")
            return redirect("coordinacion:acuerdo_en_mesas", mesa.slug, folio)
    contexto = {
        "mesa_actual": mesa,
        "acuerdo": acuerdo,
        "form": form,
        "hay_mesas": posibles.exists(),
        "cuentas": suyos.cuentas(),
        "page_obj": Paginator(suyos.select_related("mesa").order_by("dice", "mesa__nombre"), 50).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, f"{PAGINA}encargar.html", contexto)


@require_GET
@de_mesa
def encargos(request, mesa):
    """What the network entrusted to this mesa, what it has not answered first."""
    suyos = AcuerdoEnMesa.objects.visibles_para(request.user).filter(mesa=mesa).con_respuesta()
    contexto = {
        "mesa_actual": mesa,
        "page_obj": Paginator(suyos.select_related("acuerdo").order_by("dice", "-pk"), 30).get_page(
            request.GET.get("page")
        ),
        "responde": registra_toda_la_mesa(request.user, mesa),
    }
    return render(request, f"{PAGINA}encargos.html", contexto)


@require_http_methods(["GET", "POST"])
@de_mesa
def responder(request, mesa, pk):
    """Say how the share of this mesa goes."""
    encargo = encargo_de(request.user, mesa, pk)
    form = RespuestaDeLaMesa(request.POST or None)
    if form.is_valid():
        responder_encargo(encargo=encargo, autor=request.user, **form.cleaned_data)
        messages.success(request, "Guardamos la respuesta de tu mesa.")
        return redirect("coordinacion:encargos", mesa.slug)
    contexto = {
        "mesa_actual": mesa,
        "encargo": encargo,
        "form": form,
        "respuestas": encargo.respuestas.select_related("autor__persona").order_by("-pk"),
    }
    return render(request, f"{PAGINA}responder.html", contexto)
