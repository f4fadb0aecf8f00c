"""A server of mail on this machine that takes everything and keeps nothing: what is measured is the portal."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SALUDO = b"220 127.0.0.1 lista\r\n"


class _Cartero(socketserver.StreamRequestHandler):
    """The least of SMTP that a client needs: greet, take the envelope, take the text, say goodbye."""

    def handle(self) -> None:
        self.wfile.write(SALUDO)
        for linea in self.rfile:
            orden = linea[:4].upper()
            if orden == b"QUIT":
                self.wfile.write(b"221 hasta luego\r\n")
                return
            if orden == b"DATA":
                self.wfile.write(b"354 escribe\r\n")
                self._recibir()
            self.wfile.write(b"250 bien\r\n")

    def _recibir(self) -> None:
        for linea in self.rfile:
            if linea == b".\r\n":
                self.server.recibidos += 1  # type: ignore[attr-defined]
                return


class Buzon(socketserver.ThreadingTCPServer):
    """Counts what it receives."""

    daemon_threads = True
    recibidos = 0


@contextmanager
def buzon() -> Iterator[Buzon]:
    """A server on a free port of this machine, gone at the end."""
    with Buzon(("127.0.0.1", 0), _Cartero) as servidor:
        hilo = threading.Thread(target=servidor.serve_forever, daemon=True)
        hilo.start()
        try:
            yield servidor
        finally:
            servidor.shutdown()
            hilo.join()
