"""Addresses of sessions and agreements: two lists, for the public and for the workspace."""

from django.urls import path

from comites import views, views_datos
from comites.views_coordinacion import acuerdos, conjuntas, preparacion, seguimiento, sesiones, tablero

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
    path("<slug:mesa>/sesiones/nueva/", preparacion.nueva, name="sesion_nueva"),
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
    path("<slug:mesa>/acuerdos/<slug:folio>/publicar/", acuerdos.publicar, name="acuerdo_publicar"),
    path("<slug:mesa>/acuerdos/<slug:folio>/retirar/", acuerdos.retirar, name="acuerdo_retirar"),
    # Before the session: agenda, its templates, and mesas that meet together.
    path("<slug:mesa>/plantillas/", preparacion.plantillas, name="plantillas"),
    path("<slug:mesa>/plantillas/<int:pk>/borrar/", preparacion.borrar_plantilla, name="plantilla_borrar"),
    path("<slug:mesa>/sesiones/<int:pk>/agenda/", preparacion.agenda, name="agenda"),
    path("<slug:mesa>/sesiones/<int:pk>/agenda/traer/", preparacion.traer, name="agenda_traer"),
    path("<slug:mesa>/sesiones/<int:pk>/agenda/plantilla/", preparacion.guardar_plantilla, name="plantilla_guardar"),
    path("<slug:mesa>/sesiones/<int:pk>/conjunta/", conjuntas.conjunta, name="conjunta"),
    path("<slug:mesa>/sesiones/<int:pk>/conjunta/retirar/", conjuntas.retirar, name="conjunta_retirar"),
    path("<slug:mesa>/invitaciones/<int:pk>/", conjuntas.invitacion, name="invitacion"),
]
