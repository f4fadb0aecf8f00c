"""What PostgreSQL refused, in the words of the rule that refused it."""

from __future__ import annotations

from django.apps import apps
from django.db import DatabaseError

SIN_EXPLICACION = "La base de datos no aceptó el cambio: repite o contradice algo que ya está registrado."


def mensaje_de_la_base(error: DatabaseError) -> str:
    """Spanish message of a constraint or a trigger.

    Constraints carry their message in the model; triggers say it themselves (`RAISE EXCEPTION`).
    Anything else is PostgreSQL talking to programmers, so it is not repeated.
    """
    diagnostico = getattr(error.__cause__, "diag", None)
    if diagnostico is None:
        return SIN_EXPLICACION
    if diagnostico.source_function == "exec_stmt_raise":
        return diagnostico.message_primary
    for modelo in apps.get_models():
        for regla in modelo._meta.constraints:
            if regla.name == diagnostico.constraint_name:
                return str(regla.get_violation_error_message())
    return SIN_EXPLICACION
