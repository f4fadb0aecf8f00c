"""The explorer: a crime, some places, a span and a kind of rate, all of it in the address."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comun.tabla_ordenable import pagina_ordenada
from indicadores.busqueda import buscar_territorios
from indicadores.consultas import DELITO_DE_ENTRADA, MAXIMO_EN_UNA_GRAFICA, leer_eleccion
from indicadores.delitos import DelitoDesconocido, buscar, catalogo
from indicadores.fichas import controles, explorador
from indicadores.forms import ExploradorForm
from indicadores.indice import indice
from indicadores.models import Carga
from indicadores.periodos import Periodicidad
from indicadores.series import componer_todas
from indicadores.territorios import ENTIDADES, nacional

DE_UNA_ELECCION = ("delito", "territorio", "periodicidad", "desde", "hasta", "contra", "busca")
FILAS_POR_PAGINA = 24
HALLAZGOS = 8


@require_safe
def indicadores(request):
    """`/indicadores/`: what is measured and how; with a choice in the address, what was chosen."""
    todos = catalogo()
    limpia = controles.limpiar(request.GET, todos)
    if limpia is not None:
        return redirect(f"{request.path}?{limpia.urlencode(safe=':')}" if limpia else request.path)
    if todos and any(nombre in request.GET for nombre in DE_UNA_ELECCION):
        return _explorar(request, leer_eleccion(request.GET, todos, ademas=ENTIDADES), todos)
    return render(request, "indicadores/indicadores.html", _portada(request, todos))


@require_safe
def indicador(request, delito):
    """`/indicadores/<delito>/`: the explorer opened on a crime."""
    todos = catalogo()
    if not todos:
        return render(request, "indicadores/sin_cifras.html")
    try:
        elegido = buscar(todos, delito)
    except DelitoDesconocido as error:
        raise Http404 from error
    parametros = request.GET.copy()
    parametros.setlist("delito", [elegido.slug])
    return _explorar(request, leer_eleccion(parametros, todos, ademas=ENTIDADES), todos, h1=elegido.nombre)


@require_safe
def territorios(request):
    """`/indicadores/territorios/`: the places that answer to a name, with the links that add them to the choice."""
    eleccion = leer_eleccion(request.GET)
    return render(request, "indicadores/_hallazgos.html", _hallazgos(request, eleccion))


def _explorar(request, eleccion, todos, h1=""):
    """The page of a choice: what is right of it is drawn, what is wrong is said."""
    buscado = _hallazgos(request, eleccion)
    # Whoever is choosing a place from what was found sees the agreements on the next page: six queries are enough.
    ficha = explorador.leer_ficha(eleccion, con_acuerdos=not buscado["candidatos"])
    contexto = {
        "ficha": ficha,
        "delito": ficha.delito,
        "h1": h1,
        "eleccion": ExploradorForm(request.GET, eleccion=eleccion, delitos=todos.values()),
        "elegidos": controles.elegidos(eleccion),
        "juntar": controles.juntar(eleccion),
        "caben": len(eleccion.lugares) < MAXIMO_EN_UNA_GRAFICA,
        "salidas": _salidas(request, eleccion),
        **buscado,
        **_tabla(request, ficha),
    }
    return render(request, "indicadores/explorador.html", contexto, status=400 if eleccion.errores else 200)


def _portada(request, todos):
    """The starting state: the crime that opens the index, every crime with figures and the files behind them."""
    eleccion = leer_eleccion(request.GET, todos, ademas=ENTIDADES)
    cargas = list(Carga.objects.publicas())
    contexto = {
        "grupos": indice(todos),
        "cargas": cargas,
        "eleccion": ExploradorForm(request.GET, eleccion=eleccion, delitos=todos.values()),
        "elegidos": controles.elegidos(eleccion) if request.GET else [],
        "caben": True,
    }
    if DELITO_DE_ENTRADA in todos:
        renglones = list(componer_todas([nacional()], [todos[DELITO_DE_ENTRADA]], Periodicidad.ANUAL))
        contexto |= {"ficha": explorador.Ficha(eleccion, renglones, cargas), "salidas": controles.datos(eleccion)}
    return contexto


def _hallazgos(request, eleccion):
    """What the search of a place found; an error of the address is what was searched, for the reader to mend it."""
    buscado = request.GET.get("busca", "")
    hallazgos = buscar_territorios(buscado, HALLAZGOS) if buscado.strip() else []
    return {"buscado": buscado, "candidatos": controles.candidatos(eleccion, hallazgos)}


def _salidas(request, eleccion):
    """Addresses of the same choice as data, as a picture and as a piece of another page."""
    consulta = controles.de_las_cifras(eleccion)
    salidas = controles.datos(eleccion) | {
        formato: f"{reverse('indicador_grafica', args=[formato])}?{consulta}" for formato in ("svg", "png")
    }
    salidas["incrustar"] = request.build_absolute_uri(f"{reverse('indicadores_incrustar')}?{consulta}")
    salidas["canonica"] = request.build_absolute_uri(controles.direccion(eleccion))
    return salidas


def _tabla(request, ficha):
    """The table behind the chart, in the order asked for, a page of it at a time."""
    varios = len(ficha.eleccion.lugares) > 1
    columnas = explorador.columnas(ficha.eleccion.periodicidad, varios=varios)
    filas = explorador.por_ordenar(ficha.propios)
    contexto = pagina_ordenada(request.GET, columnas, filas, explorador.DE_ENTRADA, FILAS_POR_PAGINA)
    pagina = contexto["page_obj"]
    pagina.object_list = explorador.escribir(pagina.object_list, ficha.decimales, varios=varios)
    return contexto
