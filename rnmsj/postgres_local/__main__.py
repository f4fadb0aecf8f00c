"""The verbs that the Makefile and people use."""

import sys

from rnmsj import postgres_local


def principal(verbo: str) -> int:
    """Do what the verb says; the answer is the exit code."""
    base = postgres_local.carpeta()
    if verbo in ("start", "url"):
        print(postgres_local.asegurar())
    elif verbo == "status":
        direccion = postgres_local.en_marcha(base)
        print(f"En marcha: {direccion}" if direccion else "Detenido.")
        return 0 if direccion else 1
    elif verbo == "stop":
        servia = postgres_local.detener(base)
        print("PostgreSQL local detenido." if servia else "PostgreSQL local no estaba en marcha.")
    elif verbo == "borrar":
        postgres_local.borrar(base)
    else:
        print("Uso: python -m rnmsj.postgres_local start|url|status|stop|borrar", file=sys.stderr)
        return 2
    return 0


sys.exit(principal(sys.argv[1] if len(sys.argv) == 2 else ""))
