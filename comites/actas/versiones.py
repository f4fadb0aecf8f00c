"""What each reader sees of a minute. Whatever is kept from them leaves a visible mark and no text.

The three versions start from the same content and differ in who looks: *completa*, whoever was
there or records it; *de la mesa*, its other members, without what is reserved; *pública*, anybody,
without any person's name unless they consented to it. The page, the PDF and the search of the desk
draw what comes out of here and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from comites.actas.asistentes import lista
from comites.actas.lectores import PUBLICA, ROTULOS, AdendaDicha, DatosDelActa, Mirada
from comites.actas.testado import tachar
from comites.models import Acuerdo, PuntoDelOrden
from comites.niveles import Nivel
from comun.formatos import contar, enumerar, fecha_larga, numero

_DESENLACE = dict(PuntoDelOrden.Desenlace.choices)
_ESTADO = dict(Acuerdo.Estado.choices)


@dataclass
class _Testado:
    """What was kept from the reader, for the list at the head of the document."""

    reservados: int = 0
    puntos: int = 0
    acuerdos: int = 0
    revisados: int = 0
    adendas: int = 0
    otras: list[str] = field(default_factory=list)

    def renglones(self, *, publica: bool) -> list[str]:
        """«1 punto reservado», «2 acuerdos que no se publican»: how much, never what."""
        uno, varios = ("que no se publica", "que no se publican") if publica else ("reservado", "reservados")
        una, varias = (uno, varios) if publica else ("reservada", "reservadas")
        return [
            *contar(self.reservados, "punto reservado", "puntos reservados"),
            *contar(self.puntos, f"punto {uno}", f"puntos {varios}"),
            *contar(self.acuerdos, f"acuerdo {uno}", f"acuerdos {varios}"),
            *contar(self.revisados, f"acuerdo revisado {uno}", f"acuerdos revisados {varios}"),
            *contar(self.adendas, f"adenda {una}", f"adendas {varias}"),
            *self.otras,
        ]


def version(contenido: Mapping[str, Any], mirada: Mirada, datos: DatosDelActa) -> dict[str, Any]:
    """The minute as that reader sees it: words and lists ready to be drawn, in any medium.

    Returns:
        A dictionary of texts, numbers and lists, equal for equal arguments.
    """
    testado = _Testado()
    tachado = Tachado(contenido, mirada)
    sesion = contenido["sesion"]
    documento = {
        "titulo": f"Acta · {contenido['organo']['nombre']}, sesión {sesion['numero']}",
        "version": mirada.version,
        "rotulo": ROTULOS[mirada.version],
        "marcas": list(datos.marcas),
        "demostracion": contenido["mesa"]["demostracion"],
        "folio": datos.folio,
        "codigo": datos.codigo,
        "direccion": datos.direccion,
        "huella": datos.huella,
        "anterior": datos.anterior,
        "secuencia": datos.secuencia,
        "aprobacion": datos.aprobacion,
        "generales": _generales(contenido, mirada),
        "quorum": "" if mirada.es_publica else contenido.get("quorum", {}).get("texto", ""),
        **lista(contenido, mirada),
        "revisados": _revisados(contenido, mirada, testado, tachado),
        "puntos": _puntos(contenido, mirada, testado, tachado),
        "acuerdos": _acuerdos(contenido, mirada, testado, tachado),
        "desarrollo": "" if mirada.es_publica else sesion["desarrollo"],
        "adendas": _adendas(datos.adendas, mirada, testado),
    }
    if mirada.es_publica:
        testado.otras += _lo_que_nunca_sale(contenido)
    return documento | {"testado": testado.renglones(publica=mirada.es_publica)}


def _lo_que_nunca_sale(contenido: Mapping[str, Any]) -> list[str]:
    """What a public version leaves out whatever the assembly consents to."""
    dichos = ["quién asistió y cuántos fueron"] if contenido["asistencia"] else []
    if any(punto["resumen"] for punto in contenido["orden"]):
        dichos.append("lo que se dijo en cada punto")
    return [*dichos, "el desarrollo general"] if contenido["sesion"]["desarrollo"] else dichos


class Tachado:
    """Takes the names that the minute knows out of the texts of a public version; leaves the others as they are."""

    def __init__(self, contenido: Mapping[str, Any], mirada: Mirada) -> None:
        self._activo, self._con_nombre = mirada.es_publica, mirada.con_nombre
        self._nombres = [nombre for persona, nombre in _personas(contenido) if persona not in mirada.con_nombre]

    def __call__(self, texto: str) -> str:
        return tachar(texto, self._nombres) if self._activo else texto

    def responsable(self, quien: Mapping[str, Any] | None) -> str:
        if not quien:
            return ""
        if quien.get("institucion"):
            return quien["institucion"]["nombre"]
        if not self._activo:
            return quien["persona"]["nombre"] if "persona" in quien else quien["correo"]
        if "persona" in quien:
            persona = quien["persona"]
            return persona["nombre"] if persona["id"] in self._con_nombre else "Una persona integrante de la mesa"
        return "Una autoridad fuera de la mesa"


def _personas(contenido: Mapping[str, Any]) -> Iterable[tuple[int | None, str]]:
    """Everybody whom the minute names: (key or None, name). Whoever has no key never consented."""
    for fila in contenido["asistencia"]:
        yield fila["persona"]["id"], fila["persona"]["nombre"]
        yield None, fila["suplente"]
    for invitado in contenido["invitados"]:
        yield None, invitado["nombre"]
    for acuerdo in contenido["acuerdos"]:
        responsable = acuerdo["responsable"] or {}
        if "persona" in responsable:
            yield responsable["persona"]["id"], responsable["persona"]["nombre"]
        yield None, responsable.get("correo", "")
    if contenido["coordinacion"]:
        yield contenido["coordinacion"]["id"], contenido["coordinacion"]["nombre"]


def _generales(contenido: Mapping[str, Any], mirada: Mirada) -> list[dict[str, str]]:
    """Facts of the session, as pairs. The public gets the day, never the hour nor the place."""
    sesion, mesa = contenido["sesion"], contenido["mesa"]
    inicio = dt.datetime.fromisoformat(sesion["inicio"])
    cuando = fecha_larga(inicio.date())
    pares = [
        ("Mesa", f"{mesa['nombre']} ({mesa['entidad']})"),
        ("Con", enumerar([otra["nombre"] for otra in contenido["otras_mesas"]]) if contenido["otras_mesas"] else ""),
        ("Órgano", contenido["organo"]["nombre"]),
        ("Sesión", f"{sesion['numero']} · {sesion['numero_anual']}.ª de {sesion['anio']}"),
    ]
    if mirada.es_publica:
        pares.append(("Fecha", cuando))
    else:
        pares += [
            ("Empezó", f"{cuando}, {inicio:%H:%M}"),
            ("Terminó", _hasta(sesion["fin"], inicio)),
            ("Lugar", sesion["lugar"]),
            ("Coordina", (contenido["coordinacion"] or {}).get("nombre", "")),
        ]
    return [{"rotulo": rotulo, "valor": valor} for rotulo, valor in pares if valor]


def _hasta(fin: str, inicio: dt.datetime) -> str:
    if not fin:
        return ""
    hora = dt.datetime.fromisoformat(fin)
    return f"{hora:%H:%M}" if hora.date() == inicio.date() else f"{fecha_larga(hora.date())}, {hora:%H:%M}"


def _revisados(
    contenido: Mapping[str, Any], mirada: Mirada, testado: _Testado, tachado: Tachado
) -> list[dict[str, str]]:
    salida = []
    for fila in contenido["revisados"]:
        if fila["id"] not in mirada.acuerdos:
            testado.revisados += 1
            continue
        if "prorroga_al" in fila:
            que = f"Se prorroga al {fecha_larga(dt.date.fromisoformat(fila['prorroga_al']))}"
        else:
            que = _ESTADO[fila["estado"]]
        salida.append(
            {
                "folio": fila["folio"],
                "accion": tachado(fila["accion"]),
                "que": que,
                # What is written of an agreement afterwards was never put to the assembly.
                "texto": "" if mirada.es_publica else fila["texto"],
            }
        )
    return salida


def _puntos(contenido: Mapping[str, Any], mirada: Mirada, testado: _Testado, tachado: Tachado) -> list[dict[str, Any]]:
    salida = []
    for punto in contenido["orden"]:
        if punto["id"] in mirada.puntos:
            salida.append(
                {
                    "orden": punto["orden"],
                    "titulo": tachado(punto["titulo"]),
                    "desenlace": _DESENLACE.get(punto["desenlace"], ""),
                    # The assembly consented to a title that it read; what was said of it was never put to it.
                    "resumen": "" if mirada.es_publica else punto["resumen"],
                    "marca": "",
                    "reservado": mirada.niveles.get(punto["id"]) == Nivel.RESERVADA,
                }
            )
            continue
        reservado = mirada.niveles.get(punto["id"], Nivel.RESERVADA) == Nivel.RESERVADA
        if reservado:
            testado.reservados += 1
        else:
            testado.puntos += 1
        marca = "Punto reservado" if reservado else "Punto que no se publica"
        salida.append(
            {"orden": punto["orden"], "titulo": "", "desenlace": "", "resumen": "", "marca": marca, "reservado": True}
        )
    return salida


def _acuerdos(
    contenido: Mapping[str, Any], mirada: Mirada, testado: _Testado, tachado: Tachado
) -> list[dict[str, Any]]:
    salida = []
    for fila in contenido["acuerdos"]:
        if not se_lee(fila, mirada):
            testado.acuerdos += 1
            continue
        salida.append(acuerdo_dicho(fila, tachado))
    return salida


def se_lee(acuerdo: Mapping[str, Any], mirada: Mirada) -> bool:
    """True if that reader may read the agreement: by itself, and never under an item that is reserved for them."""
    bajo_reserva = (
        acuerdo["punto"] is not None
        and acuerdo["punto"] not in mirada.puntos
        and mirada.niveles.get(acuerdo["punto"], Nivel.RESERVADA) == Nivel.RESERVADA
    )
    return acuerdo["id"] in mirada.acuerdos and not bajo_reserva


def acuerdo_dicho(fila: Mapping[str, Any], tachado: Tachado) -> dict[str, Any]:
    """An agreement in words: what, and the facts that make it verifiable."""
    compromiso = fila["fecha_compromiso"]
    cantidad = f" ({_cantidad(fila['cantidad'])} {fila['unidad']})" if fila["cantidad"] else ""
    pares = [
        ("Qué existirá", f"{tachado(fila['producto'])}{cantidad}" if fila["producto"] else ""),
        ("Quién responde", tachado.responsable(fila["responsable"])),
        ("Con", enumerar([otra["nombre"] for otra in fila["corresponsables"]]) if fila["corresponsables"] else ""),
        ("Para cuándo", fecha_larga(dt.date.fromisoformat(compromiso)) if compromiso else ""),
        ("Cómo se comprobará", tachado(fila["verificacion"])),
        ("Detalle", tachado(fila["detalle"])),
    ]
    return {
        "folio": fila["folio"],
        "accion": tachado(fila["accion"]),
        "datos": [{"rotulo": rotulo, "valor": valor} for rotulo, valor in pares if valor],
    }


def _cantidad(escrita: str) -> str:
    return numero(Decimal(escrita), len(escrita.partition(".")[2]))


def _adendas(adendas: Sequence[AdendaDicha], mirada: Mirada, testado: _Testado) -> list[dict[str, Any]]:
    salida = []
    for adenda in adendas:
        sobre = f"Sobre el punto {adenda.orden}" if adenda.orden else "Sobre el acta"
        # Free text, written after what the assembly read: never for the public.
        legible = not mirada.es_publica and (adenda.punto is None or adenda.punto in mirada.puntos)
        if not legible:
            testado.adendas += 1
        salida.append(
            {
                "numero": adenda.numero,
                "fecha": fecha_larga(adenda.fecha),
                "sobre": sobre,
                "texto": adenda.texto if legible else "",
                "huella": adenda.huella,
                "marca": "" if legible else ("Adenda que no se publica" if mirada.es_publica else "Adenda reservada"),
            }
        )
    return salida


def tachado_publico(contenido: Mapping[str, Any], con_nombre: Iterable[int]) -> Tachado:
    """For what goes out of the mesa without being a minute: an extract."""
    nadie = Mirada(PUBLICA, {}, frozenset(), frozenset(), con_nombre=frozenset(con_nombre))
    return Tachado(contenido, nadie)
