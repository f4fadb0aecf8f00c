"""How the delivery of a call went, person by person: who was told, who could not be reached, who has no address."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from comites.destinatarios import Destinatario, destinatarios
from comites.models import Convocatoria, Envio, Sesion
from comites.operaciones_convocatoria import MOTIVOS
from cuentas.models import Correo


class Entrega(StrEnum):
    """Where the last message to somebody stands, the ones that ask for something first."""

    FALLIDA = "fallida"
    SIN_CORREO = "sin_correo"
    POR_AVISAR = "por_avisar"
    EN_CAMINO = "en_camino"
    ENVIADA = "enviada"
    GUARDADA = "guardada"


_DE_ESTADO = {
    Correo.Estado.EN_ESPERA: Entrega.EN_CAMINO,
    Correo.Estado.ENVIADO: Entrega.ENVIADA,
    Correo.Estado.GUARDADO: Entrega.GUARDADA,
    Correo.Estado.FALLIDO: Entrega.FALLIDA,
}


@dataclass(frozen=True)
class FilaDeEntrega:
    """Somebody to be told, and how it went. Without `envio`, nothing has been written to them."""

    destinatario: Destinatario
    envio: Envio | None
    entrega: Entrega

    @property
    def por_que(self) -> str:
        """Why it did not leave, in words that say what to do. Empty if it did."""
        if self.envio is None or not self.envio.correo.falla:
            return ""
        falla = self.envio.correo.falla
        if self.entrega == Entrega.EN_CAMINO:
            return "El servidor de correo no lo tomó todavía; se intenta otra vez en unos minutos."
        if self.entrega != Entrega.FALLIDA:
            return ""
        if falla.startswith("SMTPRecipientsRefused 5"):
            return "El servidor rechazó esa dirección. Revisa que esté bien escrita."
        return "El servidor de correo no lo aceptó, aunque se intentó varias veces. Vuelve a enviarlo o avísale tú."

    @property
    def puede_reenviarse(self) -> bool:
        """Something was sent and it is known how it ended."""
        return self.envio is not None and self.entrega != Entrega.EN_CAMINO and bool(self.destinatario.correo)


def entregas(sesion: Sesion, convocatoria: Convocatoria | None) -> list[FilaDeEntrega]:
    """The record of delivery of a call: the last message to each one, those who ask for something first."""
    ultimos: dict[tuple[int | None, int | None], Envio] = {}
    if convocatoria is not None:
        envios = Envio.objects.filter(sesion=sesion, motivo__in=MOTIVOS).select_related("correo").order_by("pk")
        ultimos = {(envio.persona_id, envio.institucion_id): envio for envio in envios}
    filas = [_fila(destinatario, ultimos, convocatoria) for destinatario in destinatarios(sesion)]
    orden = list(Entrega)
    return sorted(filas, key=lambda fila: orden.index(fila.entrega))


def _fila(destinatario: Destinatario, ultimos: dict, convocatoria: Convocatoria | None) -> FilaDeEntrega:
    quien = (
        destinatario.persona.pk if destinatario.persona else None,
        destinatario.institucion.pk if destinatario.institucion else None,
    )
    envio = ultimos.get(quien)
    al_dia = envio is not None and _es_de_este_turno(envio, destinatario, convocatoria)
    if al_dia and convocatoria.esta_vigente and envio.motivo == Envio.Motivo.CANCELACION:
        al_dia = False  # he left the session and came back to it
    if al_dia:
        return FilaDeEntrega(destinatario, envio, _DE_ESTADO[envio.correo.estado])
    if not destinatario.correo:
        return FilaDeEntrega(destinatario, envio, Entrega.SIN_CORREO)
    return FilaDeEntrega(destinatario, envio, Entrega.POR_AVISAR)


def _es_de_este_turno(envio: Envio, destinatario: Destinatario, convocatoria: Convocatoria) -> bool:
    clave = convocatoria.clave_para(destinatario.clave)
    return envio.correo.clave == clave or envio.correo.clave.startswith(f"{clave}:")


def cuentas_de(filas: list[FilaDeEntrega]) -> dict[str, int]:
    """How many of each kind, people and institutions together. Institutions without an address are not missing.

    `total` are all of them; `con_correo`, those whom a new call would reach.
    """
    de_verdad = [fila for fila in filas if fila.destinatario.persona or fila.entrega != Entrega.SIN_CORREO]
    cuenta = Counter(fila.entrega for fila in de_verdad)
    con_correo = sum(bool(fila.destinatario.correo) for fila in de_verdad)
    por_entrega = {entrega.value: cuenta[entrega] for entrega in Entrega}
    return por_entrega | {"total": len(de_verdad), "con_correo": con_correo}
