"""The body of a form that may carry a file: no more is kept on the way than a file may weigh."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from comites.models.evidencias import PESO_MAXIMO


class TopeDeArchivo(FileUploadHandler):
    """Lets pass up to `PESO_MAXIMO` bytes of files; the rest is read and thrown away, so that the other
    fields of the form arrive and the page can say it."""

    excedido = False

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._van = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._van += len(raw_data)
        if self._van > PESO_MAXIMO:
            self.excedido = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next one keeps it."""


def con_archivo(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose form may carry a file. It must be outermost, with `csrf_protect` below the door:
    Django would otherwise read the whole body to find the mark against forgery before knowing who sends it.

    The view reads `request.tope.excedido`.
    """

    @csrf_exempt
    @wraps(vista)
    def con_tope(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.tope = TopeDeArchivo(request)
        request.upload_handlers = [request.tope, *request.upload_handlers]
        return vista(request, *args, **kwargs)

    return con_tope
