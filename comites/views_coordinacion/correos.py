"""The mail that did not leave because this portal has no server: a first run can be tried whole without one."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comites.permisos_convocatoria import correos_guardados


@require_GET
@never_cache
@login_required
def correos(request):
    """Kept mail that the user may read, the latest first."""
    pagina = Paginator(correos_guardados(request.user).order_by("-creado", "-pk"), 30)
    contexto = {"page_obj": pagina.get_page(request.GET.get("page")), "se_guarda": settings.CORREO_SE_GUARDA}
    return render(request, "comites/coordinacion/convocatoria/correos.html", contexto)


@require_GET
@never_cache
@login_required
def correo(request, pk):
    """One message, as it would have arrived."""
    fila = get_object_or_404(correos_guardados(request.user), pk=pk)
    contexto = {"correo": fila, "adjuntos": fila.adjuntos.defer("contenido").order_by("pk")}
    return render(request, "comites/coordinacion/convocatoria/correo.html", contexto)


@require_GET
@never_cache
@login_required
def adjunto(request, pk, numero):
    """A file of a kept message, always to be saved and never to be shown as a page of the portal."""
    archivo = get_object_or_404(get_object_or_404(correos_guardados(request.user), pk=pk).adjuntos, pk=numero)
    respuesta = HttpResponse(bytes(archivo.contenido), content_type=archivo.tipo)
    nombre = archivo.nombre.replace('"', "").replace("\\", "")
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
    return respuesta
