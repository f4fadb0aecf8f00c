"""The desk of México SOS for official files: upload one, see how its load goes, decide what to do with it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from comun import formatos
from comun.admin import SoloLectura
from indicadores import operaciones_recepciones as operaciones
from indicadores import registro, tareas
from indicadores.forms_admin import SubirArchivo, inicial_de
from indicadores.models import Control, Recepcion
from indicadores.subidas import ManejadorDeTrozos

CADA_CUANTO = 2
"""Seconds between two looks of the page at how a load goes."""

PROHIBIDO = 403


class RecepcionAdmin(SoloLectura, admin.ModelAdmin):
    """Uploads: of whoever may load figures, and of nobody else, not even to look."""

    list_display = ["archivo", "como_va", "quien", "subido", "tardo"]
    list_filter = ["estado", "tipo"]
    search_fields = ["archivos__nombre", "archivos__sha256"]
    change_list_template = "admin/indicadores/recepcion/lista.html"

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("indicadores.add_recepcion")

    def has_view_permission(self, request, obj=None):
        return self.has_add_permission(request)

    def has_module_permission(self, request):
        return self.has_add_permission(request)

    def get_queryset(self, request):
        return super().get_queryset(request).visibles_para(request.user).para_la_lista()

    @admin.display(description="archivo")
    def archivo(self, recepcion):
        return recepcion.nombres

    @admin.display(description="cómo va", ordering="estado")
    def como_va(self, recepcion):
        simulada = ", simulación" if recepcion.simular else ""
        avance = f", {recepcion.avance} %" if recepcion.estado == Recepcion.Estado.EN_CURSO else ""
        return f"{recepcion.get_estado_display()}{avance}{simulada}"

    @admin.display(description="quién")
    def quien(self, recepcion):
        return recepcion.usuario.get_short_name() if recepcion.usuario else ""

    @admin.display(description="subido", ordering="creada")
    def subido(self, recepcion):
        return f"{formatos.fecha_corta(recepcion.creada)}, {timezone.localtime(recepcion.creada):%H:%M}"

    @admin.display(description="tardó")
    def tardo(self, recepcion):
        return formatos.duracion(recepcion.tiempo) if recepcion.tiempo is not None else ""

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Archivos subidos"} | (extra_context or {}))

    def get_urls(self):
        propias = [
            path("<int:pk>/avance/", self.admin_site.admin_view(self.avance), name="indicadores_recepcion_avance"),
            path(
                "<int:pk>/<slug:accion>/hacer/",
                self.admin_site.admin_view(self.hacer),
                name="indicadores_recepcion_hacer",
            ),
        ]
        return propias + super().get_urls()

    # ── Uploading ───────────────────────────────────────────────────────────────────────

    @method_decorator(csrf_exempt)  # it is checked below, once the body has where to go
    def add_view(self, request, form_url="", extra_context=None):
        """The door comes first: nothing of the body is read of whoever may not come in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        manejador = ManejadorDeTrozos(request.user)
        request.upload_handlers = [manejador]
        with transaction.atomic():
            respuesta = self._subir(request, manejador)
            if respuesta.status_code == PROHIBIDO:  # of another site: nothing stays
                transaction.set_rollback(True)
        return respuesta

    @method_decorator(csrf_protect)
    def _subir(self, request, manejador):
        if request.method != "POST":
            previa = self._por_corregir(request, request.GET.get("recepcion"))
            inicial = inicial_de(previa) if previa else {}
            return self._formulario(request, SubirArchivo(usuario=request.user, initial=inicial), previa)
        formulario = SubirArchivo(request.POST, request.FILES, usuario=request.user, rechazados=manejador.rechazados)
        valido = formulario.is_valid()
        previa = formulario.cleaned_data.get("recepcion")
        recepcion = operaciones.quedarse_con(
            nueva=manejador.recepcion, anterior=previa, sirve=formulario.archivos_sirven
        )
        if recepcion is None and (enviada := self._ya_enviada(request)):
            return self._ir_a(request, enviada)
        if not valido:
            return self._formulario(request, formulario, recepcion)
        return self._pedir(request, formulario, recepcion)

    def _pedir(self, request, formulario, recepcion):
        try:
            pedida = tareas.recibir(recepcion=recepcion, **formulario.opciones)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.WARNING)
            return self._ir_a(request, recepcion)
        if pedida.pk == recepcion.pk:
            self.log_addition(request, pedida, f"Subió {pedida.nombres}.")
        return self._ir_a(request, pedida)

    def _por_corregir(self, request, pk):
        """The upload whose file is here already, if it is his; what is not a number is nobody's."""
        pk = pk if (pk or "").isdecimal() else None
        return Recepcion.objects.corregibles_por(request.user).filter(pk=pk).first() if pk else None

    def _ya_enviada(self, request):
        """The draft that this form asked for, if it was asked for already: the button was pressed twice."""
        pk = request.POST.get("recepcion", "")
        suyas = Recepcion.objects.filter(usuario=request.user).exclude(estado=Recepcion.Estado.BORRADOR)
        return suyas.filter(pk=pk).first() if pk.isdecimal() else None

    def _formulario(self, request, formulario, recepcion):
        titulo = "Corregir lo que se pidió" if recepcion and not formulario.is_bound else "Subir archivo"
        return self._pagina(request, "subir", titulo, formulario=formulario, recepcion=recepcion)

    def _ir_a(self, request, recepcion):
        destino = reverse("admin:indicadores_recepcion_change", args=[recepcion.pk])
        return HttpResponseClientRedirect(destino) if request.htmx else redirect(destino)

    # ── How it goes ─────────────────────────────────────────────────────────────────────

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of an upload: how it goes, how it ended, what can be done with it."""
        recepcion = self._una(request, object_id)
        if recepcion.estado == Recepcion.Estado.BORRADOR:
            return redirect(f"{reverse('admin:indicadores_recepcion_add')}?recepcion={recepcion.pk}")
        contexto = self._de_la_pagina(recepcion) | {"corregible": recepcion.usuario_id == request.user.pk}
        return self._pagina(request, "recepcion", recepcion.nombres, **contexto)

    @method_decorator(require_safe)
    def avance(self, request, pk):
        """The piece of that page that changes, for whoever has JavaScript."""
        recepcion = self._una(request, pk)
        contexto = self._de_la_pagina(recepcion) | {
            "opts": self.opts,
            "fragmento": True,
            "corregible": recepcion.usuario_id == request.user.pk,
            "dicho": request.GET.get("dicho", ""),
        }
        return TemplateResponse(request, "admin/indicadores/recepcion/_como_va.html", contexto)

    @method_decorator(require_POST)
    def hacer(self, request, pk, accion):
        """One of the buttons of that page."""
        recepcion = self._una(request, pk)
        if accion not in ACCIONES:
            raise Http404
        nombres = recepcion.nombres
        try:
            _revisar_que_se_pueda(recepcion, accion)
            recepcion = ACCIONES[accion](recepcion, request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.WARNING)
            return self._ir_a(request, recepcion)
        if accion == "descartar":
            self.log_change(request, recepcion, f"Descartó {nombres}.")
            self.message_user(request, "El archivo ya no se conserva aquí.", messages.SUCCESS)
            return redirect("admin:indicadores_recepcion_changelist")
        self.log_change(request, recepcion, f"Pidió: {accion}.")
        return self._ir_a(request, recepcion)

    def _una(self, request, pk):
        """The upload, or 403 for who may not see any, or 404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        recepcion = self.get_object(request, str(pk))
        if recepcion is None:
            raise Http404
        return recepcion

    def _de_la_pagina(self, recepcion):
        acciones = acciones_de(recepcion)
        contexto = {
            "recepcion": recepcion,
            "acciones": acciones,
            "se_conserva": bool(acciones) and recepcion.termino,
            "anuncio": recepcion.mensaje or recepcion.paso or recepcion.get_estado_display(),
            "cada": CADA_CUANTO,
            "intentos": operaciones.INTENTOS,
        }
        if not recepcion.termino:
            antes = Recepcion.objects.antes_que(recepcion).count()
            return contexto | {"antes": antes, "nadie_atiende": operaciones.nadie_atiende(recepcion)}
        return contexto | {"controles": _controles(recepcion)}

    def _pagina(self, request, plantilla, titulo, **contexto):
        comun = self.admin_site.each_context(request) | {"opts": self.opts, "title": titulo}
        return TemplateResponse(request, f"admin/indicadores/recepcion/{plantilla}.html", comun | contexto)


ACCIONES = {
    "cargar": lambda recepcion, quien: tareas.pedir(recepcion=recepcion, quien=quien, simular=False),
    "forzar": lambda recepcion, quien: tareas.pedir(recepcion=recepcion, quien=quien, forzar=True),
    "repetir": lambda recepcion, quien: tareas.pedir(recepcion=recepcion, quien=quien),
    "descartar": lambda recepcion, quien: operaciones.descartar(recepcion=recepcion) or recepcion,
}


def _revisar_que_se_pueda(recepcion, accion):
    """A button pressed twice, or in a page that has grown old."""
    if accion in dict(acciones_de(recepcion)):
        return
    if not recepcion.termino:
        raise ValidationError("Ese archivo ya se está atendiendo.")
    raise ValidationError("Eso ya no se puede hacer con este archivo: así es como terminó.")


def acciones_de(recepcion):
    """What makes sense to do with an upload while its file is here: (action, what its button says)."""
    if not Recepcion.objects.con_archivo().filter(pk=recepcion.pk).exists():
        return []
    acciones = []
    if recepcion.estado == Recepcion.Estado.LISTA and recepcion.simular:
        acciones.append(("cargar", "Cargar de verdad"))
    if recepcion.se_puede_forzar:
        acciones.append(("forzar", "Forzar la simulación" if recepcion.simular else "Cargar de todos modos (forzar)"))
    if recepcion.estado == Recepcion.Estado.INTERRUMPIDA:
        acciones.append(("repetir", "Intentar otra vez"))
    if recepcion.estado != Recepcion.Estado.EN_CURSO:
        acciones.append(("descartar", "Descartar el archivo"))
    return acciones


def _controles(recepcion):
    """The control totals that a load said, in a table like that of the loads on record."""
    dichos = recepcion.informe.get("controles", [])
    filas = [Control(anio=anio, entidad_id=entidad, total=total) for anio, entidad, total in dichos]
    return registro.controles(filas, registro.nombres_de_entidades()) if filas else None
