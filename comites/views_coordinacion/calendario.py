"""«Mi calendario»: the private address from which a member's phone reads the sessions that he is called to."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from comites import operaciones_calendario as operaciones
from comites.models import DireccionDeCalendario
from comites.permisos_convocatoria import calendario_abierto


@require_safe
@never_cache
def calendario(request, clave):
    """The calendar itself, for whoever holds the secret address."""
    direccion = calendario_abierto(clave)
    respuesta = HttpResponse(operaciones.calendario_de(direccion.usuario), content_type="text/calendar; charset=utf-8")
    respuesta["Content-Disposition"] = 'inline; filename="sesiones.ics"'
    respuesta["X-Robots-Tag"] = "noindex, nofollow"
    return respuesta


@require_GET
@never_cache
@login_required
def mi_calendario(request):
    """My own address, or how to get one."""
    direccion = DireccionDeCalendario.objects.en_vigor().filter(usuario=request.user).first()
    clave = direccion and direccion.clave
    url = f"{settings.PORTAL_URL}{reverse('calendario', args=[clave])}" if clave else ""
    contexto = {"direccion": direccion, "url": url, "url_del_telefono": f"webcal{url[url.find(':') :]}" if url else ""}
    return render(request, "comites/coordinacion/convocatoria/mi_calendario.html", contexto)


@require_POST
@login_required
def renovar(request):
    """A first address, or another in the place of the one that somebody may have seen."""
    try:
        operaciones.dar_direccion(usuario=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Esta es tu dirección. Si tenías otra, ya no abre.")
    return redirect("coordinacion:mi_calendario")


@require_POST
@login_required
def revocar(request):
    """No address at all."""
    operaciones.revocar_direccion(usuario=request.user)
    messages.success(request, "Tu dirección dejó de abrir. Quita también el calendario de tus aparatos.")
    return redirect("coordinacion:mi_calendario")
