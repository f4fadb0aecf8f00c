"""Choosing which reminders one receives: with an account, or with the link that every reminder carries."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comites.forms_avisos import QueAvisosQuiero
from comites.models import PreferenciaDeAvisos
from comites.operaciones_avisos import elegir_avisos, ningun_aviso, preferencia_de
from mesas.models import Persona


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def mios(request):
    """The reminders of whoever has an account."""
    persona = Persona.objects.filter(usuario=request.user).first()
    if persona is None:
        return render(request, "comites/coordinacion/avisos/mios.html")
    preferencia = preferencia_de(persona)
    if request.method == "POST" and _guardar(request, preferencia):
        return redirect("coordinacion:avisos")
    contexto = {"form": QueAvisosQuiero(instance=preferencia), "correo": request.user.email}
    return render(request, "comites/coordinacion/avisos/mios.html", contexto)


@require_http_methods(["GET", "POST"])
@never_cache
def por_correo(request, firma):
    """The same by the signed link of a mail. It says nothing of whose it is, and opening it changes nothing:
    programs that look at mail open every link."""
    pk = PreferenciaDeAvisos.pk_firmado(firma)
    if pk is None:
        raise Http404
    preferencia = get_object_or_404(PreferenciaDeAvisos, pk=pk)
    if request.method == "POST" and _guardar(request, preferencia):
        return redirect("avisos_por_correo", firma)
    return render(request, "comites/avisos_por_correo.html", {"form": QueAvisosQuiero(instance=preferencia)})


def _guardar(request, preferencia):
    if "ninguno" in request.POST:
        ningun_aviso(preferencia=preferencia)
        messages.success(request, "Ya no te enviaremos recordatorios.")
        return True
    form = QueAvisosQuiero(request.POST, instance=preferencia)
    if form.is_valid():
        elegir_avisos(preferencia=preferencia, **form.cleaned_data)
        messages.success(request, "Guardamos qué recordatorios quieres.")
        return True
    return False
