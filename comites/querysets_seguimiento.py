"""Questions about what follows an agreement: who may verify it, its files, its links, and its share in each mesa."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, Func, Max, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from comites.alcance import escribe, estuvo, lee, lee_acuerdo, punto_reservado, responde
from comites.niveles import Nivel
from comun.modelos import entre, filas_de
from mesas.models import Integrante, Mesa


class Impedimento(Func):
    """Why a seat may not verify an agreement on a day, in Spanish; NULL if it may.

    The rule lives in PostgreSQL (`comites/migrations/0011`), where the trigger asks it too, so that
    what a page offers and what is accepted cannot differ.
    """

    function = "comites_impedimento"
    output_field = TextField()


class ImpedimentoDeSesion(Func):
    """Why an agreement may not be verified in a session; NULL if it may."""

    function = "comites_impedimento_de_sesion"
    output_field = TextField()


def _dia(fecha: dt.date) -> Value:
    return Value(fecha, output_field=models.DateField())


def asientos_de(usuario: Any, acuerdo: Any, fecha: dt.date) -> models.QuerySet:
    """Seats of the user, in force on that day, in the mesas of the agreement; adds `impedimento` for verifying it."""
    sesion = acuerdo.sesion
    mesas = type(sesion).mesas.through.objects.filter(sesion=sesion).values("mesa")
    asientos = Integrante.objects.vigentes_en(fecha).filter(Q(mesa=sesion.mesa_id) | Q(mesa__in=mesas))
    return (
        asientos.filter(persona__usuario=usuario)
        .annotate(impedimento=Impedimento(F("pk"), Value(acuerdo.pk), _dia(fecha)))
        .order_by(F("impedimento").asc(nulls_first=True), "pk")
    )


def impedimento_de(asiento: Integrante, acuerdo: Any, fecha: dt.date) -> str | None:
    """Why that seat may not verify the agreement on that day; None if it may."""
    fila = Integrante.objects.annotate(impedimento=Impedimento(F("pk"), Value(acuerdo.pk), _dia(fecha)))
    return fila.values_list("impedimento", flat=True).get(pk=asiento.pk)


def impedimento_de_sesion(sesion: Any, acuerdo: Any) -> str | None:
    """Why the agreement may not be verified in that session; None if it may."""
    fila = type(sesion).objects.annotate(impedimento=ImpedimentoDeSesion(F("pk"), Value(acuerdo.pk)))
    return fila.values_list("impedimento", flat=True).get(pk=sesion.pk)


def sesiones_que_verifican(sesiones: models.QuerySet, acuerdo: Any) -> models.QuerySet:
    """Of those sessions, the ones in which the agreement may be verified, the latest first."""
    filas = sesiones.annotate(impedimento=ImpedimentoDeSesion(F("pk"), Value(acuerdo.pk)))
    return filas.filter(inicio__gte=acuerdo.sesion.inicio, impedimento__isnull=True).order_by("-inicio")


def que_verifica(acuerdos: models.QuerySet, usuario: Any, fecha: dt.date) -> models.QuerySet:
    """Of those agreements, the reported ones that wait for the second key and the user could turn it."""
    conjuntas = filas_de(acuerdos.model, "sesion").model.mesas.through.objects.filter(
        sesion=OuterRef(OuterRef("sesion")), mesa=OuterRef("mesa")
    )
    suyos = (
        Integrante.objects.vigentes_en(fecha)
        .filter(Q(mesa=OuterRef("sesion__mesa")) | Exists(conjuntas), persona__usuario=usuario)
        .annotate(impedimento=Impedimento(F("pk"), OuterRef("pk"), _dia(fecha)))
        .filter(impedimento__isnull=True)
    )
    return acuerdos.filter(_de_sus_mesas(acuerdos, usuario), Exists(suyos), estado="reportado")


def _de_sus_mesas(acuerdos: models.QuerySet, usuario: Any) -> Q:
    """Condition «of a session of some mesa in which he has or had a seat»: a few sessions among those of the
    whole network, found by index before anything dearer is asked."""
    sesiones = filas_de(acuerdos.model, "sesion")
    mesas = Integrante.objects.filter(persona__usuario=usuario).values("mesa")
    conjuntas = sesiones.model.mesas.through.objects.filter(mesa__in=mesas)
    propias = sesiones.filter(mesa__in=mesas).order_by()
    return entre("sesion", propias.values("pk").union(conjuntas.values("sesion")))


def a_cargo_de(acuerdos: models.QuerySet, usuario: Any, fecha: dt.date) -> models.QuerySet:
    """Of those agreements, the ones in charge of the user, or of the institution that he speaks for in their mesas."""
    conjuntas = filas_de(acuerdos.model, "sesion").model.mesas.through.objects.filter(
        sesion=OuterRef(OuterRef("sesion")), mesa=OuterRef("mesa")
    )
    asientos = Integrante.objects.vigentes_en(fecha).filter(persona__usuario=usuario)
    suyos = asientos.filter(
        Q(mesa=OuterRef("sesion__mesa")) | Exists(conjuntas), institucion=OuterRef("institucion_responsable")
    )
    return acuerdos.filter(
        _de_sus_mesas(acuerdos, usuario),
        entre("responsable", asientos.values("pk"))
        | Q(institucion_responsable__isnull=False) & Exists(suyos)
        | Q(correo_responsable__iexact=usuario.email) & ~Q(correo_responsable=""),
    )


class AvanceQuerySet(models.QuerySet):
    """Questions about the steps of agreements."""

    def con_personas(self) -> AvanceQuerySet:
        """Brings who reported, who verified, in which session and by which link, in the same query."""
        return self.select_related(
            "reporta__persona",
            "reporta__institucion",
            "verifica__persona",
            "autor__persona",
            "sesion__comite",
            "sesion__mesa",
            "enlace__institucion",
        )


class EvidenciaQuerySet(models.QuerySet):
    """Questions about files."""

    def visibles_para(self, usuario: Any) -> EvidenciaQuerySet:
        """Files that the user may open: of agreements that he may read, and by their own level.

        For the mesa: whoever reads its session. For the network: whoever reads the agreement. Reserved:
        who was in the session that agreed it, records it, answers for it, or uploaded it.
        """
        if not usuario.is_authenticated:
            return self.none()
        sesion = "acuerdo__sesion__"
        suyo = responde(usuario, "acuerdo__")
        de_casa = lee(usuario, sesion) | suyo
        cercano = de_casa & (estuvo(usuario, sesion) | Q(subida_por=usuario)) | suyo | escribe(usuario, sesion)
        return self.filter(
            Q(nivel=Nivel.RED)
            | Q(nivel__in=(Nivel.MESA, Nivel.CANDIDATA)) & de_casa
            | Q(nivel=Nivel.RESERVADA) & cercano,
            lee_acuerdo(usuario, "acuerdo__"),
        )

    def que_dicen_si(self, usuario: Any) -> EvidenciaQuerySet:
        """All of them, each saying in `legible` whether the user may open it: that there is a file is no secret
        to whoever reads the agreement, its name and content may be."""
        suyas = self.model.objects.visibles_para(usuario).filter(pk=OuterRef("pk"))
        return self.annotate(legible=Exists(suyas))

    def que_quedan(self) -> EvidenciaQuerySet:
        """Those that were not withdrawn: there is something to open."""
        return self.filter(retirada_el__isnull=True)


class EnlaceQuerySet(models.QuerySet):
    """Questions about links to report."""

    def abiertos(self) -> EnlaceQuerySet:
        """Those that still let somebody report."""
        return self.filter(usado_el__isnull=True, revocado_el__isnull=True, vence__gt=timezone.now())

    def con_visitas(self) -> EnlaceQuerySet:
        """Adds `visitado` (how many times) and `ultima_visita`, in the same query."""
        visitas = filas_de(self.model, "visitas").filter(enlace=OuterRef("pk")).order_by().values("enlace")
        return self.select_related("institucion", "asiento__persona").annotate(
            visitado=Coalesce(Subquery(visitas.annotate(n=Count("pk")).values("n")), 0),
            ultima_visita=Subquery(visitas.annotate(m=Max("momento")).values("m")),
        )


class AcuerdoEnMesaQuerySet(models.QuerySet):
    """Questions about what the network agreed and each mesa owes."""

    def con_respuesta(self) -> AcuerdoEnMesaQuerySet:
        """Adds the last answer of each mesa: `dice` («» is silence), `dicho_el` and `con_que`."""
        ultima = filas_de(self.model, "respuestas").filter(encargo=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            dice=Coalesce(Subquery(ultima.values("estado")[:1]), Value("")),
            dicho_el=Subquery(ultima.values("creada")[:1]),
            con_que=Subquery(ultima.values("texto")[:1]),
        )

    def visibles_para(self, usuario: Any) -> AcuerdoEnMesaQuerySet:
        """The share of the mesas of the user, and every share of the agreements whose session he records."""
        if not usuario.is_authenticated:
            return self.none()
        suyas = entre("mesa", Mesa.objects.visibles_para(usuario).values("pk"))
        return self.filter(self._a_la_vista() & suyas | escribe(usuario, "acuerdo__sesion__"))

    def _a_la_vista(self) -> Q:
        """Condition «its text may be read by other mesas»: reserved meanwhile, it disappears from them."""
        return (
            Q(acuerdo__nivel__in=(Nivel.RED, Nivel.PUBLICA))
            & ~Q(acuerdo__sesion__nivel=Nivel.RESERVADA)
            & ~punto_reservado("acuerdo__")
        )

    def cuentas(self) -> dict[str, int]:
        """The roll-up: how many mesas, how many said each thing, and how many said nothing. After `con_respuesta()`."""
        return self.order_by().aggregate(
            mesas=Count("pk"),
            silencio=Count("pk", filter=Q(dice="")),
            **{estado: Count("pk", filter=Q(dice=estado)) for estado in ("en_proceso", "hecho", "no_se_hara")},
        )
