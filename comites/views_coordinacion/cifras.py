"""The figures by institution, the files to take away, and how often each organ said that it would meet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from comites.cifras import Ritmos, con_pulso, plenarias, por_institucion, por_organo
from comites.forms import FiltroDeSeguimiento
from comites.forms_frecuencias import CadaCuanto
from comites.hechos import seguir
from comites.models import FrecuenciaDeSesiones, Sesion
from comites.operaciones_frecuencias import decir_frecuencia
from comites.permisos import comites_que_registra, exigir_que_convoque, registra_toda_la_mesa
from comites.red_entera import por_lotes
from comites.seguimiento import Hechos
from comites.tablas_cifras import COLUMNAS_DE_LA_MESA, COLUMNAS_DE_LA_RED, filas_de_la_mesa, filas_de_la_red
from comites.views_coordinacion.puerta import de_mesa
from comites.views_coordinacion.seguimiento import hechos_de, la_mesa_al
from comun.exportar import adjunto, trozos_csv


@require_GET
@de_mesa
def instituciones(request, mesa):
    """How each institution was represented in a mesa and how what it answers for goes. Never a person."""
    filtro = FiltroDeSeguimiento(request.GET)
    elegido = filtro.elegido()
    hechos = hechos_de(request.user, elegido["fecha"], mesa)
    seguido = seguir(hechos, [mesa], **elegido)
    contexto = {
        "mesa_actual": mesa,
        "filtro": filtro,
        "seguido": seguido,
        "filas": _por_institucion(request.user, mesa, hechos, seguido),
        "consulta": request.GET.urlencode(),
    }
    estado = 200 if filtro.is_valid() else 400
    return render(request, "comites/coordinacion/cifras/instituciones.html", contexto, status=estado)


@require_GET
@never_cache
@login_required
def red_csv(request):
    """A row for each mesa that the user may read."""
    filtro = FiltroDeSeguimiento(request.GET)
    if not filtro.is_valid():
        return _rechazo(filtro)
    elegido = filtro.elegido()
    return adjunto(trozos_csv(COLUMNAS_DE_LA_RED, _filas(request.user, elegido)), f"cifras-{elegido['fecha']}.csv")


def _filas(usuario, elegido):
    """As they are read, a batch of mesas at a time."""
    for mesas, hechos in por_lotes(usuario, elegido["fecha"]):
        seguido = seguir(hechos, mesas, **elegido)
        en_el_periodo = hechos.del_periodo(seguido.desde).por_mesa()
        cuando = {"fecha": seguido.fecha, "desde": seguido.desde}
        yield from filas_de_la_red(seguido, plenarias(mesas, en_el_periodo, Ritmos(mesas), **cuando))


@require_GET
@de_mesa
def mesa_csv(request, mesa):
    """A row for the mesa, one for each organ and one for each institution."""
    filtro = FiltroDeSeguimiento(request.GET)
    if not filtro.is_valid():
        return _rechazo(filtro)
    fecha = filtro.cleaned_data["fecha"]
    hechos, ritmos = hechos_de(request.user, fecha, mesa), Ritmos([mesa])
    seguido = seguir(hechos, con_pulso(la_mesa_al(mesa, fecha), hechos.por_mesa(), ritmos, fecha), **filtro.elegido())
    suyos = hechos.del_periodo(seguido.desde).por_mesa().get(mesa.pk, Hechos())
    organos = por_organo(mesa, suyos, ritmos, fecha=fecha, desde=seguido.desde)
    filas = filas_de_la_mesa(seguido, organos, _por_institucion(request.user, mesa, hechos, seguido))
    return adjunto(trozos_csv(COLUMNAS_DE_LA_MESA, filas), f"cifras-{mesa.slug}-{fecha}.csv")


def _por_institucion(usuario, mesa, hechos, seguido):
    suyos = hechos.del_periodo(seguido.desde).por_mesa().get(mesa.pk, Hechos())
    sesiones = Sesion.objects.visibles_para(usuario).de_mesa(mesa)
    return por_institucion(sesiones, suyos, mesa, fecha=seguido.fecha, desde=seguido.desde)


def _rechazo(filtro):
    motivos = [motivo for errores in filtro.errors.values() for motivo in errores]
    return HttpResponseBadRequest("\n".join([*motivos, ""]), content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "POST"])
@de_mesa
def frecuencias(request, mesa):
    """Say how often the plenaria and each comité meet: what the sessions held are compared with."""
    exigir_que_convoque(request.user, mesa)
    de_la_mesa = registra_toda_la_mesa(request.user, mesa)
    form = CadaCuanto(
        request.POST or None, mesa=mesa if de_la_mesa else None, comites=comites_que_registra(request.user, mesa)
    )
    if form.is_valid():
        try:
            frecuencia = decir_frecuencia(**form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, f"Guardamos la frecuencia. {frecuencia}.")
            return redirect("coordinacion:frecuencias", mesa.slug)
    dichas = FrecuenciaDeSesiones.objects.de_la_mesa(mesa)
    contexto = {"mesa_actual": mesa, "form": form, "dichas": dichas}
    return render(request, "comites/coordinacion/cifras/frecuencias.html", contexto)
