"""From official files to the extract, and from the extract to the tables: the whole way, with small files."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from indicadores import extracto as formato
from indicadores.importadores import fuentes
from indicadores.importadores.extracto import hacer_extracto
from indicadores.importadores.fuentes import CNSP, Fuente
from indicadores.importadores.sesnsp import ArchivoInvalido
from indicadores.models import Alcance, Carga, Conteo, Delito, EdicionDePoblacion, Poblacion
from indicadores.operaciones import CatalogoIncompleto, cargar_extracto
from indicadores.operaciones_cargas import cargar_incidencia, deshacer_carga
from indicadores.series import serie
from mesas.models import Municipio
from tests.fabricas import hacer_municipio
from tests.indicadores.archivos import BLANCA, ESTATAL, FEMINICIDIO, FUEGO, MUNICIPAL, estatal, guardar, municipal

ORIGEN = Path(__file__).resolve().parents[2].parent / "shared" / "datos"
MUNICIPIOS = ("11001", "11002", "28001", "28002")


@pytest.fixture
def oficiales(tmp_path, monkeypatch):
    """A folder with a state file, a national municipal one and a newer one of a single entidad."""
    monkeypatch.setattr(
        fuentes,
        "FUENTES",
        (
            Fuente("estatal", "estatal.csv", CNSP, "estatal", "SESNSP estatal"),
            Fuente("nueva", "nueva.csv", CNSP, "municipal", "SESNSP municipal"),
            Fuente("nacional", "nacional.zip", CNSP, "municipal", "SESNSP municipal"),
        ),
    )
    monkeypatch.setattr(fuentes, "POBLACION_ANIOS", range(2023, 2026))
    carpeta = tmp_path / "oficiales"
    carpeta.mkdir()
    silencio = [3, 0, *[3] * 10]
    guardar(
        carpeta / "estatal.csv",
        ESTATAL,
        [
            estatal(2024, "11", FUEGO, 5),
            estatal(2024, "11", BLANCA, 1),
            estatal(2024, "11", FEMINICIDIO, 0),
            estatal(2024, "28", FUEGO, silencio),
            estatal(2024, "28", BLANCA, [1, 0, *[1] * 10]),
            estatal(2024, "28", FEMINICIDIO, 0),
        ],
    )
    guardar(
        carpeta / "nacional.zip",
        MUNICIPAL,
        [
            municipal(anio, clave, delito, valor, nombre="No Especificado" if clave == "11998" else None)
            for anio in (2023, 2024)
            for clave, valor in (("11001", 1), ("11002", 0), ("11998", 2), ("28001", 1), ("28002", 0))
            for delito in (FUEGO, BLANCA)
        ]
        + [municipal(2024, clave, FEMINICIDIO, 0) for clave in ("11001", "11002", "28001", "28002")]
        + [municipal(2024, "11998", FEMINICIDIO, 0, nombre="No Especificado")],
    )
    guardar(
        carpeta / "nueva.csv",
        MUNICIPAL,
        [
            municipal(anio, clave, delito, valor, hasta)
            for anio, hasta in ((2024, 12), (2025, 3))
            for clave, valor in (("11001", 2), ("11002", -1))
            for delito in (FUEGO, BLANCA)
        ],
        "utf-8",
    )
    encabezado = ["CVE", "Entidad", "Municipio", "2023", "2024", "2025"]
    guardar(carpeta / fuentes.POBLACION_ARCHIVO, encabezado, [[c, "", "", 1000, 2000, 3000] for c in MUNICIPIOS])
    return carpeta


@pytest.fixture
def extracto(oficiales, tmp_path):
    destino = tmp_path / "extracto"
    hacer_extracto(oficiales, destino)
    return destino


@pytest.fixture
def territorio(db):
    for clave in MUNICIPIOS:
        hacer_municipio(clave)


def anual(territorio, delito="homicidio-doloso"):
    return {r.periodo: r for r in serie(territorio, delito)}


# ── Making it ───────────────────────────────────────────────────────────────────────────


def test_lo_que_dice_el_manifiesto(extracto, oficiales):
    manifiesto = json.loads((extracto / formato.MANIFIESTO).read_text())
    fichas = {ficha["clave"]: ficha for ficha in manifiesto["cargas"]}
    assert {clave: ficha["corte"] for clave, ficha in fichas.items()} == {
        "estatal": "2024-12",
        "nueva": "2025-03",
        "nacional": "2024-12",
    }
    crudo = (oficiales / "estatal.csv").read_bytes()
    assert fichas["estatal"]["sha256"] == hashlib.sha256(crudo).hexdigest()
    assert fichas["estatal"]["filas"] == 6
    assert fichas["estatal"]["total"] == 12 * 6 + 11 * 4
    (traslape,) = manifiesto["traslapes"]
    assert (traslape["queda"], traslape["sale"], traslape["anios"]) == ("nueva", "nacional", [2024])
    assert (traslape["celdas_distintas"], traslape["celdas_iguales"]) == (36, 0)
    assert manifiesto["meses_no_reportados"] == [{"instrumento": CNSP, "entidad": "28", "mes": "2024-02"}]
    assert manifiesto["pseudomunicipios"] == {"11998": "No Especificado"}


def test_hacerlo_otra_vez_da_los_mismos_bytes(extracto, oficiales, tmp_path):
    hacer_extracto(oficiales, tmp_path / "otra")
    for ruta in extracto.iterdir():
        assert ruta.read_bytes() == (tmp_path / "otra" / ruta.name).read_bytes()


def test_un_subtipo_al_que_le_falta_una_modalidad_no_entra(oficiales, tmp_path):
    guardar(oficiales / "nueva.csv", MUNICIPAL, [municipal(2025, "11001", FUEGO, 1, 3)])
    manifiesto = hacer_extracto(oficiales, tmp_path / "e")
    assert any("nueva.csv: homicidio-doloso" in motivo for motivo in manifiesto["omitido"])
    assert "nueva" not in {ficha["clave"] for ficha in manifiesto["cargas"]}


def test_un_delito_fuera_del_catalogo_se_rechaza(oficiales, tmp_path):
    raro = ["Bien", "Tipo", "Delito que no existe", "Modalidad"]
    guardar(oficiales / "nueva.csv", MUNICIPAL, [municipal(2025, "11001", raro, 1, 3)])
    with pytest.raises(ArchivoInvalido, match="delito-que-no-existe"):
        hacer_extracto(oficiales, tmp_path / "e")


def test_la_orden_dice_lo_que_hizo_y_lo_que_falta(oficiales, tmp_path, capsys):
    call_command("extraer_indicadores", oficiales, destino=tmp_path / "e")
    assert "conteos.csv.xz" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"estatal\.csv"):
        call_command("extraer_indicadores", tmp_path / "no-hay", destino=tmp_path / "e")


@given(st.sets(st.integers(0, 99_999), max_size=60))
def test_las_claves_juntas_se_separan_igual(numeros):
    claves = {f"{numero:05d}" for numero in numeros}
    assert set(formato.separar_claves(formato.juntar_claves(claves))) == claves


# ── Loading it ──────────────────────────────────────────────────────────────────────────


def test_del_archivo_oficial_a_la_tasa(extracto, territorio):
    resultado = cargar_extracto(carpeta=extracto)
    assert (resultado.cambio, resultado.cargas) == (True, 3)
    # The newer file rules in Guanajuato; the official −1 stays and takes from its entidad.
    assert {p: r.carpetas for p, r in anual("11001").items()} == {"2023": 24, "2024": 48, "2025": None}
    assert (anual("11002")["2024"].carpetas, anual("11002")["2024"].tasa) == (-24, None)
    assert anual("11")["2023"].carpetas == 24 + 48  # the pseudo-municipality counts in its entidad
    assert Municipio.objects.get(clave="11998").pseudo
    # The newer file lacks the pseudo-municipality, so its sum is not that of the entidad.
    assert (anual("11")["2024"].carpetas, anual("11")["2024"].ambitos) == (72, ("estatal",))
    # February of 2024 was not reported in Tamaulipas, by either file.
    assert anual("28")["2024"].carpetas is None
    assert anual("28001")["2024"].carpetas is None
    meses = {r.periodo: r.carpetas for r in serie("28001", "homicidio-doloso", "mensual")}
    assert (meses["2024-01"], meses["2024-02"], meses["2024-03"]) == (2, None, 2)
    assert anual("28002")["2023"].carpetas == 0
    assert (anual("11001")["2024"].poblacion, anual("11")["2024"].poblacion) == (2000, 4000)


def test_el_mismo_extracto_no_cambia_nada(extracto, territorio):
    cargar_extracto(carpeta=extracto)
    antes = list(Carga.objects.values_list("pk", flat=True))
    assert not cargar_extracto(carpeta=extracto).cambio
    assert list(Carga.objects.values_list("pk", flat=True)) == antes


def test_un_extracto_nuevo_reemplaza_al_anterior(extracto, oficiales, territorio, tmp_path):
    cargar_extracto(carpeta=extracto)
    delitos = Delito.objects.count()
    guardar(oficiales / "nueva.csv", MUNICIPAL, [municipal(2024, "11001", delito, 7) for delito in (FUEGO, BLANCA)])
    hacer_extracto(oficiales, tmp_path / "nuevo")
    assert cargar_extracto(carpeta=tmp_path / "nuevo").cambio
    assert anual("11001")["2024"].carpetas in (24, 168)
    assert Carga.objects.count() == 3
    assert (EdicionDePoblacion.objects.count(), Delito.objects.count()) == (1, delitos)


def test_lo_que_cargo_el_personal_con_corte_mas_nuevo_sigue_vigente(extracto, territorio):
    cargar_extracto(carpeta=extracto)
    del_personal = Carga.objects.get(archivo="nueva.csv")
    Carga.objects.filter(pk=del_personal.pk).update(extracto="", sha256="f" * 64)
    assert cargar_extracto(carpeta=extracto).cambio
    vigentes = Alcance.objects.vigentes().filter(ambito="municipal", entidad="11", anio=2024)
    assert set(vigentes.values_list("delito__slug", "carga__archivo")) == {
        ("homicidio-doloso", "nueva.csv"),
        ("feminicidio", "nacional.zip"),
    }
    assert {alcance.carga_id for alcance in vigentes if alcance.delito.slug == "homicidio-doloso"} == {del_personal.pk}


def test_el_archivo_del_que_se_hizo_trae_lo_que_el_extracto_dejo_fuera(oficiales, territorio, tmp_path):
    """The extract keeps the sum of each subtipo; the very file, loaded by the staff, its modalidades too."""
    armas = ("Con arma de fuego", "Con arma blanca", "Con otro elemento", "No especificado")
    doloso = [[*FUEGO[:3], arma] for arma in armas]
    renglones = [estatal(2024, e, delito, 5) for e in ("11", "28") for delito in (*doloso, FEMINICIDIO)]
    guardar(oficiales / "estatal.csv", ESTATAL, renglones)
    hacer_extracto(oficiales, extracto := tmp_path / "extracto")
    cargar_extracto(carpeta=extracto)
    delito = "homicidio-doloso:con-arma-de-fuego"
    antes = {p: r.carpetas for p, r in anual("11").items()}
    assert not [r for r in anual("11", delito).values() if r.carpetas is not None]
    hecho = cargar_incidencia(ruta=oficiales / "estatal.csv", forzar=True)
    assert hecho.cambio, hecho.mensaje
    assert (hecho.carga.revisadas, hecho.carga.extracto) == (0, "")
    assert anual("11", delito)["2024"].carpetas == 12 * 5
    assert {p: r.carpetas for p, r in anual("11").items()} == antes
    otra_vez = cargar_incidencia(ruta=oficiales / "estatal.csv", forzar=True)
    assert not otra_vez.cambio
    assert "ya está cargado" in otra_vez.mensaje
    assert not cargar_extracto(carpeta=extracto).cambio
    deshacer_carga(carga=hecho.carga)
    assert {p: r.carpetas for p, r in anual("11").items()} == antes


def test_avisa_de_sus_pasos(extracto, territorio):
    pasos = []
    cargar_extracto(carpeta=extracto, avisar=pasos.append)
    assert len(pasos) >= 3
    assert all(isinstance(paso, str) for paso in pasos)


@pytest.mark.parametrize("nombre", [formato.CONTEOS, formato.ALCANCE, formato.POBLACION])
def test_un_archivo_tocado_no_carga_nada(extracto, territorio, nombre):
    ruta = extracto / nombre
    ruta.write_bytes(ruta.read_bytes() + b" ")
    with pytest.raises(formato.ExtractoDanado, match=nombre):
        cargar_extracto(carpeta=extracto)
    assert not Delito.objects.exists()


def test_un_archivo_que_falta_no_carga_nada(extracto, territorio):
    (extracto / formato.PRESENCIA).unlink()
    with pytest.raises(formato.ExtractoDanado, match=formato.PRESENCIA):
        cargar_extracto(carpeta=extracto)
    (extracto / formato.MANIFIESTO).unlink()
    with pytest.raises(formato.ExtractoDanado, match=formato.MANIFIESTO):
        cargar_extracto(carpeta=extracto)


def test_sin_territorio_se_dice_y_no_carga_nada(extracto, db):
    hacer_municipio("11001")
    with pytest.raises(CatalogoIncompleto, match="Carga primero el territorio"):
        cargar_extracto(carpeta=extracto)
    assert not (Carga.objects.exists() or Conteo.objects.exists() or Poblacion.objects.exists())


# ── The committed one ───────────────────────────────────────────────────────────────────


def test_el_extracto_del_repositorio_esta_entero_y_es_chico():
    extracto = formato.abrir()
    assert sum(ruta.stat().st_size for ruta in formato.CARPETA.iterdir()) <= 2_000_000
    assert {ficha["clave"] for ficha in extracto.manifiesto["cargas"]} == {fuente.clave for fuente in fuentes.FUENTES}
    assert all(
        ficha["fuente"] and ficha["corte"] and len(ficha["sha256"]) == 64 for ficha in extracto.manifiesto["cargas"]
    )


@pytest.mark.skipif(not ORIGEN.exists(), reason="faltan los archivos oficiales, que no viajan con el portal")
def test_el_extracto_sale_de_esos_archivos():
    extracto = formato.abrir()
    fichas = [*extracto.manifiesto["cargas"], extracto.manifiesto["poblacion"]]
    for ficha in fichas:
        assert hashlib.sha256((ORIGEN / ficha["archivo"]).read_bytes()).hexdigest() == ficha["sha256"]
