"""What the agreements put in the open data of the portal: only what an assembly consented to publish."""

from __future__ import annotations

from comites.models import Acuerdo
from comites.tablas import SEGUIMIENTO
from comun.recursos import Campo, Parametro, Recurso

ACUERDOS = Recurso(
    "acuerdos",
    "Acuerdos públicos",
    "Los acuerdos que cada asamblea consintió publicar y cómo van.",
    (
        Campo("folio", "string", "Folio del acuerdo; su página es /acuerdos/<folio>/"),
        Campo("mesa", "string", "Dirección de la mesa"),
        Campo("entidad", "string", "Entidad de la mesa"),
        Campo("origen", "string", "De qué reunión salió"),
        Campo("fecha", "date", "Día de la reunión"),
        Campo("acuerdo", "string", "Lo que se acordó"),
        Campo("producto", "string", "Lo que debe resultar"),
        Campo("responsable", "string", "Institución, persona que consintió dar su nombre, o su papel en la mesa"),
        Campo("fecha_compromiso", "date", "Día en que debe cumplirse; vacío en los anteriores al portal sin fecha"),
        Campo("verificacion", "string", "Cómo se comprueba"),
        Campo("estado", "string", "Cómo va; sin_seguimiento, si es anterior al portal y nadie lo ha seguido"),
        Campo("historico", "boolean", "Sí cuando es anterior al portal"),
        Campo("demostracion", "boolean", "Sí cuando la mesa es inventada"),
    ),
    (
        Parametro("q", "Palabras que deben estar en el acuerdo.", "seguridad"),
        Parametro("mesa", "Dirección de una mesa con acuerdos públicos.", "tampico-madero-altamira", forma=r"^[-\w]+$"),
        Parametro("estado", "Cómo va el acuerdo.", "en_proceso", tuple(Acuerdo.Estado.values)),
    ),
    "?mesa=tampico-madero-altamira",
)

SESIONES = Recurso(
    "sesiones",
    "Sesiones públicas",
    "Las sesiones que cada asamblea consintió publicar: quién sesionó, qué día y qué trató. Sin lugar ni personas.",
    (
        Campo("mesa", "string", "Dirección de la mesa"),
        Campo("entidad", "string", "Entidad de la mesa"),
        Campo("organo", "string", "Comité o tipo de asamblea"),
        Campo("numero", "integer", "Número de la sesión en su órgano"),
        Campo("anio", "integer", "Año"),
        Campo("numero_anual", "integer", "Número en ese año"),
        Campo("fecha", "date", "Día de la sesión"),
        Campo("orden_del_dia", "string", "Puntos que la asamblea consintió publicar, separados por « · »"),
        Campo("puntos_reservados", "integer", "Puntos del orden del día que no se publican"),
        Campo("acuerdos_publicos", "integer", "Acuerdos de la sesión que son públicos"),
        Campo("asientos", "integer", "Asientos ciudadanos en la lista, en múltiplos de cinco; vacío si son pocos"),
        Campo("asientos_ocupados", "integer", "De ellos, con titular o suplente; redondeados igual"),
        Campo("demostracion", "boolean", "Sí cuando la mesa es inventada"),
    ),
    (Parametro("mesa", "Dirección de una mesa.", "tampico-madero-altamira", forma=r"^[-\w]+$"),),
    "?mesa=tampico-madero-altamira",
)

RECURSOS = (ACUERDOS, SESIONES, SEGUIMIENTO)
