"""What comes before a session: creating it, its agenda, and the agendas that serve again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comites import operaciones_agenda as operaciones
from comites.agenda import horario
from comites.convocables import convocables
from comites.forms_agenda import Agenda, NombreDePlantilla, NuevaSesion
from comites.models import PlantillaDeAgenda
from comites.operaciones import SesionCerrada
from comites.permisos import comites_que_registra, exigir_que_convoque, registra_toda_la_mesa, sesion_registrable
from comites.views_coordinacion.puerta import de_mesa


@require_http_methods(["GET", "POST"])
@de_mesa
def nueva(request, mesa):
    """Create a session with its numbers, its agenda and what its organ left pending."""
    form = _formulario_de_sesion(request, mesa)
    if form.is_valid():
        datos = dict(form.cleaned_data)
        conjunta = datos.pop("conjunta")
        try:
            sesion = operaciones.preparar_sesion(mesa=mesa, **datos)
        except ValidationError as error:
            form.reprochar(error, sin_campo="numero")
        else:
            messages.success(request, _que_se_creo(sesion))
            return redirect("coordinacion:conjunta", mesa.slug, sesion.pk) if conjunta else redirect(sesion)
    contexto = {"mesa_actual": mesa, "form": form, "anio": timezone.localdate().year}
    return render(request, "comites/coordinacion/sesion_nueva.html", contexto)


def _formulario_de_sesion(request, mesa):
    """403 unless the user may create some session here."""
    exigir_que_convoque(request.user, mesa)
    organos = convocables(
        mesa,
        comites=comites_que_registra(request.user, mesa),
        toda_la_mesa=registra_toda_la_mesa(request.user, mesa),
        ahora=timezone.localtime(),
    )
    tipos = {organo.tipo for organo in organos}
    plantillas = PlantillaDeAgenda.objects.visibles_para(request.user).para(mesa).filter(tipo__in=tipos)
    unico = organos[0].clave if len(organos) == 1 else ""
    inicial = {"organo": request.GET.get("organo", unico)}
    return NuevaSesion(request.POST or None, organos=organos, plantillas=plantillas, initial=inicial)


def _que_se_creo(sesion):
    solos = sesion.puntos.exclude(origen="").count()
    entraron = "" if not solos else " Entró solo un punto." if solos == 1 else f" Entraron solos {solos} puntos."
    numeros = f"la sesión {sesion.numero} de {sesion.organo}, la {sesion.numero_anual}.ª de {sesion.anio}"
    return f"Creaste {numeros}.{entraron}"


@require_http_methods(["GET", "POST"])
@de_mesa
def agenda(request, mesa, pk):
    """The agenda: minutes of each item and the hour at which it begins; add, move and take away."""
    sesion = sesion_registrable(request.user, mesa, pk)
    if sesion.esta_cerrada:
        messages.error(request, SesionCerrada().messages[0])
        return redirect(sesion)
    puntos = list(sesion.puntos.order_by("orden"))
    form = Agenda(request.POST or None, puntos=puntos)
    if form.is_valid():
        accion, _, cual = request.POST.get("accion", "guardar").partition(":")
        try:
            firma = request.POST.get("firma", "")
            operaciones.guardar_agenda(sesion=sesion, firma=firma, **_pedido(form, accion, cual))
        except operaciones.ConflictoDeAgenda as conflicto:
            form.mostrar_conflicto(conflicto)
        except ValidationError as error:
            form.reprochar(error)
        else:
            if accion == "guardar":
                messages.success(request, "Guardamos el orden del día.")
            return redirect(f"{request.path}{_adonde(accion, cual)}")
    return _pagina_de_agenda(request, mesa, sesion, form)


def _pedido(form, accion, cual):
    """All that was typed, and what the button that was pressed asks for."""
    escrito = {"cambios": form.cambios(), "agregar": form.nuevo()}
    pk = int(cual) if cual.isdecimal() and len(cual) < 19 else 0
    if accion == "quitar":
        return escrito | {"quitar": pk}
    if accion in ("subir", "bajar"):
        return escrito | {"mover": (pk, -1 if accion == "subir" else 1)}
    return escrito


def _adonde(accion, cual):
    """Where the reader goes on: at the item that moved, or where one more is written."""
    if accion in ("subir", "bajar") and cual.isdecimal():
        return f"#punto-{cual}"
    return "#agregar" if accion == "agregar" else ""


def _pagina_de_agenda(request, mesa, sesion, form, *, plantilla=None):
    tiempos = horario(timezone.localtime(sesion.inicio), form.puntos)
    contexto = {
        "mesa_actual": mesa,
        "sesion": sesion,
        "form": form,
        "filas": list(zip(form.filas, tiempos.horas, strict=True)),
        "horario": tiempos,
        "firma": operaciones.firma_de(form.puntos),
        "por_traer": operaciones.lo_que_falta_traer(sesion, form.puntos),
        "plantilla": plantilla or NombreDePlantilla(),
        "errores_de": plantilla if plantilla and plantilla.errors else form,
    }
    return render(request, "comites/coordinacion/agenda/agenda.html", contexto)


@require_POST
@de_mesa
def traer(request, mesa, pk):
    """Bring to the agenda what the organ left pending since it was made."""
    sesion = sesion_registrable(request.user, mesa, pk)
    try:
        cuantos = operaciones.traer_pendientes(sesion=sesion)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(sesion)
    messages.success(request, f"Entraron {cuantos} al principio." if cuantos else "Ya estaba todo lo pendiente.")
    return redirect("coordinacion:agenda", mesa.slug, pk)


@require_POST
@de_mesa
def guardar_plantilla(request, mesa, pk):
    """Keep the agenda of a session to use it again."""
    sesion = sesion_registrable(request.user, mesa, pk)
    form = NombreDePlantilla(request.POST)
    if form.is_valid():
        try:
            plantilla = operaciones.guardar_plantilla(sesion=sesion, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error, sin_campo="nombre")
        else:
            messages.success(request, f"Guardamos «{plantilla}»: la encontrarás al crear la siguiente sesión.")
            return redirect("coordinacion:plantillas", mesa.slug)
    puntos = sesion.puntos.order_by("orden")
    return _pagina_de_agenda(request, mesa, sesion, Agenda(puntos=puntos), plantilla=form)


@require_GET
@de_mesa
def plantillas(request, mesa):
    """The agendas that serve again: of the mesa and of the network."""
    contexto = {
        "mesa_actual": mesa,
        "plantillas": PlantillaDeAgenda.objects.visibles_para(request.user).para(mesa),
        "borra": registra_toda_la_mesa(request.user, mesa),
    }
    return render(request, "comites/coordinacion/agenda/plantillas.html", contexto)


@require_POST
@de_mesa
def borrar_plantilla(request, mesa, pk):
    """Take away a template of the mesa. Sessions made with it keep their agenda."""
    plantilla = get_object_or_404(PlantillaDeAgenda.objects.visibles_para(request.user).para(mesa), pk=pk)
    if not PlantillaDeAgenda.objects.editables_por(request.user).filter(pk=plantilla.pk).exists():
        raise PermissionDenied("Solo la coordinación de la mesa borra sus plantillas; las de la Red son de todas.")
    operaciones.borrar_plantilla(plantilla=plantilla)
    messages.success(request, f"Borraste la plantilla «{plantilla}».")
    return redirect(reverse("coordinacion:plantillas", args=[mesa.slug]))
