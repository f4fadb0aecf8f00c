"""Under whom the server's programs run."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

UID_SIN_PRIVILEGIOS = 60_999  # in no range that distributions give out, inside every container's map
ESPACIO = ("unshare", "--user", "--map-user=65534", "--map-group=65534")


class SinServidor(SystemExit):
    """There is no local server; the message says in one line what is missing and what to do."""


@dataclass(frozen=True)
class Cuenta:
    """An account: ours as it is, ours in a namespace (`prefijo`), or another's (only root may)."""

    prefijo: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    @property
    def uid_real(self) -> int:
        return os.geteuid() if self.uid is None else self.uid

    def correr(self, *orden: str | Path, **opciones) -> subprocess.CompletedProcess:
        """Run a program away from our terminal, our folder and the PG* variables around."""
        entorno = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
        cambio = {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}
        if "stdout" not in opciones:
            opciones |= {"capture_output": True, "text": True, "errors": "replace"}
        opciones |= {"stdin": subprocess.DEVNULL, "env": entorno, "cwd": "/"}
        return subprocess.run([*self.prefijo, *map(str, orden)], check=False, **cambio, **opciones)

    def exigir(self, *orden: str | Path) -> None:
        """Run a program that must succeed."""
        hecho = self.correr(*orden)
        if hecho.returncode:
            motivo = (hecho.stderr.strip().splitlines() or ["sin explicación"])[-1]
            raise SinServidor(f"No se pudo preparar la base local ({Path(orden[0]).name}): {motivo}")

    def entregar(self, arbol: Path) -> None:
        """Make this account the owner of a tree."""
        for ruta in (arbol, *arbol.rglob("*")):
            os.chown(ruta, self.uid_real, -1 if self.gid is None else self.gid, follow_symlinks=False)

    def version(self, programas: Path) -> int | None:
        """Major version of these programs, None when this account cannot run them."""
        try:
            hecho = self.correr(programas / "postgres", "--version")
            return int(hecho.stdout.split()[2].split(".")[0]) if hecho.returncode == 0 else None
        except (OSError, ValueError, IndexError):
            return None
