"""Load official files of crimes: municipal, state or RNID, as CSV, ZIP or XLSX."""

import argparse
import datetime as dt
from pathlib import Path

from django.core.management.base import CommandError

from comun.ordenes import Orden
from indicadores.cerrojo import CargaEnCurso
from indicadores.importadores.errores import ArchivoInvalido
from indicadores.operaciones_cargas import cargar_incidencia
from mesas.operaciones import cargar_catalogos


class Command(Orden):
    help = "Carga archivos oficiales de incidencia delictiva (municipal, estatal o RNID; CSV, ZIP o XLSX)."

    def add_arguments(self, parser):
        parser.add_argument("archivos", nargs="+", type=Path, metavar="ARCHIVO")
        parser.add_argument(
            "--corte", type=_corte, metavar="AAAA-MM", help="Último mes publicado; si falta, se infiere."
        )
        parser.add_argument("--simular", action="store_true", help="Hace todo menos guardarlo.")
        parser.add_argument(
            "--forzar", action="store_true", help="Acepta un archivo incompleto o de un corte anterior."
        )

    def handle(self, *args, **opciones):
        faltan = [str(ruta) for ruta in opciones["archivos"] if not ruta.is_file()]
        if faltan:
            raise CommandError(f"No existe el archivo {', '.join(faltan)}. Revisa la ruta.")
        cargar_catalogos()
        for ruta in opciones["archivos"]:
            self._cargar(ruta, opciones)

    def _cargar(self, ruta, opciones):
        self.stdout.write(self.style.MIGRATE_HEADING(ruta.name))
        try:
            resultado = cargar_incidencia(
                ruta=ruta,
                corte=opciones["corte"],
                forzar=opciones["forzar"],
                simular=opciones["simular"],
                avisar=lambda paso, avance: self.stdout.write(f"  {avance:4.0%}  {paso}"),
            )
        except (ArchivoInvalido, CargaEnCurso) as error:
            raise CommandError(str(error)) from error
        for aviso in resultado.avisos:
            self.stdout.write(self.style.WARNING(f"  Aviso: {aviso}"))
        for anio, total in _por_anio(resultado.controles).items():
            self.stdout.write(f"  {anio}: {total:,} carpetas")
        self.stdout.write(self.style.SUCCESS(f"  {resultado.mensaje}"))
        if opciones["simular"]:
            self.stdout.write("  Fue una simulación: no se guardó nada.")


def _por_anio(controles):
    totales = {}
    for anio, _, total in controles:
        totales[anio] = totales.get(anio, 0) + total
    return totales


def _corte(texto):
    try:
        return dt.date.fromisoformat(f"{texto}-01")
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"«{texto}» no es un mes: escribe AAAA-MM, por ejemplo 2025-11.") from error
