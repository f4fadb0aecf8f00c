"""Makes the extract of the first run from the official files. See `indicadores.extracto`.

Rules, all of them recorded in the manifest:

- The modalidades of a subtipo are added; a subtipo that lacks some is left out.
- When two files report the same crime, year and entidad, the one of the newest cut stays.
- An entidad and month whose total over every crime of the state file is zero did not
  report: Oaxaca in eight months of 2015 and one of 2016.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indicadores import extracto as formato
from indicadores.importadores import fuentes
from indicadores.importadores.conapo import leer_ancho
from indicadores.importadores.fuentes import Fuente
from indicadores.importadores.sesnsp import ArchivoInvalido, abrir
from indicadores.periodos import mes, texto_del_mes
from indicadores.texto import direccion, normalizar

Bloque = tuple[str, int, str]
"""What one carga can replace of another: (subtipo, año, entidad)."""


@dataclass
class Leido:
    """One source file in memory: counts by subtipo, territory and year, and what they cover."""

    fuente: Fuente
    sha256: str = ""
    bytes: int = 0
    filas: int = 0
    conteos: dict[tuple[str, str, int], list[int | None]] = field(default_factory=dict)
    modalidades: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    presentes: dict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    pseudos: dict[str, str] = field(default_factory=dict)
    cortes: dict[str, int] = field(default_factory=dict)
    mascaras: dict[Bloque, int] = field(default_factory=dict)

    @property
    def grupo(self) -> tuple[str, str]:
        """Files of the same instrument and ámbito compete; the others do not."""
        return self.fuente.instrumento, self.fuente.ambito


def hacer_extracto(origen: Path, destino: Path, avisar: Callable[[str], None] = lambda texto: None) -> dict[str, Any]:
    """Read the official files in `origen`, write the extract in `destino`, return its manifest."""
    taxonomia: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = defaultdict(dict)
    leidos = []
    for fuente in fuentes.FUENTES:
        avisar(f"Leo {fuente.archivo}")
        leidos.append(_leer(origen / fuente.archivo, fuente, taxonomia[fuente.instrumento]))
    omitido = [motivo for leido in leidos for motivo in _quitar_incompletos(leido, taxonomia)]
    silencios = {
        instrumento: _silencios(leido for leido in leidos if leido.grupo == (instrumento, "estatal"))
        for instrumento in taxonomia
    }
    for leido in leidos:
        _medir_alcance(leido, silencios[leido.fuente.instrumento])
    ganador, traslapes = _resolver(leidos)
    avisar("Escribo el extracto")
    return _escribir(destino, leidos, ganador, taxonomia, silencios, traslapes, omitido, origen)


def _leer(ruta: Path, fuente: Fuente, taxonomia: dict[tuple[str, ...], tuple[str, ...]]) -> Leido:
    leido = Leido(fuente, bytes=ruta.stat().st_size)
    archivo = abrir(ruta)
    leido.sha256 = archivo.sha256
    if archivo.municipal != (fuente.ambito == "municipal"):
        raise ArchivoInvalido(f"{fuente.archivo}: no es del ámbito {fuente.ambito}.")
    direcciones: dict[str, str] = {}
    for fila in archivo.filas:
        leido.filas += 1
        slug = direcciones.get(fila.subtipo) or direcciones.setdefault(fila.subtipo, direccion(fila.subtipo))
        if fuente.ambito == "estatal":
            nombres = (fila.bien, fila.tipo, fila.subtipo, fila.modalidad)
            taxonomia.setdefault(tuple(normalizar(nombre) for nombre in nombres), nombres)
        else:
            leido.presentes[fila.anio, fila.entidad].add(fila.territorio)
            if fila.territorio.endswith(("998", "999")):
                leido.pseudos[fila.territorio] = fila.nombre
        leido.modalidades[slug].add(fila.modalidad)
        _sumar(leido.conteos, (slug, fila.territorio, fila.anio), fila.meses)
        for posicion, valor in enumerate(fila.meses):
            if valor is not None:
                leido.cortes[slug] = max(leido.cortes.get(slug, 0), mes(fila.anio, posicion + 1))
    return leido


def _sumar(conteos: dict[Any, list[int | None]], llave: Any, meses: tuple[int | None, ...]) -> None:
    """Add month by month; a month that any row leaves blank stays blank."""
    previos = conteos.get(llave)
    if previos is None:
        conteos[llave] = list(meses)
        return
    for posicion, valor in enumerate(meses):
        antes = previos[posicion]
        previos[posicion] = None if antes is None or valor is None else antes + valor


def _quitar_incompletos(leido: Leido, taxonomia: dict[str, dict[tuple[str, ...], tuple[str, ...]]]) -> Iterator[str]:
    """Forget the subtipos of which the file lacks some modalidad: their sum would be short."""
    oficiales: dict[str, set[str]] = defaultdict(set)
    for (_, _, _, modalidad), nombres in taxonomia[leido.fuente.instrumento].items():
        oficiales[direccion(nombres[2])].add(modalidad)
    for slug, presentes in leido.modalidades.items():
        textos = {normalizar(modalidad) for modalidad in presentes}
        if slug not in oficiales:
            instrumento = leido.fuente.instrumento
            raise ArchivoInvalido(f"{leido.fuente.archivo}: {slug} no está en el catálogo de {instrumento}.")
        if leido.fuente.modalidad_desconocida or textos == oficiales[slug]:
            continue
        for llave in [llave for llave in leido.conteos if llave[0] == slug]:
            del leido.conteos[llave]
        yield f"{leido.fuente.archivo}: {slug}, porque el archivo no trae todas sus modalidades."


def _silencios(leidos: Iterable[Leido]) -> set[tuple[str, int]]:
    """Pairs (entidad, month) in which no crime at all was reported, by files that bring every crime."""
    totales: Counter[tuple[str, int]] = Counter()
    for leido in leidos:
        for (_, territorio, anio), meses in leido.conteos.items():
            for posicion, valor in enumerate(meses):
                if valor is not None:
                    totales[territorio[:2], mes(anio, posicion + 1)] += valor
    return {llave for llave, total in totales.items() if total == 0}


def _medir_alcance(leido: Leido, silencios: set[tuple[str, int]]) -> None:
    """Months reported by each block: published, and not silent."""
    for (slug, territorio, anio), meses in leido.conteos.items():
        publicado = sum(
            1 << posicion
            for posicion, valor in enumerate(meses)
            if valor is not None and (territorio[:2], mes(anio, posicion + 1)) not in silencios
        )
        bloque = (slug, anio, territorio[:2])
        leido.mascaras[bloque] = leido.mascaras.get(bloque, publicado) & publicado
    leido.mascaras = {bloque: mascara for bloque, mascara in leido.mascaras.items() if mascara}


def _resolver(leidos: list[Leido]) -> tuple[dict[tuple[tuple[str, str], Bloque], Leido], list[dict[str, Any]]]:
    """The file that stays for each block, and the record of every overlap."""
    ganador: dict[tuple[tuple[str, str], Bloque], Leido] = {}
    vencidos: dict[tuple[str, str, str], list[Bloque]] = defaultdict(list)
    for leido in leidos:
        for bloque, mascara in leido.mascaras.items():
            llave = (leido.grupo, bloque)
            otro = ganador.get(llave)
            if otro is None:
                ganador[llave] = leido
                continue
            slug = bloque[0]
            gana = (leido.cortes[slug], mascara.bit_count()) > (otro.cortes[slug], otro.mascaras[bloque].bit_count())
            queda, sale = (leido, otro) if gana else (otro, leido)
            ganador[llave] = queda
            vencidos[slug, queda.fuente.clave, sale.fuente.clave].append(bloque)
    por_clave = {leido.fuente.clave: leido for leido in leidos}
    traslapes = []
    for (slug, queda, sale), bloques in sorted(vencidos.items()):
        iguales, distintas = _comparar(por_clave[queda], por_clave[sale], set(bloques))
        traslapes.append(
            {
                "delito": slug,
                "queda": queda,
                "sale": sale,
                "anios": sorted({anio for _, anio, _ in bloques}),
                "entidades": formato.juntar_claves({entidad for _, _, entidad in bloques}),
                "celdas_iguales": iguales,
                "celdas_distintas": distintas,
            }
        )
    return ganador, traslapes


def _comparar(queda: Leido, sale: Leido, bloques: set[Bloque]) -> tuple[int, int]:
    iguales = distintas = 0
    for (slug, territorio, anio), meses in sale.conteos.items():
        if (slug, anio, territorio[:2]) not in bloques:
            continue
        for antes, ahora in zip(meses, queda.conteos.get((slug, territorio, anio), [None] * 12), strict=True):
            if antes is not None:
                iguales += antes == ahora
                distintas += antes != ahora
    return iguales, distintas


def _escribir(
    destino: Path,
    leidos: list[Leido],
    ganador: dict[tuple[tuple[str, str], Bloque], Leido],
    taxonomia: dict[str, dict[tuple[str, ...], tuple[str, ...]]],
    silencios: dict[str, set[tuple[str, int]]],
    traslapes: list[dict[str, Any]],
    omitido: list[str],
    origen: Path,
) -> dict[str, Any]:
    destino.mkdir(parents=True, exist_ok=True)
    mayores: dict[tuple[int, str], set[str]] = defaultdict(set)
    for leido in leidos:
        for llave, claves in leido.presentes.items():
            mayores[llave] = max(mayores[llave], claves, key=len)
    sha_poblacion, habitantes = leer_ancho(origen / fuentes.POBLACION_ARCHIVO, fuentes.POBLACION_ANIOS)
    archivos, cargas = {}, []
    conteos: list[tuple[Any, ...]] = []
    alcances: list[tuple[Any, ...]] = []
    presencias: list[tuple[Any, ...]] = []
    for leido in leidos:
        clave = leido.fuente.clave
        suyos = {bloque for bloque in leido.mascaras if ganador[leido.grupo, bloque] is leido}
        if not suyos:
            omitido.append(
                f"{leido.fuente.archivo}: todo lo que trae viene en otro archivo más reciente o no se puede sumar."
            )
            continue
        propios = sorted(
            (slug, territorio, anio, meses)
            for (slug, territorio, anio), meses in leido.conteos.items()
            if (slug, anio, territorio[:2]) in suyos
        )
        conteos += [
            (clave, slug, territorio, anio, *("" if valor is None else valor for valor in meses))
            for slug, territorio, anio, meses in propios
            if any(meses)
        ]
        alcances += _filas_de_alcance(leido, suyos, mayores)
        presencias += _filas_de_presencia(leido)
        cargas.append(_ficha(leido, suyos, sum(valor or 0 for *_, meses in propios for valor in meses)))
    archivos[formato.TAXONOMIA] = formato.escribir(
        destino / formato.TAXONOMIA,
        formato.COLUMNAS[formato.TAXONOMIA],
        ((instrumento, *nombres) for instrumento, catalogo in taxonomia.items() for nombres in catalogo.values()),
    )
    for nombre, filas in ((formato.ALCANCE, alcances), (formato.PRESENCIA, presencias), (formato.CONTEOS, conteos)):
        archivos[nombre] = formato.escribir(destino / nombre, formato.COLUMNAS[nombre], filas)
    archivos[formato.POBLACION] = formato.escribir(
        destino / formato.POBLACION,
        ("municipio", *fuentes.POBLACION_ANIOS),
        ((clave, *serie) for clave, serie in sorted(habitantes.items())),
    )
    manifiesto = {
        "formato": formato.FORMATO,
        "descripcion": "Cifras oficiales de la primera ejecución, en el formato propio del portal.",
        "hecho_con": "python manage.py extraer_indicadores CARPETA",
        "nivel": "subtipo: las modalidades van sumadas",
        "cargas": cargas,
        "poblacion": {
            "nombre": fuentes.POBLACION_NOMBRE,
            "fuente": fuentes.POBLACION_FUENTE,
            "nota": fuentes.POBLACION_NOTA,
            "archivo": fuentes.POBLACION_ARCHIVO,
            "sha256": sha_poblacion,
            "anios": [fuentes.POBLACION_ANIOS[0], fuentes.POBLACION_ANIOS[-1]],
            "municipios": len(habitantes),
        },
        "pseudomunicipios": dict(sorted({k: v for leido in leidos for k, v in leido.pseudos.items()}.items())),
        "regla_de_traslape": "Si dos archivos traen el mismo delito, año y entidad, queda el de corte más reciente.",
        "traslapes": traslapes,
        "meses_no_reportados": [
            {"instrumento": instrumento, "entidad": entidad, "mes": texto_del_mes(m)}
            for instrumento, pares in silencios.items()
            for entidad, m in sorted(pares)
        ],
        "omitido": [
            *(f"{archivo}: {motivo}" for archivo, motivo in fuentes.OMITIDOS.items()),
            *omitido,
            "Las modalidades dentro de cada subtipo.",
            "La población fuera de los años indicados, por sexo y por edad.",
        ],
        "archivos": archivos,
    }
    (destino / formato.MANIFIESTO).write_text(json.dumps(manifiesto, ensure_ascii=False, indent=1) + "\n")
    return manifiesto


def _ficha(leido: Leido, suyos: set[Bloque], total: int) -> dict[str, Any]:
    fuente = leido.fuente
    return {
        "clave": fuente.clave,
        "instrumento": fuente.instrumento,
        "ambito": fuente.ambito,
        "archivo": fuente.archivo,
        "sha256": leido.sha256,
        "bytes": leido.bytes,
        "filas": leido.filas,
        "corte": texto_del_mes(max(leido.cortes.values())),
        "fuente": f"{fuente.titulo}, instrumento {fuente.instrumento}",
        "nota": fuente.nota,
        "delitos": len({slug for slug, _, _ in suyos}),
        "anios": [min(anio for _, anio, _ in suyos), max(anio for _, anio, _ in suyos)],
        "total": total,
    }


def _filas_de_alcance(
    leido: Leido, suyos: set[Bloque], mayores: dict[tuple[int, str], set[str]]
) -> Iterator[tuple[Any, ...]]:
    grupos: dict[tuple[str, int, str, int], list[str]] = defaultdict(list)
    for slug, anio, entidad in suyos:
        completa = leido.presentes[anio, entidad] == mayores[anio, entidad] if leido.presentes else True
        meses = f"{leido.mascaras[slug, anio, entidad]:012b}"[::-1]
        grupos[slug, anio, meses, int(completa)].append(entidad)
    for (slug, anio, meses, completa), entidades in sorted(grupos.items()):
        corte = texto_del_mes(leido.cortes[slug])
        yield leido.fuente.clave, slug, anio, meses, corte, completa, formato.juntar_claves(entidades)


def _filas_de_presencia(leido: Leido) -> Iterator[tuple[Any, ...]]:
    anios: dict[str, set[int]] = defaultdict(set)
    for (anio, _), claves in leido.presentes.items():
        for clave in claves:
            anios[clave].add(anio)
    tramos: dict[tuple[int, int], list[str]] = defaultdict(list)
    for clave, suyos in anios.items():
        for anio in sorted(suyos):
            if anio - 1 not in suyos:
                fin = anio
                while fin in suyos:
                    fin += 1
                tramos[anio, fin].append(clave)
    for (desde, hasta), claves in sorted(tramos.items()):
        yield leido.fuente.clave, desde, hasta, formato.juntar_claves(claves)
