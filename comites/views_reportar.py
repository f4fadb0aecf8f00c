"""`/reportar/<token>/`: one agreement, one report, without account."""

from functools import wraps
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comites.forms_seguimiento import ReporteSinCuenta
from comites.models import EnlaceParaReportar, VisitaDeEnlace
from comites.operaciones_enlaces import EnlaceInservible, anotar_visita, reportar_por_enlace, resumen_de
from comites.subidas import con_archivo

Situacion = EnlaceParaReportar.Situacion


def _discreta(vista):
    """No copy, no search engine and no other page learns the address, which is a key."""

    @never_cache
    @wraps(vista)
    def con_cabeceras(request, *args, **kwargs):
        respuesta = vista(request, *args, **kwargs)
        respuesta["Referrer-Policy"] = "no-referrer"
        respuesta["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return respuesta

    return con_cabeceras


@con_archivo  # exempt from the CSRF mark: only the address opens this form, no cookie does
@_discreta
@require_http_methods(["GET", "POST"])
def reportar(request, token):
    """The agreement and its form while the link works; afterwards, only that it does not."""
    filas = EnlaceParaReportar.objects.select_related("acuerdo__sesion__mesa")
    enlace = get_object_or_404(filas, resumen=resumen_de(token))
    with timezone.override(enlace.acuerdo.sesion.mesa.zona_horaria):
        if enlace.situacion != Situacion.ABIERTO:
            return _ya_no(request, enlace, enlace.situacion)
        if request.method == "GET":
            anotar_visita(enlace=enlace, resultado=VisitaDeEnlace.Resultado.ABIERTO)
            return _pagina(request, enlace, ReporteSinCuenta())
        return _recibir(request, enlace, token)


def _recibir(request, enlace, token):
    form = ReporteSinCuenta(request.POST, request.FILES, excedido=request.tope.excedido)
    if form.is_valid():
        try:
            reportar_por_enlace(enlace=enlace, **form.cleaned_data)
        except EnlaceInservible as error:
            return _ya_no(request, enlace, error.situacion)
        except ValidationError as error:
            form.reprochar(error)
        else:
            return redirect("reportar", token)
    anotar_visita(enlace=enlace, resultado=VisitaDeEnlace.Resultado.INCOMPLETO)
    return _pagina(request, enlace, form)


def _pagina(request, enlace, form):
    return render(request, "comites/reportar.html", {"acuerdo": enlace.acuerdo, "enlace": enlace, "form": form})


def _ya_no(request, enlace, situacion):
    """Used: thanks, and nothing more. Revoked or expired: 410. Neither says what the agreement was."""
    recien = situacion == Situacion.USADO
    anotar_visita(enlace=enlace, resultado=situacion)
    return render(
        request,
        "comites/reportar_ya_no.html",
        {"situacion": situacion, "mesa": enlace.acuerdo.sesion.mesa, "cuando": enlace.usado_el},
        status=HTTPStatus.OK if recien else HTTPStatus.GONE,
    )
