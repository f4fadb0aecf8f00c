"""The second key of an agreement: somebody else of the mesa looks at what was reported."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from comites.models import Acuerdo, Avance, Sesion
from comites.operaciones_acuerdos import registrar_avance
from comites.querysets_seguimiento import asientos_de


@transaction.atomic
def verificar(
    *, acuerdo: Acuerdo, se_cumplio: bool, texto: str, fecha: dt.date, autor: Any, sesion: Sesion | None = None
) -> Avance:
    """Say that what was reported is so, or return it with its reason.

    Args:
        texto: what was seen, or what is missing.
        fecha: day on which it was looked at.
        sesion: session that verified it, before everybody; None: `autor` does, with a seat of his own.

    Raises:
        ValidationError: it is not reported, or `autor` (or that session) may not verify it.
    """
    verifica = None
    if sesion is None:
        verifica = asientos_de(autor, acuerdo, fecha).first()
        if verifica is None:
            raise ValidationError({"sesion": "No tienes asiento en esta mesa: di en qué sesión se verificó."})
    return registrar_avance(
        acuerdo=acuerdo,
        estado=Acuerdo.Estado.CUMPLIDO if se_cumplio else Acuerdo.Estado.EN_PROCESO,
        texto=texto,
        fecha=fecha,
        autor=autor,
        responde=False,
        sesion=sesion,
        verifica=verifica,
        devuelve=not se_cumplio,
    )
