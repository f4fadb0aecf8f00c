"""Addresses of sessions and agreements: two lists, for the public and for the workspace."""

from django.urls import path

from comites import views, views_datos
from comites.views_coordinacion import acuerdos, publicacion, seguimiento, sesiones, tablero

publicas = [
    path("acuerdos/", views.acuerdos, name="acuerdos"),
    path("sesiones/", views.sesiones, name="sesiones_publicas"),
    path("sesiones/<slug:mesa>/<slug:organo>/<int:anio>/<int:numero>/", views.sesion, name="sesion_publica"),
    path("indicadores/red/", views.seguimiento, name="seguimiento"),
    path("datos/acuerdos.<str:formato>", views_datos.acuerdos, name="datos_acuerdos"),
    path("datos/sesiones.<str:formato>", views_datos.sesiones, name="datos_sesiones"),
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
    path("<slug:mesa>/acuerdos/<slug:folio>/avance/", acuerdos.avance, name="acuerdo_avance"),
    path("<slug:mesa>/acuerdos/<slug:folio>/nivel/", acuerdos.nivel, name="acuerdo_nivel"),
    path("<slug:mesa>/acuerdos/<slug:folio>/retirar/", acuerdos.retirar, name="acuerdo_retirar"),
    # publication and reserve; the act itself is in the roof, for its preview shows figures
    path("<slug:mesa>/publicacion/", publicacion.publicacion, name="publicacion"),
    path("<slug:mesa>/publicacion/<slug:que>/<int:pk>/", publicacion.reserva, name="reserva"),
    path("<slug:mesa>/sesiones/<int:pk>/retirar/", publicacion.retirar_sesion, name="sesion_retirar"),
]
