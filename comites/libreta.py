"""To whom a mesa writes about its agreements: who answers for them and who coordinates. Two queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from comites.models import Acuerdo
from comites.recordatorios import Destinatario
from mesas.models import Cargo, Integrante, Persona, Puesto

PorClave = dict[str, Destinatario]


def destinatario_de(persona: Persona, institucion_id: int | None = None) -> Destinatario | None:
    """Where that person is written to; None if nowhere."""
    correo = persona.a_donde_escribirle.lower()
    return Destinatario(correo, persona.pk, persona.tiene_cuenta, institucion_id) if correo else None


class Libreta:
    """The address book of some agreements on a day: only seats and posts in force then."""

    def __init__(self, fecha: dt.date, *, mesas: Collection[int], instituciones: Collection[int] = ()) -> None:
        self.fecha = fecha
        self._de_institucion: dict[tuple[int, int], PorClave] = defaultdict(dict)
        self._de_mesa: dict[int, PorClave] = defaultdict(dict)
        self._de_comite: dict[int, PorClave] = defaultdict(dict)
        self._leer_instituciones(mesas, instituciones)
        self._leer_coordinaciones(mesas)

    @classmethod
    def de_acuerdos(cls, acuerdos: Sequence[Acuerdo], fecha: dt.date) -> Libreta:
        """That of whoever answers for those agreements or coordinates their mesas."""
        return cls(
            fecha,
            mesas={acuerdo.sesion.mesa_id for acuerdo in acuerdos},
            instituciones={acuerdo.institucion_responsable_id for acuerdo in acuerdos} - {None},
        )

    def responsables(self, acuerdo: Acuerdo) -> list[Destinatario]:
        """Who answers for it: the member, whoever speaks for the institution in that mesa, or an address.

        Nobody if the seat ended: who left the mesa no longer receives what is of the mesa.
        """
        if acuerdo.responsable_id:
            uno = destinatario_de(acuerdo.responsable.persona) if self._vigente(acuerdo.responsable) else None
            return [uno] if uno else []
        if acuerdo.institucion_responsable_id:
            return list(self._de_institucion[acuerdo.sesion.mesa_id, acuerdo.institucion_responsable_id].values())
        return [Destinatario(acuerdo.correo_responsable.lower())] if acuerdo.correo_responsable else []

    def coordinacion(self, acuerdo: Acuerdo) -> list[Destinatario]:
        """Who records its session: coordination and secretaría of the mesa, and coordination of the comité."""
        del_comite = self._de_comite[acuerdo.sesion.comite_id] if acuerdo.sesion.comite_id else {}
        return list((del_comite | self._de_mesa[acuerdo.sesion.mesa_id]).values())

    def coordinacion_de(self, mesa: int) -> list[Destinatario]:
        """The coordination and the secretaría of a mesa."""
        return list(self._de_mesa[mesa].values())

    def _vigente(self, asiento: Integrante) -> bool:
        empezo = asiento.desde is None or asiento.desde <= self.fecha
        return empezo and (asiento.hasta is None or asiento.hasta > self.fecha)

    def _leer_instituciones(self, mesas: Collection[int], instituciones: Collection[int]) -> None:
        asientos = Integrante.objects.vigentes_en(self.fecha).filter(mesa__in=mesas, institucion__in=instituciones)
        for asiento in asientos.select_related("persona__usuario").order_by("pk"):
            uno = destinatario_de(asiento.persona, asiento.institucion_id)
            if uno:
                self._de_institucion[asiento.mesa_id, asiento.institucion_id][uno.clave] = uno

    def _leer_coordinaciones(self, mesas: Collection[int]) -> None:
        tipos = (*Puesto.ESCRIBEN_EN_LA_MESA, Puesto.Tipo.COORDINACION_COMITE)
        cargos = Cargo.objects.vigentes_en(self.fecha).filter(puesto__mesa__in=mesas, puesto__tipo__in=tipos)
        for cargo in cargos.select_related("persona__usuario", "puesto__comite").order_by("pk"):
            uno = destinatario_de(cargo.persona)
            if uno is None:
                continue
            if cargo.puesto.tipo != Puesto.Tipo.COORDINACION_COMITE:
                self._de_mesa[cargo.puesto.mesa_id][uno.clave] = uno
            elif hasattr(cargo.puesto, "comite"):
                self._de_comite[cargo.puesto.comite.pk][uno.clave] = uno
