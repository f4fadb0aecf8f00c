"""Axes: round ticks, labels of periods, and labels that do not step on each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor, log10

from comun.formatos import MESES

PASOS = (1, 2, 2.5, 5, 10)


def marcas_redondas(tope: float, cuantas: int = 5) -> list[float]:
    """Round values from zero up to the first that reaches `tope`."""
    if tope <= 0:
        return [0.0, 1.0]
    bruto = tope / cuantas
    magnitud = 10 ** floor(log10(bruto))
    paso = next(k * magnitud for k in PASOS if k * magnitud >= bruto * 0.999999)
    return [round(i * paso, 10) for i in range(ceil(tope / paso - 1e-9) + 1)]


def decimales_de(marcas: Sequence[float]) -> int:
    """Decimals that the ticks need, and no more."""
    return max((len(f"{marca:.10f}".rstrip("0").partition(".")[2]) for marca in marcas), default=0)


def rotulo_de_periodo(x: str | int, *, corto: bool = False) -> str:
    """«2024», «jul 2024»; short: «jul 24»."""
    anio, guion, mes = str(x).partition("-")
    if not (guion and mes.isdigit() and 1 <= int(mes) <= 12):
        return str(x)
    return f"{MESES[int(mes) - 1][:3]} {anio[-2:] if corto else anio}"


def eje_completo(xs: Iterable[str | int]) -> list[str | int]:
    """The periods in order, with those that nobody gave between the first and the last.

    A year or a month that is missing takes its room on the axis, so that no line may jump over it.
    """
    dados = sorted(set(xs), key=str)
    if not dados:
        return []
    if all(isinstance(x, int) for x in dados):
        return list(range(int(dados[0]), int(dados[-1]) + 1))
    lugares = [_lugar_en_el_tiempo(x) for x in dados]
    forma = {len(str(x)) for x in dados}
    if None in lugares or len(forma) > 1:
        return dados
    enteros = range(lugares[0] or 0, (lugares[-1] or 0) + 1)
    return [f"{n:04d}" if forma == {4} else f"{n // 12:04d}-{n % 12 + 1:02d}" for n in enteros]


def _lugar_en_el_tiempo(x: str | int) -> int | None:
    """«2024» → 2024; «2024-07» → months since the year 0."""
    anio, guion, mes = str(x).partition("-")
    if not (anio.isdigit() and len(anio) == 4):
        return None
    if not guion:
        return int(anio)
    return int(anio) * 12 + int(mes) - 1 if mes.isdigit() and 1 <= int(mes) <= 12 else None


def salteados(cuantos: int, ancho: float, ancho_rotulo: float) -> list[int]:
    """Which positions of an axis carry a label so that none touches another; the last always does."""
    if cuantos <= 1:
        return list(range(cuantos))
    caben = max(1, int(ancho // ancho_rotulo))
    paso = max(1, ceil((cuantos - 1) / caben))
    return sorted(range(cuantos - 1, -1, -paso))


def separados(posiciones: Sequence[float], distancia: float, desde: float, hasta: float) -> list[float]:
    """Moves labels as little as possible so that they stand `distancia` apart within the limits.

    Labels that touch become a block centred on the mean of what they wanted; blocks that touch merge.
    """
    orden = sorted(range(len(posiciones)), key=lambda i: posiciones[i])
    bloques: list[tuple[list[int], float]] = []
    for i in orden:
        miembros, centro = [i], posiciones[i]
        centro = _dentro(miembros, centro, distancia, desde, hasta)
        while bloques and centro - bloques[-1][1] < distancia * (len(miembros) + len(bloques[-1][0])) / 2:
            miembros = bloques.pop()[0] + miembros
            centro = sum(posiciones[j] for j in miembros) / len(miembros)
            centro = _dentro(miembros, centro, distancia, desde, hasta)
        bloques.append((miembros, centro))
    salida = [0.0] * len(posiciones)
    for miembros, centro in bloques:
        primero = centro - distancia * (len(miembros) - 1) / 2
        for lugar, i in enumerate(miembros):
            salida[i] = primero + lugar * distancia
    return salida


def _dentro(miembros: Sequence[int], centro: float, distancia: float, desde: float, hasta: float) -> float:
    media = distancia * (len(miembros) - 1) / 2
    return max(desde + media, min(centro, hasta - media))
