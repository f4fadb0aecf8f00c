"""A file with a hole or a bad figure does not enter, and it is told where and why."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicadores.importadores.conapo import leer_poblacion
from indicadores.importadores.errores import MOSTRADAS, ArchivoConErrores, ArchivoInvalido
from tests.indicadores.poblacion import archivos
from tests.indicadores.poblacion.archivos import POCOS, SEXOS, guardar, texto, totales


def informe(*rutas):
    with pytest.raises(ArchivoConErrores) as rechazo:
        leer_poblacion(list(rutas))
    return rechazo.value.informe


def de_las_filas(tmp_path, filas, nombre="p.csv"):
    return informe(guardar(tmp_path / nombre, filas))


def cambiar(filas, linea, columna, valor):
    filas[linea - 1][filas[0].index(columna)] = valor
    return filas


@pytest.mark.parametrize(
    ("columna", "valor", "clase", "motivo"),
    [
        ("POB_TOTAL", "1234.5", "cifras con decimales", "no se redondea"),
        ("POB_00_04", "0.25", "cifras con decimales", "no se redondea"),
        ("POB_TOTAL", "1.2E3", "cifras con decimales", "no se redondea"),
        ("POB_TOTAL", "-7", "cifras negativas", "no puede ser negativa"),
        ("POB_TOTAL", "muchos", "cifras que no son números", "no es un número entero"),
        ("POB_TOTAL", "1_000", "cifras que no son números", "no es un número entero"),
        ("POB_TOTAL", "٧", "cifras que no son números", "no es un número entero"),
        ("POB_TOTAL", "99999999999", "cifras que no son números", "no es un número entero"),
        ("POB_TOTAL", "", "cifras que no son números", "está vacía"),
        ("POB_TOTAL", "9", "totales que no son la suma de sus edades", "las edades suman"),
        ("AÑO", "dos mil", "datos que no corresponden", "no es un año"),
        ("AÑO", "20", "datos que no corresponden", "no es un año"),
        ("SEXO", "otro", "datos que no corresponden", "no es Hombres ni Mujeres"),
        ("CLAVE", "1998", "datos que no corresponden", "no vive gente"),
        ("CLAVE", "99001", "datos que no corresponden", "no es la clave de un municipio"),
        ("CLAVE", "Tampico", "datos que no corresponden", "no es una clave del INEGI"),
        ("CLAVE", "2001", "datos que no corresponden", "no es de la entidad 01"),
        ("AÑO", "2021", "renglones repetidos", "01001 en 2021 ya venía"),
    ],
)
@pytest.mark.parametrize("nombre", ["p.csv", "p.zip"])
def test_una_celda_mala_dice_donde_y_por_que(tmp_path, columna, valor, clase, motivo, nombre):
    linea = 4 if valor == "2021" else 2
    reporte = de_las_filas(tmp_path, cambiar(archivos.quinquenios(), linea, columna, valor), nombre)
    (falla,) = reporte.primeras
    assert reporte.por_clase == {clase: 1}
    assert falla.linea == linea
    assert motivo in falla.motivo
    if clase != "renglones repetidos":
        assert (falla.columna, falla.valor) == (columna, valor)


def test_en_un_libro_de_excel_la_linea_es_la_de_la_hoja(tmp_path):
    reporte = de_las_filas(tmp_path, cambiar(archivos.quinquenios(), 2, "POB_TOTAL", 12.5), "p.xlsx")
    assert [(falla.linea, falla.valor) for falla in reporte.primeras] == [(4, "12.5")]
    reporte = de_las_filas(tmp_path, cambiar(archivos.quinquenios(), 2, "POB_TOTAL", None), "p.xlsx")
    assert [(falla.linea, falla.motivo) for falla in reporte.primeras] == [(4, "está vacía.")]


@pytest.mark.parametrize("valor", ["1.5", "-1", "x", ""])
def test_una_celda_mala_de_la_tabla_ancha(tmp_path, valor):
    (falla,) = de_las_filas(tmp_path, cambiar(archivos.ancho(), 3, 2021, valor)).primeras
    assert (falla.linea, falla.columna, falla.valor) == (3, "2021", valor)


def test_un_renglon_cortado(tmp_path):
    filas = archivos.quinquenios()
    filas[-1] = filas[-1][:7]
    (falla,) = de_las_filas(tmp_path, filas).primeras
    assert (falla.linea, falla.motivo) == (len(filas), "trae 7 columnas y deben ser 10.")


def test_de_dos_archivos_se_dice_en_cual(tmp_path):
    una, otra = archivos.partes()
    otra[1][-1] = "x"
    rutas = [guardar(tmp_path / f"base_{n}.csv", m) for n, m in enumerate((una, otra))]
    (falla,) = informe(*rutas).primeras
    assert (falla.linea, falla.columna) == (2, "POB")
    assert falla.motivo.endswith("(base_1.csv)")


def test_las_primeras_cincuenta_y_cuantas_de_cada_clase(tmp_path):
    filas = archivos.quinquenios()
    for linea in range(2, 102):
        cambiar(filas, linea, "POB_TOTAL", "-1" if linea % 2 else "1.5")
    reporte = de_las_filas(tmp_path, filas)
    assert reporte.por_clase == {"cifras negativas": 50, "cifras con decimales": 50}
    assert [falla.linea for falla in reporte.primeras] == list(range(2, 2 + MOSTRADAS))
    assert "línea 2, columna «POB_TOTAL», valor «1.5»: trae decimales" in reporte.texto()


@pytest.mark.parametrize(
    ("hacer", "motivo"),
    [(archivos.quinquenios, "de hombres, que otros"), (archivos.entidades, "de hombres, 0, que otros")],
)
def test_un_renglon_que_falta(tmp_path, hacer, motivo):
    filas = [fila for fila in hacer() if fila[0] != 0]
    quitado = filas.pop(2 if hacer is archivos.quinquenios else 5)
    (falla,) = de_las_filas(tmp_path, filas).primeras
    assert falla.clase == "renglones que faltan"
    assert motivo in falla.motivo
    assert str(2020 if hacer is archivos.entidades else quitado[5]) in falla.motivo


def test_en_la_tabla_por_edades_se_cuenta_lo_que_falta(tmp_path):
    una, otra = archivos.partes()
    mitad = [fila for fila in una if not (fila[1] == 1001 and fila[5] == "Hombres" and fila[6] == 2021)]
    reporte = informe(guardar(tmp_path / "1.csv", mitad), guardar(tmp_path / "2.csv", otra))
    assert reporte.por_clase == {"renglones que faltan": 3}
    assert reporte.primeras[0].valor == "01001"
    assert "en 2021 le falta el renglón de hombres, pobm_00_04 y 2 renglones más" in reporte.primeras[0].motivo


@pytest.mark.parametrize("hacer", [archivos.quinquenios, archivos.entidades, archivos.ancho, archivos.indicadores])
def test_un_anio_que_falta_en_medio(tmp_path, hacer):
    reporte = de_las_filas(tmp_path, hacer(anios=[2019, 2020, 2022]))
    (falla,) = reporte.primeras
    assert (falla.columna, falla.valor, falla.motivo) == ("AÑO", "2021", "falta el año completo: trae de 2019 a 2022.")


def test_un_municipio_sin_un_anio(tmp_path):
    filas = [fila for fila in archivos.indicadores() if (fila[2], fila[3]) != (2022, 28002)]
    (falla,) = de_las_filas(tmp_path, filas).primeras
    assert (falla.valor, falla.motivo) == ("28002", "le falta el año 2022, que otros sí traen.")


def test_una_entidad_que_falta(tmp_path):
    reporte = de_las_filas(tmp_path, archivos.ancho([clave for clave in POCOS if clave[:2] not in ("09", "32")]))
    assert [falla.valor for falla in reporte.primeras] == ["09", "32"]


@pytest.mark.parametrize(("sexo", "faltan"), [(SEXOS[0], "mujeres"), (SEXOS[1], "hombres")])
def test_un_solo_sexo(tmp_path, sexo, faltan):
    filas = [fila for fila in archivos.quinquenios() if fila[4] in ("SEXO", sexo)]
    (falla,) = de_las_filas(tmp_path, filas).primeras
    assert falla.motivo == f"no trae a las personas de un sexo: faltan {faltan}."


def test_solo_ambos_sexos_no_es_un_total(tmp_path):
    filas = archivos.quinquenios()
    for fila in filas[1:]:
        fila[4] = "Ambos"
    assert de_las_filas(tmp_path, filas).primeras[0].motivo == "No trae ninguna cifra."


def test_un_lugar_sin_habitantes(tmp_path):
    reporte = de_las_filas(tmp_path, cambiar(archivos.ancho(), 2, 2021, 0))
    assert reporte.primeras[0].motivo == "no tendría ni un habitante en 2021."


def test_una_cifra_a_la_que_le_faltan_digitos(tmp_path):
    filas = archivos.ancho()
    filas[-1][-1] = str(filas[-1][-1])[:2]
    (falla,) = de_las_filas(tmp_path, filas).primeras
    assert falla.clase == "archivo cortado"
    assert "hay una cifra incompleta" in falla.motivo


def test_los_renglones_exactos_de_una_hoja_de_excel(tmp_path):
    encabezado, *filas = texto(archivos.ancho()).splitlines(keepends=True)
    ruta = tmp_path / "p.csv"
    ruta.write_text(encabezado + "\n" * (1_048_576 - 1 - len(filas)) + "".join(filas))
    (falla,) = informe(ruta).primeras
    assert "exactamente los renglones que caben en una hoja de Excel" in falla.motivo


def test_una_edicion_conocida_tiene_su_tamano(tmp_path):
    reporte = de_las_filas(tmp_path, archivos.ancho(anios=range(1990, 2041)))
    assert reporte.por_clase == {"archivo cortado": 2475 - len(POCOS)}
    assert reporte.primeras[0].motivo == "trae 64 municipios y esa edición tiene 2,475."


def test_los_totales_de_control_de_una_edicion_conocida(tmp_path):
    lectura = leer_poblacion([guardar(tmp_path / "p.csv", archivos.ancho(archivos.todos(), range(1990, 2041)))])
    assert len(lectura.avisos) == 5
    assert "en 2018 suma" in lectura.avisos[0]
    assert "la de control es 125,995,825" in lectura.avisos[0]


def test_si_casi_ningun_total_cuadra_es_asunto_de_la_fuente(tmp_path):
    filas = archivos.quinquenios()
    for fila in filas[1:]:
        fila[6] += 1
    lectura = leer_poblacion([guardar(tmp_path / "p.csv", filas)])
    assert lectura.habitantes == totales()
    assert "En 384 renglones el total no es la suma de sus edades" in lectura.avisos[0]


@given(donde=st.floats(0, 1))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@pytest.mark.parametrize("hacer", [archivos.quinquenios, archivos.ancho, archivos.indicadores, archivos.entidades])
def test_un_archivo_cortado_en_cualquier_byte_nunca_entra_en_silencio(tmp_path, hacer, donde):
    ruta = guardar(tmp_path / "p.csv", hacer(anios=range(2021, 2023)))
    entero = leer_poblacion([ruta]).habitantes
    crudo = ruta.read_bytes()
    ruta.write_bytes(crudo[: int(len(crudo) * donde)])
    try:
        cortado = leer_poblacion([ruta])
    except ArchivoInvalido:
        return
    assert cortado.habitantes == entero or cortado.avisos


@given(datos=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_renglones_barajados_borrados_o_repetidos(tmp_path, datos):
    encabezado, *filas = archivos.quinquenios(anios=range(2021, 2023))
    barajadas = datos.draw(st.permutations(filas))
    assert leer_poblacion([guardar(tmp_path / "p.csv", [encabezado, *barajadas])]).habitantes == totales(
        anios=range(2021, 2023)
    )
    cual = datos.draw(st.sampled_from(filas))
    for mal in ([fila for fila in barajadas if fila is not cual], [*barajadas, cual]):
        with pytest.raises(ArchivoConErrores) as rechazo:
            leer_poblacion([guardar(tmp_path / "p.csv", [encabezado, *mal])])
        assert rechazo.value.informe.total == 1
