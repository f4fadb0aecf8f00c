"""To whom each message of a call was written, and who expects the session because of it. No writing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from comites.destinatarios import Destinatario
from comites.models import Convocatoria, Envio, Sesion
from cuentas.models import Correo

IDA = "ida"
"""In the key of a message: of the turn of one person alone, who left the session or came back to it."""


class Registro:
    """What was written of a call to each one, by his key. One query."""

    def __init__(self, convocatoria: Convocatoria) -> None:
        self.ultimos: dict[str, Envio] = {}
        self.idas: Counter[str] = Counter()
        """Messages of his own turn: he left the session, or came back to it."""
        raiz = f"convocatoria:{convocatoria.uid}:"
        envios = Envio.objects.filter(sesion=convocatoria.sesion_id, correo__clave__startswith=raiz)
        for envio in envios.select_related("correo", "persona__usuario", "institucion").order_by("pk"):
            _, clave, *resto = envio.correo.clave.removeprefix(raiz).split(":")
            self.idas[clave] += bool(resto) and resto[0].startswith(IDA)
            if envio.correo.estado != Correo.Estado.FALLIDO:
                self.ultimos[clave] = envio

    @property
    def avisados(self) -> dict[str, Envio]:
        """Who expects the session: the last that he read was not that it is off."""
        return {clave: fila for clave, fila in self.ultimos.items() if fila.motivo != Envio.Motivo.CANCELACION}

    def a_quienes_se_dijo(self, sesion: Sesion, actuales: list[Destinatario]) -> dict[str, Destinatario]:
        """Those who expect it, each at the address that was used. Not who was erased or shut out since."""
        por_clave = {destinatario.clave: destinatario for destinatario in actuales}
        salida = {}
        for clave, envio in self.avisados.items():
            uno = por_clave.get(clave) or _quien_salio(clave, envio, sesion)
            if uno is not None:
                salida[clave] = replace(uno, correo=envio.correo.para)
        return salida


def _quien_salio(clave: str, envio: Envio, sesion: Sesion) -> Destinatario | None:
    """Whoever was called and is not of the session any more; None if he was erased or shut out."""
    persona, institucion = envio.persona, envio.institucion
    if not (persona or institucion) or (persona and persona.usuario and not persona.tiene_cuenta):
        return None
    return Destinatario(clave, str(persona or institucion), "", "", sesion.mesa, persona, institucion, ya_no=True)
