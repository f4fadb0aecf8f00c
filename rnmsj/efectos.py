"""What rates did around an agreement, as `comites/_efectos.html` draws it."""

from __future__ import annotations

from typing import Any

from comites.models import Acuerdo
from indicadores import fichas
from indicadores.efectos import COLUMNAS, NO_PRUEBA, POR_QUE_NO_PRUEBA
from indicadores.models import Carga
from indicadores.objetivos import con_efectos


def efectos_de(acuerdo: Acuerdo, objetivos: Any) -> dict[str, object]:
    """Each objective with its figures, and the seal of all of them."""
    medidos = con_efectos(acuerdo, objetivos)
    renglones = [renglon for medido in medidos if medido.efecto for renglon in medido.efecto.renglones]
    cargas = Carga.objects.publicas().de_renglones(renglones) if renglones else []
    return {
        "efectos": medidos,
        "columnas_de_efecto": COLUMNAS,
        "no_prueba": NO_PRUEBA,
        "por_que_no_prueba": POR_QUE_NO_PRUEBA,
        "sello": fichas.sello(renglones, cargas),
    }
