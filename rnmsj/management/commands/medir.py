"""Measure the portal on this machine: each figure against something done in the same run."""

import argparse
import json
from pathlib import Path

from comun.ordenes import Orden
from rnmsj.mediciones import coordinacion, indicadores
from rnmsj.mediciones.hija import ACCIONES, hacer
from rnmsj.mediciones.tabla import Informe, como_datos, como_markdown, como_texto

MUNICIPIOS = 2_469
SESIONES = 121
"""Of each mesa in ten years: one a month. 1,215 make three million for the whole country."""


class Command(Orden):
    help = "Mide la velocidad y la memoria del portal, en una base propia y con datos inventados."

    def add_arguments(self, parser):
        temas = parser.add_subparsers(dest="tema", required=True, metavar="tema")
        de_indicadores = temas.add_parser("indicadores", help="Cargar y leer cifras oficiales.")
        de_indicadores.add_argument("--solo", action="append", choices=indicadores.PARTES, help="Se puede repetir.")
        todos = indicadores.TODOS_LOS_ANIOS
        de_indicadores.add_argument("--anios", type=int, choices=range(1, todos + 1), default=todos)
        de_indicadores.add_argument("--municipios", type=int, metavar="CUANTOS", help="Si falta, todos los del país.")
        de_indicadores.add_argument("--veces", type=int, default=3, help="Vueltas de la carga; se dice la mediana.")
        # What the measuring asks of a process of its own.
        de_indicadores.add_argument("--en", help=argparse.SUPPRESS)
        de_indicadores.add_argument("--hacer", choices=ACCIONES, help=argparse.SUPPRESS)
        de_indicadores.add_argument("--con", help=argparse.SUPPRESS)
        de_coordinacion = temas.add_parser("coordinacion", help="El escritorio de quien coordina una mesa.")
        de_coordinacion.add_argument("--mesas", type=int, default=MUNICIPIOS, help="De la red grande.")
        de_coordinacion.add_argument("--sesiones", type=int, default=SESIONES, help="De cada mesa, en diez años.")
        de_coordinacion.add_argument(
            "--veces", type=int, default=15, help="Vueltas de cada página; se dice la mediana."
        )
        for tema in (de_indicadores, de_coordinacion):
            tema.add_argument("--json", type=Path, metavar="RUTA", help="Escribe ahí lo medido como JSON.")
            tema.add_argument("--markdown", type=Path, metavar="RUTA", help="Escribe ahí la tabla como Markdown.")

    def handle(self, *args, tema, **opciones):
        if opciones.get("hacer"):
            self.stdout.write(hacer(opciones["en"], opciones["hacer"], opciones["con"]))
            return
        informe = Informe()
        try:
            getattr(self, f"_{tema}")(informe, opciones)
        except KeyboardInterrupt:
            self.stderr.write("Interrumpido: esto es lo que se alcanzó a medir.")
        self.stdout.write(informe.maquina)
        self.stdout.write(como_texto(informe.medidas))
        if opciones["json"]:
            datos = {"tema": tema, "maquina": informe.maquina, "medidas": como_datos(informe.medidas)}
            opciones["json"].write_text(json.dumps(datos, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        if opciones["markdown"]:
            texto = f"{informe.maquina}.\n\n{como_markdown(informe.medidas)}\n"
            opciones["markdown"].write_text(texto, encoding="utf-8")

    def _decir(self, texto):
        self.stderr.write(f"  {texto}…")

    def _indicadores(self, informe, opciones):
        indicadores.medir(
            informe,
            partes=opciones["solo"] or indicadores.PARTES,
            anios=opciones["anios"],
            municipios=opciones["municipios"],
            veces=max(opciones["veces"], 1),
            decir=self._decir,
        )

    def _coordinacion(self, informe, opciones):
        coordinacion.medir(
            informe,
            mesas=opciones["mesas"],
            sesiones=opciones["sesiones"],
            veces=max(opciones["veces"], 1),
            decir=self._decir,
        )
