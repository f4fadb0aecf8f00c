"""The map of the portal: each app has its lists, the roof has the pages that mix them."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from comites import urls as comites
from comites.views_coordinacion import tablero
from cuentas import urls as cuentas
from encuentros import urls as encuentros
from indicadores import urls as indicadores
from mesas import urls as mesas
from rnmsj.views import acuerdo, busqueda, datos, inicio, mesa, novedades, objetivos, publicacion, sitio

# One way in for everybody, with its limits on failed attempts and its second factor.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = admin.site.site_title = "Administración de la Red"
admin.site.index_title = "México SOS"

handler400 = "rnmsj.views.errores.peticion_invalida"

DE_UN_ACUERDO = "<slug:mesa>/acuerdos/<slug:folio>"

coordinacion = [
    *comites.coordinacion,
    path("<slug:mesa>/sesiones/<int:pk>/consentir/", publicacion.consentir, name="consentir"),
    path(f"{DE_UN_ACUERDO}/publicar/", publicacion.publicar_acuerdo, name="acuerdo_publicar"),
    path(f"{DE_UN_ACUERDO}/objetivos/", objetivos.objetivos, name="objetivos"),
    path(f"{DE_UN_ACUERDO}/objetivos/declarar/", objetivos.declarar, name="objetivo_declarar"),
    path(f"{DE_UN_ACUERDO}/objetivos/<int:pk>/retirar/", objetivos.retirar, name="objetivo_retirar"),
]

urlpatterns = [
    path("", inicio.inicio, name="inicio"),
    *mesas.publicas,
    path("mesas/<slug:slug>/", mesa.mesa, name="mesa"),
    *comites.publicas,
    path("acuerdos/<slug:folio>/", acuerdo.acuerdo, name="acuerdo"),
    *encuentros.publicas,
    *indicadores.publicas,
    path("datos/", datos.datos, name="datos"),
    path("datos/datapackage.json", datos.datapackage, name="datapackage"),
    path("datos/openapi.json", datos.openapi, name="openapi"),
    path("buscar/", busqueda.buscar, name="buscar"),
    path("novedades.atom", novedades.novedades, name="novedades"),
    path("privacidad/", sitio.privacidad, name="privacidad"),
    path("favicon.ico", sitio.favicon, name="favicon"),
    path("robots.txt", sitio.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": sitio.SITEMAPS, "template_name": "sitemap.xml"}, name="sitemap"),
    path("coordinacion/sin-conexion/", sitio.sin_conexion, name="sin_conexion"),
    path("coordinacion/sin-conexion.js", sitio.sin_conexion_js, name="sin_conexion_js"),
    path("coordinacion/", tablero.tablero, name="tablero"),
    path("coordinacion/", include((coordinacion, "coordinacion"))),
    *cuentas.cuenta,
    path("cuenta/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
