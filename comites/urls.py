"""Addresses of sessions and agreements: two lists, for the public and for the workspace."""

from django.urls import path

from comites import views, views_datos, views_reportar
from comites.views_coordinacion import (
    acuerdos,
    cascada,
    enlaces,
    evidencias,
    historia,
    mis_acuerdos,
    seguimiento,
    sesiones,
    tablero,
)

publicas = [
    path("acuerdos/", views.acuerdos, name="acuerdos"),
    path("indicadores/red/", views.seguimiento, name="seguimiento"),
    path("reportar/<str:token>/", views_reportar.reportar, name="reportar"),
    path("datos/acuerdos.<str:formato>", views_datos.acuerdos, name="datos_acuerdos"),
    path("datos/seguimiento.<str:formato>", views_datos.seguimiento, name="datos_seguimiento"),
]

coordinacion = [
    path("seguimiento/", seguimiento.red, name="seguimiento_red"),
    path("mis-acuerdos/", mis_acuerdos.mis_acuerdos, name="mis_acuerdos"),
    path("<slug:mesa>/", tablero.mesa, name="mesa"),
    path("<slug:mesa>/seguimiento/", seguimiento.mesa, name="seguimiento"),
    path("<slug:mesa>/sesiones/", sesiones.sesiones, name="sesiones"),
    path("<slug:mesa>/sesiones/nueva/", sesiones.nueva, name="sesion_nueva"),
    path("<slug:mesa>/sesiones/<int:pk>/", sesiones.sesion, name="sesion"),
    path("<slug:mesa>/sesiones/<int:pk>/datos/", sesiones.datos, name="sesion_datos"),
    path("<slug:mesa>/sesiones/<int:pk>/empezar/", sesiones.empezar, name="sesion_empezar"),
    path("<slug:mesa>/sesiones/<int:pk>/lista/", sesiones.lista, name="sesion_lista"),
    path("<slug:mesa>/sesiones/<int:pk>/lista/completar/", sesiones.completar_lista, name="lista_completar"),
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
    path("<slug:mesa>/acuerdos/<slug:folio>/avance/", historia.avance, name="acuerdo_avance"),
    path("<slug:mesa>/acuerdos/<slug:folio>/nivel/", acuerdos.nivel, name="acuerdo_nivel"),
    path("<slug:mesa>/acuerdos/<slug:folio>/publicar/", acuerdos.publicar, name="acuerdo_publicar"),
    path("<slug:mesa>/acuerdos/<slug:folio>/retirar/", acuerdos.retirar, name="acuerdo_retirar"),
    # What follows an agreement.
    path("<slug:mesa>/acuerdos/<slug:folio>/verificar/", historia.verificar, name="acuerdo_verificar"),
    path("<slug:mesa>/acuerdos/<slug:folio>/prorrogar/", historia.prorrogar, name="acuerdo_prorrogar"),
    path("<slug:mesa>/acuerdos/<slug:folio>/evidencias/nueva/", evidencias.nueva, name="evidencia_nueva"),
    path("<slug:mesa>/acuerdos/<slug:folio>/evidencias/<int:pk>/", evidencias.descargar, name="evidencia"),
    path("<slug:mesa>/acuerdos/<slug:folio>/evidencias/<int:pk>/nivel/", evidencias.nivel, name="evidencia_nivel"),
    path(
        "<slug:mesa>/acuerdos/<slug:folio>/evidencias/<int:pk>/retirar/", evidencias.retirar, name="evidencia_retirar"
    ),
    path("<slug:mesa>/acuerdos/<slug:folio>/enlaces/", enlaces.enlaces, name="enlaces"),
    path("<slug:mesa>/acuerdos/<slug:folio>/enlaces/<int:pk>/revocar/", enlaces.revocar, name="enlace_revocar"),
    path("<slug:mesa>/acuerdos/<slug:folio>/mesas/", cascada.encargar, name="acuerdo_en_mesas"),
    path("<slug:mesa>/encargos/", cascada.encargos, name="encargos"),
    path("<slug:mesa>/encargos/<int:pk>/", cascada.responder, name="encargo"),
]
