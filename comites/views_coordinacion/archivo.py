"""What past sessions left: the minutes of a mesa and their chain, compilations, extracts, search and score."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from comites import operaciones_actas as operaciones
from comites.actas.cadenas import cadenas_de
from comites.actas.compilacion import DemasiadasActas, compilar
from comites.actas.documento import pdf_de_extracto
from comites.actas.extractos import extracto_dicho
from comites.busqueda import buscar_en_sesiones, hallazgos
from comites.forms_actas import Busqueda, Periodo
from comites.models import Acta, Acuerdo, Extracto
from comites.permisos_actas import acuerdo_certificable, extracto_impreso
from comites.verificabilidad import PREGUNTAS, calificar, revisar
from comites.views_coordinacion.actas import en_pdf
from comites.views_coordinacion.puerta import de_mesa


@require_GET
@de_mesa
def actas(request, mesa):
    """The minutes that the user may read, the latest first, and whether the chain of each organ holds."""
    filas = Acta.objects.visibles_para(request.user).de_mesa(mesa).con_contexto().order_by("-sesion__inicio", "-pk")
    contexto = {
        "mesa_actual": mesa,
        "page_obj": Paginator(filas.defer("eslabon__contenido"), 30).get_page(request.GET.get("page")),
        "cadenas": cadenas_de(mesa),
        "periodo": Periodo(mesa=mesa, initial=Periodo.del_anio()),
    }
    return render(request, "comites/coordinacion/actas/actas.html", contexto)


@require_GET
@de_mesa
def compiladas(request, mesa):
    """The minutes of a period in one document, as the reader may read each."""
    form = Periodo(request.GET or None, mesa=mesa)
    if form.is_valid():
        try:
            return en_pdf(compilar(request.user, mesa, **form.cleaned_data), f"actas-{mesa.slug}")
        except DemasiadasActas as error:
            form.reprochar(error, sin_campo="desde")
    contexto = {"mesa_actual": mesa, "form": form}
    return render(request, "comites/coordinacion/actas/compilar.html", contexto, status=400 if form.errors else 200)


@require_GET
@de_mesa
def buscar(request, mesa):
    """«¿Cuándo acordamos…?»: what the user may read of past sessions, by its words."""
    form = Busqueda(request.GET, mesa=mesa)
    elegido = form.elegido()
    contexto = {"mesa_actual": mesa, "form": form, "buscado": elegido["q"], "consulta": f"{urlencode(elegido)}&"}
    if elegido["q"]:
        filas = buscar_en_sesiones(request.user, mesa, texto=elegido["q"], organo=elegido["organo"])
        pagina = Paginator(filas, 20).get_page(request.GET.get("page"))
        contexto |= {"page_obj": pagina, "hallazgos": hallazgos(pagina, mesa)}
    return render(request, "comites/coordinacion/actas/buscar.html", contexto, status=400 if form.errors else 200)


@require_GET
@de_mesa
def verificabilidad(request, mesa):
    """Of the agreements of the mesa that the user may read, how many could be verified, and what the others lack."""
    filas = Acuerdo.objects.visibles_para(request.user).de_mesa(mesa).filter(historico=False, sesion__mesa=mesa)
    revisados = [revisar(acuerdo) for acuerdo in filas.order_by("-sesion__inicio", "folio")]
    con_faltas = [uno for uno in revisados if uno.faltas]
    contexto = {
        "mesa_actual": mesa,
        "calificacion": calificar(revisados),
        "preguntas": PREGUNTAS,
        "page_obj": Paginator(con_faltas, 30).get_page(request.GET.get("page")),
    }
    return render(request, "comites/coordinacion/actas/verificabilidad.html", contexto)


@require_http_methods(["GET", "POST"])
@de_mesa
def extracto(request, mesa, folio):
    """Certify what the minute says of one agreement."""
    acuerdo = acuerdo_certificable(request.user, mesa, folio)
    if request.method == "POST":
        try:
            operaciones.expedir_extracto(acuerdo=acuerdo, autor=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "El extracto está listo.")
        return redirect("coordinacion:extracto", mesa.slug, folio)
    contexto = {
        "mesa_actual": mesa,
        "acuerdo": acuerdo,
        "extracto": Extracto.objects.filter(acuerdo=acuerdo).first(),
        "hay_acta": Acta.objects.filter(sesion=acuerdo.sesion_id).exists(),
    }
    return render(request, "comites/coordinacion/actas/extracto.html", contexto)


@require_GET
@de_mesa
def extracto_pdf(request, mesa, folio):
    """The certified extract to print."""
    fila = extracto_impreso(request.user, mesa, folio)
    return en_pdf(pdf_de_extracto(extracto_dicho(fila)), f"extracto-{folio}")
