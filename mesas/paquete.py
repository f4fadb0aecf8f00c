"""What the mesas put in the open data of the portal."""

from __future__ import annotations

from comun.recursos import Campo, Recurso

MESAS = Recurso(
    "mesas",
    "Mesas de la Red",
    "Cada mesa con su entidad, sus municipios y su estado, al día de hoy.",
    (
        Campo("slug", "string", "Dirección de la mesa; como territorio de las tasas, mesa:<dirección>"),
        Campo("nombre", "string", "Nombre de la mesa"),
        Campo("entidad", "string", "Entidad de su sede"),
        Campo("clave_entidad", "string", "Clave INEGI de la entidad, dos dígitos"),
        Campo("estado", "string", "por_instalar, operando, suspendida o disuelta; vacío si ninguna fuente lo dice"),
        Campo("estado_desde", "date", "Día desde el que está así; vacío si ninguna fuente lo dice"),
        Campo("estado_precision", "string", "Hasta dónde se conoce esa fecha: dia, mes, anio o a_mas_tardar"),
        Campo("municipios", "string", "Municipios que cubre, separados por punto y coma"),
        Campo("claves", "string", "Sus claves INEGI de cinco dígitos, separadas por punto y coma"),
        Campo("cobertura_inferida", "boolean", "Sí cuando algún municipio se dedujo del nombre de la mesa"),
        Campo("demostracion", "boolean", "Sí cuando la mesa es inventada"),
    ),
)

RECURSOS = (MESAS,)
