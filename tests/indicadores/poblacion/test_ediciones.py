"""Editions live side by side, one is in use, and each enters whole or not at all."""

import pytest

from indicadores.importadores.errores import ArchivoConErrores
from indicadores.models import EdicionDePoblacion, Poblacion
from indicadores.operaciones_poblacion import EdicionIncompatible
from mesas.models import Entidad, Municipio
from mesas.operaciones import cargar_catalogos
from tests.indicadores.poblacion import archivos
from tests.indicadores.poblacion.archivos import ENTIDADES, todos, total

pytestmark = pytest.mark.django_db

ANIOS = range(2023, 2025)


def ancho(anios=ANIOS, extra=0):
    return archivos.ancho(todos(), anios, extra)


def habitantes(edicion, territorio, anio=2024):
    return Poblacion.objects.get(edicion=edicion, territorio=territorio, anio=anio).habitantes


# ── The first one ───────────────────────────────────────────────────────────────────────


def test_en_una_base_recien_migrada(cargar, diana):
    assert not Entidad.objects.exists()
    resultado = cargar(ancho(), usuario=diana)
    edicion = EdicionDePoblacion.objects.get()
    assert resultado.edicion == edicion
    assert (resultado.cambio, resultado.vigente, resultado.reemplaza) == (True, True, False)
    assert (resultado.municipios, resultado.entidades, resultado.anios) == (2475, 32, (2023, 2024))
    assert (resultado.filas, resultado.cifras) == (2475, (2475 + 32) * 2)
    assert resultado.nacionales == {anio: sum(total(clave, anio) for clave in todos()) for anio in ANIOS}
    assert edicion.nombre == "CONAPO 2023-2024"
    assert (edicion.vigente, edicion.extracto, edicion.archivo) == (True, "", "p.csv")
    assert (edicion.usuario, edicion.filas, edicion.avisos) == (diana, 2475, resultado.avisos)
    assert habitantes(edicion, "28038") == total("28038", 2024)


def test_la_entidad_es_la_suma_de_sus_municipios(cargar):
    edicion = cargar(ancho()).edicion
    for entidad in ENTIDADES:
        suma = sum(total(clave, 2023) for clave in todos() if clave[:2] == entidad)
        assert habitantes(edicion, entidad, 2023) == suma


def test_los_municipios_creados_despues_se_nombran(cargar):
    (desconocida, sin_poblacion) = cargar(ancho()).avisos
    assert "2023-2024 no son los de una edición que el portal conozca" in desconocida
    assert "Villa de Pozos (24059), Eldorado (25019), Juan José Ríos (25020)" in sin_poblacion


# ── Several ─────────────────────────────────────────────────────────────────────────────


def test_la_segunda_no_se_usa_si_no_se_pide(cargar):
    primera = cargar(ancho()).edicion
    resultado = cargar(ancho(range(2022, 2025), extra=1), "q.csv")
    assert not resultado.vigente
    assert "Las tasas siguen con «CONAPO 2023-2024»" in resultado.mensaje
    assert EdicionDePoblacion.objects.get(vigente=True) == primera
    assert habitantes(primera, "28038") + 6 == habitantes(resultado.edicion, "28038")
    tercera = cargar(ancho(range(2021, 2025), extra=2), "r.csv", usar=True)
    assert tercera.vigente
    assert EdicionDePoblacion.objects.get(vigente=True) == tercera.edicion


def test_la_primera_puede_no_usarse(cargar):
    resultado = cargar(ancho(), usar=False)
    assert not EdicionDePoblacion.objects.filter(vigente=True).exists()
    assert "Ninguna edición está en uso" in resultado.avisos[-1]


def test_una_edicion_solo_de_entidades_no_se_usa_sola(cargar):
    resultado = cargar(archivos.entidades(ANIOS), "00_Pob_Mitad.csv")
    assert not resultado.vigente
    assert (resultado.municipios, resultado.entidades, resultado.cifras) == (0, 32, 64)
    assert habitantes(resultado.edicion, "28") == total("28", 2024)
    assert not Poblacion.objects.filter(territorio="00").exists()


# ── Again ───────────────────────────────────────────────────────────────────────────────


def test_el_mismo_archivo_no_cambia_nada(cargar):
    primera = cargar(ancho()).edicion
    antes = list(Poblacion.objects.values_list("pk", flat=True))
    resultado = cargar(ancho(), "otro nombre.csv", edicion="Otro nombre")
    assert not resultado.cambio
    assert resultado.mensaje.startswith("Ese mismo archivo ya está cargado como «CONAPO 2023-2024»: no cambia nada.")
    assert resultado.edicion == primera
    assert EdicionDePoblacion.objects.get().cargada == primera.cargada
    assert list(Poblacion.objects.values_list("pk", flat=True)) == antes


def test_el_mismo_archivo_puede_pasar_a_usarse(cargar):
    cargar(ancho())
    segunda = cargar(ancho(range(2022, 2025)), "q.csv").edicion
    resultado = cargar(ancho(range(2022, 2025)), "q.csv", usar=True)
    assert resultado.cambio
    assert "solo cambia cuál usan las tasas" in resultado.mensaje
    assert EdicionDePoblacion.objects.get(vigente=True) == segunda


def test_el_mismo_archivo_con_otro_nombre_que_ya_existe_pasa_a_ese(cargar):
    """Whoever names an edition means that one, though another was made of the same file."""
    cargar(ancho(), "p.csv", edicion="Una")
    cargar(ancho(range(2022, 2025)), "q.csv", edicion="Otra", usar=True)
    resultado = cargar(ancho(range(2022, 2025)), "q.csv", edicion="Una", usar=True)
    assert resultado.cambio and resultado.edicion.nombre == "Una" and resultado.vigente
    sin_nuevo = cargar(ancho(range(2022, 2025)), "q.csv", edicion="Ni una ni otra")
    assert not sin_nuevo.cambio


def test_con_el_mismo_nombre_se_reemplaza_entera(cargar):
    primera = cargar(ancho()).edicion
    filas = ancho()
    filas[1][-1] += 5
    resultado = cargar(filas, "corregida.csv")
    edicion = EdicionDePoblacion.objects.get()
    assert edicion.pk == primera.pk
    assert (edicion.vigente, edicion.archivo, resultado.reemplaza) == (True, "corregida.csv", True)
    assert edicion.sha256 != primera.sha256
    assert edicion.cargada > primera.cargada
    assert resultado.cambiadas == 2  # the municipality and its entidad
    assert habitantes(edicion, "01001") == total("01001", 2024) + 5
    assert Poblacion.objects.count() == resultado.cifras


@pytest.mark.parametrize("filas", [ancho(range(2024, 2026)), archivos.entidades(ANIOS)])
def test_no_reemplaza_a_una_que_trae_mas(cargar, filas):
    primera = cargar(ancho(), edicion="Población").edicion
    with pytest.raises(EdicionIncompatible, match=r"no trae [\d,]+ de sus cifras \(por ejemplo, 01(001)? en 2023\)"):
        cargar(filas, "q.csv", edicion="Población")
    edicion = EdicionDePoblacion.objects.get()
    assert (edicion.sha256, Poblacion.objects.count()) == (primera.sha256, (2475 + 32) * 2)


# ── Territory ───────────────────────────────────────────────────────────────────────────


def test_un_municipio_nuevo_se_da_de_alta(cargar):
    filas = ancho()
    resultado = cargar([*filas, ["28090", "Tamaulipas", "Nuevo  Municipio", 10, 11]])
    assert resultado.nuevos == ["28090 Nuevo Municipio"]
    assert any("se dieron de alta: 28090 Nuevo Municipio" in aviso for aviso in resultado.avisos)
    municipio = Municipio.objects.get(clave="28090")
    assert (municipio.nombre, municipio.entidad_id, municipio.pseudo) == ("Nuevo Municipio", "28", False)
    assert habitantes(resultado.edicion, "28090") == 11


def test_un_municipio_que_el_catalogo_tiene_por_no_especificado(cargar):
    cargar_catalogos()
    Municipio.objects.create(clave="28090", entidad_id="28", nombre="Sin ubicar", pseudo=True)
    with pytest.raises(ArchivoConErrores) as rechazo:
        cargar([*ancho(), ["28090", "", "Sin ubicar", 10, 11]])
    assert rechazo.value.informe.primeras[0].motivo == "no es un lugar donde viva gente."


def test_si_faltan_muchos_municipios_no_entra(cargar):
    claves = [clave for clave in todos() if clave[:2] != "20" or clave < "20100"]
    with pytest.raises(ArchivoConErrores) as rechazo:
        cargar(archivos.ancho(claves, ANIOS))
    informe = rechazo.value.informe
    assert informe.por_clase == {"municipios que faltan": 2478 - len(claves)}
    assert informe.primeras[0].valor == "20100"
    assert not EdicionDePoblacion.objects.exists()


# ── Nothing, or everything ──────────────────────────────────────────────────────────────


def test_simular_no_deja_nada(cargar):
    resultado = cargar([*ancho(), ["28090", "", "Nuevo", 10, 11]], simular=True)
    assert resultado.edicion is None
    assert (resultado.cambio, resultado.vigente, resultado.municipios) == (True, True, 2476)
    assert resultado.nuevos == ["28090 Nuevo"]
    for modelo in (EdicionDePoblacion, Poblacion, Municipio, Entidad):
        assert not modelo.objects.exists()


@pytest.mark.parametrize("paso", ["Comparo", "Guardo", "Edición"])
def test_si_algo_falla_a_la_mitad_queda_lo_de_antes(cargar, paso):
    primera = cargar(ancho()).edicion
    antes = list(Poblacion.objects.order_by("pk").values_list("territorio", "anio", "habitantes"))

    def caerse(donde, avance):
        if donde.startswith(paso):
            raise ConnectionError("se cayó")

    with pytest.raises(ConnectionError):
        cargar(ancho(extra=1), "q.csv", avisar=caerse)
    edicion = EdicionDePoblacion.objects.get()
    assert (edicion.sha256, edicion.vigente) == (primera.sha256, True)
    assert list(Poblacion.objects.order_by("pk").values_list("territorio", "anio", "habitantes")) == antes


def test_el_avance_no_retrocede(cargar):
    pasos = []
    cargar(ancho(), avisar=lambda paso, avance: pasos.append(avance))
    assert pasos == sorted(pasos)
    assert (pasos[0], pasos[-1]) == (0, 1)


def test_un_nombre_de_edicion_muy_largo(cargar):
    with pytest.raises(EdicionIncompatible, match="más de 60 letras"):
        cargar(ancho(), edicion="x" * 61)
