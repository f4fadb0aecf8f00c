"""The desk of México SOS for the loads: what each left on record, and taking one back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from comun.admin import AdminConArchivos, SoloLectura
from indicadores import registro
from indicadores.altas import municipios_de_los_archivos
from indicadores.models import Carga, EdicionDePoblacion
from indicadores.operaciones_cargas import NoSePuedeDeshacer, deshacer_carga, por_que_no_se_deshace
from indicadores.resources import RecursoDeCargas


class CargaAdmin(SoloLectura, AdminConArchivos):
    """Loads of crimes. They are read by whoever may see the figures, and undone by whoever may load them."""

    resource_classes = [RecursoDeCargas]
    list_display = ["archivo", "situacion", "corte", "ambito", "instrumento", "filas", "total", "cargada", "usuario"]
    list_filter = ["instrumento", "ambito"]
    list_select_related = ["usuario"]
    search_fields = ["archivo", "sha256"]
    import_export_change_list_template = "admin/indicadores/carga/lista.html"

    def get_queryset(self, request):
        # With the record, but not with what it hides from the public: who made each load.
        return Carga.objects.registro().defer(None)

    @admin.display(description="situación")
    def situacion(self, carga):
        if carga.deshecha:
            return "Deshecha"
        if carga.en_vigor:
            return "En vigor"
        return "Reemplazada" if carga.con_cifras else "Reemplazada; sus cifras ya no se conservan"

    def has_deshacer_permission(self, request):
        return request.user.has_perm("indicadores.change_carga")

    def get_urls(self):
        ver = self.admin_site.admin_view
        propias = [
            path("municipios-sin-poblacion/", ver(self.sin_poblacion), name="indicadores_carga_sin_poblacion"),
            path("<int:pk>/deshacer/", ver(self.deshacer), name="indicadores_carga_deshacer"),
        ]
        return propias + super().get_urls()

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A load with its record: file, fingerprint, who and when, totals, how they square, what the source changed."""
        carga = self._una(request, object_id, self.has_view_permission)
        entidades = registro.nombres_de_entidades()
        contexto = {
            "carga": carga,
            "situacion": self.situacion(carga),
            "controles": registro.controles(carga.controles.all(), entidades),
            "revision": registro.revision(carga, entidades),
            "por_que_no": por_que_no_se_deshace(carga),
            "puede_deshacer": self.has_deshacer_permission(request),
        }
        return self._pagina(request, "ficha", carga.archivo, **contexto)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def deshacer(self, request, pk):
        """What undoing a load would bring back, and the button that does it."""
        carga = self._una(request, pk, self.has_deshacer_permission)
        if request.method == "POST":
            return self._deshacer(request, carga)
        motivo = por_que_no_se_deshace(carga)
        contexto = {"carga": carga, "por_que_no": motivo, "regreso": None if motivo else registro.lo_que_vuelve(carga)}
        return self._pagina(request, "deshacer", "Deshacer una carga", **contexto)

    def _deshacer(self, request, carga):
        try:
            deshacer_carga(carga=carga, usuario=request.user)
        except NoSePuedeDeshacer as error:
            self.message_user(request, f"No se deshizo. {error}", messages.ERROR)
        else:
            self.log_change(request, carga, "Se deshizo.")
            self.message_user(
                request, "La carga se deshizo: el portal muestra otra vez lo que había antes.", messages.SUCCESS
            )
        return redirect("admin:indicadores_carga_change", carga.pk)

    @method_decorator(require_safe)
    def sin_poblacion(self, request):
        """Municipalities with figures that have no rate, or that came in an official file and no catalogue knew."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        contexto = {
            "edicion": EdicionDePoblacion.objects.filter(vigente=True).first(),
            "sin_poblacion": registro.municipios_sin_poblacion(),
            "dados_de_alta": municipios_de_los_archivos(),
        }
        return self._pagina(request, "sin_poblacion", "Municipios sin población", **contexto)

    def _una(self, request, pk, puede):
        if not puede(request):
            raise PermissionDenied
        carga = self.get_object(request, str(pk))
        if carga is None:
            raise Http404
        return carga

    def _pagina(self, request, plantilla, titulo, **contexto):
        comun = self.admin_site.each_context(request) | {"opts": self.opts, "title": titulo}
        return TemplateResponse(request, f"admin/indicadores/carga/{plantilla}.html", comun | contexto)
