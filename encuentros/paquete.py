"""What the encuentros put in the open data of the portal."""

from __future__ import annotations

from comun.recursos import Campo, Parametro, Recurso

ENCUENTROS = Recurso(
    "encuentros",
    "Encuentros nacionales",
    "Fecha, sede y asistencia de cada encuentro.",
    (
        Campo("numero", "integer", "Número del encuentro"),
        Campo("nombre", "string", "Nombre del encuentro"),
        Campo("inicio", "date", "Primer día"),
        Campo("fin", "date", "Último día"),
        Campo("lugar", "string", "Sede"),
        Campo("mesa_anfitriona", "string", "Dirección de la mesa anfitriona"),
        Campo("mesas_asistentes", "integer", "Mesas que asistieron; vacío si ninguna fuente lo dice"),
        Campo("entidades_asistentes", "integer", "Entidades de esas mesas; vacío si ninguna fuente lo dice"),
        Campo("propuestas", "integer", "Propuestas que se registraron"),
        Campo("acuerdos_publicos", "integer", "Acuerdos del encuentro que son públicos"),
        Campo("fuente", "string", "De dónde salen estos datos"),
    ),
)

PROPUESTAS = Recurso(
    "propuestas",
    "Propuestas de los encuentros",
    "Lo que las mesas propusieron, por rubro.",
    (
        Campo("encuentro", "integer", "Número del encuentro"),
        Campo("rubro", "string", "Clave del rubro"),
        Campo("orden", "integer", "Lugar dentro de su rubro"),
        Campo("propuesta", "string", "Lo que se propuso"),
        Campo("mesas", "string", "Direcciones de las mesas que la propusieron, separadas por punto y coma"),
        Campo("unida_a_rubro", "string", "Rubro de la propuesta a la que se unió"),
        Campo("unida_a_orden", "integer", "Lugar de la propuesta a la que se unió"),
        Campo("acuerdo", "string", "Folio del acuerdo público en que se convirtió"),
        Campo("fuente", "string", "De dónde salen estos datos"),
    ),
    (
        Parametro("encuentro", "Número del encuentro; todos, si no se dice.", "3", forma=r"^\d+$"),
        Parametro("rubro", "Clave del rubro; todos, si no se dice.", "identidad", forma=r"^[-a-z0-9_]+$"),
    ),
    "?encuentro=3",
)

RECURSOS = (ENCUENTROS, PROPUESTAS)
