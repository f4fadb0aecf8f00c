"""How the portal writes dates and numbers in es-MX, wherever they are written (pages, CSV notes, PDF).

Django's own es-mx catalogue capitalises the months, so the names live here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

MESES = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
SIN_DATO = "sin dato"


def dia_local(fecha: dt.date | dt.datetime) -> dt.date:
    """The calendar day in the current time zone: a session at 23:00 belongs to that evening."""
    if isinstance(fecha, dt.datetime):
        return timezone.localtime(fecha).date() if timezone.is_aware(fecha) else fecha.date()
    return fecha


def fecha_larga(fecha: dt.date | dt.datetime) -> str:
    """«22 de noviembre de 2018»."""
    dia = dia_local(fecha)
    return f"{dia.day} de {MESES[dia.month - 1]} de {dia.year}"


def fecha_corta(fecha: dt.date | dt.datetime) -> str:
    """«22 nov 2018»: for tables."""
    dia = dia_local(fecha)
    return f"{dia.day} {MESES[dia.month - 1][:3]} {dia.year}"


def fecha_con_precision(fecha: dt.date, precision: str) -> str:
    """Says no more than the source: precision «dia», «mes», «anio» or «a_mas_tardar»."""
    if precision == "a_mas_tardar":
        return f"a más tardar el {fecha_larga(fecha)}"
    if precision == "anio":
        return str(fecha.year)
    if precision == "mes":
        return f"{MESES[fecha.month - 1]} de {fecha.year}"
    return fecha_larga(fecha)


def mes_largo(periodo: str) -> str:
    """«2023-08» → «agosto de 2023»; a bare year or anything else stays as it is."""
    anio, guion, mes = str(periodo).partition("-")
    if guion and anio.isdigit() and mes.isdigit() and 1 <= int(mes) <= 12:
        return f"{MESES[int(mes) - 1]} de {anio}"
    return str(periodo)


def numero(valor: int | float | Decimal | None, decimales: int = 0) -> str:
    """«1,637,477», «56.1»; halves go up, as people round."""
    if valor is None:
        return SIN_DATO
    exacto = Decimal(str(valor)).quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    return f"{exacto:,}".replace("-", "\N{MINUS SIGN}")


def duracion(tiempo: dt.timedelta) -> str:
    """«48 s», «3 min 5 s», «1 h 20 min»: how long something took, or has been going on."""
    segundos = max(0, int(tiempo.total_seconds()))
    horas, minutos = divmod(segundos // 60, 60)
    if not segundos:
        return "menos de 1 s"
    if horas:
        return f"{horas} h {minutos} min"
    return f"{minutos} min {segundos % 60} s" if minutos else f"{segundos} s"


def peso(cuantos: int) -> str:
    """«380 MB», «12.4 MB», «87 KB»: how much a file weighs."""
    for unidad in ("bytes", "KB", "MB"):
        if cuantos < 1024 or unidad == "MB":
            break
        cuantos /= 1024
    return f"{numero(cuantos, 0 if unidad != 'MB' or cuantos >= 100 else 1)} {unidad}"


def enumerar(cosas: Sequence[str]) -> str:
    """«el producto, la fecha y quién responde»."""
    *primeras, ultima = cosas
    return f"{', '.join(primeras)} y {ultima}" if primeras else ultima


def contar(cuantos: int, uno: str, varios: str) -> list[str]:
    """«1 acta», «3 actas», for a list of parts in which what is zero is not said (hence a list)."""
    return [f"{numero(cuantos)} {uno if cuantos == 1 else varios}"] if cuantos else []
