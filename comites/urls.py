"""Addresses of sessions and agreements: two lists, for the public and for the workspace."""

from django.urls import path

from comites import views, views_datos
from comites.views_coordinacion import acuerdos, modo, quorum, seguimiento, sesiones, tablero

publicas = [
    path("acuerdos/", views.acuerdos, name="acuerdos"),
    path("indicadores/red/", views.seguimiento, name="seguimiento"),
    path("datos/acuerdos.<str:formato>", views_datos.acuerdos, name="datos_acuerdos"),
    path("datos/seguimiento.<str:formato>", views_datos.seguimiento, name="datos_seguimiento"),
]

coordinacion = [
    path("seguimiento/", seguimiento.red, name="seguimiento_red"),
    path("<slug:mesa>/", tablero.mesa, name="mesa"),
    path("<slug:mesa>/seguimiento/", seguimiento.mesa, name="seguimiento"),
    path("<slug:mesa>/sesiones/", sesiones.sesiones, name="sesiones"),
    path("<slug:mesa>/sesiones/nueva/", sesiones.nueva, name="sesion_nueva"),
    path("<slug:mesa>/sesiones/<int:pk>/", sesiones.sesion, name="sesion"),
    path("<slug:mesa>/sesiones/<int:pk>/datos/", sesiones.datos, name="sesion_datos"),
    path("<slug:mesa>/sesiones/<int:pk>/empezar/", sesiones.empezar, name="sesion_empezar"),
    path("<slug:mesa>/sesiones/<int:pk>/descartar/", sesiones.descartar, name="sesion_descartar"),
    path("<slug:mesa>/sesiones/<int:pk>/puntos/", sesiones.agregar_punto, name="punto_nuevo"),
    path("<slug:mesa>/sesiones/<int:pk>/puntos/<int:orden>/", sesiones.punto, name="punto"),
    path("<slug:mesa>/sesiones/<int:pk>/cerrar/", sesiones.cerrar, name="sesion_cerrar"),
    path("<slug:mesa>/sesiones/<int:pk>/nivel/", sesiones.nivel, name="sesion_nivel"),
    path("<slug:mesa>/sesiones/<int:pk>/acuerdos/nuevo/", acuerdos.nuevo, name="acuerdo_nuevo"),
    path("<slug:mesa>/acuerdos/", acuerdos.acuerdos, name="acuerdos"),
    path("<slug:mesa>/acuerdos/<slug:folio>/", acuerdos.acuerdo, name="acuerdo"),
    path("<slug:mesa>/acuerdos/<slug:folio>/corregir/", acuerdos.corregir, name="acuerdo_corregir"),
    path("<slug:mesa>/acuerdos/<slug:folio>/quitar/", acuerdos.quitar, name="acuerdo_quitar"),
    path("<slug:mesa>/acuerdos/<slug:folio>/avance/", acuerdos.avance, name="acuerdo_avance"),
    path("<slug:mesa>/acuerdos/<slug:folio>/nivel/", acuerdos.nivel, name="acuerdo_nivel"),
    path("<slug:mesa>/acuerdos/<slug:folio>/publicar/", acuerdos.publicar, name="acuerdo_publicar"),
    path("<slug:mesa>/acuerdos/<slug:folio>/retirar/", acuerdos.retirar, name="acuerdo_retirar"),
    # A session while it meets, on a phone
    path("<slug:mesa>/quorum/", quorum.quorum, name="quorum"),
    path("<slug:mesa>/sesiones/<int:pk>/modo/", modo.modo, name="modo"),
    path("<slug:mesa>/sesiones/<int:pk>/modo/lista/", modo.lista, name="modo_lista"),
    path("<slug:mesa>/sesiones/<int:pk>/modo/pulso/", modo.pulso, name="modo_pulso"),
    path("<slug:mesa>/sesiones/<int:pk>/modo/anotar/<slug:que>/", modo.anotar, name="modo_anotar"),
]
