"""The minute of a session: read, printed, sent, objected, approved, corrected."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comites import operaciones_actas as operaciones
from comites.actas.documento import pdf_de_acta
from comites.actas.miradas import acta_para, acta_publica
from comites.actas.panel import estado_del_acta, por_que_no_hay, sesiones_que_aprobarian
from comites.forms_actas import NuevaAdenda, NuevaObjecion, RespuestaAObjecion, SesionQueAprueba
from comites.models import Sesion
from comites.permisos_actas import (
    acta_con_version_publica,
    acta_impresa,
    acta_objetable,
    acta_registrable,
    acta_visible,
    objecion_de,
)
from comites.views_coordinacion.puerta import de_mesa
from comun.formatos import enumerar


def en_pdf(contenido, nombre):
    """A PDF to be read in the page or kept; its name says what it is."""
    return HttpResponse(
        contenido,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nombre}.pdf"', "X-Content-Type-Options": "nosniff"},
    )


def _a_su_acta(mesa, sesion):
    return redirect("coordinacion:acta", mesa.slug, sesion.pk)


def _sin_acta(request, mesa, sesion):
    """Nothing to do with a minute that is not there; its page says why."""
    messages.error(request, "Esta sesión no tiene acta.")
    return _a_su_acta(mesa, sesion)


@require_GET
@de_mesa
def acta(request, mesa, pk):
    """The minute as the reader may read it, and what may be done with it; or why there is none."""
    sesion, fila = acta_visible(request.user, mesa, pk)
    contexto = {"mesa_actual": mesa, "sesion": sesion, "acta": fila}
    if fila is None:
        contexto["por_que_no_hay"] = por_que_no_hay(sesion)
    else:
        estado = contexto["estado"] = estado_del_acta(request.user, fila)
        contexto["d"] = acta_para(request.user, fila, mesa, registra=estado.registra)
    return render(request, "comites/coordinacion/actas/acta.html", contexto)


@require_GET
@de_mesa
def pdf(request, mesa, pk):
    """The minute to print, as the reader may read it."""
    fila = acta_impresa(request.user, mesa, pk)
    return en_pdf(pdf_de_acta(acta_para(request.user, fila, mesa)), fila.folio)


@require_GET
@de_mesa
def pdf_publico(request, mesa, pk):
    """The public version, for whoever records it to see before anybody does."""
    fila = acta_con_version_publica(request.user, mesa, pk)
    return en_pdf(pdf_de_acta(acta_publica(fila)), f"{fila.folio}-publica")


@require_POST
@de_mesa
def enviar(request, mesa, pk):
    """Tell those who were there that the draft can be objected."""
    sesion, fila = acta_registrable(request.user, mesa, pk)
    if fila is None:
        return _sin_acta(request, mesa, sesion)
    try:
        enviados = operaciones.enviar_borrador(acta=fila)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        cuantos = f"{len(enviados)} persona{'' if len(enviados) == 1 else 's'}"
        texto = f"Avisamos a {cuantos}." if enviados else "Quienes tienen correo ya estaban avisados."
        messages.success(request, f"Se puede objetar desde ahora. {texto}")
        if sin_correo := operaciones.presentes_sin_correo(fila):
            messages.info(request, f"No tienen correo: {enumerar(sin_correo)}. Avísales tú.")
    return _a_su_acta(mesa, sesion)


@require_http_methods(["GET", "POST"])
@de_mesa
def objetar(request, mesa, pk):
    """Say what the draft does not tell as it was."""
    sesion, fila = acta_objetable(request.user, mesa, pk)
    if fila is None:
        return _sin_acta(request, mesa, sesion)
    legibles = sesion.puntos.legibles_para(request.user, sesion).filter(legible=True)
    form = NuevaObjecion(request.POST or None, puntos=legibles)
    if form.is_valid():
        try:
            operaciones.objetar(acta=fila, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "Guardamos tu objeción. La coordinación te responderá en esta página.")
            return _a_su_acta(mesa, sesion)
    contexto = {"mesa_actual": mesa, "sesion": sesion, "acta": fila, "form": form}
    return render(request, "comites/coordinacion/actas/objetar.html", contexto)


@require_http_methods(["GET", "POST"])
@de_mesa
def responder(request, mesa, pk, objecion):
    """Accept an objection, with its addendum, or say why not."""
    sesion, fila = acta_registrable(request.user, mesa, pk)
    if fila is None:
        return _sin_acta(request, mesa, sesion)
    hallada = objecion_de(fila, objecion)
    form = RespuestaAObjecion(request.POST or None)
    if form.is_valid():
        try:
            operaciones.responder_objecion(objecion=hallada, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error, sin_campo="texto")
        else:
            messages.success(request, "Respondiste la objeción.")
            return _a_su_acta(mesa, sesion)
    contexto = {"mesa_actual": mesa, "sesion": sesion, "acta": fila, "objecion": hallada, "form": form}
    return render(request, "comites/coordinacion/actas/responder.html", contexto)


@require_http_methods(["GET", "POST"])
@de_mesa
def adenda(request, mesa, pk):
    """Correct or complete a minute without touching it."""
    sesion, fila = acta_registrable(request.user, mesa, pk)
    if fila is None:
        return _sin_acta(request, mesa, sesion)
    form = NuevaAdenda(request.POST or None, puntos=sesion.puntos.order_by("orden"))
    if form.is_valid():
        try:
            hecha = operaciones.agregar_adenda(acta=fila, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, f"Guardamos la adenda {hecha.numero}.")
            return _a_su_acta(mesa, sesion)
    contexto = {"mesa_actual": mesa, "sesion": sesion, "acta": fila, "form": form}
    return render(request, "comites/coordinacion/actas/adenda.html", contexto)


@require_http_methods(["GET", "POST"])
@de_mesa
def aprobar(request, mesa, pk):
    """Record in which session the minute was approved."""
    sesion, fila = acta_registrable(request.user, mesa, pk)
    if fila is None:
        return _sin_acta(request, mesa, sesion)
    sesiones = sesiones_que_aprobarian(request.user, fila)
    form = SesionQueAprueba(
        request.POST or None, sesiones=sesiones, initial={"sesion": request.GET.get("sesion") or sesiones.first()}
    )
    if form.is_valid():
        try:
            operaciones.aprobar_acta(acta=fila, sesion=form.cleaned_data["sesion"], autor=request.user)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "El acta quedó aprobada. Desde ahora solo se corrige con adendas.")
            en_que = form.cleaned_data["sesion"]
            if en_que.estado == Sesion.Estado.EN_CURSO:  # whoever runs it goes back to it
                return redirect("coordinacion:modo", mesa.slug, en_que.pk)
            return _a_su_acta(mesa, sesion)
    contexto = {"mesa_actual": mesa, "sesion": sesion, "acta": fila, "form": form, "hay_sesiones": sesiones.exists()}
    return render(request, "comites/coordinacion/actas/aprobar.html", contexto)
