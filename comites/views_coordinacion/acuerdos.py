"""An agreement: recorded, reported, published, withdrawn."""

from contextlib import suppress
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comites import operaciones_acuerdos as operaciones
from comites.asientos import asientos
from comites.choques import conciliar
from comites.forms import DatosDeAcuerdo
from comites.forms_publicacion import Retiro, quien_puede_leer
from comites.forms_seguimiento import NuevoAvance
from comites.historia import historia_de
from comites.models import Acuerdo
from comites.operaciones_publicacion import cambiar_nivel, retirar_publicacion
from comites.pagina_de_acuerdo import mirada_de
from comites.permisos import (
    acuerdo_publicable,
    acuerdo_registrable,
    acuerdo_visible,
    sesion_registrable,
)
from comites.permisos_seguimiento import impedimento_de_usuario
from comites.publico import ficha_publica
from comites.views_coordinacion.puerta import de_mesa
from comun.formatos import enumerar

POR_HOJA = 30


@require_GET
@de_mesa
def acuerdos(request, mesa):
    """All the agreements of the mesa that the user may read, and those that others share with the network."""
    estado = request.GET.get("estado", "")
    visibles = Acuerdo.objects.visibles_para(request.user).filtrar(estado=estado).con_contexto().por_fecha()
    de_otras, mas_de_otras = _hoja(visibles.compartidos_con(mesa), request.GET.get("red", ""))
    contexto = {
        "mesa_actual": mesa,
        "page_obj": Paginator(visibles.de_mesa(mesa), POR_HOJA).get_page(request.GET.get("page")),
        "compartidos": de_otras,
        "mas_compartidos": mas_de_otras,
        "estado": estado,
        "estados": Acuerdo.Estado.choices,
        "consulta": f"{urlencode({'estado': estado})}&",
    }
    return render(request, "comites/coordinacion/acuerdos.html", contexto)


def _hoja(filas, cual):
    """The rows of that page and the number of the next, if there is one: how many there are is not counted, for
    they are those of the whole network."""
    numero = int(cual) if cual.isdecimal() and 0 < len(cual) < 5 else 1
    hasta = max(numero, 1) * POR_HOJA
    hoja = list(filas[hasta - POR_HOJA : hasta + 1])
    return hoja[:POR_HOJA], max(numero, 1) + 1 if len(hoja) > POR_HOJA else None


@require_http_methods(["GET", "POST"])
@de_mesa
def nuevo(request, mesa, pk):
    """Record an agreement of a session."""
    sesion = sesion_registrable(request.user, mesa, pk)
    form = DatosDeAcuerdo(request.POST or None, sesion=sesion, asientos=asientos(sesion))
    if form.is_valid():
        try:
            acuerdo = operaciones.registrar_acuerdo(sesion=sesion, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            _avisar(request, acuerdo)
            return redirect(f"{sesion.get_absolute_url()}#acuerdos")
    return render(
        request, "comites/coordinacion/acuerdo_form.html", {"mesa_actual": mesa, "sesion": sesion, "form": form}
    )


def _avisar(request, acuerdo):
    """Say that it was kept, what the closing will ask for, and a hint on the verb."""
    faltas = acuerdo.lo_que_falta()
    pendiente = f" Antes de cerrar le falta {enumerar(faltas)}." if faltas else ""
    messages.success(request, f"Guardamos el acuerdo {acuerdo.folio}.{pendiente}")
    if vago := acuerdo.verbo_vago:
        messages.info(request, f"«{vago.capitalize()}» es difícil de comprobar. ¿Hay un verbo que diga qué se entrega?")


@require_http_methods(["GET", "POST"])
@de_mesa
def corregir(request, mesa, folio):
    """Complete or correct an agreement while its session is open."""
    acuerdo = acuerdo_registrable(request.user, mesa, folio)
    if acuerdo.sesion.esta_cerrada:
        messages.error(request, "La sesión está cerrada: el acuerdo ya no se corrige, se reporta su avance.")
        return redirect("coordinacion:acuerdo", mesa.slug, folio)
    form = DatosDeAcuerdo(
        request.POST or None, instance=acuerdo, sesion=acuerdo.sesion, asientos=asientos(acuerdo.sesion)
    )
    contexto = {"mesa_actual": mesa, "sesion": acuerdo.sesion, "acuerdo": acuerdo, "form": form}
    if form.is_valid():
        try:
            acuerdo = operaciones.corregir_acuerdo(acuerdo=acuerdo, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
            contexto["diferencias"] = conciliar(form, error)
        else:
            _avisar(request, acuerdo)
            return redirect(f"{acuerdo.sesion.get_absolute_url()}#acuerdos")
    return render(request, "comites/coordinacion/acuerdo_form.html", contexto)


@require_POST
@de_mesa
def quitar(request, mesa, folio):
    """Take out an agreement recorded by mistake."""
    acuerdo = acuerdo_registrable(request.user, mesa, folio)
    try:
        operaciones.quitar_acuerdo(acuerdo=acuerdo)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Quitaste el acuerdo «{acuerdo.accion}».")
    return redirect(acuerdo.sesion)


@require_GET
@de_mesa
def acuerdo(request, mesa, folio):
    """An agreement with its whole history."""
    return pagina_de_acuerdo(request, mesa, acuerdo_visible(request.user, mesa, folio))


def pagina_de_acuerdo(request, mesa, acuerdo, *, form=None, nivel=None):
    """The page of an agreement; `form` is a report of progress that did not pass, `nivel` a change of level."""
    mirada = mirada_de(request.user, acuerdo, mesa)
    impedimento = impedimento_de_usuario(request.user, acuerdo)
    puede_algo = mirada.responde or mirada.registra
    contexto = {
        "mesa_actual": mesa,
        "acuerdo": acuerdo,
        "ficha": None if mirada.es_de_casa else ficha_publica(acuerdo),
        "es_de_casa": mirada.es_de_casa,
        "comparten": mirada.comparten,
        "historia": historia_de(acuerdo, request.user),
        "registra": mirada.registra,
        "puede_agregar": acuerdo.sesion.esta_cerrada and (puede_algo or impedimento is None),
        "puede_verificar": mirada.registra or impedimento is None,
        "impedimento": impedimento,
        "nivel": nivel or quien_puede_leer(acuerdo),
        "publica": mirada.publica,
        "se_ve": mirada.se_ve,
        "ajenos": mirada.ajenos,
        **_actos(acuerdo),
        "faltas": [] if acuerdo.historico else acuerdo.lo_que_falta(),
        "vencido": acuerdo.vencido_en(timezone.localdate()),
    }
    if puede_algo:
        contexto["form"] = form or NuevoAvance(
            acuerdo=acuerdo, responde=mirada.responde, initial={"fecha": timezone.localdate()}
        )
    return render(request, "comites/coordinacion/acuerdo.html", contexto)


def _actos(acuerdo):
    """The act that makes it public today, and those that were withdrawn."""
    actos = list(acuerdo.actos.select_related("punto__sesion"))
    hoy = timezone.localdate()
    return {
        "acto": next((acto for acto in actos if acto.vigente_en(hoy)), None),
        "pasados": [acto for acto in actos if acto.revocado_el],
    }


@require_http_methods(["GET", "POST"])
@de_mesa
def retirar(request, mesa, folio):
    """Withdraw what is public, everywhere at once."""
    acuerdo = acuerdo_publicable(request.user, mesa, folio)
    acto = acuerdo.actos.filter(revocado_el__isnull=True).first()
    form = Retiro(request.POST or None)
    if acto is None:
        messages.info(request, "Este acuerdo no es público.")
        return redirect("coordinacion:acuerdo", mesa.slug, folio)
    if form.is_valid():
        with suppress(ValidationError):  # somebody else withdrew it a moment ago: it is done
            retirar_publicacion(acto=acto, **form.cleaned_data)
        messages.success(request, "El acuerdo ya no es público en ninguna parte.")
        return redirect("coordinacion:acuerdo", mesa.slug, folio)
    volver = reverse("coordinacion:acuerdo", args=[mesa.slug, folio])
    contexto = {"mesa_actual": mesa, "que": acuerdo.accion, "form": form, "volver": volver}
    return render(request, "comites/coordinacion/retirar.html", contexto)


@require_POST
@de_mesa
def nivel(request, mesa, folio):
    """Change who may read the agreement, open or closed."""
    acuerdo = acuerdo_registrable(request.user, mesa, folio)
    form = quien_puede_leer(acuerdo, request.POST)
    if form.is_valid():
        try:
            cambiar_nivel(fila=acuerdo, **form.cleaned_data)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Cambiamos quién puede leer el acuerdo.")
            return redirect("coordinacion:acuerdo", mesa.slug, folio)
    return pagina_de_acuerdo(request, mesa, acuerdo, nivel=form)
