"""The command: what it says, and the real file with its control totals."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from indicadores.models import EdicionDePoblacion, Poblacion
from tests.indicadores.poblacion import archivos
from tests.indicadores.poblacion.archivos import ANIOS, guardar, todos

pytestmark = pytest.mark.django_db

OFICIAL = Path(__file__).resolve().parents[4] / "shared" / "datos" / "conapo_municipal_1990-2040_total.csv"


def ordenar(*rutas, **opciones):
    call_command("cargar_poblacion", *map(str, rutas), **opciones)


def test_dice_lo_que_hizo(tmp_path, capsys):
    ruta = guardar(tmp_path / "p.csv", archivos.ancho(todos(), ANIOS))
    ordenar(ruta)
    dicho = capsys.readouterr().out
    assert "Reviso p.csv" in dicho
    assert "2,475 renglones leídos: 2,475 municipios y 32 entidades, de 2020 a 2022." in dicho
    assert f"    2020: {sum(archivos.total(clave, 2020) for clave in todos()):,}\n" in dicho
    assert "Aviso: Municipios sin población en esta edición" in dicho
    assert "«CONAPO 2020-2022» (2,475 municipios, de 2020 a 2022) se cargó, con 7,521 cifras." in dicho
    ordenar(ruta)
    assert "no cambia nada" in capsys.readouterr().out


def test_las_dos_mitades_el_nombre_y_usarla(tmp_path, capsys):
    ordenar(guardar(tmp_path / "p.csv", archivos.ancho(todos(), range(2023, 2025))))
    mitades = archivos.partes(todos(), range(2023, 2025))
    rutas = [guardar(tmp_path / f"base_{n}.csv", mitad, "latin-1") for n, mitad in enumerate(mitades)]
    ordenar(*rutas, edicion="CONAPO vieja", usar=True)
    assert "Es la que usan las tasas del portal." in capsys.readouterr().out
    assert EdicionDePoblacion.objects.get(vigente=True).nombre == "CONAPO vieja"
    with pytest.raises(CommandError, match="Carga los dos juntos"):
        ordenar(rutas[0])


def test_simular(tmp_path, capsys):
    ordenar(guardar(tmp_path / "p.csv", archivos.ancho(todos(), ANIOS)), simular=True)
    assert "Fue una simulación: no se guardó nada." in capsys.readouterr().out
    assert not EdicionDePoblacion.objects.exists()


def test_un_archivo_con_errores_da_su_informe(tmp_path):
    filas = archivos.ancho()
    filas[1][3], filas[2][4] = "1.5", ""
    with pytest.raises(CommandError) as error:
        ordenar(guardar(tmp_path / "p.csv", filas))
    assert str(error.value).splitlines() == [
        "p.csv: 2 fallas en el archivo. No se cargó nada.",
        "  1 · cifras con decimales",
        "  1 · cifras que no son números",
        "  línea 2, columna «2020», valor «1.5»: trae decimales: CONAPO publica personas enteras y aquí no se "
        "redondea.",
        "  línea 3, columna «2021»: está vacía.",
    ]


def test_un_archivo_que_no_existe(tmp_path):
    with pytest.raises(CommandError, match=r"No existe el archivo .*nada\.csv"):
        ordenar(tmp_path / "nada.csv")


@pytest.mark.skipif(not OFICIAL.exists(), reason="falta el archivo oficial, que no viaja con el portal")
def test_la_edicion_oficial_con_sus_totales_de_control(capsys):
    ordenar(OFICIAL)
    dicho = capsys.readouterr().out
    for anio, total in {
        2018: "125,995,825",
        2020: "128,209,170",
        2024: "132,274,416",
        2025: "133,367,428",
        2026: "134,407,258",
    }.items():
        assert f"    {anio}: {total}\n" in dicho
    assert dicho.count("Aviso") == 1
    edicion = EdicionDePoblacion.objects.get()
    assert (edicion.nombre, edicion.vigente) == ("CONAPO 1990-2040", True)
    de_entidades = Poblacion.objects.filter(edicion=edicion, territorio__regex=r"^..$")
    assert de_entidades.count() == 32 * 51
    assert Poblacion.objects.get(territorio="06", anio=2018).habitantes == 736_743
    assert Poblacion.objects.get(territorio="08037", anio=2024).habitantes == 1_637_477
