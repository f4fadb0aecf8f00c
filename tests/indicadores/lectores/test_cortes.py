"""Until which month a file goes: what is a figure, what is silence and what is still to come."""

import datetime as dt

import pytest

from indicadores.importadores.cortes import del_nombre
from indicadores.importadores.errores import ArchivoConErrores
from indicadores.importadores.lector import abrir
from tests.indicadores.lectores.hechura import (
    FRAUDE,
    escribir,
    estatales,
    mascaras,
    municipales,
    sumar,
    totales,
)


@pytest.mark.parametrize(
    ("nombre", "corte"),
    [
        ("IDM_NM_dic25.csv", (2025, 12)),
        ("IDEFC_NM_ago23.csv", (2023, 8)),
        ("IDM_Guanajuato_homicidio_2020-2025_nov2025.csv", (2025, 11)),
        ("Municipal-Delitos - Noviembre 2025 (2015-2025).csv", (2025, 11)),
        ("Municipal-Delitos-2015-2025_ago2026.zip", (2026, 8)),
        ("Estatal Delitos - marzo 2019.xlsx", (2019, 3)),
        ("Estatal-Delitos-2015-2021_feb2021.xlsx", (2021, 2)),
        ("RNID-Delitos_Estatal-2026-mar2026.csv", (2026, 3)),
        ("corte de septiembre de 2024.csv", (2024, 9)),
        ("SEPT_2024.csv", (2024, 9)),
        ("ene20_a_mar21.csv", (2021, 3)),
        ("IDM_NM_reconstruido_29combos_2015-2024.zip", None),
        ("Marina 2020.csv", None),
        ("datos.csv", None),
        ("mayo.csv", None),
        ("dic2525.csv", None),
    ],
)
def test_el_corte_que_dice_el_nombre(nombre, corte):
    assert del_nombre(nombre) == (corte and dt.date(*corte, 1))


@pytest.mark.parametrize("hasta", range(1, 13))
def test_el_corte_es_el_ultimo_mes_con_cifras(tmp_path, hasta):
    filas = estatales(hasta=hasta)
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert lectura.corte == dt.date(2024, hasta, 1)
        assert {alcance.corte for alcance in lectura.alcances} == {lectura.corte}
        ultimo = mascaras(lectura)["fraude", 2024, "11"]
        assert ultimo == "1" * hasta + "0" * (12 - hasta)
        assert mascaras(lectura)["fraude", 2023, "11"] == "1" * 12


def test_cada_delito_tiene_su_corte(tmp_path):
    """A file put together from several: one crime goes to December, the other only to June."""
    filas = estatales()
    for fila in filas:
        if fila[0] == 2024 and fila[5] == FRAUDE:
            fila[-6:] = [""] * 6
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        cortes = {alcance.delito[2]: alcance.corte.month for alcance in lectura.alcances}
        assert cortes == {"fraude": 6, "homicidio doloso": 12}
        assert lectura.corte == dt.date(2024, 12, 1)


def test_un_delito_en_cero_no_adelanta_el_corte_de_los_demas(tmp_path):
    filas = estatales(hasta=7)
    for fila in filas:
        if fila[0] == 2024:
            fila[-5:] = [0] * 5
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert lectura.corte == dt.date(2024, 7, 1)
        assert mascaras(lectura)["fraude", 2024, "01"] == "111111100000"


def test_declarar_un_corte_posterior_no_inventa_ceros(tmp_path):
    ruta = escribir(tmp_path / "a.csv", estatales(hasta=7))
    with abrir(ruta, corte=dt.date(2024, 9, 1)) as lectura:
        assert lectura.corte == dt.date(2024, 7, 1)
        assert any("sus cifras llegan a julio de 2024" in aviso for aviso in lectura.avisos)


def test_el_nombre_puede_ser_posterior_a_los_datos(tmp_path):
    with abrir(escribir(tmp_path / "Estatal-Delitos-2015-2024_ago2026.csv", estatales())) as lectura:
        assert lectura.corte == dt.date(2024, 12, 1)


def test_el_nombre_se_puede_pasar_por_alto_y_lo_declarado_no(tmp_path):
    filas = estatales()
    ruta = escribir(tmp_path / "IDEFC_NM_ago24.csv", filas)
    with abrir(ruta, forzar=True) as lectura:
        assert totales(lectura) == sumar(filas)
    with pytest.raises(ArchivoConErrores, match="se declaró el corte de agosto de 2024"):
        abrir(ruta, corte=dt.date(2024, 8, 1), forzar=True)


def test_una_entidad_que_deja_un_mes_vacio_no_lo_reporto(tmp_path):
    filas = estatales()
    for fila in filas:
        if fila[:2] == [2024, 14]:
            fila[-12 + 3] = ""
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert mascaras(lectura)["homicidio doloso", 2024, "14"] == "111011111111"
        assert mascaras(lectura)["homicidio doloso", 2024, "15"] == "1" * 12
        assert any("no reportados" in aviso for aviso in lectura.avisos)


def test_un_mes_a_medias_dentro_de_una_entidad_se_rechaza(tmp_path):
    filas = municipales()
    filas[0][9 + 3] = ""
    ruta = escribir(tmp_path / "a.csv", filas)
    with pytest.raises(ArchivoConErrores, match="Guanajuato trae abril a medias"):
        abrir(ruta)
    with abrir(ruta, forzar=True) as lectura:
        assert mascaras(lectura)["homicidio doloso", 2023, "11"] == "111011111111"
        assert mascaras(lectura)["fraude", 2023, "11"] == "1" * 12


def test_despues_del_corte_da_igual_vacio_que_cero(tmp_path):
    filas = estatales(hasta=9)
    for n, fila in enumerate(filas):
        if fila[0] == 2024 and n % 2:
            fila[-1] = 0
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert set(mascaras(lectura).values()) == {"1" * 12, "111111111000"}


def test_un_archivo_sin_una_sola_cifra(tmp_path):
    filas = [[*fila[:-12], *[0] * 12] for fila in estatales()]
    with pytest.raises(ArchivoConErrores, match="ninguna de sus cifras"):
        abrir(escribir(tmp_path / "a.csv", filas), forzar=True)


def test_los_controles_son_las_sumas_por_entidad_y_anio(tmp_path):
    filas = estatales()
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert len(lectura.controles) == 64
        assert lectura.controles["11", 2024] == sum(sum(f[-12:]) for f in filas if f[:2] == [2024, 11])
        assert lectura.total == sum(sumar(filas).values())
