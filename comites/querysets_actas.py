"""Questions about minutes, their chain, and what was said in past sessions."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import F, Func, Q, Value, Window
from django.db.models.functions import Coalesce, Lag, RowNumber

from comites.alcance import escribe, estuvo, lee, lee_acuerdo, punto_reservado
from comun.modelos import entre, filas_de
from mesas.models import Mesa


class HuellaCalculada(Func):
    """The hash that a link should have, worked out by PostgreSQL: `HuellaCalculada("secuencia", "anterior",
    "contenido")`. The same sum as `comites.actas.canonico.huella`."""

    function = "comites_huella"
    output_field = models.CharField()


class ConsultaEnMesa(SearchQuery):
    """What somebody typed, looked for inside one mesa: `ConsultaEnMesa("luminarias", mesa.pk)`."""

    def __init__(self, texto: str, mesa: int) -> None:
        super().__init__(texto, search_type="websearch")
        self.function = "comites_pregunta_en_mesa"
        self.set_source_expressions([*self.get_source_expressions(), Value(mesa)])


class EslabonQuerySet(models.QuerySet):
    """Questions about the chains."""

    def del_organo(self, *, mesa: Any, comite: Any, tipo: str) -> EslabonQuerySet:
        """The chain of one organ, from its first link."""
        return self.filter(mesa=mesa, comite=comite, tipo=tipo).order_by("secuencia")

    def rotos(self) -> EslabonQuerySet:
        """Links whose text no longer gives their hash, or that do not follow the one before them.

        PostgreSQL does the sum, so that a page need not bring every minute. Filter by mesa before, never
        after: a link is compared with the previous one of those asked for.
        """
        organo = [F("mesa"), F("comite"), F("tipo")]
        en_orden = {"partition_by": organo, "order_by": F("secuencia").asc()}
        return (
            self.annotate(
                calculada=HuellaCalculada("secuencia", "anterior", "contenido"),
                previa=Coalesce(Window(Lag("huella"), **en_orden), Value("")),
                lugar=Window(RowNumber(), **en_orden),
            )
            .filter(~Q(calculada=F("huella")) | ~Q(previa=F("anterior")) | ~Q(lugar=F("secuencia")))
            .order_by("mesa", "tipo", "comite", "secuencia")
        )


class ActaQuerySet(models.QuerySet):
    """Questions about minutes."""

    def visibles_para(self, usuario: Any) -> ActaQuerySet:
        """Of sessions that the user may read. What of each may be read is for `comites.actas.versiones` to say."""
        return self.filter(lee(usuario, "sesion__"))

    def publicas(self) -> ActaQuerySet:
        """Of sessions that an assembly consented to publish, in force today."""
        return self.filter(sesion__in=filas_de(self.model, "sesion").publicas().values("pk"))

    def de_mesa(self, mesa: Mesa) -> ActaQuerySet:
        """Of own and joint sessions of a mesa."""
        return self.filter(entre("sesion", filas_de(self.model, "sesion").de_mesa(mesa).values("pk")))

    def con_contexto(self) -> ActaQuerySet:
        """Brings what a page of a minute shows, in the same query."""
        return self.select_related(
            "eslabon", "sesion__mesa__entidad", "sesion__comite", "aprobada_en__mesa", "aprobada_en__comite"
        )

    def que_aprobaria(self, sesion: Any) -> ActaQuerySet:
        """Those still not approved that this session could approve: of its organ and of an earlier day.

        A comité approves its own; what is not of a comité (plenaria, taller, instalación) is
        approved by the next session of the mesa that is not of a comité either.
        """
        filas = self.filter(sesion__mesa=sesion.mesa_id, sesion__comite=sesion.comite_id, aprobada_el__isnull=True)
        return filas.filter(sesion__inicio__lt=sesion.inicio).exclude(sesion=sesion.pk).order_by("sesion__inicio")


class TextoQuerySet(models.QuerySet):
    """Questions about what was said in past sessions."""

    def legibles_para(self, usuario: Any) -> TextoQuerySet:
        """What the user may read: an agreement by its own rule, and anything else of sessions that he may
        read, unless its item is reserved and he neither was there nor records it."""
        abierto = ~punto_reservado() | estuvo(usuario, "sesion__") | escribe(usuario, "sesion__")
        return self.filter(
            Q(acuerdo__isnull=False) & lee_acuerdo(usuario, "acuerdo__")
            | Q(acuerdo__isnull=True) & lee(usuario, "sesion__") & abierto
        )
