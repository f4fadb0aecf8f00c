"""A session, from the call to the closed minute."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comites import operaciones
from comites.actas.panel import panel_de_sesion
from comites.agenda import poner_horas
from comites.choques import conciliar
from comites.cierre import leer_cierre, puntos_sin_desenlace
from comites.forms import CorreccionDeSesion, NotasDelPunto, NuevoPunto
from comites.forms_publicacion import quien_puede_leer
from comites.llamados import en_la_sesion
from comites.models import Acuerdo, Sesion
from comites.operaciones_publicacion import cambiar_nivel
from comites.permisos import (
    puede_convocar,
    puede_registrar,
    punto_registrable,
    registra_toda_la_mesa,
    sesion_registrable,
    sesion_visible,
)
from comites.presencia import pase_de_lista, resumen_de_asistencia
from comites.sala import contar_sala, leer_sala
from comites.views_coordinacion.puerta import de_mesa


@require_GET
@de_mesa
def sesiones(request, mesa):
    """All the sessions of the mesa that the user may read, the latest first."""
    filas = Sesion.objects.visibles_para(request.user).de_mesa(mesa).select_related("mesa", "comite")
    pagina = Paginator(filas, 30).get_page(request.GET.get("page"))
    contexto = {"mesa_actual": mesa, "page_obj": pagina, "puede_crear": puede_convocar(request.user, mesa)}
    return render(request, "comites/coordinacion/sesiones.html", contexto)


@require_GET
@de_mesa
def sesion(request, mesa, pk):
    """The session: agenda, roll, agreements and what is missing to close it."""
    return _pagina_de(request, mesa, sesion_visible(request.user, mesa, pk))


def _pagina_de(request, mesa, sesion, *, nivel=None):
    acuerdos = Acuerdo.objects.visibles_para(request.user).filter(sesion=sesion).con_contexto().order_by("folio")
    registra = puede_registrar(request.user, sesion)
    pase = pase_de_lista(sesion, de=None if registra else mesa)
    puntos = list(sesion.puntos.legibles_para(request.user, sesion))
    contexto = {
        "mesa_actual": mesa,
        "sesion": sesion,
        "registra": registra,
        "es_su_dia": sesion.ya_es_su_dia,
        "juntas": sesion.invitaciones.en_pie().select_related("mesa") if registra else (),
        "nivel": nivel or quien_puede_leer(sesion),
        "puntos": puntos,
        "horario": poner_horas(timezone.localtime(sesion.inicio), puntos),
        "pase": pase,
        "presencia": resumen_de_asistencia(pase),
        "invitados": sesion.invitados.all() if sesion.esta_cerrada else (),
        "acuerdos": acuerdos,
        "nuevo_punto": NuevoPunto(),
        "convocar": en_la_sesion(sesion, registra=registra and sesion.mesa_id == mesa.pk),
        "panel_de_acta": panel_de_sesion(request.user, sesion, registra=registra),
        "puede_consentir": _puede_consentir(request, mesa, sesion),
    }
    return render(request, "comites/coordinacion/sesion.html", contexto)


def _puede_consentir(request, mesa, sesion):
    """True when an assembly met here and the user may record what it consents to publish."""
    reunida = sesion.es_asamblea and sesion.ya_empezo
    return reunida and sesion.mesa_id == mesa.pk and registra_toda_la_mesa(request.user, mesa)


@require_http_methods(["GET", "POST"])
@de_mesa
def datos(request, mesa, pk):
    """Correct date, place or numbers while it is open."""
    sesion = sesion_registrable(request.user, mesa, pk)
    inicial = {campo: getattr(sesion, campo) for campo in ("inicio", "lugar", "numero", "numero_anual", "version")}
    form = CorreccionDeSesion(request.POST or None, initial=inicial)
    contexto = {"mesa_actual": mesa, "sesion": sesion, "form": form}
    if form.is_valid():
        try:
            sesion = operaciones.cambiar_datos(sesion=sesion, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
            contexto["diferencias"] = conciliar(form, error)
        else:
            messages.success(
                request, f"Guardamos los datos: sesión {sesion.numero}, la {sesion.numero_anual}.ª de {sesion.anio}."
            )
            return redirect(sesion)
    return render(request, "comites/coordinacion/sesion_datos.html", contexto)


@require_POST
@de_mesa
def empezar(request, mesa, pk):
    """The session begins, and goes on in the page for when it meets."""
    sesion = sesion_registrable(request.user, mesa, pk)
    try:
        operaciones.empezar_sesion(sesion=sesion)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(sesion)
    return redirect("coordinacion:modo", mesa.slug, pk)


@require_POST
@de_mesa
def descartar(request, mesa, pk):
    """Take away a session created by mistake, before it begins."""
    sesion = sesion_registrable(request.user, mesa, pk)
    try:
        operaciones.descartar_sesion(sesion=sesion)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(sesion)
    messages.success(request, "Borraste la sesión que no había empezado.")
    return redirect("coordinacion:mesa", mesa.slug)


@require_POST
@de_mesa
def agregar_punto(request, mesa, pk):
    """One more item at the end of the agenda."""
    sesion = sesion_registrable(request.user, mesa, pk)
    form = NuevoPunto(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError("Escribe el punto en 200 letras o menos.")
        operaciones.agregar_punto(sesion=sesion, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{reverse('coordinacion:sesion', args=[mesa.slug, pk])}#orden-del-dia")


@require_http_methods(["GET", "POST"])
@de_mesa
def punto(request, mesa, pk, orden):
    """Write down what came of an item."""
    sesion = sesion_registrable(request.user, mesa, pk)
    fila = punto_registrable(sesion, orden)
    form = NotasDelPunto(request.POST or None, instance=fila)
    contexto = {"mesa_actual": mesa, "sesion": sesion, "punto": fila, "form": form}
    if form.is_valid():
        try:
            operaciones.anotar_punto(punto=fila, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
            contexto["diferencias"] = conciliar(form, error)
        else:
            return redirect(f"{reverse('coordinacion:sesion', args=[mesa.slug, pk])}#orden-del-dia")
    return render(request, "comites/coordinacion/punto.html", contexto)


@require_http_methods(["GET", "POST"])
@de_mesa
def cerrar(request, mesa, pk):
    """What the minute will say for ever, or what is missing before it can; then, close."""
    sesion = sesion_registrable(request.user, mesa, pk)
    if sesion.estado != Sesion.Estado.EN_CURSO:
        messages.info(request, "Se cierra una sesión que ya empezó y que nadie ha cerrado.")
        return redirect(sesion)
    try:
        if request.method == "POST":
            operaciones.cerrar_sesion(sesion=sesion, autor=request.user)
            messages.success(request, "Cerraste la sesión. Su acta ya no cambia.")
            return redirect(sesion)
    except operaciones.SinCompletar:
        pass  # the page says what is missing
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(sesion)
    return _por_cerrar(request, mesa, sesion)


def _por_cerrar(request, mesa, sesion):
    sillas = leer_sala(sesion)
    contexto = {
        "mesa_actual": mesa,
        "sesion": sesion,
        "cierre": leer_cierre(sesion),
        "presencia": resumen_de_asistencia(sillas),
        "cuentas": contar_sala(sesion, sillas),
        "puntos": puntos_sin_desenlace(sesion),
    }
    return render(request, "comites/coordinacion/cerrar.html", contexto)


@require_POST
@de_mesa
def nivel(request, mesa, pk):
    """Change who may read the session, open or closed."""
    sesion = sesion_registrable(request.user, mesa, pk)
    form = quien_puede_leer(sesion, request.POST)
    if form.is_valid():
        try:
            cambiar_nivel(fila=sesion, **form.cleaned_data)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Cambiamos quién puede leer la sesión.")
            return redirect(sesion)
    return _pagina_de(request, mesa, sesion, nivel=form)
