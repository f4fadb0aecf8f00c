"""Each write of the page of a session, once: a phone that lost the answer may ask again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from comites.models import Captura, Sesion

CLAVE_REPETIDA = "Esa hoja ya se había enviado con otro texto. Revisa lo que dice y guárdalo otra vez."


@dataclass(frozen=True)
class Resultado:
    """What a write left. It is kept and repeated as it is, so it says nothing of what was written.

    Args:
        objeto: what was written on («asistencia:12»), as the page names it.
        mensaje: sentence for whoever wrote.
        ancla: id of the place of the page to go back to.
        versiones: object → (version before, version after), so that what the same phone wrote
            next without waiting is not taken for somebody else's.
    """

    objeto: str
    mensaje: str
    ancla: str
    versiones: Mapping[str, tuple[int, int]] = field(default_factory=dict)


class ClaveRepetida(ValidationError):
    """A key that was used for another write. The page must give a new one: nothing was written."""

    def __init__(self) -> None:
        super().__init__(CLAVE_REPETIDA)


def huella_de(que: str, datos: Mapping[str, Any]) -> str:
    """Fingerprint of what was sent, to tell a second try from another write with the same key."""
    return hashlib.sha256(json.dumps([que, datos], default=str, sort_keys=True).encode()).hexdigest()


def capturar(
    *, clave: UUID, sesion: Sesion, autor: Any, que: str, huella: str, hacer: Callable[[], Resultado]
) -> Resultado:
    """Do a write, or repeat the answer if that key was done.

    Args:
        hacer: the operation, which locks the session. What it raises leaves the key free: nothing was written.

    Raises:
        ClaveRepetida: the key was used by somebody else, or for something else.
        ValidationError: what the operation refuses.
    """
    mia = Captura(clave=clave, sesion=sesion, autor=autor, que=que, huella=huella)
    if hecha := _ya_hecha(mia):
        return hecha
    try:
        with transaction.atomic():
            resultado = hacer()
            mia.objeto, mia.respuesta = resultado.objeto, asdict(resultado)
            mia.save(force_insert=True)
            return resultado
    except (ValidationError, IntegrityError):
        # The same key twice at once: the second waited for the lock, and found done what it came to do.
        if hecha := _ya_hecha(mia):
            return hecha
        raise


def _ya_hecha(mia: Captura) -> Resultado | None:
    hecha = Captura.objects.filter(clave=mia.clave).first()
    if hecha is None:
        return None
    if (hecha.sesion_id, hecha.autor_id, hecha.huella) != (mia.sesion_id, mia.autor_id, mia.huella):
        raise ClaveRepetida
    return Resultado(**hecha.respuesta)
