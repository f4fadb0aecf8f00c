"""Whatever is done to a good file: the same figures come out, or a report; never others in silence."""

import random
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicadores.importadores.errores import ArchivoConErrores, ArchivoInvalido
from indicadores.importadores.lector import abrir
from indicadores.importadores.mojibake import REPARACIONES
from tests.indicadores.archivos import ESTATAL, MUNICIPAL
from tests.indicadores.lectores.hechura import DOLOSO, FRAUDE, estatales, municipales, sumar, texto, totales

SIN_PLAZO = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
MIN, TODO = 0, 1  # quotes: only where needed, everywhere


# ── Ways in which a file circulates: none changes a figure ──────────────────────────────


def con_miles(encabezado, filas, azar):
    return encabezado, [[*f[:-12], *(v if v == "" else f"{v:,}" for v in f[-12:])] for f in filas]


def con_decimales(encabezado, filas, azar):
    return encabezado, [
        [*f[:-12], *(f"{v}.0" if v != "" and azar.random() < 0.5 else v for v in f[-12:])] for f in filas
    ]


def con_espacios(encabezado, filas, azar):
    return encabezado, [[*f[:-12], *(f" {v}" if azar.random() < 0.3 else v for v in f[-12:])] for f in filas]


def con_ceros_en_las_claves(encabezado, filas, azar):
    claves = [1, 3] if len(encabezado) == len(MUNICIPAL) else [1]
    return encabezado, [
        [str(v).zfill(2 if n == 1 else 5) if n in claves else v for n, v in enumerate(f)] for f in filas
    ]


def con_filas_de_mas(encabezado, filas, azar):
    nuevas = list(filas)
    for de_mas in ([""] * len(encabezado), encabezado, [" "] * len(encabezado)):
        nuevas.insert(azar.randrange(len(nuevas) + 1), de_mas)
    return encabezado, nuevas


def revuelto(encabezado, filas, azar):
    return encabezado, azar.sample(filas, len(filas))


def con_otras_columnas(encabezado, filas, azar):
    orden = azar.sample(range(len(encabezado)), len(encabezado))
    return ["", *(encabezado[n] for n in orden), "Total Estado"], [
        [numero, *(fila[n] for n in orden), 7] for numero, fila in enumerate(filas)
    ]


def con_otros_nombres(encabezado, filas, azar):
    nombres = {"Año": "ANO", "Cve. Municipio": "CVE_MUNICIPIO", "Clave_Ent": " clave_ent ", "Modalidad": "MODALIDAD"}
    return [nombres.get(columna, columna) for columna in encabezado], filas


def en_mayusculas(encabezado, filas, azar):
    return encabezado, [[v.upper() if isinstance(v, str) and azar.random() < 0.5 else v for v in f] for f in filas]


SIN_DANIO = [
    con_otros_nombres,
    con_miles,
    con_decimales,
    con_espacios,
    con_ceros_en_las_claves,
    en_mayusculas,
    con_otras_columnas,
    con_filas_de_mas,
    revuelto,
]
"""In the order in which they happen: cells, then columns, then rows."""


@st.composite
def archivos(draw):
    """The rows of a whole file, and the figures that must come out of it."""
    hacer = draw(st.sampled_from([estatales, municipales]))
    anios = draw(st.sampled_from([(2023, 2024), (2025,), (2026,)]))
    filas = hacer(anios=anios, subtipos=(DOLOSO, FRAUDE), hasta=draw(st.integers(1, 12)))
    figuras = draw(st.lists(st.integers(-1, 2_345_678), min_size=1, max_size=20))
    for n, figura in enumerate(figuras):
        fila = filas[n * 7 % len(filas)]
        if fila[-12] != "":
            fila[-12] = figura
    return filas


@st.composite
def envolturas(draw):
    """How a text becomes a file."""
    return {
        "codificacion": draw(st.sampled_from(["cp1252", "utf-8", "utf-8-sig", "utf-16", *REPARACIONES])),
        "fin": draw(st.sampled_from(["\n", "\r\n"])),
        "separador": draw(st.sampled_from([",", ",", ";", "\t"])),
        "comillas": draw(st.sampled_from([MIN, TODO])),
        "zip": draw(st.booleans()),
    }


def guardar(ruta, encabezado, filas, codificacion, zip, **forma):
    escrito = texto(encabezado, filas, **forma)
    if isinstance(codificacion, tuple):
        crudo = escrito.encode(codificacion.era).decode(codificacion.leido_como, "replace").encode("utf-8")
    else:
        crudo = escrito.encode(codificacion)
    if zip:
        with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as paquete:
            paquete.writestr("datos.csv", crudo)
    else:
        ruta.write_bytes(crudo)
    return ruta


def perdio_letras(encabezado, filas, codificacion, zip, **forma):
    """True if its bytes, read with another alphabet, have no letter for some of them."""
    if not isinstance(codificacion, tuple):
        return False
    return "\ufffd" in texto(encabezado, filas, **forma).encode(codificacion.era).decode(
        codificacion.leido_como, "replace"
    )


@given(archivos(), envolturas(), st.lists(st.sampled_from(SIN_DANIO), unique=True, max_size=4), st.integers(0, 999))
@SIN_PLAZO
def test_ninguna_forma_conocida_cambia_una_cifra(tmp_path, filas, envoltura, cambios, semilla):
    encabezado = MUNICIPAL if len(filas[0]) == len(MUNICIPAL) else ESTATAL
    esperado = sumar(filas)
    azar = random.Random(semilla)
    nuevo, cambiadas = encabezado, filas
    for cambio in sorted(cambios, key=SIN_DANIO.index):
        nuevo, cambiadas = cambio(nuevo, cambiadas, azar)
    ruta = guardar(tmp_path / "a", nuevo, cambiadas, **envoltura)
    if not esperado:
        with pytest.raises(ArchivoInvalido, match="distinta de cero"):
            abrir(ruta)
        return
    try:
        with abrir(ruta) as lectura:
            assert totales(lectura) == esperado
    except ArchivoConErrores as error:
        # Read with another alphabet, some capitals leave no trace of what they were: that is told, line by line.
        assert perdio_letras(nuevo, cambiadas, **envoltura) and set(error.informe.por_clase) == {"acentos"}


# ── Ways in which a file is spoiled ─────────────────────────────────────────────────────


def quitar_una_fila(filas, azar):
    del filas[azar.randrange(len(filas))]


def repetir_una_fila(filas, azar):
    filas.insert(azar.randrange(len(filas)), list(azar.choice(filas)))


def quitar_una_celda(filas, azar):
    del azar.choice(filas)[azar.randrange(len(filas[0]))]


def vaciar_una_celda(filas, azar):
    fila = azar.choice(filas)
    fila[azar.randrange(len(fila))] = ""


def ensuciar_una_celda(filas, azar):
    fila = azar.choice(filas)
    fila[azar.randrange(len(fila))] = azar.choice(
        ["x", "1.5", "1e1", "9e2", "1 1", '"', "\0", "–3", "1,2", "0,5", "#REF!"]
    )


def cambiar_una_clave(filas, azar):
    fila = azar.choice(filas)
    fila[azar.choice([0, 1, 3])] = azar.choice([0, 1, 5, 2022, 2024, 2025, 9006, 11001, 99999])


def mudar_una_fila(filas, azar):
    """A crime renamed into another of the catalogue."""
    uno, otro = azar.choice(filas), azar.choice(filas)
    uno[-16:-12] = otro[-16:-12]


def recorrer_una_fila(filas, azar):
    fila = azar.choice(filas)
    fila[:] = [*fila[1:], fila[0]]


ESTRAGOS = [
    quitar_una_fila,
    repetir_una_fila,
    quitar_una_celda,
    vaciar_una_celda,
    ensuciar_una_celda,
    cambiar_una_clave,
    mudar_una_fila,
    recorrer_una_fila,
]


@given(archivos(), st.lists(st.sampled_from(ESTRAGOS), min_size=1, max_size=3), st.integers(0, 9999))
@SIN_PLAZO
def test_un_archivo_estropeado_no_pasa_en_silencio(tmp_path, filas, estragos, semilla):
    """If it is read, its figures are those of its rows, every place brings every crime, and no row came twice."""
    encabezado = MUNICIPAL if len(filas[0]) == len(MUNICIPAL) else ESTATAL
    esperado, azar = sumar(filas), random.Random(semilla)
    for estrago in estragos:
        with suppress(IndexError):
            estrago(filas, azar)
    ruta = guardar(tmp_path / "a.csv", encabezado, filas, "cp1252" if semilla % 2 else "utf-8", False)
    try:
        lectura = abrir(ruta)
    except ArchivoInvalido:
        return
    with lectura:
        assert totales(lectura) == esperado or lectura.avisos


@given(archivos(), st.floats(0, 1), st.booleans())
@SIN_PLAZO
def test_cortado_en_cualquier_byte(tmp_path, filas, parte, con_zip):
    """What is cut is refused, but where the cut leaves whole years: then those are read whole."""
    municipal = len(filas[0]) == len(MUNICIPAL)
    entero = texto(MUNICIPAL if municipal else ESTATAL, filas, "\r\n").encode("cp1252")
    crudo = entero[: int(len(entero) * parte)]
    ruta = tmp_path / "a.csv"
    if con_zip:
        with zipfile.ZipFile(ruta, "w") as paquete:
            paquete.writestr("datos.csv", crudo)
    else:
        ruta.write_bytes(crudo)
    try:
        lectura = abrir(ruta)
    except ArchivoInvalido:
        return
    with lectura:
        esperado = {llave: total for llave, total in sumar(filas).items() if llave[1] <= lectura.ultimo_anio}
        de_un_lugar = municipal and any("no vienen" in aviso for aviso in lectura.avisos)
        assert totales(lectura) == esperado or de_un_lugar


@given(st.binary(max_size=300))
@SIN_PLAZO
def test_cualquier_cosa_se_rechaza_con_un_motivo(tmp_path, crudo):
    ruta = tmp_path / "a"
    ruta.write_bytes(crudo)
    with pytest.raises(ArchivoInvalido):
        abrir(ruta)
