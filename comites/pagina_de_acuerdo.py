"""What the page of an agreement asks about its reader and about who shares it, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from comites.models import Acuerdo, NombreEnCompartido, Sesion
from comites.querysets_seguimiento import a_cargo_de
from mesas.models import Mesa


@dataclass(frozen=True)
class Mirada:
    """How one reader stands before one agreement.

    Attributes:
        responde: it is in charge of the reader, or of the institution that he speaks for.
        registra: he records the session that made it.
        publica: he records the whole mesa that made it, from whose workspace he looks.
        es_de_casa: the mesa from which he looks is one of those of its session.
        se_ve: the public can read it today.
        comparten: who shares it, by name, if it is not of one mesa alone.
        ajenos: whom it names without consent today: if it is shared with the network, no other mesa reads it.
    """

    responde: bool
    registra: bool
    publica: bool
    es_de_casa: bool
    se_ve: bool
    comparten: list[str]
    ajenos: list[str]


def mirada_de(usuario: Any, acuerdo: Acuerdo, mesa: Mesa) -> Mirada:
    """How the user stands before an agreement that he may read, from the workspace of a mesa."""
    este = Acuerdo.objects.filter(pk=OuterRef("pk"))
    conjuntas = Sesion.mesas.through.objects.filter(sesion=OuterRef("sesion")).order_by("mesa__nombre")
    nombrados = NombreEnCompartido.objects.sin_consentir().filter(acuerdo=OuterRef("pk"))
    corresponsables = Acuerdo.corresponsables.through.objects.filter(acuerdo=OuterRef("pk"))
    dicho = (
        Acuerdo.objects.filter(pk=acuerdo.pk)
        .annotate(
            responde=Exists(a_cargo_de(este, usuario, timezone.localdate())),
            registra=Exists(Sesion.objects.editables_por(usuario).filter(pk=OuterRef("sesion"))),
            coordina=Exists(Mesa.objects.editables_por(usuario).filter(pk=mesa.pk)),
            se_ve=Exists(Acuerdo.objects.publicas().filter(pk=OuterRef("pk"))),
            conjuntas=ArraySubquery(conjuntas.values("mesa")),
            sus_mesas=ArraySubquery(conjuntas.values("mesa__nombre")),
            ajenos=ArraySubquery(nombrados.values_list(Coalesce("persona__nombre", Value("")))),
            instituciones=ArraySubquery(
                corresponsables.order_by("institucion__nombre").values("institucion__nombre"),
            ),
        )
        .values("responde", "registra", "coordina", "se_ve", "conjuntas", "sus_mesas", "instituciones", "ajenos")
        .get()
    )
    propia = acuerdo.sesion.mesa_id == mesa.pk
    mesas = [acuerdo.sesion.mesa.nombre, *dicho["sus_mesas"]] if dicho["sus_mesas"] else []
    return Mirada(
        responde=dicho["responde"],
        registra=dicho["registra"],
        publica=propia and dicho["coordina"],
        es_de_casa=propia or mesa.pk in dicho["conjuntas"],
        se_ve=dicho["se_ve"],
        comparten=mesas + dicho["instituciones"],
        ajenos=dicho["ajenos"],
    )
