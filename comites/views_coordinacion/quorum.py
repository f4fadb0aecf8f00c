"""The rule with which each organ of a mesa decides that there are enough."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comites.forms_modo import NuevaRegla
from comites.operaciones_quorum import fijar_regla
from comites.permisos import comites_que_registra, registra_toda_la_mesa
from comites.sala import reglas_vigentes
from comites.views_coordinacion.puerta import de_mesa


@require_http_methods(["GET", "POST"])
@de_mesa
def quorum(request, mesa):
    """The rules in force, for everybody in the mesa; whoever records an organ writes its own."""
    comites = {f"comite:{comite.pk}": comite for comite in comites_que_registra(request.user, mesa)}
    nombres = {"plenaria": "Plenaria"} if registra_toda_la_mesa(request.user, mesa) else {}
    nombres |= {clave: str(comite) for clave, comite in comites.items()}
    if request.method == "POST" and not nombres:
        raise PermissionDenied("Puedes consultar la regla de quórum, pero no cambiarla.")
    inicial = {"organo": request.GET.get("organo") or next(iter(nombres), ""), "tipo": "mayoria"}
    form = NuevaRegla(request.POST or None, organos=comites, nombres=nombres, initial=inicial)
    if form.is_valid():
        try:
            fijar_regla(mesa=mesa, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "Guardamos la regla de quórum.")
            return redirect("coordinacion:quorum", mesa.slug)
    contexto = {"mesa_actual": mesa, "reglas": reglas_vigentes(mesa, timezone.localdate()), "puede": bool(nombres)}
    return render(request, "comites/coordinacion/modo/quorum.html", contexto | {"form": form})
