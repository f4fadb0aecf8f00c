"""The drawn signs of the portal, and which shape and tone each state wears.

A state is never colour alone: the word says it, the shape repeats it in print and for whoever does not
see the colour. Ochre is kept for what asks for attention.
"""

from __future__ import annotations

from dataclasses import dataclass

# Paths in a box of 20 × 20, drawn with a stroke.
TRAZOS: dict[str, str] = {
    "alerta": "M10 3 2 17h16L10 3zM10 8.5v4M10 14.8v.2",
    "aviso": "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 9v5M10 6v.2",
    "hecho": "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM6.5 10.2l2.5 2.5 4.7-5",
    "buscar": "M8.5 2.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM13 13l4.5 4.5",
    "descarga": "M10 3v9.5M5.5 8.5 10 13l4.5-4.5M3 17h14",
    "flecha": "M3 10h13.5M11 4.5l5.5 5.5-5.5 5.5",
    "anterior": "M17 10H3.5M9 4.5 3.5 10 9 15.5",
    "mas": "M10 3.5v13M3.5 10h13",
    "quitar": "M4.5 4.5l11 11M15.5 4.5l-11 11",
    "editar": "M3 17l1-4L13.5 3.5l3 3L7 16l-4 1zM11.5 5.5l3 3",
    "calendario": "M3 5h14v12H3zM3 9h14M7 2.5v4M13 2.5v4",
    "lugar": "M10 18s6-5.7 6-10a6 6 0 0 0-12 0c0 4.3 6 10 6 10zM10 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
    "persona": "M10 3a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3 17.5c.5-4 3.3-5.5 7-5.5s6.5 1.5 7 5.5",
    "documento": "M4.5 2.5h7l4 4v11h-11zM11.5 2.5v4h4M7.5 10.5h5M7.5 13.5h5",
    "candado": "M4 9h12v8.5H4zM6.5 9V6.5a3.5 3.5 0 0 1 7 0V9",
    "imprimir": "M5.5 7V2.5h9V7M5.5 14H3V7h14v7h-2.5M5.5 11.5h9v6h-9z",
}


@dataclass(frozen=True)
class Presentacion:
    """How a state looks: its usual word, its shape (see `_piezas/estado.html`) and its tone."""

    texto: str
    forma: str
    tono: str


ESTADOS: dict[str, Presentacion] = {
    "desconocido": Presentacion("Sin estado registrado", "anillo-punteado", "gris"),
    # mesas
    "por_instalar": Presentacion("Por instalar", "anillo-punteado", "gris"),
    "operando": Presentacion("Operando", "circulo", "teal"),
    "suspendida": Presentacion("Suspendida", "pausa", "ocre"),
    "disuelta": Presentacion("Disuelta", "tachado", "gris"),
    # the pulse of a mesa
    "con_pulso": Presentacion("Operando", "circulo", "teal"),
    "irregular": Presentacion("Irregular", "medio", "ocre"),
    "en_silencio": Presentacion("En silencio", "anillo", "ocre"),
    "recien_instalada": Presentacion("Recién instalada", "anillo-punteado", "teal"),
    "sin_pulso": Presentacion("Sin pulso que tomar", "anillo-punteado", "gris"),
    # agreements
    "pendiente": Presentacion("Pendiente", "anillo", "gris"),
    "en_proceso": Presentacion("En proceso", "medio", "teal"),
    "reportado": Presentacion("Reportado, por verificar", "rombo", "teal"),
    "cumplido": Presentacion("Cumplido", "palomita", "teal"),
    "no_cumplido": Presentacion("No cumplido", "equis", "ocre"),
    "cancelado": Presentacion("Cancelado", "tachado", "gris"),
    "sin_seguimiento": Presentacion("Sin seguimiento registrado", "anillo-punteado", "gris"),
    "vencido": Presentacion("Vencido", "triangulo", "ocre"),
    # sessions
    "borrador": Presentacion("Borrador", "anillo-punteado", "gris"),
    "convocada": Presentacion("Convocada", "anillo", "teal"),
    "en_curso": Presentacion("En curso", "medio", "teal"),
    "cerrada": Presentacion("Cerrada", "circulo", "teal"),
    "aprobada": Presentacion("Acta aprobada", "palomita", "teal"),
    # presence
    "presente": Presentacion("Presente", "circulo", "teal"),
    "suplente": Presentacion("Suplente", "medio", "teal"),
    "ausente": Presentacion("Ausente", "anillo", "ocre"),
    "justificada": Presentacion("Justificada", "rombo", "gris"),
}
