"""A crime in the territory of every mesa, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from comun.multiples import Panel, multiples
from comun.tabla_ordenable import Orden
from indicadores.clasificacion import del_ultimo_lapso
from indicadores.composicion import Renglon, decimales
from indicadores.delitos import DelitoElegido
from indicadores.fichas.frases import cuando
from indicadores.fichas.lineas import QUIEBRE, eje_de, serie
from indicadores.fichas.lugares import Tabla, celdas, direccion, por_territorio, tabla
from indicadores.fichas.sellos import con_cifra, lapso_en_comun, ultimo_con_cifra
from indicadores.periodos import Periodicidad
from indicadores.territorios import Territorio


def contexto(
    delito: DelitoElegido, lugares: Sequence[Territorio], pais: Territorio, renglones: Sequence[Renglon]
) -> dict[str, Any]:
    """Small charts of the mesas that have figures and their rows, those that have none, a table of the newest year."""
    grupos: dict[str, list[Renglon]] = defaultdict(list)
    for renglon in renglones:
        grupos[renglon.territorio].append(renglon)
    con = [lugar for lugar in lugares if any(r.tasa for r in con_cifra(grupos[lugar.clave]))]
    sin = [lugar.nombre.removeprefix("Mesa ") for lugar in lugares if lugar not in con]
    suyos = [grupos[lugar.clave] for lugar in con]
    todas = con_cifra(r for grupo in suyos for r in grupo)
    referencia = lapso_en_comun(grupos[pais.clave], todas)
    digitos = decimales(todas)
    eje = eje_de(todas, Periodicidad.ANUAL) if todas else []
    ultimos = del_ultimo_lapso([r for grupo in suyos for r in grupo])
    return {
        "multiples": multiples(
            [
                Panel(
                    nombre=lugar.nombre.removeprefix("Mesa "),
                    serie=serie(grupo, eje),
                    url=direccion(delito.slug, lugar.clave),
                    detalle=_detalle(ultimo_con_cifra(grupo), digitos),
                )
                for lugar, grupo in zip(con, suyos, strict=True)
            ],
            referencia=serie(referencia, eje) if referencia else None,
            quiebres=[QUIEBRE],
            unidad=Periodicidad.ANUAL.unidad,
            decimales=digitos,
        ),
        "dibujados": [*todas, *referencia],
        "sin": sin,
        "anio": ultimos[0].periodo if ultimos else "",
        "tabla": _tabla(delito.slug, con, ultimos),
    }


def _detalle(ultimo: Renglon | None, digitos: int) -> str:
    """«En 2024: 1.2 (0.6 a 2.3)»."""
    if ultimo is None:
        return ""
    tasa, intervalo, *_ = celdas(ultimo, digitos)
    return f"{cuando(ultimo).capitalize()}: {tasa}{f', de {intervalo}' if intervalo else ''}"


def _tabla(delito: str, lugares: Sequence[Territorio], ultimos: Sequence[Renglon]) -> Tabla:
    urls = {lugar.clave: direccion(delito, lugar.clave) for lugar in lugares}
    hecha = tabla("Mesa", lugares, por_territorio(ultimos), urls)
    return Tabla(hecha.columnas, hecha.filas, hecha.escala, Orden("nombre", desciende=False))
