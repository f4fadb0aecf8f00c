"""Public addresses of the figures."""

from django.urls import path

from indicadores import views, views_datos

publicas = [
    path("indicadores/", views.indicadores, name="indicadores"),
    path("indicadores/<slug:delito>/", views.indicador, name="indicador"),
    path("datos/", views.datos, name="datos"),
    path("datos/datapackage.json", views_datos.datapackage, name="datapackage"),
    path("datos/tasas.<str:formato>", views_datos.tasas, name="datos_tasas"),
    path("datos/poblacion.<str:formato>", views_datos.poblacion, name="datos_poblacion"),
]
