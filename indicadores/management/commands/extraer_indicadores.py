"""Make the committed extract of figures again from a folder of official files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from indicadores.extracto import CARPETA
from indicadores.importadores.extracto import hacer_extracto
from indicadores.importadores.sesnsp import ArchivoInvalido


class Command(BaseCommand):
    help = "Rehace el extracto de cifras de la primera ejecución desde los archivos oficiales de una carpeta."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("carpeta", type=Path, help="Carpeta con los archivos del SESNSP y de CONAPO.")
        parser.add_argument("--destino", type=Path, default=CARPETA, help="Dónde escribirlo.")

    def handle(self, *args, **opciones):
        try:
            manifiesto = hacer_extracto(opciones["carpeta"], opciones["destino"], self.stdout.write)
        except (ArchivoInvalido, FileNotFoundError) as error:
            raise CommandError(str(error)) from error
        for nombre, ficha in manifiesto["archivos"].items():
            self.stdout.write(f"{nombre}: {ficha['filas']:,} filas, {ficha['bytes']:,} bytes")
