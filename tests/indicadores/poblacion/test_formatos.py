"""Every shape in which CONAPO has published population gives the same people."""

import pytest

from indicadores.importadores.conapo import leer_poblacion
from indicadores.importadores.conapo_formatos import EDICIONES, Formato, nombre_de_la_edicion
from indicadores.importadores.errores import ArchivoInvalido
from tests.indicadores.poblacion import archivos
from tests.indicadores.poblacion.archivos import ANIOS, ENTIDADES, POCOS, guardar, paquete, texto, totales


def leer(*rutas):
    return leer_poblacion(list(rutas))


def en_enteros(lectura):
    return {clave: dict(serie) for clave, serie in lectura.habitantes.items()}


@pytest.mark.parametrize("nombre", ["p.csv", "p.zip", "p.xlsx"])
@pytest.mark.parametrize(
    ("hacer", "formato"),
    [
        (archivos.quinquenios, Formato.QUINQUENIOS),
        (archivos.ancho, Formato.ANCHO),
        (archivos.indicadores, Formato.INDICADORES),
    ],
)
def test_las_formas_municipales(tmp_path, hacer, formato, nombre):
    lectura = leer(guardar(tmp_path / nombre, hacer()))
    assert lectura.formato is formato
    assert en_enteros(lectura) == totales()
    assert (lectura.primero, lectura.ultimo, lectura.edicion) == (2020, 2022, "CONAPO 2020-2022")
    assert lectura.nombres["28001"] == "Peñón 28001"
    assert lectura.municipal
    assert lectura.avisos == []
    assert lectura.nacionales()[2021] == sum(serie[2021] for serie in totales().values())


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
@pytest.mark.parametrize(
    "forma", [{"fin": "\n"}, {"fin": "\r\n"}, {"separador": ";"}, {"separador": "\t"}, {"comillas": 1}]
)
def test_en_cualquier_envoltura(tmp_path, codificacion, forma):
    lectura = leer(guardar(tmp_path / "p.csv", archivos.quinquenios(), codificacion, **forma))
    assert en_enteros(lectura) == totales()
    assert lectura.nombres["28001"] == "Peñón 28001"


@pytest.mark.parametrize("anio_se_llama", ["AÑO", "FECHA", "ANIO"])
def test_las_dos_mitades_en_cualquier_orden(tmp_path, anio_se_llama):
    una, otra = archivos.partes(anio_se_llama=anio_se_llama)
    rutas = [guardar(tmp_path / f"base_{n}.csv", m, "latin-1") for n, m in enumerate((una, otra))]
    lectura = leer(*rutas)
    assert lectura.formato is Formato.PARTES
    assert en_enteros(lectura) == totales()
    assert lectura.archivo == "base_0.csv + base_1.csv"
    assert leer(*reversed(rutas)).sha256 == lectura.sha256


def test_las_dos_mitades_dentro_de_un_zip(tmp_path):
    una, otra = archivos.partes()
    ruta = tmp_path / "base.zip"
    ruta.write_bytes(paquete({"1.csv": texto(una).encode("latin-1"), "2.csv": texto(otra).encode("latin-1")}))
    assert en_enteros(leer(ruta)) == totales()


def test_una_mitad_sola_se_rechaza(tmp_path):
    ruta = guardar(tmp_path / "base_municipios_final_datos_01.csv", archivos.partes()[0], "latin-1")
    with pytest.raises(
        ArchivoInvalido, match=r"la mitad de una edición .* \(trae 16 de 32 entidades\)\. Carga los dos"
    ):
        leer(ruta)


def test_las_dos_mitades_ya_pegadas_valen(tmp_path):
    una, otra = archivos.partes()
    assert en_enteros(leer(guardar(tmp_path / "base.csv", una + otra, "latin-1"))) == totales()


def test_la_republica_no_se_cuenta_dos_veces(tmp_path):
    lectura = leer(guardar(tmp_path / "00_Pob_Mitad.csv", archivos.entidades()))
    assert lectura.formato is Formato.ENTIDADES
    assert en_enteros(lectura) == totales(ENTIDADES)
    assert not lectura.municipal
    assert lectura.edicion == "CONAPO 2020-2022 (entidades)"
    assert lectura.avisos == []


def test_la_republica_empieza_antes_que_sus_entidades(tmp_path):
    filas = archivos.entidades()
    antes = [[0, 1950, "República Mexicana", 0, edad, sexo, 9] for edad in range(3) for sexo in ("Hombres", "Mujeres")]
    lectura = leer(guardar(tmp_path / "e.csv", filas[:1] + antes + filas[1:]))
    assert (lectura.primero, lectura.ultimo) == (2020, 2022)
    assert lectura.edicion == "CONAPO 1950-2022 (entidades)"


def test_una_republica_que_no_suma_se_dice(tmp_path):
    filas = archivos.entidades()
    filas[1][-1] += 1
    (aviso,) = leer(guardar(tmp_path / "e.csv", filas)).avisos
    assert "no es la suma de sus entidades en 1 años (el primero, 2020)" in aviso


def test_lo_que_ya_suma_a_otros_no_se_cuenta(tmp_path):
    filas = archivos.quinquenios()
    ambos = [[1001, 1, "", "", "AMBOS", anio, 1, 1, 1, 999_999] for anio in ANIOS]
    nacional = [[0, 0, "República", "", sexo, 2020, 1, 1, 1, 999_999] for sexo in archivos.SEXOS]
    estatal = [[1000, 1, "Aguascalientes", "Total", "HOMBRES", 2020, 1, 1, 1, 999_999]]
    lectura = leer(guardar(tmp_path / "p.csv", filas + ambos + nacional + estatal))
    assert en_enteros(lectura) == totales()
    assert len(lectura.avisos) == 3
    assert "3 renglones de «AMBOS» no se contaron" in lectura.avisos[0]


def test_los_totales_del_formato_por_edades_tampoco(tmp_path):
    una, otra = archivos.partes()
    una.append([0, 1001, 1, "", "", "Hombres", 2020, "pobm_total", 999_999])
    lectura = leer(guardar(tmp_path / "base.csv", una + otra))
    assert en_enteros(lectura) == totales()


def test_miles_con_coma_y_enteros_con_punto_cero(tmp_path):
    filas = archivos.ancho(["01001", *POCOS[1:]])
    filas[1][3:] = ["1,234,567", "1234567.0", " 1234567 "]
    assert leer(guardar(tmp_path / "p.csv", filas)).habitantes["01001"] == dict.fromkeys(ANIOS, 1_234_567)


def test_encabezado_repetido_y_filas_vacias(tmp_path):
    filas = archivos.quinquenios()
    lectura = leer(guardar(tmp_path / "p.csv", [*filas[:9], filas[0], [""] * 10, [], *filas[9:], [], [""] * 10]))
    assert en_enteros(lectura) == totales()
    assert lectura.filas == len(filas) - 1


def test_columnas_de_mas_y_en_otro_orden(tmp_path):
    filas = [["índice", *reversed(fila)] for fila in archivos.quinquenios()]
    assert en_enteros(leer(guardar(tmp_path / "p.csv", filas))) == totales()


def test_de_un_zip_con_varias_tablas_se_elige_la_completa(tmp_path):
    ruta = tmp_path / "00_Republica_mexicana.zip"
    ruta.write_bytes(
        paquete(
            {
                "3_Indicadores_Dem_00_RM.xlsx": archivos.libro(archivos.indicadores()),
                "1_Grupo_Quinq_00_RM.xlsx": archivos.libro(archivos.quinquenios()),
                "__MACOSX/._1_Grupo.csv": b"basura",
            }
        )
    )
    lectura = leer(ruta)
    assert lectura.formato is Formato.QUINQUENIOS
    assert en_enteros(lectura) == totales()


def test_de_un_zip_con_la_misma_tabla_dos_veces_se_pide_elegir(tmp_path):
    ruta = tmp_path / "p.zip"
    ruta.write_bytes(paquete({"a.csv": texto(archivos.ancho()), "b.csv": texto(archivos.ancho(extra=1))}))
    with pytest.raises(ArchivoInvalido, match=r"varias tablas de población \(a\.csv, b\.csv\)"):
        leer(ruta)


def test_dos_archivos_que_no_son_mitades_se_rechazan(tmp_path):
    rutas = [guardar(tmp_path / "a.csv", archivos.ancho()), guardar(tmp_path / "b.csv", archivos.quinquenios())]
    with pytest.raises(ArchivoInvalido, match="no son las dos mitades de una misma edición"):
        leer(*rutas)
    with pytest.raises(ArchivoInvalido, match="dos veces el mismo archivo"):
        leer(rutas[0], rutas[0])


def test_el_nombre_que_llega_aparte(tmp_path):
    ruta = guardar(tmp_path / "subida", archivos.ancho())
    assert leer_poblacion([ruta], ["conapo.csv"]).archivo == "conapo.csv"


@pytest.mark.parametrize(
    ("encabezado", "motivo"),
    [
        (["Clave Municipio", "Municipio", "Sexo", "Grupos de Edad", "2010", "2011"], "2010-2030 .* trae decimales"),
        (["Año", "Clave_Ent", "Entidad", "Bien", "Tipo de delito", "Subtipo de delito"], "cargar_incidencia"),
        (["RENGLON", "AÑO", "ENTIDAD", "CVE_GEO", "EDAD", "SEXO", "DEFUNCIONES"], "defunciones"),
        (["CVE", "Entidad", "Sexo", "1990", "1991"], "además sexo o edad"),
        (["clave", "nombre"], "no es el de un archivo de población"),
    ],
)
@pytest.mark.parametrize("nombre", ["p.csv", "p.xlsx", "p.zip"])
def test_otros_archivos_se_rechazan_con_su_motivo(tmp_path, encabezado, motivo, nombre):
    with pytest.raises(ArchivoInvalido, match=motivo):
        leer(guardar(tmp_path / nombre, [encabezado, ["1"] * len(encabezado)]))


@pytest.mark.parametrize(
    ("crudo", "motivo"),
    [
        (b"", "está vacío"),
        (b"\xef\xbb\xbf\r\n", "está vacío"),
        (b"Rar!\x1a\x07\x00", "RAR: descomprímelo"),
        (b"\xd0\xcf\x11\xe0\xa1", "Excel antiguo"),
        (b"\n<html>", "página web"),
        (b"\x00\x01\x02" * 99, "no es el de un archivo de población"),
        (b"PK\x03\x04 y nada", "ZIP está dañado"),
        (paquete({"leer.pdf": b"%PDF"}), "no trae ningún CSV"),
        (paquete({"xl/workbook.xml": b"<workbook"}), "libro de Excel está dañado"),
    ],
)
def test_lo_que_ni_siquiera_es_una_tabla(tmp_path, crudo, motivo):
    ruta = tmp_path / "p.csv"
    ruta.write_bytes(crudo)
    with pytest.raises(ArchivoInvalido, match=motivo):
        leer(ruta)


def test_la_poblacion_a_inicio_de_anio_se_rechaza_por_su_nombre(tmp_path):
    ruta = guardar(tmp_path / "0_Pob_Inicio_1950_2070.csv", archivos.entidades())
    with pytest.raises(ArchivoInvalido, match="a inicio de año, y las tasas usan la de mitad"):
        leer(ruta)


@pytest.mark.parametrize(
    ("formato", "anios", "nombre"),
    [
        (Formato.QUINQUENIOS, (1990, 2040), "CONAPO 1990-2040"),
        (Formato.ANCHO, (1990, 2040), "CONAPO 1990-2040"),
        (Formato.PARTES, (2015, 2030), "CONAPO 2015-2030"),
        (Formato.ENTIDADES, (1950, 2070), "CONAPO 1950-2070 (entidades)"),
        (Formato.ENTIDADES, (1970, 2070), "CONAPO 1950-2070 (entidades)"),
    ],
)
def test_como_se_cita_cada_edicion_publicada(formato, anios, nombre):
    assert nombre_de_la_edicion(formato, *anios) == nombre
    assert nombre in EDICIONES
