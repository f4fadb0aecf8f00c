"""The agenda as people write it, and the hours it makes. No database."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from comites.agenda import PuntoPrevisto, escribir_renglones, horario, leer_renglones, minutos_de_revision

SEIS = dt.datetime(2026, 11, 30, 18, 0, tzinfo=ZoneInfo("America/Mexico_City"))


@pytest.mark.parametrize(
    ("renglon", "titulo", "minutos"),
    [
        ("Cifras del mes, 15 min", "Cifras del mes", 15),
        ("Cifras del mes 15 minutos", "Cifras del mes", 15),
        ("Cifras del mes (15 min)", "Cifras del mes", 15),
        ("Cifras del mes — 15 min.", "Cifras del mes", 15),
        ("Cifras del mes: 15 MIN", "Cifras del mes", 15),
        ("Informe de los 90 minutos que duró el operativo", "Informe de los 90 minutos que duró el operativo", None),
        ("Código 911", "Código 911", None),
        ("Presupuesto 2026", "Presupuesto 2026", None),
        ("15 min", "15 min", None),
        ("Receso, 0 min", "Receso", None),
        ("1er encuentro en Mérida, 5 min", "1er encuentro en Mérida", 5),
    ],
)
def test_los_minutos_van_al_final_del_renglon(renglon, titulo, minutos):
    assert leer_renglones(f"\n  {renglon}  \n\n") == [PuntoPrevisto(titulo, minutos)]


def test_lo_escrito_se_vuelve_a_leer_igual():
    puntos = [PuntoPrevisto("Lista", 5), PuntoPrevisto("Asuntos generales"), PuntoPrevisto("Acuerdos: lectura", 90)]
    assert leer_renglones(escribir_renglones(puntos)) == puntos


@pytest.mark.parametrize(
    ("texto", "queja"),
    [
        ("a" * 201, "acorta «aaaa"),
        ("Receso, 9000 min", "dura 9000 minutos"),
        ("\n".join(f"Punto {n}" for n in range(101)), "Son 101 puntos"),
    ],
)
def test_lo_que_no_cabe_se_dice(texto, queja):
    with pytest.raises(ValidationError) as error:
        leer_renglones(texto)
    assert queja in error.value.messages[0]


def test_cada_punto_empieza_donde_termina_el_anterior():
    tiempos = horario(SEIS, [PuntoPrevisto("A", 10), PuntoPrevisto("B", 75), PuntoPrevisto("C", 5)])
    assert [f"{hora:%H:%M}" for hora in tiempos.horas] == ["18:00", "18:10", "19:25"]
    assert (tiempos.suma, f"{tiempos.termina:%H:%M}", tiempos.sin_tiempo) == ("1 h 30 min", "19:30", 0)


def test_despues_de_un_punto_sin_minutos_nadie_sabe_la_hora():
    tiempos = horario(SEIS, [PuntoPrevisto("A", 10), PuntoPrevisto("B"), PuntoPrevisto("C", 5)])
    assert [hora and f"{hora:%H:%M}" for hora in tiempos.horas] == ["18:00", "18:10", None]
    assert (tiempos.total, tiempos.termina, tiempos.sin_tiempo) == (15, None, 1)


def test_la_hora_cruza_el_cambio_de_horario_sin_perder_minutos():
    """Tijuana follows the clock of the United States: on 1 November 2026 two o'clock comes twice."""
    tijuana = ZoneInfo("America/Tijuana")
    inicio = dt.datetime(2026, 11, 1, 0, 30, tzinfo=tijuana)
    tiempos = horario(inicio, [PuntoPrevisto("A", 120), PuntoPrevisto("B", 60)])
    transcurrido = tiempos.termina.astimezone(dt.UTC) - inicio.astimezone(dt.UTC)
    assert transcurrido == dt.timedelta(minutes=180)


@pytest.mark.parametrize(("acuerdos", "minutos"), [(1, 5), (4, 8), (40, 30)])
def test_la_revision_de_acuerdos_propone_un_tiempo(acuerdos, minutos):
    assert minutos_de_revision(acuerdos) == minutos
