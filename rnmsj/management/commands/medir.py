"""Measure the portal on this machine: each figure against something done in the same run."""

import argparse
import json
from pathlib import Path

from comun.ordenes import Orden
from rnmsj.mediciones.hija import ACCIONES, hacer
from rnmsj.mediciones.indicadores import PARTES, TODOS_LOS_ANIOS, Informe, medir
from rnmsj.mediciones.tabla import como_datos, como_markdown, como_texto


class Command(Orden):
    help = "Mide la velocidad y la memoria del portal, en una base propia y con cifras inventadas."

    def add_arguments(self, parser):
        parser.add_argument("tema", choices=["indicadores"])
        parser.add_argument("--solo", action="append", choices=PARTES, help="Solo esa parte; se puede repetir.")
        parser.add_argument("--anios", type=int, choices=range(1, TODOS_LOS_ANIOS + 1), default=TODOS_LOS_ANIOS)
        parser.add_argument("--municipios", type=int, metavar="CUANTOS", help="Si falta, todos los del país.")
        parser.add_argument("--veces", type=int, default=3, help="Vueltas de la carga; se dice la mediana.")
        parser.add_argument("--json", type=Path, metavar="RUTA", help="Escribe ahí lo medido como JSON.")
        parser.add_argument("--markdown", type=Path, metavar="RUTA", help="Escribe ahí la tabla como Markdown.")
        # What the measuring asks of a process of its own.
        parser.add_argument("--en", help=argparse.SUPPRESS)
        parser.add_argument("--hacer", choices=ACCIONES, help=argparse.SUPPRESS)
        parser.add_argument("--con", help=argparse.SUPPRESS)

    def handle(self, *args, **opciones):
        if opciones["hacer"]:
            self.stdout.write(hacer(opciones["en"], opciones["hacer"], opciones["con"]))
            return
        informe = Informe()
        try:
            medir(
                informe,
                partes=opciones["solo"] or PARTES,
                anios=opciones["anios"],
                municipios=opciones["municipios"],
                veces=max(opciones["veces"], 1),
                decir=lambda texto: self.stderr.write(f"  {texto}…"),
            )
        except KeyboardInterrupt:
            self.stderr.write("Interrumpido: esto es lo que se alcanzó a medir.")
        self.stdout.write(informe.maquina)
        self.stdout.write(como_texto(informe.medidas))
        if opciones["json"]:
            datos = {"tema": opciones["tema"], "maquina": informe.maquina, "medidas": como_datos(informe.medidas)}
            opciones["json"].write_text(json.dumps(datos, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        if opciones["markdown"]:
            texto = f"{informe.maquina}.\n\n{como_markdown(informe.medidas)}\n"
            opciones["markdown"].write_text(texto, encoding="utf-8")
