"""Addresses of the national meetings."""

from django.urls import path

from encuentros import views, views_datos

publicas = [
    path("encuentros/", views.encuentros, name="encuentros"),
    path("encuentros/<int:numero>/", views.encuentro, name="encuentro"),
    path("datos/encuentros.<str:formato>", views_datos.encuentros, name="datos_encuentros"),
    path("datos/propuestas.<str:formato>", views_datos.propuestas, name="datos_propuestas"),
]
