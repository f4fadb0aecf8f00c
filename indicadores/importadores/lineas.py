"""The lines of a file where something is wrong: a second reading, only when there is something to tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from indicadores.importadores.apertura import Origen
from indicadores.importadores.catalogo import Catalogo, Combinacion
from indicadores.importadores.encabezado import DELITO, OFICIAL
from indicadores.importadores.errores import MOSTRADAS, Falla, Informe
from indicadores.importadores.estructura import Hallazgo
from indicadores.importadores.limpieza import Limpiador
from indicadores.importadores.muestra import Muestra


def anotar(
    origen: Origen, muestra: Muestra, catalogo: Catalogo, hallazgos: Iterable[Hallazgo], informe: Informe
) -> None:
    """Add to the report what was found in the table, with the lines where it stands."""
    hallazgos = list(hallazgos)
    buscados = {llave: numero for numero, hallazgo in enumerate(hallazgos) for llave in hallazgo.buscar}
    fallas: list[Falla] = []
    vistas: dict[int, int] = defaultdict(int)
    if buscados:
        for numero, falla in _localizar(origen, muestra, catalogo, hallazgos, buscados):
            fallas.append(falla)
            vistas[numero] += 1
            if len(fallas) == MOSTRADAS:
                break
    for numero, hallazgo in enumerate(hallazgos):
        if not vistas[numero]:
            fallas.append(Falla(0, hallazgo.columna, hallazgo.valor, hallazgo.motivo, hallazgo.clase))
    sueltas: dict[str, int] = defaultdict(int)
    for falla in fallas:
        sueltas[falla.clase] += 1
    for falla in sorted(fallas, key=lambda falla: falla.linea):
        informe.agregar(falla)
    veces: dict[str, int] = defaultdict(int)
    for hallazgo in hallazgos:
        veces[hallazgo.clase] += hallazgo.veces
    for clase, total in veces.items():
        informe.por_clase[clase] += max(total - sueltas[clase], 0)


def _localizar(
    origen: Origen,
    muestra: Muestra,
    catalogo: Catalogo,
    hallazgos: list[Hallazgo],
    buscados: dict[Hashable, int],
) -> Iterator[tuple[int, Falla]]:
    municipal = muestra.encabezado.municipal
    inicio = len(muestra.encabezado.columnas) - 12 - len(DELITO)
    combinaciones: dict[tuple[str, ...], tuple[tuple[str, ...], int | None]] = {}
    numeros = catalogo.numeros()
    primeras: dict[Hashable, int] = {}
    for linea, fila in Limpiador(origen, muestra, Informe()).limpias():
        anio, entidad, ter = int(fila[0]), int(fila[1]), int(fila[3 if municipal else 1])
        nombres = tuple(fila[inicio : inicio + len(DELITO)])
        if nombres not in combinaciones:
            texto = Combinacion(*nombres).texto
            combinaciones[nombres] = texto, numeros.get(texto)
        texto, numero = combinaciones[nombres]
        for llave in (
            ("anio", anio),
            ("territorio", entidad, ter),
            ("combinacion", texto),
            ("celda", anio, ter, numero),
            ("fila", anio, ter),
        ):
            cual = buscados.get(llave)
            if cual is None:
                continue
            hallazgo = hallazgos[cual]
            primera = primeras.setdefault(llave, linea)
            if llave[0] == "celda":
                if primera != linea:
                    motivo = f"{hallazgo.motivo}, en la línea {primera}"
                    yield cual, Falla(linea, OFICIAL["mod"], " ▸ ".join(nombres), motivo, hallazgo.clase)
            elif llave[0] != "fila" or primera == linea:
                yield cual, Falla(linea, hallazgo.columna, hallazgo.valor, hallazgo.motivo, hallazgo.clase)
