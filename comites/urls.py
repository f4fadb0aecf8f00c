"""Addresses of sessions and agreements: two lists, for the public and for the workspace."""

from django.urls import path

from comites import views, views_datos, views_verificar
from comites.views_coordinacion import actas, acuerdos, archivo, seguimiento, sesiones, tablero

publicas = [
    path("acuerdos/", views.acuerdos, name="acuerdos"),
    path("indicadores/red/", views.seguimiento, name="seguimiento"),
    path("datos/acuerdos.<str:formato>", views_datos.acuerdos, name="datos_acuerdos"),
    path("datos/seguimiento.<str:formato>", views_datos.seguimiento, name="datos_seguimiento"),
    path("verificar/", views_verificar.codigo, name="verificar_codigo"),
    path("verificar/<str:codigo>/", views_verificar.documento, name="verificar"),
    path("verificar/<str:codigo>/acta.pdf", views_verificar.acta_publica, name="acta_publica"),
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
    path("<slug:mesa>/acuerdos/<slug:folio>/publicar/", acuerdos.publicar, name="acuerdo_publicar"),
    path("<slug:mesa>/acuerdos/<slug:folio>/retirar/", acuerdos.retirar, name="acuerdo_retirar"),
    # Actas
    path("<slug:mesa>/actas/", archivo.actas, name="actas"),
    path("<slug:mesa>/actas/compiladas.pdf", archivo.compiladas, name="actas_compiladas"),
    path("<slug:mesa>/buscar/", archivo.buscar, name="buscar"),
    path("<slug:mesa>/verificabilidad/", archivo.verificabilidad, name="verificabilidad"),
    path("<slug:mesa>/sesiones/<int:pk>/acta/", actas.acta, name="acta"),
    path("<slug:mesa>/sesiones/<int:pk>/acta.pdf", actas.pdf, name="acta_pdf"),
    path("<slug:mesa>/sesiones/<int:pk>/acta-publica.pdf", actas.pdf_publico, name="acta_pdf_publico"),
    path("<slug:mesa>/sesiones/<int:pk>/acta/enviar/", actas.enviar, name="acta_enviar"),
    path("<slug:mesa>/sesiones/<int:pk>/acta/objetar/", actas.objetar, name="acta_objetar"),
    path("<slug:mesa>/sesiones/<int:pk>/acta/objeciones/<int:objecion>/", actas.responder, name="acta_responder"),
    path("<slug:mesa>/sesiones/<int:pk>/acta/adenda/", actas.adenda, name="acta_adenda"),
    path("<slug:mesa>/sesiones/<int:pk>/acta/aprobar/", actas.aprobar, name="acta_aprobar"),
    path("<slug:mesa>/acuerdos/<slug:folio>/extracto/", archivo.extracto, name="extracto"),
    path("<slug:mesa>/acuerdos/<slug:folio>/extracto.pdf", archivo.extracto_pdf, name="extracto_pdf"),
]
