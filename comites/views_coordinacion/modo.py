"""A session while it meets, on a phone: one page, and one address for each kind of write."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from comites.capturas import ESCRITURAS
from comites.choques import Choque
from comites.forms_modo import ListaCompleta, PaseConNombre
from comites.lectura_modo import leer_modo, llave_de_la_cola, ultimas
from comites.lectura_modo import pulso as pulso_de
from comites.models import Sesion
from comites.operaciones_capturas import capturar, huella_de
from comites.sala import leer_sala
from comites.views_coordinacion.puerta import de_sesion

PLANTILLAS = "comites/coordinacion/modo"
OTRA_CUENTA = "Esto lo escribió otra cuenta. Entra con la cuenta con la que se escribió para poder guardarlo."


@require_GET
@de_sesion
def modo(request, sesion):
    """The page of a session while it meets; before it begins or once it is closed, its other page."""
    if sesion.estado != Sesion.Estado.EN_CURSO:
        if not sesion.esta_cerrada:
            messages.info(request, "La sesión todavía no empieza: ábrela con «Empezar la sesión».")
        return redirect(sesion)
    contexto = leer_modo(sesion, request.user) | {"llave": llave_de_la_cola(sesion, request.user)}
    return render(request, f"{PLANTILLAS}/modo.html", contexto)


@require_GET
@de_sesion
def lista(request, sesion):
    """The whole roll in one form: everybody present, then the exceptions; or who is in the room, with a name."""
    if sesion.estado != Sesion.Estado.EN_CURSO:
        return redirect(sesion)
    sillas = leer_sala(sesion)
    contexto = {
        "mesa_actual": sesion.mesa,
        "sesion": sesion,
        "lista": ListaCompleta(sesion=sesion, sillas=sillas),
        "pase": PaseConNombre(sesion=sesion, sillas=sillas, auto_id="pase_%s"),
        "nueva_clave": uuid4,
        "llave": llave_de_la_cola(sesion, request.user),
    }
    return render(request, f"{PLANTILLAS}/lista.html", contexto)


@require_GET
@de_sesion
def pulso(request, sesion):
    """What others have written since; 204 when nothing changed since the mark `visto`."""
    marca = pulso_de(sesion)
    cabeceras = {"X-Pulso": marca, "X-Cerrada": "si" if sesion.esta_cerrada else "no"}
    if request.GET.get("visto") == marca:
        return HttpResponse(status=204, headers=cabeceras)
    contexto = leer_modo(sesion, request.user) | {
        "ultimas": [(captura, ESCRITURAS[captura.que].dicho) for captura in ultimas(sesion)],
        "de_pulso": True,
    }
    return HttpResponse(render_to_string(f"{PLANTILLAS}/_pulso.html", contexto, request), headers=cabeceras)


@require_POST
@de_sesion
def anotar(request, sesion, que):
    """One write: done once for its key; refused with what to correct, or with both versions side by side."""
    if que not in ESCRITURAS:
        raise Http404
    escritura = ESCRITURAS[que]
    form = escritura.forma(request.POST, sesion=sesion)
    if not form.is_valid():
        return _corregir(request, sesion, que, form)
    if form.cleaned_data["quien"] != request.user.pk:
        raise PermissionDenied(OTRA_CUENTA)
    try:
        resultado = capturar(
            clave=form.cleaned_data["clave"],
            sesion=sesion,
            autor=request.user,
            que=que,
            huella=huella_de(que, form.lo_escrito()),
            hacer=lambda: escritura.hacer(sesion, request.user, form),
        )
    except Choque as choque:
        return _elegir(request, sesion, que, form, choque)
    except ValidationError as error:
        form.reprochar(error)
        return _corregir(request, sesion, que, form)
    return _hecho(request, sesion, resultado)


def _por_fetch(request):
    return request.headers.get("X-Modo") == "fetch"


def _hecho(request, sesion, resultado):
    if _por_fetch(request):
        return JsonResponse({"mensaje": resultado.mensaje, "versiones": resultado.versiones})
    messages.success(request, resultado.mensaje)
    return redirect(f"{reverse('coordinacion:modo', args=[sesion.mesa.slug, sesion.pk])}#{resultado.ancla}")


def _renovar(request, form, **cambios):
    """The same form with what was typed, and a key of its own for the next try."""
    datos, clave = request.POST.copy(), uuid4()
    for nombre, valor in {"clave": clave, "quien": request.user.pk, "dicho_el": "", **cambios}.items():
        datos[nombre] = str(valor)
    form.data, form.auto_id = datos, f"c{clave.hex[:8]}_%s"
    return form


def _corregir(request, sesion, que, form):
    return _responder(request, sesion, que, "_corregir.html", 422, form=_renovar(request, form))


def _elegir(request, sesion, que, form, choque):
    """Both versions side by side; whoever writes chooses, and nothing is written meanwhile."""
    otra = _renovar(request, form, **choque.versiones)
    return _responder(request, sesion, que, "_elegir.html", 409, form=otra, diferencias=choque.diferencias)


def _responder(request, sesion, que, pieza, codigo, **contexto):
    contexto |= {"sesion": sesion, "mesa_actual": sesion.mesa, "que": que, "titulo": ESCRITURAS[que].titulo}
    contexto["pieza"] = f"{PLANTILLAS}/{pieza}"
    if _por_fetch(request):
        return JsonResponse({"html": render_to_string(contexto["pieza"], contexto, request)}, status=codigo)
    return render(request, f"{PLANTILLAS}/captura.html", contexto, status=codigo)
