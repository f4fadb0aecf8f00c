"""Whether a file is whole, and what enters of one that is not when the staff insists."""

import pytest

from indicadores.importadores.catalogo import CNSP, oficial
from indicadores.importadores.errores import ArchivoConErrores, ArchivoInvalido
from indicadores.importadores.estructura import FILAS_DE_EXCEL
from indicadores.importadores.lector import abrir
from tests.indicadores.archivos import MUNICIPAL
from tests.indicadores.lectores.hechura import (
    DOLOSO,
    FEMINICIDIO,
    FRAUDE,
    delitos,
    escribir,
    estatales,
    leer_totales,
    mascaras,
    municipales,
    sumar,
    totales,
)


def rechazo(ruta, **opciones):
    with pytest.raises(ArchivoConErrores) as fallo:
        abrir(ruta, **opciones)
    return fallo.value.informe


def lineas(informe, clase):
    return [falla.linea for falla in informe.primeras if falla.clase == clase]


# ── What cannot be ──────────────────────────────────────────────────────────────────────


def test_una_fila_repetida_dice_donde_y_no_se_puede_forzar(tmp_path):
    filas = municipales()
    ruta = escribir(tmp_path / "a.csv", [*filas, filas[4], filas[0]])
    informe = rechazo(ruta, forzar=True)
    assert lineas(informe, "fila repetida") == [len(filas) + 2, len(filas) + 3]
    assert "en la línea 6" in informe.primeras[0].motivo
    assert (informe.por_clase["fila repetida"], informe.se_puede_forzar) == (2, False)


@pytest.mark.parametrize("anio", [2014, 2062])
def test_un_anio_imposible(tmp_path, anio):
    filas = estatales()
    filas[6][0] = anio
    informe = rechazo(escribir(tmp_path / "a.csv", filas), forzar=True)
    assert lineas(informe, "año fuera de la serie") == [8]


def test_dos_instrumentos_en_un_archivo(tmp_path):
    filas = [*estatales(anios=(2025,)), *estatales(anios=(2026,))]
    assert rechazo(escribir(tmp_path / "a.csv", filas), forzar=True).por_clase["dos instrumentos"] == 1


@pytest.mark.parametrize(("columna", "valor"), [(1, 12), (1, 33), (3, 12020), (3, 11000), (3, 20)])
def test_un_municipio_que_no_es_de_su_entidad(tmp_path, columna, valor):
    filas = municipales()
    filas[8][columna] = valor
    informe = rechazo(escribir(tmp_path / "a.csv", filas), forzar=True)
    assert lineas(informe, "clave de otro lugar") == [10]


@pytest.mark.parametrize(
    ("columna", "valor", "clase"),
    [
        (0, "20x4", "clave"),
        (0, "24", "clave"),
        (1, "111", "clave"),
        (3, "once", "clave"),
        (3, "", "clave"),
        (7, "", "texto que falta"),
    ],
)
def test_claves_y_textos_que_faltan_o_no_lo_son(tmp_path, columna, valor, clase):
    filas = municipales()
    filas[2][columna] = valor
    informe = rechazo(escribir(tmp_path / "a.csv", filas))
    (falla,) = informe.primeras
    assert (falla.linea, falla.columna, falla.clase) == (4, MUNICIPAL[columna], clase)


@pytest.mark.parametrize("cambio", [lambda fila: fila[:-1], lambda fila: [*fila, 3], lambda fila: fila[:2]])
def test_una_fila_con_otras_columnas(tmp_path, cambio):
    filas = municipales()
    filas[5] = cambio(filas[5])
    informe = rechazo(escribir(tmp_path / "a.csv", filas), forzar=True)
    assert lineas(informe, "columnas") == [7]


def test_una_comilla_que_no_cierra(tmp_path):
    ruta = escribir(tmp_path / "a.csv", municipales())
    crudo = ruta.read_bytes().split(b"\n")
    crudo[3] = crudo[3].replace(b"Abasolo", b'"Abasolo')
    ruta.write_bytes(b"\n".join(crudo))
    assert lineas(rechazo(ruta), "comillas") == [4]


def test_las_lineas_cuentan_las_que_ocupa_un_texto_con_salto(tmp_path):
    filas = municipales()
    filas[0][4] = "Abasolo\nde arriba"
    filas[1][-1] = "x"
    assert lineas(rechazo(escribir(tmp_path / "a.csv", filas)), "cifra") == [4]


def test_los_primeros_cincuenta_y_la_cuenta_de_cada_clase(tmp_path):
    filas = municipales(subtipos=(DOLOSO, FRAUDE, FEMINICIDIO))
    for fila in filas:
        fila[-1], fila[-2] = "x", "y"
    filas[1][0] = "?"
    informe = rechazo(escribir(tmp_path / "a.csv", filas))
    assert len(informe.primeras) == 50
    assert informe.por_clase == {"cifra": 2 * len(filas), "clave": 1}
    dicho = informe.texto()
    assert "No se cargó nada" in dicho
    assert "línea 2, columna «Noviembre», valor «y»: no es un número entero" in dicho
    assert f"{2 * len(filas)} · cifra" in dicho


# ── What may have been lost on the way ──────────────────────────────────────────────────


def quitar(filas, condicion):
    return [fila for fila in filas if not condicion(fila)]


@pytest.mark.parametrize(
    ("filas", "clase"),
    [
        (quitar(estatales(anios=(2021, 2022, 2023)), lambda f: f[0] == 2022), "faltan años"),
        (quitar(estatales(), lambda f: f[0] == 2024 and f[1] == 32), "faltan entidades"),
        (quitar(estatales(), lambda f: f[1] in (7, 8)), "faltan entidades"),
        (quitar(estatales(), lambda f: f[1] == 5 and f[6] == "Con arma blanca"), "incompleto"),
        (quitar(estatales(), lambda f: f[6] == "Con arma blanca"), "faltan modalidades"),
        (quitar(municipales(), lambda f: f[0] == 2024 and f[3] == 11046), "faltan municipios"),
        (quitar(municipales(), lambda f: f[0] == 2024 and f[3] == 11046 and f[7] == FRAUDE), "incompleto"),
    ],
    ids=lambda valor: valor if isinstance(valor, str) else "",
)
def test_lo_incompleto_se_rechaza_salvo_que_se_fuerce(tmp_path, filas, clase):
    ruta = escribir(tmp_path / "a.csv", filas)
    informe = rechazo(ruta)
    assert set(informe.por_clase) == {clase}
    assert informe.se_puede_forzar
    assert "puedes forzar" in informe.texto()
    with abrir(ruta, forzar=True) as lectura:
        assert any(aviso.startswith("Se forzó") for aviso in lectura.avisos)
        assert lectura.forzada


def test_lo_incompleto_dice_la_linea_en_que_empieza_su_lugar(tmp_path):
    filas = municipales()
    (falla,) = rechazo(escribir(tmp_path / "a.csv", filas[:-1])).primeras
    primera = next(n for n, fila in enumerate(filas, start=2) if fila[0] == 2024 and fila[3] == 11046)
    assert (falla.linea, falla.clase) == (primera, "incompleto")
    assert "el municipio 11046 trae 4 de 5 combinaciones" in falla.motivo


def test_al_forzar_no_entra_ninguna_suma_corta(tmp_path):
    """A row lost of homicidio doloso takes out that crime, that year and that entidad, and nothing else."""
    filas = quitar(estatales(), lambda f: f[:2] == [2024, 11] and f[6] == "Con arma blanca")
    buenas = quitar(filas, lambda f: f[:2] == [2024, 11] and f[5] == DOLOSO)
    with abrir(escribir(tmp_path / "a.csv", filas), forzar=True) as lectura:
        assert totales(lectura) == sumar(buenas)
        reportado = mascaras(lectura)
        assert ("homicidio doloso", 2024, "11") not in reportado
        assert ("homicidio doloso", 2023, "11") in reportado
        assert ("fraude", 2024, "11") in reportado
        assert lectura.controles["11", 2024] == sum(
            fila[-12 + mes] for fila in buenas for mes in range(12) if fila[:2] == [2024, 11]
        )


def test_al_forzar_un_subtipo_sin_todas_sus_modalidades_se_queda_fuera(tmp_path):
    filas = quitar(estatales(), lambda f: f[6] == "Con arma blanca")
    with abrir(escribir(tmp_path / "a.csv", filas), forzar=True) as lectura:
        assert totales(lectura) == sumar(quitar(filas, lambda f: f[5] == DOLOSO))
        assert {subtipo for subtipo, _, _ in mascaras(lectura)} == {"fraude"}
        assert any("su suma quedaría corta" in aviso for aviso in lectura.avisos)


def test_una_sola_entidad_se_acepta_y_se_dice(tmp_path):
    with abrir(escribir(tmp_path / "a.csv", municipales())) as lectura:
        assert "Solo trae Guanajuato: no es el archivo nacional." in lectura.avisos
        assert any("no vienen 43 municipios" in aviso for aviso in lectura.avisos)


def test_menos_delitos_que_el_catalogo_se_acepta_y_se_dice(tmp_path):
    with abrir(escribir(tmp_path / "a.csv", estatales())) as lectura:
        assert "Trae 2 de los 55 delitos del catálogo CNSP/38/15." in lectura.avisos


def test_un_delito_puede_faltar_en_algunos_anios(tmp_path):
    filas = quitar(estatales(), lambda f: f[0] == 2023 and f[5] == FRAUDE)
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert totales(lectura) == sumar(filas)
        assert {anio for subtipo, anio, _ in mascaras(lectura) if subtipo == "fraude"} == {2024}
        assert "«Fraude» solo viene en 2024." in lectura.avisos


def test_sin_modalidades_entra_la_suma(tmp_path):
    filas = [f for f in estatales() if f[5] == FRAUDE or f[6] == "No especificado"]
    robos = [[*f[:6], "No Especificado", *f[7:]] for f in estatales(subtipos=("Otros robos",)) if "Con" in f[6]]
    with abrir(escribir(tmp_path / "a.csv", [*filas, *robos])) as lectura:
        assert totales(lectura) == sumar([*filas, *robos])
        assert {llave[2] for llave in lectura.modalidad_desconocida} == {"homicidio doloso", "otros robos"}
        assert any("solo se conoce su suma" in aviso for aviso in lectura.avisos)


def test_una_combinacion_desconocida_dice_donde_y_forzada_entra(tmp_path):
    nueva = [
        [*f[:4], "Fraude", "Fraude cibernético", "Fraude cibernético", *f[7:]] for f in estatales(subtipos=(FRAUDE,))
    ]
    filas = [*estatales(), *nueva]
    ruta = escribir(tmp_path / "a.csv", filas)
    informe = rechazo(ruta)
    assert lineas(informe, "combinación desconocida")[0] == len(estatales()) + 2
    with abrir(ruta, forzar=True) as lectura:
        assert totales(lectura) == sumar(filas)
        assert lectura.combinaciones[-1].subtipo == "Fraude cibernético"


def test_un_nombre_mal_escrito_en_un_lugar_no_culpa_a_todos_los_demas(tmp_path):
    filas = [list(fila) for fila in estatales()]
    posicion = next(n for n, fila in enumerate(filas) if fila[6] == "No especificado")
    filas[posicion][6] = "No espesificado"
    informe = rechazo(escribir(tmp_path / "a.csv", filas))
    assert lineas(informe, "combinación desconocida") == [posicion + 2]
    assert informe.por_clase["incompleto"] == 1


def test_un_delito_del_otro_catalogo(tmp_path):
    filas = [[2024, *fila[1:]] for fila in estatales(anios=(2026,), subtipos=("Extorsión presencial",))]
    informe = rechazo(escribir(tmp_path / "a.csv", filas))
    assert "es del catálogo RNID" in informe.primeras[0].motivo


def test_demasiados_delitos_desconocidos(tmp_path):
    filas = estatales(claves=["11"])
    raras = [[*filas[0][:5], f"Delito {n}", "x", *filas[0][7:]] for n in range(40)]
    with pytest.raises(ArchivoInvalido, match="40 delitos que no están en el catálogo"):
        abrir(escribir(tmp_path / "a.csv", [*filas, *raras]), forzar=True)


def test_cortado_por_excel(tmp_path):
    """All that fits in a sheet, to the last row, with nothing else that gives it away."""
    treinta_y_uno = delitos()[:31]
    assert (len(range(2015, 2026)) * 3075 * len(treinta_y_uno)) == FILAS_DE_EXCEL - 1
    colas = [",".join(["x", *(f'"{nombre}"' for nombre in delito), *"110000000000"]) for delito in treinta_y_uno]
    ruta = tmp_path / "IDM.csv"
    with ruta.open("w", encoding="cp1252", newline="") as salida:
        salida.write(",".join(MUNICIPAL) + "\n")
        for anio in range(2015, 2026):
            for n in range(3075):
                lugar = f"{anio},{n % 32 + 1},x,{(n % 32 + 1) * 1000 + n // 32 + 1},"
                salida.writelines(f"{lugar}{cola}\n" for cola in colas)
    informe = rechazo(ruta)
    ruta.unlink()
    assert informe.por_clase["truncado"] == 1
    assert "hoja de Excel" in next(falla.motivo for falla in informe.primeras if falla.clase == "truncado")


@pytest.mark.parametrize("cola", [b"", b"\r\n\r\n\n"])
def test_el_ultimo_salto_de_linea(tmp_path, cola):
    """Without it the last figure may be half of one; with many there is nothing to fear."""
    filas = estatales()
    filas[-1][-1] = 12
    ruta = escribir(tmp_path / "a.csv", filas, fin="\r\n")
    ruta.write_bytes(ruta.read_bytes().rstrip() + cola)
    if cola:
        assert leer_totales(ruta) == sumar(filas)
    else:
        informe = rechazo(ruta)
        assert set(informe.por_clase) == {"truncado"}
        assert leer_totales(ruta, forzar=True) == sumar(filas)


def test_sin_el_ultimo_salto_pero_con_el_ultimo_mes_vacio_esta_entero(tmp_path):
    filas = estatales(hasta=8)
    ruta = escribir(tmp_path / "a.csv", filas)
    ruta.write_bytes(ruta.read_bytes().rstrip(b"\n"))
    assert leer_totales(ruta) == sumar(filas)


def test_el_catalogo_oficial_esta_entero():
    assert {i: len(oficial(i).combinaciones) for i in (CNSP, "RNID")} == {CNSP: 98, "RNID": 114}
    assert [len(oficial(i).subtipos()) for i in (CNSP, "RNID")] == [55, 79]
