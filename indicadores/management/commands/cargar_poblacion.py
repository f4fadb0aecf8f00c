"""Load an edition of CONAPO's population, in any of the shapes in which it was published."""

from pathlib import Path

from django.core.management.base import CommandError

from comun.ordenes import Orden
from indicadores.cerrojo import CargaEnCurso
from indicadores.importadores.conapo_formatos import EDICIONES
from indicadores.importadores.errores import ArchivoInvalido
from indicadores.operaciones_poblacion import cargar_poblacion


class Command(Orden):
    help = "Carga una edición de la población de CONAPO (CSV, ZIP o XLSX), entera, al lado de las que ya hay."

    def add_arguments(self, parser):
        parser.add_argument(
            "archivos",
            nargs="+",
            type=Path,
            metavar="ARCHIVO",
            help="El archivo de CONAPO; de la edición 2015-2030, sus dos partes juntas.",
        )
        parser.add_argument(
            "--edicion", default="", metavar="TEXTO", help="Cómo citarla; si falta, se infiere de sus años."
        )
        parser.add_argument("--simular", action="store_true", help="Hace todo menos guardarlo.")
        parser.add_argument("--usar", action="store_true", help="Hace que las tasas del portal usen esta edición.")

    def handle(self, *args, **opciones):
        faltan = [str(ruta) for ruta in opciones["archivos"] if not ruta.is_file()]
        if faltan:
            raise CommandError(f"No existe el archivo {', '.join(faltan)}. Revisa la ruta.")
        try:
            resultado = cargar_poblacion(
                rutas=opciones["archivos"],
                edicion=opciones["edicion"],
                usar=opciones["usar"] or None,
                simular=opciones["simular"],
                avisar=self._decir_paso(),
            )
        except (ArchivoInvalido, CargaEnCurso) as error:
            raise CommandError(str(error)) from error
        self._decir_resultado(resultado)
        if opciones["simular"]:
            self.stdout.write("Fue una simulación: no se guardó nada.")

    def _decir_paso(self):
        """Tell each step once; within a step, only how far it goes, every so often."""
        dicho = {"paso": "", "avance": 0.0}

        def decir(paso, avance):
            if paso != dicho["paso"] or avance - dicho["avance"] >= 0.1:
                dicho.update(paso=paso, avance=avance)
                self.stdout.write(f"  {avance:4.0%}  {paso}")

        return decir

    def _decir_resultado(self, resultado):
        for aviso in resultado.avisos:
            self.stdout.write(self.style.WARNING(f"  Aviso: {aviso}"))
        lugares = f"{resultado.municipios:,} municipios y " if resultado.municipios else ""
        self.stdout.write(
            f"  {resultado.filas:,} renglones leídos: {lugares}{resultado.entidades} entidades, "
            f"de {resultado.anios[0]} a {resultado.anios[1]}."
        )
        self.stdout.write("  Población del país, para comparar con la fuente:")
        for anio in _anios_de_control(resultado):
            self.stdout.write(f"    {anio}: {resultado.nacionales[anio]:,}")
        self.stdout.write(self.style.SUCCESS(resultado.mensaje))


def _anios_de_control(resultado):
    """First, last, and those of which a control total is known."""
    conocidos = {anio for edicion in EDICIONES.values() for anio in edicion.nacionales}
    return sorted({*resultado.anios, *conocidos.intersection(resultado.nacionales)})
