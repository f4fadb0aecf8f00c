"""To whom a mesa writes about its agreements: who answers for them and who coordinates. Four queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from comites.direcciones import Direcciones
from comites.models import Acuerdo, Sesion
from comites.recordatorios import Destinatario
from comun.modelos import esta_en_vigor
from mesas.models import Cargo, Integrante, Persona, Puesto

PorClave = dict[str, Destinatario]


def _las_que_se_unieron(sesiones: Collection[int]) -> dict[int, list[int]]:
    """The other mesas of each joint session: their seats answer for what was agreed there, too."""
    unidas: dict[int, list[int]] = defaultdict(list)
    pares = Sesion.mesas.through.objects.filter(sesion__in=sesiones).order_by("pk")
    for sesion, mesa in pares.values_list("sesion", "mesa"):
        unidas[sesion].append(mesa)
    return unidas


class Libreta:
    """The address book of some agreements on a day: only seats and posts in force then."""

    def __init__(
        self,
        fecha: dt.date,
        *,
        mesas: Collection[int],
        instituciones: Collection[int] = (),
        unidas: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        self.fecha = fecha
        self._unidas = unidas or {}
        self._direcciones = Direcciones(mesas)
        self._de_institucion: dict[tuple[int, int], PorClave] = defaultdict(dict)
        self._de_mesa: dict[int, PorClave] = defaultdict(dict)
        self._de_comite: dict[int, PorClave] = defaultdict(dict)
        self._leer_instituciones(mesas, instituciones)
        self._leer_coordinaciones(mesas)

    @classmethod
    def de_acuerdos(cls, acuerdos: Sequence[Acuerdo], fecha: dt.date) -> Libreta:
        """That of whoever answers for those agreements or coordinates their mesas."""
        unidas = _las_que_se_unieron({acuerdo.sesion_id for acuerdo in acuerdos})
        return cls(
            fecha,
            mesas={acuerdo.sesion.mesa_id for acuerdo in acuerdos}.union(*unidas.values()),
            instituciones={acuerdo.institucion_responsable_id for acuerdo in acuerdos} - {None},
            unidas=unidas,
        )

    def responsables(self, acuerdo: Acuerdo) -> list[Destinatario]:
        """Who answers for it: the member, whoever speaks for the institution in the mesas that met, or an address.

        Nobody if the seat ended: who left the mesa no longer receives what is of the mesa.
        """
        if acuerdo.responsable_id:
            asiento = acuerdo.responsable
            sigue = esta_en_vigor(asiento, self.fecha)
            uno = self._uno(asiento.persona, asiento.mesa_id, mesa=asiento.mesa.slug) if sigue else None
            return [uno] if uno else []
        if acuerdo.institucion_responsable_id:
            # Whoever sits in several is written to as of the host, which is the last.
            mesas = (*self._unidas.get(acuerdo.sesion_id, ()), acuerdo.sesion.mesa_id)
            suyos = (self._de_institucion[mesa, acuerdo.institucion_responsable_id] for mesa in mesas)
            gente = list({clave: uno for grupo in suyos for clave, uno in grupo.items()}.values())
            return gente or self._oficina(acuerdo)
        return [Destinatario(acuerdo.correo_responsable.lower())] if acuerdo.correo_responsable else []

    def coordinacion(self, acuerdo: Acuerdo) -> list[Destinatario]:
        """Who records its session: coordination and secretaría of the mesa, and coordination of the comité."""
        del_comite = self._de_comite[acuerdo.sesion.comite_id] if acuerdo.sesion.comite_id else {}
        return list((del_comite | self._de_mesa[acuerdo.sesion.mesa_id]).values())

    def coordinacion_de(self, mesa: int) -> list[Destinatario]:
        """The coordination and the secretaría of a mesa."""
        return list(self._de_mesa[mesa].values())

    def _uno(
        self, persona: Persona, de_mesa: int, institucion_id: int | None = None, mesa: str = ""
    ) -> Destinatario | None:
        correo = self._direcciones.de_persona(persona, de_mesa).lower()
        return Destinatario(correo, persona.pk, persona.tiene_cuenta, institucion_id, mesa) if correo else None

    def _oficina(self, acuerdo: Acuerdo) -> list[Destinatario]:
        """The office of the institution, when nobody who speaks for it can be reached."""
        institucion = acuerdo.institucion_responsable_id
        correo = self._direcciones.de_institucion(institucion, acuerdo.sesion.mesa_id).lower()
        return [Destinatario(correo, institucion_id=institucion)] if correo else []

    def _leer_instituciones(self, mesas: Collection[int], instituciones: Collection[int]) -> None:
        asientos = Integrante.objects.vigentes_en(self.fecha).filter(mesa__in=mesas, institucion__in=instituciones)
        for asiento in asientos.select_related("persona__usuario", "mesa").order_by("pk"):
            uno = self._uno(asiento.persona, asiento.mesa_id, asiento.institucion_id, asiento.mesa.slug)
            if uno:
                self._de_institucion[asiento.mesa_id, asiento.institucion_id][uno.clave] = uno

    def _leer_coordinaciones(self, mesas: Collection[int]) -> None:
        tipos = (*Puesto.ESCRIBEN_EN_LA_MESA, Puesto.Tipo.COORDINACION_COMITE)
        cargos = Cargo.objects.vigentes_en(self.fecha).filter(puesto__mesa__in=mesas, puesto__tipo__in=tipos)
        for cargo in cargos.select_related("persona__usuario", "puesto__comite").order_by("pk"):
            uno = self._uno(cargo.persona, cargo.puesto.mesa_id)
            if uno is None:
                continue
            if cargo.puesto.tipo != Puesto.Tipo.COORDINACION_COMITE:
                self._de_mesa[cargo.puesto.mesa_id][uno.clave] = uno
            elif hasattr(cargo.puesto, "comite"):
                self._de_comite[cargo.puesto.comite.pk][uno.clave] = uno
