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

RECURSOS = (ACUERDOS, SEGUIMIENTO)
