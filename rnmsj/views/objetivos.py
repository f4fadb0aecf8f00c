"""The workspace page on which an agreement says what it aims to move."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comites.models import Acuerdo
from comites.permisos import acuerdo_registrable, acuerdo_visible, puede_registrar
from comites.views_coordinacion.puerta import de_mesa
from comun.errores import mensaje_de_la_base
from indicadores.forms_objetivos import NuevoObjetivo, RetiroDeObjetivo
from indicadores.models import Objetivo
from indicadores.objetivos import con_nombre
from indicadores.operaciones_objetivos import declarar_objetivo, retirar_objetivo
from rnmsj.efectos import efectos_de


@require_GET
@de_mesa
def objetivos(request, mesa, folio):
    """What an agreement aims to move and how the figures go."""
    return _pagina_de(request, mesa, acuerdo_visible(request.user, mesa, folio))


def _pagina_de(request, mesa, acuerdo, *, form=None):
    declarados = Objetivo.objects.visibles_para(request.user).filter(acuerdo=acuerdo).con_contexto()
    contexto = {
        "mesa_actual": mesa,
        "acuerdo": acuerdo,
        **efectos_de(acuerdo, declarados.vigentes()),
    }
    if Acuerdo.objects.de_mesa(mesa).filter(pk=acuerdo.pk).exists():  # why stays in the mesa
        contexto["retirados"] = con_nombre(declarados.retirados().con_quienes())
    if puede_registrar(request.user, acuerdo.sesion):
        contexto["registra"] = True
        if len(contexto["efectos"]) < Objetivo.MAXIMO:
            contexto["form"] = form or NuevoObjetivo(acuerdo=acuerdo)
    return render(request, "comites/coordinacion/objetivos.html", contexto)


@require_POST
@de_mesa
def declarar(request, mesa, folio):
    """Declare a crime that the agreement aims to move."""
    acuerdo = acuerdo_registrable(request.user, mesa, folio)
    form = NuevoObjetivo(request.POST, acuerdo=acuerdo)
    if form.is_valid():
        try:
            declarar_objetivo(acuerdo=acuerdo, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        except IntegrityError as error:
            form.add_error(None, mensaje_de_la_base(error))
        else:
            messages.success(request, "Guardamos lo que el acuerdo busca mover.")
            return redirect("coordinacion:objetivos", mesa.slug, folio)
    return _pagina_de(request, mesa, acuerdo, form=form)


@require_http_methods(["GET", "POST"])
@de_mesa
def retirar(request, mesa, folio, pk):
    """Withdraw it, saying why."""
    acuerdo = acuerdo_registrable(request.user, mesa, folio)
    objetivo = get_object_or_404(Objetivo.objects.vigentes().filter(acuerdo=acuerdo), pk=pk)
    form = RetiroDeObjetivo(request.POST or None)
    if form.is_valid():
        try:
            retirar_objetivo(objetivo=objetivo, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "El acuerdo ya no mira ese delito.")
            return redirect("coordinacion:objetivos", mesa.slug, folio)
    [(delito, _)] = con_nombre([objetivo])
    contexto = {"mesa_actual": mesa, "acuerdo": acuerdo, "delito": delito, "form": form}
    return render(request, "comites/coordinacion/objetivo_retirar.html", contexto)
