"""Public addresses of the network; the page of each mesa mixes apps, so the roof has it."""

from django.urls import path

from mesas import views, views_datos

publicas = [
    path("mesas/", views.mesas, name="mesas"),
    path("datos/mesas.<str:formato>", views_datos.mesas, name="datos_mesas"),
]
