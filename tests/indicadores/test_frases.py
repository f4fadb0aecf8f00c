"""The sentences of a figure: what is missing is said with its own reason, and a part never passes for the whole."""

from fractions import Fraction

import pytest

from indicadores.clasificacion import clasificar
from indicadores.composicion import Fondo, componer
from indicadores.delitos import DelitoElegido
from indicadores.fichas import clasificaciones, frases
from indicadores.fichas.lugares import celdas
from indicadores.lectura import DatoAnual, Habitantes
from indicadores.periodos import Periodicidad
from indicadores.territorios import Territorio, Unidad
from tests.indicadores.figuras import figura

TODO = 0b111111111111
DELITO = DelitoElegido("homicidio-doloso", "Homicidio doloso", 3, "La vida", {}, {}, {})
TORREON = Territorio("mesa:torreon", "Mesa Torreón", (Unidad("05017"), Unidad("05035"), Unidad("10007")))
NOMBRES = {"05017": "Matamoros", "05035": "Torreón", "10007": "Gómez Palacio"}


def parcial(carpetas=24, poblacion=767_200, **cambios):
    """A row of the mesa that leaves one of its three municipalities out."""
    datos = {"cubiertas": 2, "unidades": 3, "partes": tuple(NOMBRES), "faltantes": ("10007",), "nombre": "Mesa Torreón"}
    return figura("mesa:torreon", carpetas, poblacion, **{**datos, **cambios})


def de_una_mesa(mascaras, con_gente):
    """The year of a mesa whose municipalities report those months and have, or not, a population."""
    conteos = {
        clave: {2024: {"municipal": DatoAnual("municipal", (1,) * 12, mascara, frozenset(), frozenset())}}
        for clave, mascara in zip(NOMBRES, mascaras, strict=True)
    }
    gente = {(clave, 2024): 1000 for clave, si in zip(NOMBRES, con_gente, strict=True) if si}
    fondo = Fondo("homicidio-doloso", "CNSP/38/15", conteos, Habitantes("CONAPO", gente))
    return list(componer(TORREON, fondo, Periodicidad.ANUAL))


@pytest.mark.parametrize(
    ("mascaras", "con_gente", "faltantes", "sin_poblacion", "frases_esperadas"),
    [
        ((TODO, TODO, TODO), (1, 1, 1), (), (), []),
        (
            (TODO, TODO, TODO),
            (1, 1, 0),
            ("10007",),
            ("10007",),
            ["2024: sin Gómez Palacio, sin población publicada por CONAPO. Quedan fuera sus carpetas."],
        ),
        (
            (TODO, 1, 1),
            (1, 1, 0),
            ("05035", "10007"),
            (),
            [
                "2024: sin Torreón y Gómez Palacio, que no reportaron todos los meses. "
                "Quedan fuera sus carpetas y su población."
            ],
        ),
        (
            (TODO, 1, TODO),
            (1, 1, 0),
            ("05035", "10007"),
            ("10007",),
            [
                "2024: sin Torreón, que no reportó todos los meses. Quedan fuera sus carpetas y su población.",
                "2024: sin Gómez Palacio, sin población publicada por CONAPO. Quedan fuera sus carpetas.",
            ],
        ),
    ],
)
def test_no_reportar_no_es_lo_mismo_que_no_tener_poblacion(
    mascaras, con_gente, faltantes, sin_poblacion, frases_esperadas
):
    renglones = de_una_mesa(mascaras, con_gente)
    assert [(r.faltantes, r.sin_poblacion) for r in renglones] == [(faltantes, sin_poblacion)]
    assert frases.faltas_de_cobertura(renglones, NOMBRES) == frases_esperadas


def test_las_partes_sin_nombre_se_cuentan():
    una, dos = (de_una_mesa(mascaras, (1, 1, 1)) for mascaras in ((TODO, TODO, 1), (TODO, 1, 1)))
    assert "sin uno de sus municipios, que no reportó" in frases.faltas_de_cobertura(una, {})[0]
    assert "sin 2 de sus municipios, que no reportaron" in frases.faltas_de_cobertura(dos, {})[0]


def test_una_parte_no_pasa_por_el_todo():
    renglon = parcial()
    assert celdas(renglon, 1)[0] == "3.1 (2 de 3 municipios)"
    assert celdas(parcial(carpetas=8), 1)[0] == "1.0 (inestable, 2 de 3 municipios)"
    assert celdas(parcial(cubiertas=3, faltantes=()), 1)[0] == "3.1"
    assert "en el territorio de la mesa Torreón (2 de 3 municipios): 3.1 por cada" in frases.lectura(
        TORREON, renglon, DELITO
    )
    assert frases.junto_a(figura("08037"), [renglon]) == (
        "En el territorio de la mesa Torreón (2 de 3 municipios) fueron 3.1."
    )


def test_el_pais_dice_por_su_nombre_lo_que_le_falta():
    nacion = figura("nacional", 29_095, 125_995_825, cubiertas=31, unidades=32, partes=("01", "02"))
    assert celdas(nacion, 1)[0] == "23.1"


def test_al_lado_se_nombra_el_territorio_de_la_mesa_y_no_la_mesa():
    entera = parcial(cubiertas=3, faltantes=())
    assert frases.junto_a(figura("08037"), [entera]) == "En el territorio de la mesa Torreón fueron 3.1."
    varios = frases.junto_a(figura("08037"), [entera, figura("11020", 596, 1_851_376)])
    assert varios == "En el mismo lapso: el territorio de la mesa Torreón, 3.1; León, Guanajuato, 32.2."


@pytest.mark.parametrize(
    ("carpetas", "poblacion", "dice"),
    [
        (7, None, "se abrieron 7 carpetas de investigación por homicidio doloso en Pozos. No hay tasa: CONAPO aún no"),
        (-1, Fraction(400_000), "No hay tasa: una cuenta negativa corrige otros meses"),
    ],
)
def test_por_que_no_hay_tasa(carpetas, poblacion, dice):
    lugar = Territorio("24059", "Pozos", (Unidad("24059"),))
    frase = frases.lectura(lugar, figura("24059", carpetas, poblacion), DELITO)
    assert dice in frase
    assert ("CONAPO" in frase) is (poblacion is None)


def test_las_tasas_menores_que_uno_llevan_dos_decimales_tambien_fuera_del_orden():
    lugares = [figura("08037", 26, 4_000_000), figura("11020", 3, 1_851_376)]
    hecha = clasificar(lugares)
    ((_, quienes),) = clasificaciones.aparte(hecha, [], {r.territorio: r for r in lugares})
    assert quienes == ["León, Guanajuato: 0.16 (3 carpetas)"]
    (fila,) = clasificaciones.tabla("municipios", hecha, "homicidio-doloso").filas
    assert fila.celdas[2] == "0.65"
