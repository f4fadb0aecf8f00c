"""Answers that are not sent twice: `ETag`, `If-None-Match` and for how long a copy may be shown.

What is published may be withdrawn from one minute to the next, so nothing is ever shown from a
copy once its time is over without asking here first (`must-revalidate`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from django.apps import apps
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

EN_MEMORIA = 1 << 20
"""Bytes of an answer that are kept in memory while its fingerprint is made; the rest waits on disk."""

_TROZO = 1 << 16
_DE_PROGRAMA = {".py", ".html", ".svg", ".xml"}
_RAIZ = Path(__file__).resolve().parent.parent


def huella_de(*partes: object) -> str:
    """Fingerprint of what an answer depends on, and of the program that makes it."""
    suma = hashlib.sha256(_programa().encode())
    for parte in partes:
        suma.update(b"\0")
        suma.update(str(parte).encode())
    return suma.hexdigest()[:32]


@cache
def _programa() -> str:
    """Fingerprint of the code and templates of the portal: another version may answer otherwise."""
    suma = hashlib.sha256()
    propias = [app.path for app in apps.get_app_configs() if Path(app.path).parent == _RAIZ]
    for carpeta in sorted([*propias, str(_RAIZ / "templates")]):
        for ruta in sorted(Path(carpeta).rglob("*")):
            if ruta.suffix in _DE_PROGRAMA:
                suma.update(ruta.read_bytes())
    return suma.hexdigest()


def responder(
    request: HttpRequest, huella: str, hacer: Callable[[], HttpResponseBase], *, segundos: int = 0
) -> HttpResponseBase:
    """304 for whoever has it already, or the answer with its fingerprint.

    Args:
        huella: what `huella_de` says of all that the answer depends on.
        hacer: makes the answer; not called when it is not needed.
        segundos: for how long a copy may be shown without asking again.
    """
    etag = quote_etag(huella)
    respuesta = get_conditional_response(request, etag=etag) or hacer()
    respuesta.headers["ETag"] = etag
    respuesta.headers["Cache-Control"] = f"public, max-age={segundos}, must-revalidate"
    patch_vary_headers(respuesta, ["Accept-Encoding"])  # compressed or not; a 304 says it too
    return respuesta


def condicionar(
    request: HttpRequest,
    trozos: Iterable[str],
    hacer: Callable[[Iterable[bytes]], HttpResponseBase],
    *,
    segundos: int = 0,
) -> HttpResponseBase:
    """The same for an answer whose fingerprint is that of its own text."""
    copia, huella = _copiar(trozos)
    return responder(request, huella, lambda: hacer(_leer(copia)), segundos=segundos)


def _copiar(trozos: Iterable[str]) -> tuple[IO[bytes], str]:
    suma = hashlib.sha256()
    copia = SpooledTemporaryFile(max_size=EN_MEMORIA)  # noqa: SIM115 – closed by whoever reads it
    for trozo in trozos:
        bloque = trozo.encode()
        suma.update(bloque)
        copia.write(bloque)
    copia.seek(0)
    return copia, suma.hexdigest()[:32]


def _leer(copia: IO[bytes]) -> Iterator[bytes]:
    with copia:
        while bloque := copia.read(_TROZO):
            yield bloque
