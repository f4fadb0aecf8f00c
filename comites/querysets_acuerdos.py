"""Questions about many agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from comites.alcance import escribe, lee_acuerdo, para_la_red
from comites.niveles import Nivel
from comites.querysets import DiaEnLaMesa
from comites.querysets_publicacion import (
    Casa,
    PalabrasDeAcuerdo,
    Pregunta,
    consentibles,
    publicadas,
    retiradas,
)
from comun.modelos import EnElArreglo, entre, filas_de
from comun.texto import SinAcentos, sin_acentos
from mesas.models import Mesa

TEXTO_BUSCADO = Concat("accion", Value(" "), "producto", Value(" "), "folio", output_field=models.TextField())
"""What the search of public agreements looks into: nothing that the page does not show."""


def _juntos(uno: Any, otro: Any) -> Concat:
    return Concat(uno, Value(" "), otro, output_field=models.TextField())


class Iso(Func):
    """SQL `to_char(date, 'YYYY-MM-DD')`: a day as text, whatever the settings of the server."""

    template = "to_char(%(expressions)s, 'YYYY-MM-DD')"
    output_field = models.TextField()


class AcuerdoQuerySet(models.QuerySet):
    """Questions about agreements."""

    def publicas(self, fecha: dt.date | None = None) -> AcuerdoQuerySet:
        """Agreements that an assembly consented to publish, in force on that day (today).

        Page, list, CSV, feed, search and counts all start here. Reserving its item or its session
        hides it at once, without waiting for its act to be withdrawn.
        """
        return publicadas(self, "sesion__mesa__", fecha).filter(
            ~Q(sesion__nivel=Nivel.RESERVADA), Q(punto__isnull=True) | ~Q(punto__nivel=Nivel.RESERVADA)
        )

    def retiradas(self) -> AcuerdoQuerySet:
        """Agreements that were public and no longer are."""
        return retiradas(self, "sesion__mesa__")

    def buscar(self, texto: str) -> AcuerdoQuerySet:
        """Those whose words answer to what was typed, accents or not. After `publicas()`, by its index."""
        return self.filter(Casa(PalabrasDeAcuerdo(), Pregunta(texto)))

    def con_resultado_nuevo(self) -> AcuerdoQuerySet:
        """Public ones with steps whose text no assembly has consented to publish yet."""
        consentido = filas_de(self.model, "actos").filter(
            EnElArreglo(OuterRef("pk"), F("avances")), acuerdo=OuterRef("acuerdo"), revocado_el__isnull=True
        )
        nuevos = filas_de(self.model, "avances").filter(~Exists(consentido), acuerdo=OuterRef("pk"))
        return self.filter(Exists(nuevos))

    def visibles_para(self, usuario: Any) -> AcuerdoQuerySet:
        """Agreements that the user may read (`alcance.lee_acuerdo`)."""
        return self.filter(lee_acuerdo(usuario))

    def compartidos_con(self, mesa: Mesa) -> AcuerdoQuerySet:
        """What other mesas share with the network; a demonstration mesa shares only with its like."""
        return self.filter(para_la_red(), sesion__mesa__es_demo=mesa.es_demo).exclude(sesion__mesa=mesa)

    def al_alcance_de(self, mesa: Mesa) -> AcuerdoQuerySet:
        """Those of a mesa and those that others share with it."""
        return self.de_mesa(mesa) | self.compartidos_con(mesa)

    def editables_por(self, usuario: Any) -> AcuerdoQuerySet:
        """Agreements of sessions that the user records."""
        return self.filter(escribe(usuario, "sesion__"))

    def de_mesa(self, mesa: Mesa) -> AcuerdoQuerySet:
        """Agreements of own and joint sessions of a mesa."""
        return self.filter(entre("sesion", filas_de(self.model, "sesion").de_mesa(mesa).values("pk")))

    def de_mesas(self, mesas: Collection[int]) -> AcuerdoQuerySet:
        """Agreements of own and joint sessions of some mesas (keys)."""
        return self.filter(entre("sesion", filas_de(self.model, "sesion").de_mesas(mesas).values("pk")))

    def publicables_en(self, asamblea: Any) -> AcuerdoQuerySet:
        """What an assembly could consent to publish: of its mesa, closed, neither public nor reserved."""
        return (
            consentibles(self)
            .filter(sesion__mesa=asamblea.mesa_id, sesion__inicio__lte=asamblea.inicio)
            .filter(sesion__estado__in=type(asamblea).CERRADAS)
            .exclude(sesion__nivel=Nivel.RESERVADA)
            .exclude(punto__nivel=Nivel.RESERVADA, punto__isnull=False)
        )

    def abiertos(self) -> AcuerdoQuerySet:
        """Somebody still owes something."""
        return self.filter(estado__in=self.model.ABIERTOS)

    def con_seguimiento(self) -> AcuerdoQuerySet:
        """Open, of a closed session, and not only written down from before the portal."""
        cerradas = filas_de(self.model, "sesion").model.CERRADAS
        return self.abiertos().filter(sesion__estado__in=cerradas).exclude(historico=True, estado="pendiente")

    def por_revisar_en(self, sesion: Any) -> AcuerdoQuerySet:
        """What a session finds open of its own organ, and what it has reviewed already; adds `pasos` (how many
        steps its history has) and `revisado` (this session said something of it)."""
        dichos = {
            ruta: filas_de(self.model, ruta).filter(acuerdo=OuterRef("pk")).order_by()
            for ruta in ("avances", "prorrogas")
        }
        cuantos = [
            Coalesce(Subquery(filas.values("acuerdo").annotate(n=Count("pk")).values("n")), 0)
            for filas in dichos.values()
        ]
        aqui = [Exists(filas.filter(sesion=sesion.pk)) for filas in dichos.values()]
        filas = self.filter(sesion__mesa=sesion.mesa_id, sesion__comite=sesion.comite_id)
        filas = filas.filter(sesion__estado__in=type(sesion).CERRADAS).exclude(sesion=sesion.pk)
        filas = filas.annotate(pasos=cuantos[0] + cuantos[1], revisado=aqui[0] | aqui[1])
        return filas.filter(Q(estado__in=self.model.ABIERTOS) | Q(revisado=True))

    def cuentas(self, fecha: dt.date, *, pronto: dt.date | None = None) -> dict[str, int]:
        """How many, how many past their date on that day, how many due until `pronto` (that same day), and how
        many wait for verification. Those reported are not late any more: the other side has to look at them."""
        reportados = Q(estado=self.model.Estado.REPORTADO)
        return self.order_by().aggregate(
            abiertos=Count("pk"),
            vencidos=Count("pk", filter=Q(vence__lt=fecha) & ~reportados),
            por_vencer=Count("pk", filter=Q(vence__range=(fecha, pronto or fecha)) & ~reportados),
            por_verificar=Count("pk", filter=Q(estado=self.model.Estado.REPORTADO)),
        )

    def cuentas_por_estado(self) -> dict[str, int]:
        """How many in all and how many in each state."""
        estados = self.model.Estado.values
        return self.order_by().aggregate(
            total=Count("pk"), **{estado: Count("pk", filter=Q(estado=estado)) for estado in estados}
        )

    def con_su_historia(self, fecha: dt.date) -> AcuerdoQuerySet:
        """Those of sessions closed and held until that day, with all that `como_iba.al_dia` asks. Adds:

        `su_dia`, day of its session, and its `conjuntas`; `pasos`, each step as «2026-11-30 reportado»; and
        `cambios`, each extension as «day it was recorded, by the clock of the mesa, and new date». Both in the
        order in which they were written: one look at each table for each agreement.
        """
        cerradas = filas_de(self.model, "sesion").model.CERRADAS
        conjuntas = filas_de(self.model, "sesion").model.mesas.through.objects.filter(sesion=OuterRef("sesion"))
        avances = filas_de(self.model, "avances").filter(acuerdo=OuterRef("pk")).order_by("pk")
        prorrogas = filas_de(self.model, "prorrogas").filter(acuerdo=OuterRef("pk")).order_by("pk")
        dia = DiaEnLaMesa("acuerdo__sesion__mesa__zona_horaria", "creado")
        filas = self.annotate(
            su_dia=DiaEnLaMesa("sesion__mesa__zona_horaria", "sesion__inicio"),
            conjuntas=ArraySubquery(conjuntas.values("mesa")),
            pasos=ArraySubquery(avances.values_list(_juntos(Iso("fecha"), "estado"))),
            cambios=ArraySubquery(prorrogas.values_list(_juntos(Iso(dia), Iso("al")))),
        )
        return filas.filter(sesion__estado__in=cerradas, su_dia__lte=fecha)

    def por_estado(self) -> AcuerdoQuerySet:
        """Those open first, from pending to cancelled; inside each state, the most urgent first."""
        lugar = Case(*[When(estado=estado, then=Value(i)) for i, estado in enumerate(self.model.Estado.values)])
        return self.order_by(lugar, F("vence").asc(nulls_last=True), "folio")

    def por_fecha(self) -> AcuerdoQuerySet:
        """The most urgent first; those without date at the end."""
        return self.order_by(F("vence").asc(nulls_last=True), "folio")

    def recientes(self) -> AcuerdoQuerySet:
        """Those of the latest session first, in the order of their document."""
        return self.order_by("-sesion__inicio", "clave_de_origen", "folio")

    def filtrar(self, *, q: str = "", mesa: str = "", estado: str = "") -> AcuerdoQuerySet:
        """Those whose text contains `q` (accents or not), of a mesa (slug), in a state."""
        filas = self
        if q:
            filas = filas.annotate(_texto=SinAcentos(TEXTO_BUSCADO))
            filas = filas.filter(_texto__contains=sin_acentos(q))
        if mesa:
            filas = filas.filter(sesion__mesa__slug=mesa)
        if estado in self.model.Estado.values:
            filas = filas.filter(estado=estado)
        return filas

    def mesas(self) -> list[tuple[str, str]]:
        """The mesas that made them: (slug, nombre), by name."""
        pares = self.order_by("sesion__mesa__nombre").values_list("sesion__mesa__slug", "sesion__mesa__nombre")
        return list(pares.distinct())

    def con_contexto(self) -> AcuerdoQuerySet:
        """Brings what a list of agreements shows, in the same query."""
        return self.select_related(
            "sesion__mesa__entidad", "sesion__comite", "responsable__persona", "institucion_responsable"
        )
