"""Loading an edition of population. Everything enters at once or not at all, and several live side by side.

Editions disagree (Colima in 2018 has 759 686 inhabitants in one and 736 743 in another), so a
rate names its own, and changing the one in use is a decision of people.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from indicadores import cerrojo
from indicadores.copia import copiar
from indicadores.importadores import fuentes
from indicadores.importadores.conapo import LecturaDePoblacion, leer_poblacion
from indicadores.importadores.errores import ArchivoConErrores, ArchivoInvalido, Falla, Informe
from indicadores.models import EdicionDePoblacion, Poblacion
from indicadores.operaciones import usar_edicion
from mesas.models import Municipio
from mesas.operaciones import cargar_catalogos

Avisar = Callable[[str, float], None]
"""Told what is being done and how far the load is, from 0 to 1."""

_PARTE_DE_LA_LECTURA = 0.6
_EN_CADA_AVISO = 10
_SIN_POBLACION_TOLERABLE = 50
"""One in so many municipalities may have no population, because they were created after the edition."""
_NOMBRE_MAXIMO = EdicionDePoblacion._meta.get_field("nombre").max_length


class EdicionIncompatible(ArchivoInvalido):
    """The file is sound, and what was asked to be done with it is not."""


@dataclass(frozen=True, slots=True)
class ResultadoDePoblacion:
    """What a load left, or why it left nothing."""

    cambio: bool
    mensaje: str
    nombre: str
    edicion: EdicionDePoblacion | None
    """None in a rehearsal."""
    vigente: bool
    """Whether the rates of the portal use it now."""
    municipios: int
    entidades: int
    anios: tuple[int, int]
    filas: int
    """Rows of the file."""
    cifras: int = 0
    """Rows kept: a territory in a year."""
    reemplaza: bool = False
    cambiadas: int = 0
    """Figures of the edition that it replaced which are now other."""
    nacionales: Mapping[int, int] = field(default_factory=dict)
    """Control totals: inhabitants of the country by year."""
    nuevos: list[str] = field(default_factory=list)
    """Municipalities that the catalogue did not have."""
    avisos: list[str] = field(default_factory=list)


class _Simulacro(Exception):
    """Undoes what a rehearsal did."""


def cargar_poblacion(
    *,
    rutas: Sequence[Path],
    nombres: Sequence[str] | None = None,
    edicion: str = "",
    usar: bool | None = None,
    simular: bool = False,
    usuario: Any = None,
    esperar: bool = True,
    avisar: Avisar = lambda paso, avance: None,
) -> ResultadoDePoblacion:
    """Load an edition of CONAPO, recognised by itself, beside those that there are.

    Readers see the population that there was until the whole edition is in. An edition of the
    same name is replaced whole and, if the rates used it, they go on using it.

    Args:
        rutas: the file, or the two halves in which one edition was published.
        nombres: how the files are called, when the paths do not say it.
        edicion: how to cite it; without it, its years say.
        usar: make it the one of every rate. None: only if there is no other and it has municipalities.
        simular: do everything and keep nothing.
        esperar: wait for another load to end, or raise at once.

    Raises:
        ArchivoInvalido: if the files are not ones of population or something in them is wrong or missing.
        EdicionIncompatible: if it would take away figures of the edition that it replaces.
        indicadores.cerrojo.CargaEnCurso: if another load is running and this one must not wait.
    """
    lectura = leer_poblacion(rutas, nombres, lambda paso, avance: avisar(paso, avance * _PARTE_DE_LA_LECTURA))
    try:
        with transaction.atomic():
            _tomar_turno(esperar, avisar)
            resultado = _guardar(lectura, edicion.strip(), usar, usuario, avisar)
            if simular:
                raise _Simulacro
    except _Simulacro:
        resultado = replace(resultado, edicion=None)
    avisar("Listo", 1.0)
    return resultado


def _tomar_turno(esperar: bool, avisar: Avisar) -> None:
    try:
        cerrojo.tomar(esperar=False)
    except cerrojo.CargaEnCurso:
        if not esperar:
            raise
        avisar("Hay otra carga en curso: espero a que termine", _PARTE_DE_LA_LECTURA)
        cerrojo.tomar()


def _guardar(
    lectura: LecturaDePoblacion, pedido: str, usar: bool | None, usuario: Any, avisar: Avisar
) -> ResultadoDePoblacion:
    """The writing, inside a transaction that holds the lock. `pedido` is the name asked for the edition, if any."""
    nombre = pedido or lectura.edicion
    if len(nombre) > _NOMBRE_MAXIMO:
        raise EdicionIncompatible(f"El nombre de la edición tiene más de {_NOMBRE_MAXIMO} letras: acórtalo.")
    ya = _con_el_mismo_archivo(lectura.sha256, pedido)
    if ya:
        return _la_misma(lectura, ya, usar)
    avisar("Municipios y entidades", 0.62)
    cargar_catalogos()
    nuevos = _completar_municipios(lectura)
    sin_poblacion = _sin_poblacion(lectura) if lectura.municipal else []
    avisar("Comparo con lo que hay", 0.66)
    cifras = _cifras(lectura)
    anterior = EdicionDePoblacion.objects.select_for_update().filter(nombre=nombre).first()
    cambiadas = _revisar_reemplazo(anterior, cifras) if anterior else 0
    avisos = [*lectura.avisos, *_avisos(lectura, nombre, nuevos, sin_poblacion)]
    avisar("Guardo la población", 0.7)
    edicion = _registrar(lectura, nombre, anterior, avisos, usuario)
    cuantas = copiar(
        "indicadores_poblacion",
        ("edicion_id", "territorio", "anio", "habitantes"),
        ((edicion.pk, territorio, anio, habitantes) for (territorio, anio), habitantes in cifras.items()),
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE indicadores_poblacion")
    avisar("Edición de las tasas", 0.95)
    avisos += _decidir_vigente(edicion, lectura, usar)
    edicion.avisos = avisos
    edicion.save(update_fields=["avisos"])
    hecho = f"se cargó, con {cuantas:,} cifras"
    if anterior:
        hecho = f"reemplazó entera a la que había con ese nombre; cambiaron {cambiadas:,} de sus cifras"
    return ResultadoDePoblacion(
        cambio=True,
        mensaje=f"«{nombre}» ({_de_que(lectura)}) {hecho}. {_la_que_usan(edicion)}",
        edicion=edicion,
        cifras=cuantas,
        reemplaza=anterior is not None,
        cambiadas=cambiadas,
        nuevos=nuevos,
        avisos=avisos,
        **_medidas(lectura, edicion),
    )


def _medidas(lectura: LecturaDePoblacion, edicion: EdicionDePoblacion) -> dict[str, Any]:
    return {
        "nombre": edicion.nombre,
        "vigente": edicion.vigente,
        "municipios": len(lectura.habitantes) if lectura.municipal else 0,
        "entidades": len({clave[:2] for clave in lectura.habitantes}),
        "anios": (lectura.primero, lectura.ultimo),
        "filas": lectura.filas,
        "nacionales": lectura.nacionales(),
    }


def _de_que(lectura: LecturaDePoblacion) -> str:
    lugares = f"{len(lectura.habitantes):,} municipios" if lectura.municipal else "solo entidades"
    return f"{lugares}, de {lectura.primero} a {lectura.ultimo}"


def _con_el_mismo_archivo(sha256: str, pedido: str) -> EdicionDePoblacion | None:
    """The edition that this same file made: the one asked for by name, if there is one with that name."""
    suyas = EdicionDePoblacion.objects.filter(sha256=sha256, extracto="")
    if pedido and EdicionDePoblacion.objects.filter(nombre=pedido).exists():
        return suyas.filter(nombre=pedido).first()
    return suyas.first()


def _la_misma(lectura: LecturaDePoblacion, ya: EdicionDePoblacion, usar: bool | None) -> ResultadoDePoblacion:
    """The same file again: nothing changes, except which edition the rates use if that is asked."""
    cambio = bool(usar) and not ya.vigente
    avisos = _decidir_vigente(ya, lectura, usar) if cambio else []
    que_paso = "solo cambia cuál usan las tasas" if cambio else "no cambia nada"
    return ResultadoDePoblacion(
        cambio=cambio,
        mensaje=f"Ese mismo archivo ya está cargado como «{ya.nombre}»: {que_paso}. {_la_que_usan(ya)}",
        edicion=ya,
        avisos=avisos,
        **_medidas(lectura, ya),
    )


# ── Territory ───────────────────────────────────────────────────────────────────────────


def _completar_municipios(lectura: LecturaDePoblacion) -> list[str]:
    """Register the municipalities that the catalogue lacks, and return them as people read them."""
    if not lectura.municipal:
        return []
    registrados = dict(Municipio.objects.filter(clave__in=lectura.habitantes).values_list("clave", "pseudo"))
    informe = Informe()
    for clave in sorted(clave for clave, pseudo in registrados.items() if pseudo):
        informe.agregar(Falla(0, "CLAVE", clave, "no es un lugar donde viva gente.", "datos que no corresponden"))
    if informe:
        raise ArchivoConErrores(lectura.archivo, informe)
    nuevos = [
        Municipio(clave=clave, entidad_id=clave[:2], nombre=lectura.nombres.get(clave) or f"Municipio {clave}")
        for clave in sorted(set(lectura.habitantes).difference(registrados))
    ]
    Municipio.objects.bulk_create(nuevos)
    return [f"{municipio.clave} {municipio.nombre}" for municipio in nuevos]


def _sin_poblacion(lectura: LecturaDePoblacion) -> list[str]:
    """Municipalities that the edition does not know. A few were created later; many are a file cut short."""
    catalogo = {municipio.clave: municipio for municipio in Municipio.objects.filter(pseudo=False)}
    faltan = sorted(set(catalogo).difference(lectura.habitantes))
    if len(faltan) * _SIN_POBLACION_TOLERABLE > len(catalogo):
        informe = Informe()
        for clave in faltan:
            motivo = f"falta {catalogo[clave]}, de {len(catalogo):,} municipios que tiene el catálogo."
            informe.agregar(Falla(0, "CLAVE", clave, motivo, "municipios que faltan"))
        raise ArchivoConErrores(lectura.archivo, informe)
    return [str(catalogo[clave]) for clave in faltan]


# ── Figures ─────────────────────────────────────────────────────────────────────────────

Cifras = dict[tuple[str, int], int]
"""(territory, year) → inhabitants."""


def _cifras(lectura: LecturaDePoblacion) -> Cifras:
    """Every figure of the edition, those of entidades added from their municipalities."""
    cifras: Cifras = {}
    for clave, serie in lectura.habitantes.items():
        for anio, habitantes in serie.items():
            cifras[clave, anio] = habitantes
            if lectura.municipal:
                cifras[clave[:2], anio] = cifras.get((clave[:2], anio), 0) + habitantes
    return cifras


def _revisar_reemplazo(anterior: EdicionDePoblacion, cifras: Cifras) -> int:
    """How many figures of the edition that leaves are other now; none may be left without one."""
    viejas = {
        (territorio, anio): habitantes
        for territorio, anio, habitantes in anterior.cifras.values_list("territorio", "anio", "habitantes").iterator()
    }
    perdidas = sorted(viejas.keys() - cifras.keys())
    if perdidas:
        territorio, anio = perdidas[0]
        raise EdicionIncompatible(
            f"Ya hay una edición «{anterior.nombre}» y este archivo no trae {len(perdidas):,} de sus cifras (por "
            f"ejemplo, {territorio} en {anio}): quedarían tasas sin población. Si es otra edición, cárgala con otro "
            "nombre; si es la misma, busca el archivo completo. No se cambió nada."
        )
    return sum(habitantes != cifras[llave] for llave, habitantes in viejas.items())


def _registrar(
    lectura: LecturaDePoblacion, nombre: str, anterior: EdicionDePoblacion | None, avisos: list[str], usuario: Any
) -> EdicionDePoblacion:
    """The record of the edition. That of one being replaced stays, so that whoever uses it goes on using it."""
    conocida = lectura.conocida
    fuente = conocida.fuente if conocida else f"CONAPO, población a mitad de año: {lectura.formato.value}"
    edicion = anterior or EdicionDePoblacion(nombre=nombre)
    edicion.fuente = fuente
    edicion.nota = fuentes.POBLACION_NOTA if lectura.municipal else _NOTA_DE_ENTIDADES
    edicion.archivo = lectura.archivo[-200:]
    edicion.sha256 = lectura.sha256
    edicion.extracto = ""
    edicion.filas = lectura.filas
    edicion.avisos = avisos
    edicion.usuario = usuario
    edicion.cargada = timezone.now()
    edicion.full_clean(exclude=["usuario"])
    edicion.save()
    if anterior:
        Poblacion.objects.filter(edicion=edicion).delete()
    return edicion


_NOTA_DE_ENTIDADES = "Proyección de población residente a mitad de año, solo por entidad: no trae municipios."


def _decidir_vigente(edicion: EdicionDePoblacion, lectura: LecturaDePoblacion, usar: bool | None) -> list[str]:
    """Make it the edition of the rates if it was asked, or if there is no other and it serves the mesas."""
    hay_otra = EdicionDePoblacion.objects.filter(vigente=True).exclude(pk=edicion.pk).exists()
    if usar is None:
        usar = lectura.municipal and not hay_otra
    if usar and not edicion.vigente:
        usar_edicion(edicion=edicion)
    avisos = []
    if not lectura.municipal and edicion.vigente:
        avisos.append("La edición solo trae entidades: mientras se use, ni los municipios ni las mesas tienen tasa.")
    elif not edicion.vigente and not hay_otra:
        avisos.append("Ninguna edición está en uso: no hay tasas hasta que elijas una.")
    return avisos


def _la_que_usan(edicion: EdicionDePoblacion) -> str:
    if edicion.vigente:
        return "Es la que usan las tasas del portal."
    otra = EdicionDePoblacion.objects.filter(vigente=True).first()
    if otra is None:
        return "Las tasas no usan ninguna edición todavía; para usar esta, pídelo al cargarla."
    return f"Las tasas siguen con «{otra.nombre}»; para usar esta, pídelo al cargarla."


def _avisos(
    lectura: LecturaDePoblacion, nombre: str, nuevos: Collection[str], sin_poblacion: Sequence[str]
) -> Iterator[str]:
    if lectura.conocida is None:
        yield (
            f"Los años {lectura.primero}-{lectura.ultimo} no son los de una edición que el portal conozca: no hay "
            f"con qué comparar sus totales. Se cita como «{nombre}»."
        )
    if nuevos:
        yield f"Municipios que el catálogo no tenía y se dieron de alta: {_algunos(nuevos)}. Revisa su nombre."
    if sin_poblacion:
        yield f"Municipios sin población en esta edición, que no tendrán tasa: {_algunos(sin_poblacion)}."


def _algunos(nombres: Collection[str]) -> str:
    resto = len(nombres) - _EN_CADA_AVISO
    return ", ".join(list(nombres)[:_EN_CADA_AVISO]) + (f" y {resto} más" if resto > 0 else "")
