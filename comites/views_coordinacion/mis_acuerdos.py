"""`/coordinacion/mis-acuerdos/`: what each one owes and what waits for their key, in all of their mesas."""

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comites.models import Acuerdo, AcuerdoEnMesa
from comites.querysets_seguimiento import a_cargo_de, que_verifica
from mesas.models import Mesa

CUANTOS = 50


@require_GET
@never_cache
@login_required
def mis_acuerdos(request):
    """The agreements of the user: in his charge, waiting for his key, entrusted to his mesa, and done."""
    hoy = timezone.localdate()
    visibles = Acuerdo.objects.visibles_para(request.user).con_contexto()
    suyos = a_cargo_de(visibles, request.user, hoy)
    mesas = Mesa.objects.editables_por(request.user).values("pk")
    encargos = AcuerdoEnMesa.objects.visibles_para(request.user).filter(mesa__in=mesas).con_respuesta()
    contexto = {
        "hoy": hoy,
        "abiertos": suyos.abiertos().filter(sesion__estado__in=("cerrada", "aprobada")).por_fecha()[:CUANTOS],
        "por_verificar": que_verifica(visibles, request.user, hoy).por_fecha()[:CUANTOS],
        "sin_respuesta": encargos.filter(dice="").select_related("acuerdo", "mesa").order_by("-pk")[:10],
        "cerrados": suyos.exclude(estado__in=Acuerdo.ABIERTOS).order_by(F("actualizado").desc())[:10],
    }
    return render(request, "comites/coordinacion/mis_acuerdos.html", contexto)
