"""`verificar_actas`: walk the chain of minutes of every organ and say where one does not hold."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.management.base import CommandError, CommandParser

from comites.actas.cadenas import verificar
from comites.models import Eslabon
from comun.ordenes import Orden


class Command(Orden):
    """Reads every minute once, with no more memory than one needs, and prints the last hash of each organ:
    kept somewhere else, it proves later that nobody rewrote the whole chain."""

    help = "Comprueba que ningún acta ni adenda cambió, falta o sobra, y da la última huella de cada órgano."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mesa", metavar="SLUG", help="sólo la de esa dirección; sin esto, todas")

    def handle(self, *args: Any, **opciones: Any) -> None:
        filas = Eslabon.objects.select_related("mesa", "comite").order_by("mesa", "tipo", "comite", "secuencia")
        if opciones["mesa"]:
            filas = filas.filter(mesa__slug=opciones["mesa"])
        cuantos, rotas = 0, []
        por_organo = groupby(filas.iterator(chunk_size=200), key=lambda fila: (fila.mesa, fila.tipo, fila.comite))
        for (mesa, tipo, comite), eslabones in por_organo:
            organo = f"{mesa.slug} · {comite or tipo}"
            bien, rota_en, ultima = verificar(eslabones)
            cuantos += bien
            if rota_en is not None:
                rotas.append(f"{organo}: no cuadra en el lugar {rota_en}")
                continue
            if opciones["verbosity"]:
                self.stdout.write(f"{organo}: {bien} en orden, última huella {ultima}")
        if rotas:
            raise CommandError("Hay cadenas que no cuadran:\n" + "\n".join(rotas))
        self.stdout.write(f"Todo cuadra: {cuantos} actas y adendas.")
