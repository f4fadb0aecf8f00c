"""An official file enters whole, says what it changed, and can be taken back."""

import datetime as dt

import pytest
from django.core.management import call_command, execute_from_command_line
from django.core.management.base import CommandError
from django.db import connection, transaction

from indicadores import cerrojo
from indicadores.models import Alcance, Cambio, Carga, Conteo, Control, EdicionDePoblacion, Poblacion
from indicadores.operaciones_cargas import ArchivoInvalido, NoSePuedeDeshacer, cargar_incidencia, deshacer_carga
from indicadores.series import serie
from mesas.models import Entidad, Municipio
from tests.fabricas import hacer_cuenta, hacer_municipio
from tests.indicadores.archivos import ESTATAL, MUNICIPAL, VIDA, estatal, guardar, municipal

pytestmark = pytest.mark.django_db

ARMAS = ("Con arma de fuego", "Con arma blanca", "Con otro elemento", "No especificado")
DOLOSO = [[VIDA, "Homicidio", "Homicidio doloso", arma] for arma in ARMAS]
CULPOSO = [
    [VIDA, "Homicidio", "Homicidio culposo", causa] for causa in (*ARMAS[:2], "En accidente de tránsito", *ARMAS[2:])
]
FRAUDE = [["El patrimonio", "Fraude", "Fraude", "Fraude"]]
MUNICIPIOS = ("28003", "28009", "28038")
ENTIDADES = [f"{numero:02d}" for numero in range(1, 33)]


@pytest.fixture(autouse=True)
def territorio(db):
    for clave in MUNICIPIOS:
        hacer_municipio(clave)
    for clave in ENTIDADES:
        Entidad.objects.get_or_create(clave=clave, defaults={"nombre": clave, "nombre_corto": clave})
    edicion = EdicionDePoblacion.objects.create(nombre="Prueba", fuente="x", archivo="x", sha256="a" * 64, vigente=True)
    Poblacion.objects.bulk_create(
        Poblacion(edicion=edicion, territorio=clave, anio=anio, habitantes=habitantes)
        for anio in (2023, 2024, 2025)
        for clave, habitantes in (*((clave, 100_000) for clave in MUNICIPIOS), ("28", 300_000))
    )


def valor(municipio, delito, anio):
    """An invented count that tells every cell from the next."""
    return int(municipio[-2:]) + len(delito[3]) % 7 + (anio - 2022)


def filas(delitos=DOLOSO, anios=(2023, 2024), hasta=12, municipios=MUNICIPIOS, cambios=()):
    """Rows of a municipal file, with the last year cut; `cambios` maps (municipio, modalidad, año) to its months."""
    ultimo = max(anios)
    return [
        municipal(
            anio,
            clave,
            delito,
            dict(cambios).get((clave, delito[3], anio), valor(clave, delito, anio)),
            hasta if anio == ultimo else 12,
        )
        for anio in anios
        for clave in municipios
        for delito in delitos
    ]


@pytest.fixture
def archivo(tmp_path):
    """Writes a municipal file and returns its path."""
    numero = iter(range(100))

    def escribir(*, encabezado=MUNICIPAL, renglones=None, **opciones):
        renglones = filas(**opciones) if renglones is None else renglones
        return guardar(tmp_path / f"IDM_{next(numero)}.csv", encabezado, renglones)

    return escribir


def cargar(ruta, **opciones):
    return cargar_incidencia(ruta=ruta, **opciones)


def anual(territorio="28038", delito="homicidio-doloso"):
    return {r.periodo: r.carpetas for r in serie(territorio, delito)}


def esperado(anio, municipios=("28038",), delitos=DOLOSO):
    return 12 * sum(valor(clave, delito, anio) for clave in municipios for delito in delitos)


def foto():
    """All that readers see, as PostgreSQL holds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.delito_id, a.anio, a.entidad_id, a.meses, a.corte, c.territorio, c.meses "
            "FROM indicadores_alcance a LEFT JOIN indicadores_conteo c "
            "ON c.carga_id = a.carga_id AND c.delito_id = a.delito_id AND left(c.territorio, 2) = a.entidad_id "
            "WHERE a.vigente ORDER BY 1, 2, 3, 6"
        )
        return cursor.fetchall()


# ── What enters ─────────────────────────────────────────────────────────────────────────


def test_del_archivo_a_la_tasa(archivo):
    diana, _ = hacer_cuenta("Diana")
    resultado = cargar(archivo(hasta=3), usuario=diana)
    assert resultado.cambio
    carga = resultado.carga
    assert (carga.instrumento, carga.ambito, carga.corte) == ("CNSP/38/15", "municipal", dt.date(2024, 3, 1))
    assert (carga.primer_anio, carga.ultimo_anio, carga.filas, carga.revisadas) == (2023, 2024, 24, None)
    assert carga.usuario == diana
    assert anual() == {"2023": esperado(2023), "2024": None}
    (uno, _) = serie("28038", "homicidio-doloso")
    assert uno.tasa.valor == pytest.approx(esperado(2023))  # per 100 000, over 100 000
    assert anual("28")["2023"] == esperado(2023, MUNICIPIOS)
    meses = {r.periodo: r.carpetas for r in serie("28038", "homicidio-doloso", "mensual")}
    assert meses["2024-03"] == esperado(2024) // 12
    assert "2024-04" not in meses or meses["2024-04"] is None


def test_deja_constancia_de_lo_que_entro(archivo):
    carga = cargar(archivo(hasta=3)).carga
    por_anio = {2023: esperado(2023, MUNICIPIOS), 2024: esperado(2024, MUNICIPIOS) // 4}
    assert carga.total == sum(por_anio.values())
    assert {(c.anio, c.entidad_id): c.total for c in carga.controles.all()} == {
        (anio, "28"): total for anio, total in por_anio.items()
    }
    assert len(carga.sha256) == 64
    assert any("Tamaulipas" in aviso for aviso in carga.avisos), "a file of one entidad says so"


def test_modalidades_tipos_y_bienes(archivo):
    cargar(archivo(delitos=[*DOLOSO, *CULPOSO]))
    fuego = "homicidio-doloso:con-arma-de-fuego"
    assert anual(delito=fuego)["2024"] == esperado(2024, delitos=DOLOSO[:1])
    assert anual("28", fuego)["2024"] == esperado(2024, MUNICIPIOS, DOLOSO[:1])
    assert anual(delito="homicidio")["2024"] == esperado(2024, delitos=[*DOLOSO, *CULPOSO])
    assert anual("28", "homicidio")["2024"] == esperado(2024, MUNICIPIOS, [*DOLOSO, *CULPOSO])
    assert Conteo.objects.filter(delito__nivel=2).exists(), "the sum of a tipo is ready made"


def test_la_unica_modalidad_de_un_subtipo_es_el_subtipo(archivo):
    cargar(archivo(delitos=FRAUDE))
    assert (
        anual(delito="fraude:fraude")
        == anual(delito="fraude")
        == {a: esperado(int(a), delitos=FRAUDE) for a in ("2023", "2024")}
    )
    assert set(Conteo.objects.values_list("delito__nivel", flat=True)) == {3}


def test_una_modalidad_que_no_se_conoce_no_es_cero(archivo):
    cargar(archivo(delitos=DOLOSO[3:]))
    assert anual()["2024"] == esperado(2024, delitos=DOLOSO[3:])
    assert anual(delito="homicidio-doloso:con-arma-de-fuego") == {}


def test_un_municipio_nuevo_se_da_de_alta_y_no_tiene_tasa(archivo):
    resultado = cargar(archivo(municipios=(*MUNICIPIOS, "28777")))
    assert Municipio.objects.get(clave="28777").entidad_id == "28"
    assert any("28777" in aviso for aviso in resultado.avisos)
    (primero, *_) = serie("28777", "homicidio-doloso")
    assert primero.carpetas == esperado(2023, ("28777",))
    assert primero.tasa is None


def test_el_pseudomunicipio_cuenta_en_su_entidad_y_no_se_pide(archivo):
    cargar(archivo(municipios=(*MUNICIPIOS, "28998")))
    assert Municipio.objects.get(clave="28998").pseudo
    assert anual("28")["2023"] == esperado(2023, (*MUNICIPIOS, "28998"))


# ── The same, the old and the new ───────────────────────────────────────────────────────


def test_el_mismo_archivo_no_cambia_nada_y_lo_dice(archivo):
    ruta = archivo()
    cargar(ruta)
    antes = foto()
    otra = cargar(ruta)
    assert not otra.cambio
    assert "ya está cargado" in otra.mensaje
    assert (foto(), Carga.objects.count()) == (antes, 1)


def test_una_edicion_nueva_dice_que_cambio_la_fuente(archivo):
    cargar(archivo(hasta=6))
    revisada = [*[valor("28038", DOLOSO[0], 2023)] * 11, 99]
    a_cero = [0] * 12
    cambios = {("28038", ARMAS[0], 2023): revisada, ("28009", ARMAS[1], 2023): a_cero}
    carga = cargar(archivo(hasta=8, cambios=cambios.items())).carga
    vistos = {
        (c.delito.nombre, c.territorio, c.mes, c.antes, c.despues) for c in Cambio.objects.select_related("delito")
    }
    previo = valor("28009", DOLOSO[1], 2023)
    assert vistos == {
        (ARMAS[0], "28038", dt.date(2023, 12, 1), valor("28038", DOLOSO[0], 2023), 99),
        *((ARMAS[1], "28009", dt.date(2023, mes, 1), previo, 0) for mes in range(1, 13)),
    }
    assert carga.revisadas == 13, "July and August of 2024 are published for the first time: no revision"
    assert anual()["2023"] == esperado(2023) + 99 - valor("28038", DOLOSO[0], 2023)


def test_una_edicion_anterior_no_pisa_a_la_nueva_salvo_que_se_fuerce(archivo):
    cargar(archivo(hasta=8))
    antes = foto()
    vieja = archivo(hasta=6, cambios={("28038", ARMAS[0], 2023): 50}.items())
    resultado = cargar(vieja)
    assert not resultado.cambio
    assert "corte posterior" in resultado.mensaje
    assert (foto(), Carga.objects.count()) == (antes, 1)
    assert cargar(vieja, forzar=True).cambio
    assert anual()["2023"] != esperado(2023)
    assert Carga.objects.get(forzada=True).corte == dt.date(2024, 6, 1)


def test_lo_que_el_archivo_no_trae_se_queda(archivo):
    cargar(archivo(delitos=[*DOLOSO, *CULPOSO]))
    cargar(archivo(anios=(2024, 2025), hasta=3, cambios={("28038", ARMAS[0], 2024): 100}.items()))
    assert anual()["2023"] == esperado(2023)
    nueva = esperado(2024) + 12 * (100 - valor("28038", DOLOSO[0], 2024))
    assert anual()["2024"] == nueva
    assert anual(delito="homicidio-culposo")["2024"] == esperado(2024, delitos=CULPOSO)
    # The tipo joins two files where no single one is whole any more.
    assert anual(delito="homicidio") == {
        "2023": esperado(2023, delitos=[*DOLOSO, *CULPOSO]),
        "2024": nueva + esperado(2024, delitos=CULPOSO),
    }


def test_parte_de_los_municipios_no_hace_la_cifra_de_la_entidad(archivo):
    cargar(archivo(hasta=6))
    antes, corto = foto(), archivo(hasta=8, municipios=MUNICIPIOS[:1])
    with pytest.raises(ArchivoInvalido, match="faltan 2 municipios"):
        cargar(corto)
    assert foto() == antes
    cargar(corto, forzar=True)
    assert anual("28003")["2023"] == esperado(2023, ("28003",))
    assert anual("28") == {}
    assert anual("28038") == {}, "the newer file rules in its entidad and does not bring this municipality"


# ── Undoing ─────────────────────────────────────────────────────────────────────────────


def test_deshacer_devuelve_lo_que_habia(archivo):
    cargar(archivo(delitos=[*DOLOSO, *CULPOSO], hasta=6))
    antes = foto()
    ruta = archivo(hasta=8, cambios={("28038", ARMAS[0], 2023): 50}.items())
    carga = cargar(ruta).carga
    assert foto() != antes
    deshacer_carga(carga=carga)
    assert foto() == antes
    carga.refresh_from_db()
    assert carga.deshecha
    assert not Conteo.objects.filter(carga=carga).exists()
    assert not Cambio.objects.publicos().exists()
    assert cargar(ruta).cambio, "what was undone may be loaded again"


def test_la_primera_carga_tambien_se_deshace(archivo):
    carga = cargar(archivo()).carga
    deshacer_carga(carga=carga)
    assert not (Conteo.objects.exists() or Alcance.objects.exists())
    with pytest.raises(NoSePuedeDeshacer, match="ya está deshecha"):
        deshacer_carga(carga=carga)


def test_se_deshace_de_la_ultima_hacia_atras_y_se_guarda_una(archivo):
    cargas = [cargar(archivo(hasta=hasta)).carga for hasta in (4, 6, 8)]
    assert [Conteo.objects.filter(carga=carga).exists() for carga in cargas] == [False, True, True]
    with pytest.raises(NoSePuedeDeshacer, match="Primero deshaz"):
        deshacer_carga(carga=cargas[1])
    deshacer_carga(carga=cargas[2])
    assert anual()["2023"] == esperado(2023)
    with pytest.raises(NoSePuedeDeshacer, match="Ya no se conserva"):
        deshacer_carga(carga=cargas[1])
    assert Carga.objects.count() == 3, "records stay"


# ── Both ámbitos ────────────────────────────────────────────────────────────────────────


def estatales(por_entidad, delitos=DOLOSO, anio=2024, hasta=12):
    return [
        estatal(anio, entidad, delito, por_entidad.get(entidad, 1), hasta)
        for entidad in ENTIDADES
        for delito in delitos
    ]


def test_el_municipal_se_concilia_con_el_estatal(archivo):
    cargar(archivo(encabezado=ESTATAL, renglones=estatales({"28": 70})))
    carga = cargar(archivo()).carga
    control = Control.objects.get(carga=carga, anio=2024)
    assert (control.propias, control.ajenas) == (esperado(2024, MUNICIPIOS), 12 * 4 * 70)
    assert control.diferencia == esperado(2024, MUNICIPIOS) - 3360
    assert Control.objects.get(carga=carga, anio=2023).diferencia is None
    # The municipal file rules where both tell the same months.
    (del_2024,) = [r for r in serie("28", "homicidio-doloso") if r.periodo == "2024"]
    assert (del_2024.carpetas, del_2024.ambitos) == (esperado(2024, MUNICIPIOS), ("municipal",))


# ── Nothing by halves ───────────────────────────────────────────────────────────────────


def test_simular_hace_todo_y_no_guarda_nada(archivo):
    cargar(archivo(hasta=6))
    antes = foto()
    resultado = cargar(archivo(hasta=8, cambios={("28038", ARMAS[0], 2023): 50}.items()), simular=True)
    assert resultado.cambio
    assert resultado.carga.revisadas == 12
    assert (foto(), Carga.objects.count(), Cambio.objects.count()) == (antes, 1, 0)


def test_un_archivo_malo_no_carga_nada_y_dice_la_linea(archivo):
    cargar(archivo(hasta=6))
    antes = foto()
    renglones = filas(hasta=8)
    renglones[4][-3] = "doce"
    with pytest.raises(ArchivoInvalido) as error:
        cargar(archivo(renglones=renglones))
    assert "línea 6" in str(error.value)
    assert "doce" in str(error.value)
    assert (foto(), Carga.objects.count()) == (antes, 1)


@pytest.mark.parametrize("corte", ["2026-13", "hola"])
def test_un_corte_mal_escrito_en_la_terminal_se_dice_en_un_renglon(corte, capsys):
    with pytest.raises(SystemExit):
        execute_from_command_line(["manage.py", "cargar_incidencia", "a.csv", "--corte", corte])
    assert f"«{corte}» no es un mes" in capsys.readouterr().err


def test_la_orden_carga_simula_y_explica(archivo, capsys):
    ruta = archivo(hasta=6)
    call_command("cargar_incidencia", ruta, simular=True)
    assert "no se guardó nada" in capsys.readouterr().out
    call_command("cargar_incidencia", ruta)
    assert "corte 2024-06" in capsys.readouterr().out
    call_command("cargar_incidencia", ruta)
    assert "no cambia nada" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No existe el archivo"):
        call_command("cargar_incidencia", ruta.with_name("otro.csv"))
    renglones = filas()
    renglones[0][9] = "1.5"
    with pytest.raises(CommandError, match=r"línea 2.*1\.5"):
        call_command("cargar_incidencia", archivo(renglones=renglones))
    with pytest.raises(CommandError, match="AAAA-MM"):
        call_command("cargar_incidencia", str(ruta), "--corte", "2024")


@pytest.mark.django_db(transaction=True)
def test_dos_cargas_a_la_vez_la_segunda_espera_o_se_niega(archivo):
    ruta = archivo()
    otra = connection.copy()
    try:
        with transaction.atomic():
            cerrojo.tomar()
            with otra.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
                assert cursor.fetchone()[0] >= 1
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [cerrojo._CLAVE])
                assert cursor.fetchone()[0] is False
    finally:
        otra.close()
    with otra.cursor() as cursor:
        otra.set_autocommit(False)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [cerrojo._CLAVE])
        with pytest.raises(cerrojo.CargaEnCurso, match="otra carga"):
            cargar(ruta, esperar=False)
        otra.rollback()
    otra.close()
    assert not Carga.objects.exists()
    assert cargar(ruta, esperar=False).cambio
