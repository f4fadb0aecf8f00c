"""Whether a printed document is what it says: public, by its code, one at a time. Proves without listing."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comites.actas.canonico import codigo_leido
from comites.actas.comprobacion import comprobar
from comites.actas.documento import pdf_de_acta
from comites.actas.miradas import acta_publica as version_publica
from comites.forms_actas import CodigoDeDocumento
from comites.models import Acta, Sesion
from comites.permisos import publica_o_retirada
from comites.views import retirado


@require_safe
@never_cache
def codigo(request):
    """Where a code that was copied by hand is written."""
    form = CodigoDeDocumento(request.GET if "codigo" in request.GET else None)
    if form.is_valid() and (leido := codigo_leido(form.cleaned_data["codigo"])):
        return redirect("verificar", leido)
    return render(request, "comites/verificar.html", {"form": form})


@require_safe
@never_cache
def documento(request, codigo):
    """What is known of the document with that code, and nothing of any other. That there is none is an answer too."""
    contexto = {"hallado": comprobar(codigo_leido(codigo)), "codigo": codigo, "form": CodigoDeDocumento()}
    return render(request, "comites/verificar.html", contexto)


@require_safe
@never_cache
def acta_publica(request, codigo):
    """The public version of a minute, while its assembly consents to it."""
    codigo = codigo_leido(codigo)
    if publica_o_retirada(Sesion.objects.filter(acta__codigo=codigo)) is None:
        return retirado(request)
    acta = get_object_or_404(Acta.objects.publicas().con_contexto(), codigo=codigo)
    with timezone.override(acta.sesion.mesa.zona_horaria):
        contenido = pdf_de_acta(version_publica(acta))
    return HttpResponse(
        contenido,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{acta.folio}.pdf"', "X-Content-Type-Options": "nosniff"},
    )
