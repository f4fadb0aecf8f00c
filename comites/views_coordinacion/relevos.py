"""Changes of government: who leaves, what is left without anybody, and the dossier for who comes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from comites.expedientes.contenido import contenido
from comites.expedientes.documento import pdf_de_expediente
from comites.forms_relevos import DatosDelPeriodo, NuevoPeriodo, iniciales
from comites.models import Acuerdo, Sesion
from comites.permisos_relevos import autoridad_de, autoridades_de, exigir_que_coordine, periodo_de
from comites.relevos import ANTICIPACION, relevos_de
from comites.views_coordinacion.puerta import de_mesa
from mesas.models import PeriodoDeGobierno
from mesas.operaciones_periodos import corregir_periodo, registrar_periodo


@require_http_methods(["GET", "POST"])
@de_mesa
def relevos(request, mesa):
    """The terms that end soon, and the form to record one."""
    exigir_que_coordine(request.user, mesa)
    hoy = timezone.localdate()
    form = NuevoPeriodo(request.POST or None, instituciones=autoridades_de(mesa, hoy))
    if form.is_valid():
        try:
            nuevos = registrar_periodo(autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            cuantas = "una institución" if len(nuevos) == 1 else f"{len(nuevos)} instituciones"
            messages.success(request, f"Guardamos el periodo de {cuantas}.")
            return redirect("coordinacion:relevos", mesa.slug)
    contexto = {
        "mesa_actual": mesa,
        "form": form,
        "hay_autoridades": form.fields["instituciones"].queryset.exists(),
        "relevos": relevos_de(mesa, Acuerdo.objects.visibles_para(request.user), hoy),
        "periodos": PeriodoDeGobierno.objects.de_la_mesa(mesa, hoy).select_related("institucion"),
        "anticipacion": ANTICIPACION.days,
    }
    return render(request, "comites/coordinacion/relevos/relevos.html", contexto)


@require_http_methods(["GET", "POST"])
@de_mesa
def periodo(request, mesa, pk):
    """Correct a term."""
    exigir_que_coordine(request.user, mesa)
    fila = periodo_de(mesa, pk, timezone.localdate())
    form = DatosDelPeriodo(request.POST or None, initial=iniciales(fila))
    if form.is_valid():
        try:
            corregir_periodo(periodo=fila, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "Corregimos el periodo.")
            return redirect("coordinacion:relevos", mesa.slug)
    contexto = {"mesa_actual": mesa, "periodo": fila, "form": form}
    return render(request, "comites/coordinacion/relevos/periodo.html", contexto)


@require_GET
@de_mesa
def expediente(request, mesa, pk):
    """The handover dossier of an institution, in PDF."""
    exigir_que_coordine(request.user, mesa)
    hoy = timezone.localdate()
    institucion = autoridad_de(mesa, pk, hoy)
    sesiones, acuerdos = Sesion.objects.visibles_para(request.user), Acuerdo.objects.visibles_para(request.user)
    documento = pdf_de_expediente(contenido(mesa, institucion, sesiones=sesiones, acuerdos=acuerdos, fecha=hoy))
    nombre = f"expediente-{mesa.slug}-{institucion.pk}-{hoy}.pdf"
    cabeceras = {"Content-Disposition": f'attachment; filename="{nombre}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(documento, content_type="application/pdf", headers=cabeceras)
