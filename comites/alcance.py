"""Which sessions and agreements a user reads and records, as conditions on a row. The rules of `DISENO.md` §3.

Each is a `Q` about the row at the end of a prefix («sesion__», «acuerdo__»; empty for the row itself), never a
list of every row that the user reaches: what a user has (seats, posts, sessions in which he was present) is little
and comes as arrays that PostgreSQL reads once by index, so that a page costs the same beside 36 mesas as beside
the whole country. Who coordinates the network from México SOS reaches everything, and nothing is asked for him.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from comites.niveles import Nivel
from comun.modelos import entre, filas_de
from mesas.models import Cargo, Integrante, Mesa, Puesto
from mesas.querysets import coordina_la_red

TODO = Q(Value(True, output_field=BooleanField()))
NADA = Q(Value(False, output_field=BooleanField()))


def es_de(mesa: Mesa, sesion: str = "") -> Q:
    """It is a session of that mesa, its own or joint."""
    return Q(**{f"{sesion}mesa": mesa}) | entre(f"{sesion}pk", _conjuntas().filter(mesa=mesa).values("sesion"))


def es_de_alguna(mesas: Collection[int], sesion: str = "") -> Q:
    """It is a session of one of those mesas (keys), its own or joint."""
    conjuntas = _conjuntas().filter(mesa__in=mesas).values("sesion")
    return Q(**{f"{sesion}mesa__in": mesas}) | entre(f"{sesion}pk", conjuntas)


def estuvo(usuario: Any, sesion: str = "") -> Q:
    """The user was in that session, in person."""
    listas = filas_de(Mesa, "sesiones__asistencias")
    suyas = listas.filter(integrante__persona__usuario=usuario, estado="presente")
    return entre(f"{sesion}pk", suyas.values("sesion"))


def escribe(usuario: Any, sesion: str = "") -> Q:
    """The user records that session: of a mesa that he coordinates, or of a comité that he does."""
    if not usuario.is_authenticated:
        return NADA
    if coordina_la_red(usuario):
        return TODO
    mesas = Mesa.objects.editables_por(usuario).values("pk")
    return entre(f"{sesion}mesa", mesas) | entre(f"{sesion}comite", _comites_de(usuario).values("pk"))


def lee(usuario: Any, sesion: str = "") -> Q:
    """The user may read that session: of his mesas; if it is reserved, only who was there or records it."""
    if not usuario.is_authenticated:
        return NADA
    if coordina_la_red(usuario):
        return TODO
    de_sus_mesas = entre(f"{sesion}mesa", _mesas_de(usuario)) | entre(f"{sesion}pk", _conjuntas_de(usuario))
    abierta = ~Q(**{f"{sesion}nivel": Nivel.RESERVADA}) | estuvo(usuario, sesion)
    return de_sus_mesas & abierta | escribe(usuario, sesion)


def lee_acuerdo(usuario: Any, acuerdo: str = "") -> Q:
    """The user may read that agreement: of a session that he may read, or of another mesa when it is for the
    network. One that is reserved, or of a reserved item, only if he answers for it, was in its session or
    records it."""
    if not usuario.is_authenticated:
        return NADA
    if coordina_la_red(usuario):
        return TODO
    sesion = f"{acuerdo}sesion__"
    reservado = Q(**{f"{acuerdo}nivel": Nivel.RESERVADA}) | punto_reservado(acuerdo)
    return (
        lee(usuario, sesion) & (~reservado | estuvo(usuario, sesion))
        | responde(usuario, acuerdo)
        | para_la_red(acuerdo) & Exists(Mesa.objects.visibles_para(usuario))
        | escribe(usuario, sesion)
    )


def responde(usuario: Any, acuerdo: str = "") -> Q:
    """The user answers for that agreement, by a seat that is his today: whoever left the mesa left its affairs."""
    suyos = Integrante.objects.filter(persona__usuario=usuario).vigentes_en(timezone.localdate())
    return entre(f"{acuerdo}responsable", suyos.values("pk"))


def punto_reservado(fila: str = "") -> Q:
    """The item from which it comes is reserved."""
    return Q(**{f"{fila}punto__isnull": False, f"{fila}punto__nivel": Nivel.RESERVADA})


def para_la_red(acuerdo: str = "") -> Q:
    """Its mesa shares that agreement with the network: closed, neither its session nor its item reserved, and
    naming nobody who does not let the name be public today."""
    cerradas = filas_de(Mesa, "sesiones").model.CERRADAS
    nombrados = filas_de(Mesa, "sesiones__acuerdos__nombra").sin_consentir()
    return (
        Q(**{f"{acuerdo}nivel": Nivel.RED, f"{acuerdo}sesion__estado__in": cerradas})
        & ~Q(**{f"{acuerdo}sesion__nivel": Nivel.RESERVADA})
        & ~punto_reservado(acuerdo)
        & ~Exists(nombrados.filter(acuerdo=OuterRef(f"{acuerdo}pk")))
    )


def puestos_de_comite(usuario: Any) -> QuerySet:
    """The posts of coordination of a comité that he holds today."""
    suyos = Cargo.objects.de_usuario(usuario).vigentes_en(timezone.localdate()).order_by()
    return suyos.filter(puesto__tipo=Puesto.Tipo.COORDINACION_COMITE).values("puesto")


def _mesas_de(usuario: Any) -> QuerySet:
    return Mesa.objects.visibles_para(usuario).values("pk")


def _comites_de(usuario: Any) -> QuerySet:
    """The comités that he coordinates by a post of theirs."""
    return filas_de(Mesa, "comites").filter(coordinacion__in=puestos_de_comite(usuario))


def _conjuntas() -> QuerySet:
    return filas_de(Mesa, "sesiones").model.mesas.through.objects.all()


def _conjuntas_de(usuario: Any) -> QuerySet:
    return _conjuntas().filter(mesa__in=_mesas_de(usuario)).values("sesion")
