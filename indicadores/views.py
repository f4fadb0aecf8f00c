"""Public pages of the figures."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from indicadores import fichas, paquete
from indicadores.delitos import DelitoDesconocido, buscar, catalogo
from indicadores.forms import EleccionForm
from indicadores.indice import indice
from indicadores.models import Alcance, Carga
from indicadores.periodos import Periodicidad
from indicadores.series import componer_todas
from indicadores.territorios import NACIONAL, nacional

PORTADA = "homicidio-doloso"
"""Crime that opens the index: the one with the least unreported cases."""


@require_safe
def indicadores(request):
    """`/indicadores/`: what is measured, how, and every crime with figures in the official order."""
    delitos = catalogo()
    renglones = []
    if PORTADA in delitos:
        renglones = list(componer_todas([nacional()], [delitos[PORTADA]], Periodicidad.ANUAL))
    contexto = {
        "grupos": indice(delitos),
        "portada": delitos.get(PORTADA),
        "ultimo": fichas.ultimo_con_cifra(renglones),
        "grafica": fichas.dibujar("Homicidio doloso en México, por año", renglones, [], Periodicidad.ANUAL),
        "sello": fichas.sello(renglones, Carga.objects.publicas().de_renglones(renglones)),
        "cargas": Carga.objects.publicas(),
        "csv_url": f"{reverse('datos_tasas', args=['csv'])}?{urlencode({'delito': PORTADA})}",
    }
    return render(request, "indicadores/indicadores.html", contexto)


@require_safe
def indicador(request, delito):
    """`/indicadores/<delito>/`: a crime in a place, with all that is needed to defend the figure."""
    todos = catalogo()
    if not todos:
        return render(request, "indicadores/sin_cifras.html")
    try:
        elegido = buscar(todos, delito)
    except DelitoDesconocido as error:
        raise Http404 from error
    por_municipio = Alcance.objects.vigentes().municipales().de_subtipos(elegido.todos_los_subtipos).exists()
    eleccion = EleccionForm(request.GET, por_municipio=por_municipio)
    valida = eleccion.is_valid()
    lugar = eleccion.cleaned_data.get("territorio") or nacional()
    periodicidad = eleccion.cleaned_data.get("periodicidad") or Periodicidad.ANUAL
    lugares = [lugar] if lugar.clave == NACIONAL else [lugar, nacional()]
    renglones = list(componer_todas(lugares, [elegido], periodicidad))
    cargas = Carga.objects.publicas().de_renglones(renglones)
    contexto = fichas.ficha(elegido, lugar, periodicidad, renglones, cargas, eleccion.entidades)
    contexto |= {"eleccion": eleccion, "por_municipio": por_municipio}
    return render(request, "indicadores/indicador.html", contexto, status=200 if valida else 400)


@require_safe
def datos(request):
    """`/datos/`: every dataset of the portal, in words."""
    contexto = {"recursos": paquete.recursos(), "cargas": Carga.objects.publicas()}
    return render(request, "indicadores/datos.html", contexto)
