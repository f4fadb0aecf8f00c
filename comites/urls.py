"""Addresses of sessions and agreements: two lists, for the public and for the workspace."""

from django.urls import path

from comites import views, views_datos
from comites.views_coordinacion import (
    acuerdos,
    avisos,
    calendario,
    cifras,
    convocatoria,
    correos,
    relevos,
    seguimiento,
    sesiones,
    tablero,
)

publicas = [
    path("acuerdos/", views.acuerdos, name="acuerdos"),
    path("indicadores/red/", views.seguimiento, name="seguimiento"),
    path("avisos/<str:firma>/", avisos.por_correo, name="avisos_por_correo"),
    path("datos/acuerdos.<str:formato>", views_datos.acuerdos, name="datos_acuerdos"),
    path("datos/seguimiento.<str:formato>", views_datos.seguimiento, name="datos_seguimiento"),
    path("calendario/<str:clave>.ics", calendario.calendario, name="calendario"),
]

coordinacion = [
    # The call, and what has no mesa in its address: it goes before the mesas.
    path("calendario/", calendario.mi_calendario, name="mi_calendario"),
    path("calendario/renovar/", calendario.renovar, name="calendario_renovar"),
    path("calendario/revocar/", calendario.revocar, name="calendario_revocar"),
    path("correos/", correos.correos, name="correos"),
    path("correos/<int:pk>/", correos.correo, name="correo"),
    path("correos/<int:pk>/adjuntos/<int:numero>/", correos.adjunto, name="correo_adjunto"),
    path("<slug:mesa>/sesiones/<int:pk>/convocatoria/", convocatoria.convocatoria, name="convocatoria"),
    path("<slug:mesa>/sesiones/<int:pk>/convocatoria/enviar/", convocatoria.convocar, name="convocar"),
    path("<slug:mesa>/sesiones/<int:pk>/convocatoria/avisar/", convocatoria.avisar, name="convocatoria_avisar"),
    path("<slug:mesa>/sesiones/<int:pk>/convocatoria/cancelar/", convocatoria.cancelar, name="convocatoria_cancelar"),
    path(
        "<slug:mesa>/sesiones/<int:pk>/convocatoria/<slug:quien>/correo/",
        convocatoria.contacto,
        name="convocatoria_contacto",
    ),
    path(
        "<slug:mesa>/sesiones/<int:pk>/convocatoria/<slug:quien>/reenviar/",
        convocatoria.reenviar,
        name="convocatoria_reenviar",
    ),
    path("seguimiento/", seguimiento.red, name="seguimiento_red"),
    path("seguimiento/cifras.csv", cifras.red_csv, name="seguimiento_red_csv"),
    path("avisos/", avisos.mios, name="avisos"),
    path("<slug:mesa>/", tablero.mesa, name="mesa"),
    path("<slug:mesa>/seguimiento/", seguimiento.mesa, name="seguimiento"),
    path("<slug:mesa>/seguimiento/cifras.csv", cifras.mesa_csv, name="seguimiento_csv"),
    path("<slug:mesa>/seguimiento/instituciones/", cifras.instituciones, name="instituciones"),
    path("<slug:mesa>/relevos/", relevos.relevos, name="relevos"),
    path("<slug:mesa>/relevos/<int:pk>/", relevos.periodo, name="relevo_periodo"),
    path("<slug:mesa>/relevos/instituciones/<int:pk>/expediente.pdf", relevos.expediente, name="expediente"),
    path("<slug:mesa>/frecuencias/", cifras.frecuencias, name="frecuencias"),
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
    path("<slug:mesa>/acuerdos/<slug:folio>/publicar/", acuerdos.publicar, name="acuerdo_publicar"),
    path("<slug:mesa>/acuerdos/<slug:folio>/retirar/", acuerdos.retirar, name="acuerdo_retirar"),
]
