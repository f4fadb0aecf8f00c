"""Public addresses of the figures."""

from django.urls import path, register_converter

from indicadores import views, views_cargas, views_datos, views_explorador, views_graficas, views_lugares


class DireccionDeDelito:
    """A crime by its address, or a modalidad after its subtipo: `homicidio-doloso:con-arma-de-fuego`."""

    regex = r"[-a-z0-9_]+(?::[-a-z0-9_]+)?"

    def to_python(self, valor: str) -> str:
        """As it comes."""
        return valor

    def to_url(self, valor: str) -> str:
        """As it goes."""
        return valor


register_converter(DireccionDeDelito, "delito")

publicas = [
    path("indicadores/", views_explorador.indicadores, name="indicadores"),
    path("indicadores/metodologia/", views.metodologia, name="metodologia"),
    path("indicadores/territorios/", views_explorador.territorios, name="indicadores_territorios"),
    path("indicadores/incrustar/", views_graficas.incrustar, name="indicadores_incrustar"),
    path("indicadores/grafica.<str:formato>", views_graficas.grafica, name="indicador_grafica"),
    path("indicadores/<delito:delito>/", views_explorador.indicador, name="indicador"),
    path("indicadores/<delito:delito>/mapa/", views_lugares.mapa, name="indicador_mapa"),
    path("indicadores/<delito:delito>/clasificacion/", views_lugares.clasificacion, name="indicador_clasificacion"),
    path("indicadores/<delito:delito>/mesas/", views_lugares.mesas, name="indicador_mesas"),
    path("datos/cargas/", views_cargas.cargas, name="cargas"),
    path("datos/cargas/<int:pk>/", views_cargas.carga, name="carga"),
    path("datos/tasas.<str:formato>", views_datos.tasas, name="datos_tasas"),
    path("datos/incidencia.<str:formato>", views_datos.incidencia, name="datos_incidencia"),
    path("datos/poblacion.<str:formato>", views_datos.poblacion, name="datos_poblacion"),
    path("datos/revisiones.<str:formato>", views_cargas.datos_revisiones, name="datos_revisiones"),
]
