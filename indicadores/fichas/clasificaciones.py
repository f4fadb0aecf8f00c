"""The ranking of places as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from comun.formatos import numero
from comun.intervalos import escala
from comun.tabla_ordenable import Columna, Fila, Orden
from indicadores.clasificacion import Clasificacion
from indicadores.composicion import Renglon, decimales
from indicadores.fichas.lugares import Tabla, celdas, columnas, direccion, intervalo, llaves
from indicadores.territorios import Territorio

TITULOS = {"entidades": "Entidad", "municipios": "Municipio", "mesas": "Mesa"}


def tabla(ambito: str, hecha: Clasificacion, delito: str) -> Tabla:
    """The places in order, with their rank."""
    suyos = [posicion.renglon for posicion in hecha.posiciones]
    medida = escala([intervalo(r) for r in suyos])
    digitos = decimales(hecha.con_tasa)
    nombre, *otras = columnas(TITULOS[ambito])
    filas = [
        Fila(
            celdas=[r.nombre, f"{posicion.lugar}{' (empate)' if posicion.empatada else ''}", *celdas(r, digitos)],
            llaves=llaves(r.nombre, r) | {"lugar": lugar},
            url=direccion(delito, r.territorio),
            dibujo=barra,
        )
        for lugar, (posicion, r, barra) in enumerate(zip(hecha.posiciones, suyos, medida.barras, strict=True))
    ]
    return Tabla([nombre, Columna("Lugar", "lugar", num=True), *otras], filas, medida, Orden("lugar", desciende=False))


def aparte(
    hecha: Clasificacion, lugares: Iterable[Territorio], renglones: Mapping[str, Renglon]
) -> list[tuple[str, Sequence[str]]]:
    """Those left out of the order: the reason, and who with what figure."""
    digitos = decimales(hecha.con_tasa)
    sin_renglon = [lugar.nombre for lugar in lugares if lugar.clave not in renglones]
    grupos = (
        ("Con tasa inestable: menos de 20 carpetas", [_con_tasa(r, digitos) for r in hecha.inestables]),
        (f"Con menos de {numero(hecha.minimo_poblacion)} habitantes", [_con_tasa(r, digitos) for r in hecha.fuera]),
        ("Con cifra de solo una parte de su territorio", [_con_tasa(r, digitos) for r in hecha.parciales]),
        ("Sin tasa en ese año", [*(r.nombre for r in hecha.sin_dato), *sin_renglon]),
    )
    return [(motivo, quienes) for motivo, quienes in grupos if quienes]


def _con_tasa(r: Renglon, digitos: int) -> str:
    """«Tampico, Tamaulipas: 0.7 (2 carpetas)»."""
    tasa = numero(r.tasa.valor, digitos) if r.tasa else "sin tasa"
    parte = f"; {r.parte_cubierta}" if r.parte_cubierta else ""
    return f"{r.nombre}: {tasa} ({numero(r.carpetas)} carpeta{'' if r.carpetas == 1 else 's'}{parte})"
