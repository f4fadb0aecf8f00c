"""Questions about many comités, sessions and agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from comites.alcance import es_de, es_de_alguna, escribe, estuvo, lee, puestos_de_comite
from comites.niveles import Nivel
from comites.querysets_publicacion import (
    Casa,
    Palabras,
    Pregunta,
    consentibles,
    publicadas,
    retiradas,
)
from comun.modelos import EnElArreglo, VigenciaQuerySet, filas_de
from mesas.models import Mesa


class ComiteQuerySet(VigenciaQuerySet):
    """Questions about comités."""

    def publicas(self) -> ComiteQuerySet:
        """Comités of public mesas: their names, never their people."""
        return self.filter(mesa__publica=True)

    def editables_por(self, usuario: Any) -> ComiteQuerySet:
        """Comités whose sessions the user may record: of mesas that he coordinates, or coordinated by him."""
        if not usuario.is_authenticated:
            return self.none()
        de_sus_mesas = Q(mesa__in=Mesa.objects.editables_por(usuario))
        return self.filter(de_sus_mesas | Q(coordinacion__in=puestos_de_comite(usuario)))


class DiaEnLaMesa(Func):
    """The calendar day of a session by the clock of its mesa: `DiaEnLaMesa("mesa__zona_horaria", "inicio")`."""

    function = "TIMEZONE"
    template = "(%(function)s(%(expressions)s))::date"
    output_field = models.DateField()


class SesionQuerySet(models.QuerySet):
    """Questions about sessions."""

    def publicas(self, fecha: dt.date | None = None) -> SesionQuerySet:
        """Sessions that an assembly consented to publish, in force on that day (today).

        Only closed ones: the place and time of a future meeting are never public.
        """
        return publicadas(self, "mesa__", fecha).filter(estado__in=self.model.CERRADAS)

    def retiradas(self) -> SesionQuerySet:
        """Sessions that were public and no longer are."""
        return retiradas(self, "mesa__")

    def con_direccion(self, mesa: str, organo: str, anio: int, numero: int) -> SesionQuerySet:
        """The one of a public address: slug of its mesa, «plenaria» or «comite-4», year and number in it."""
        tipo, _, comite = organo.partition("-")
        if comite and not comite.isdecimal():
            return self.none()
        del_organo = Q(comite=comite) if comite else Q(comite__isnull=True)
        return self.filter(del_organo, mesa__slug=mesa, tipo=tipo, anio=anio, numero_anual=numero)

    def buscar(self, dicho: str) -> SesionQuerySet:
        """Public ones whose mesa, organ and readable items answer to those words. After `publicas()`."""
        pregunta, texto = Pregunta(dicho), models.TextField()
        # The index of the acts finds the few; they are read again, for an item may have been reserved since.
        actos = filas_de(self.model, "actos").filter(Casa("palabras", pregunta), revocado_el__isnull=True)
        puntos = filas_de(self.model, "puntos").publicas().filter(sesion=OuterRef("pk")).order_by().values("sesion")
        titulos = Subquery(puntos.annotate(juntos=StringAgg("titulo", " ")).values("juntos"))
        organo = Coalesce(Cast("comite__nombre", texto), Cast("tipo", texto))
        suyo = Concat("mesa__nombre", Value(" "), organo, Value(" "), titulos, output_field=texto)
        return self.filter(Casa(Palabras(suyo), pregunta), pk__in=actos.values("sesion"))

    def con_orden_del_dia(self) -> SesionQuerySet:
        """Adds what a table of public sessions says: `titulos_legibles`, `cuantos_puntos`, `acuerdos_publicos`."""
        puntos = filas_de(self.model, "puntos").filter(sesion=OuterRef("pk")).order_by()
        acuerdos = filas_de(self.model, "acuerdos").publicas().filter(sesion=OuterRef("pk")).order_by()
        cuantos = puntos.values("sesion").annotate(n=Count("pk")).values("n")
        return self.annotate(
            titulos_legibles=ArraySubquery(puntos.publicas().order_by("orden").values("titulo")),
            cuantos_puntos=Coalesce(Subquery(cuantos), 0),
            acuerdos_publicos=Coalesce(Subquery(acuerdos.values("sesion").annotate(n=Count("pk")).values("n")), 0),
        )

    def publicables_en(self, asamblea: Any) -> SesionQuerySet:
        """What an assembly could consent to publish: of its mesa, closed, not after it, neither public nor reserved."""
        return consentibles(self).filter(
            mesa=asamblea.mesa_id, inicio__lte=asamblea.inicio, estado__in=self.model.CERRADAS
        )

    def de_mesa(self, mesa: Mesa) -> SesionQuerySet:
        """Own and joint sessions of a mesa."""
        return self.filter(es_de(mesa))

    def de_mesas(self, mesas: Collection[int]) -> SesionQuerySet:
        """Own and joint sessions of some mesas (keys)."""
        return self.filter(es_de_alguna(mesas))

    def visibles_para(self, usuario: Any) -> SesionQuerySet:
        """Sessions that the user may read (`alcance.lee`)."""
        return self.filter(lee(usuario))

    def editables_por(self, usuario: Any) -> SesionQuerySet:
        """Sessions that the user may record while they are open."""
        return self.filter(escribe(usuario))

    def celebradas_hasta(self, fecha: dt.date) -> SesionQuerySet:
        """Closed ones that met until that day, by the clock of their mesa; adds `su_dia`."""
        filas = self.filter(estado__in=self.model.CERRADAS)
        return filas.annotate(su_dia=DiaEnLaMesa("mesa__zona_horaria", "inicio")).filter(su_dia__lte=fecha)

    def con_conjuntas(self) -> SesionQuerySet:
        """Adds `conjuntas`: the other mesas of a joint session."""
        enlaces = self.model.mesas.through.objects.filter(sesion=OuterRef("pk"))
        return self.annotate(conjuntas=ArraySubquery(enlaces.values("mesa")))

    def con_invitados(self) -> SesionQuerySet:
        """Adds `cuantos_invitados`: how many came without a seat."""
        suyos = filas_de(self.model, "invitados").filter(sesion=OuterRef("pk")).order_by().values("sesion")
        return self.annotate(cuantos_invitados=Coalesce(Subquery(suyos.annotate(n=Count("pk")).values("n")), 0))

    def que_otorgan(self, origen: Any) -> SesionQuerySet:
        """Those that could have granted an extension of what `origen` agreed: begun, and not before it."""
        return self.que_empezaron().filter(inicio__gt=origen.inicio).order_by("-inicio")

    def que_empezaron(self) -> SesionQuerySet:
        """Those that met or are meeting, whatever the hour of their call."""
        return self.exclude(estado__in=self.model.SIN_EMPEZAR)

    def por_venir(self) -> SesionQuerySet:
        """Not closed yet, the nearest first."""
        return self.exclude(estado__in=self.model.CERRADAS).order_by("inicio")

    def por_aprobar(self) -> SesionQuerySet:
        """Closed, with a minute that their organ has not approved, the latest first. Workshops have none."""
        return self.filter(estado="cerrada", tipo__in=("plenaria", "comite", "instalacion")).order_by("-inicio")

    def con_objeciones_por_responder(self) -> SesionQuerySet:
        """Adds `objeciones`: how many things somebody says that its minute does not tell as they were, unanswered."""
        suyas = filas_de(self.model, "acta__objeciones").filter(acta__sesion=OuterRef("pk"), estado="pendiente")
        cuenta = suyas.order_by().values("acta").annotate(n=Count("pk")).values("n")
        return self.annotate(objeciones=Coalesce(Subquery(cuenta), 0))


class AsistenciaQuerySet(models.QuerySet):
    """Questions about rolls."""

    def de_sesiones(self, sesiones: SesionQuerySet) -> AsistenciaQuerySet:
        """Of those sessions, each seat only if it was in force on the day of the session.

        A seat may be corrected after the roll was called; whoever was no member then owes no presence.
        """
        filas = self.filter(sesion__in=sesiones.order_by().values("pk"))
        filas = filas.annotate(su_dia=DiaEnLaMesa("sesion__mesa__zona_horaria", "sesion__inicio"))
        return filas.filter(
            Q(integrante__desde__isnull=True) | Q(integrante__desde__lte=F("su_dia")),
            Q(integrante__hasta__isnull=True) | Q(integrante__hasta__gt=F("su_dia")),
        )

    def conteos(self) -> AsistenciaQuerySet:
        """How many of each kind in each roll, as `seguimiento.armar_listas` takes them: no row is a person."""
        campos = ("integrante__mesa", "integrante__tipo", "integrante__institucion__nivel", "estado")
        return self.order_by().values_list("sesion", "su_dia", *campos).annotate(cuantos=Count("pk"))

    def por_institucion(self) -> AsistenciaQuerySet:
        """How each authority was represented in each session, as `presencia_institucional` takes it: no row is
        a person, and the personal quality of a seat is not asked for."""
        autoridades = self.filter(integrante__tipo="con_cargo").order_by()
        campos = ("integrante__institucion", "sesion", "integrante__calidad", "estado", "nivel_suplente")
        return autoridades.values_list(*campos).distinct()

    def por_asiento(self) -> AsistenciaQuerySet:
        """Of each citizen seat: how many sessions it was called in, and in how many it was filled.

        Seats with public office are left out: of them there is institutional presence, never a rate.
        """
        vino = Count("pk", filter=Q(estado__in=("presente", "suplente")))
        ciudadanos = self.filter(integrante__tipo="sin_cargo").order_by()
        return ciudadanos.values_list("integrante").annotate(ocupado=vino, de=Count("pk"))


class PuntoQuerySet(models.QuerySet):
    """Questions about agenda items."""

    def legibles_para(self, usuario: Any, sesion: Any) -> PuntoQuerySet:
        """The items of a session, each saying in `legible` whether the user may read its text.

        A reserved item stays on the agenda («punto reservado») for whoever was not there:
        redaction is visible, its text is not even in the page.
        """
        cerca = type(sesion).objects.filter(estuvo(usuario) | escribe(usuario), pk=sesion.pk)
        return self.annotate(legible=~Q(nivel=Nivel.RESERVADA) | Exists(cerca)).order_by("orden")

    def publicas(self, fecha: dt.date | None = None) -> PuntoQuerySet:
        """Items that the act of their public session lets be read, and that nobody has reserved since."""
        sesiones = filas_de(self.model, "sesion").publicas(fecha).order_by().values("pk")
        actos = filas_de(self.model, "sesion__actos").vigentes_en(fecha or timezone.localdate())
        consentido = actos.filter(EnElArreglo(OuterRef("pk"), F("puntos")), sesion=OuterRef("sesion"))
        return self.filter(~Q(nivel=Nivel.RESERVADA), Exists(consentido), sesion__in=sesiones)

    def donde_consentir(self, acuerdo: Any) -> PuntoQuerySet:
        """Items of the assemblies that could consent to publish an agreement: of its mesa, that did meet,
        not before it was made. The latest first."""
        asambleas = filas_de(self.model, "sesion").que_empezaron().filter(tipo__in=("plenaria", "encuentro"))
        return (
            self.filter(sesion__in=asambleas.filter(mesa=acuerdo.sesion.mesa_id, inicio__gte=acuerdo.sesion.inicio))
            .select_related("sesion__comite", "sesion__mesa")
            .order_by("-sesion__inicio", "orden")
        )
