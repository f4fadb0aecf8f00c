"""The arithmetic of the follow-up: each agreement in one outcome, each roll safe before it is public."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comites.seguimiento import (
    Desenlace,
    HechoDeAcuerdo,
    HechoDeSesion,
    Hechos,
    Lista,
    armar_listas,
    balance,
    doce_meses_antes,
)

HOY = dt.date(2026, 6, 30)
AYER = HOY - dt.timedelta(days=1)
ESTADOS = ("pendiente", "en_proceso", "reportado", "cumplido", "no_cumplido", "cancelado")


def acuerdo(estado="pendiente", compromiso=AYER, entregado=None, *, historico=False, mesas=(1,), **campos):
    return HechoDeAcuerdo(
        sesion=(campos.pop("sesion", 1),),
        dia=campos.pop("dia", dt.date(2026, 1, 10)),
        mesas=frozenset(mesas),
        de_la_red=campos.pop("de_la_red", False),
        compromiso=compromiso,
        historico=historico,
        estado=estado,
        entregado=entregado,
    )


@pytest.mark.parametrize(
    ("hecho", "esperado"),
    [
        (acuerdo("cumplido", AYER, AYER), Desenlace.A_TIEMPO),
        (acuerdo("cumplido", AYER, HOY), Desenlace.TARDE),
        (acuerdo("cumplido", None, HOY), Desenlace.CUMPLIDO_SIN_FECHA),
        (acuerdo("cumplido", AYER, None, historico=True), Desenlace.CUMPLIDO_SIN_FECHA),
        (acuerdo("no_cumplido"), Desenlace.NO_CUMPLIDO),
        (acuerdo("cancelado"), Desenlace.CANCELADO),
        (acuerdo("pendiente", AYER), Desenlace.VENCIDO),
        (acuerdo("reportado", AYER), Desenlace.VENCIDO),
        (acuerdo("en_proceso", HOY), Desenlace.EN_PLAZO),
        (acuerdo("en_proceso", None), Desenlace.SIN_FECHA),
        (acuerdo("pendiente", None, historico=True), Desenlace.SIN_SEGUIMIENTO),
        (acuerdo("pendiente", AYER, historico=True), Desenlace.SIN_SEGUIMIENTO),
        (acuerdo("en_proceso", None, historico=True), Desenlace.SIN_FECHA),
    ],
)
def test_donde_esta_cada_acuerdo(hecho, esperado):
    assert hecho.desenlace(HOY) == esperado


@given(
    st.lists(
        st.builds(
            acuerdo,
            st.sampled_from(ESTADOS),
            st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
            st.none() | st.dates(dt.date(2026, 1, 1), HOY),
            historico=st.booleans(),
        )
    )
)
def test_los_grupos_suman_todos_los_acuerdos_y_la_proporcion_cabe_en_ellos(acuerdos):
    cuenta = balance(Hechos(acuerdos=acuerdos), HOY)
    assert cuenta.acuerdos == sum(cuenta.por_desenlace.values()) == len(acuerdos)
    assert 0 <= cuenta.a_tiempo.cuantos <= cuenta.a_tiempo.de <= len(acuerdos)
    assert cuenta.a_tiempo.cuantos <= cuenta.por_desenlace[Desenlace.A_TIEMPO]


def test_quien_cumple_antes_de_su_fecha_espera_a_que_llegue():
    """Otherwise early successes would count at once and early failures never."""
    temprano = acuerdo("cumplido", HOY, AYER)
    assert balance(Hechos(acuerdos=[temprano]), HOY).a_tiempo.de == 0
    manana = HOY + dt.timedelta(days=1)
    cuenta = balance(Hechos(acuerdos=[temprano]), manana)
    assert (cuenta.a_tiempo.cuantos, cuenta.a_tiempo.de) == (1, 1)


def test_lo_cancelado_y_lo_que_nadie_siguio_no_es_exigible():
    acuerdos = [acuerdo("cancelado"), acuerdo("pendiente", AYER, historico=True), acuerdo("no_cumplido"), acuerdo()]
    cuenta = balance(Hechos(acuerdos=acuerdos), HOY)
    assert (cuenta.a_tiempo.cuantos, cuenta.a_tiempo.de) == (0, 2)


def test_la_sesion_conjunta_esta_en_cada_mesa_y_una_vez_en_el_todo():
    conjunta = HechoDeSesion(1, AYER, frozenset({1, 2}))
    hechos = Hechos([conjunta], [acuerdo(mesas=(1, 2))])
    assert balance(hechos, HOY).sesiones == balance(hechos.de_mesas({1, 2}), HOY).sesiones == 1
    partes = hechos.por_mesa()
    assert [balance(partes[mesa], HOY).acuerdos for mesa in (1, 2)] == [1, 1]


def test_lo_que_obliga_a_toda_la_red_no_es_de_una_mesa():
    encuentro = HechoDeSesion(1, AYER, frozenset({1, 2}), de_la_red=True)
    hechos = Hechos([encuentro], [acuerdo(de_la_red=True, mesas=(1, 2)), acuerdo()])
    de_la_red, de_la_mesa = balance(hechos.de_la_red(), HOY), balance(hechos.por_mesa()[1], HOY)
    assert (de_la_red.sesiones, de_la_red.acuerdos) == (1, 1)
    assert (de_la_mesa.sesiones, de_la_mesa.acuerdos) == (0, 1)
    assert hechos.por_mesa().keys() == {1}


@pytest.mark.parametrize(
    ("fecha", "esperada"),
    [
        (dt.date(2026, 6, 30), dt.date(2025, 7, 1)),
        (dt.date(2024, 2, 29), dt.date(2023, 3, 1)),
        (dt.date(2025, 2, 28), dt.date(2024, 2, 29)),
        (dt.date(2026, 12, 31), dt.date(2026, 1, 1)),
    ],
)
def test_doce_meses_que_terminan_en_una_fecha(fecha, esperada):
    assert doce_meses_antes(fecha) == esperada


# ── Rolls ───────────────────────────────────────────────────────────────────────────────


def conteo(estado, cuantos, *, sesion=1, tipo="sin_cargo", nivel=None):
    return (sesion, AYER, 1, tipo, nivel, estado, cuantos)


def test_solo_los_asientos_ciudadanos_hacen_proporcion_y_de_la_autoridad_basta_su_nivel():
    [lista] = armar_listas(
        [
            conteo("presente", 6),
            conteo("suplente", 1),
            conteo("ausente", 2),
            conteo("justificada", 1),
            conteo("ausente", 3, tipo="con_cargo", nivel="estatal"),
            conteo("presente", 1, tipo="con_cargo", nivel="estatal"),
            conteo("ausente", 1, tipo="con_cargo", nivel="federal"),
        ]
    )
    assert (lista.ocupados, lista.asientos) == (7, 10)
    assert lista.niveles == {"estatal": True, "federal": False}
    cuenta = balance(Hechos(listas=[lista]), HOY)
    assert {nivel: str(parte) for nivel, parte in cuenta.presencia.items()} == {
        "estatal": "1 de 1",
        "federal": "0 de 1",
    }
    assert not cuenta.presencia_publica, "una sola sesión"


def lista(ocupados, asientos):
    return Lista(AYER, 1, asientos, ocupados, {"presente": ocupados}, {"municipal": True})


@pytest.mark.parametrize(
    ("ocupados", "asientos", "publicos"),
    [(17, 20, (15, 20)), (18, 20, (20, 20)), (20, 20, (20, 20)), (1, 12, (0, 10)), (9, 9, (0, 0)), (3, 9, (0, 0))],
)
def test_una_lista_sale_redondeada_o_no_sale(ocupados, asientos, publicos):
    publica = lista(ocupados, asientos).para_el_publico()
    assert (publica.ocupados, publica.asientos) == publicos
    assert publica.detalle == {}


@given(st.lists(st.integers(0, 40).flatmap(lambda de: st.tuples(st.integers(0, de), st.just(de))), max_size=8))
def test_restando_dos_sumas_publicas_nunca_queda_un_numero_chico(listas):
    """Two dates, or the network and its mesas: the difference is again a sum of rounded rolls."""
    anterior = 0, 0
    for hasta in range(len(listas) + 1):
        hechos = Hechos(listas=[lista(*par) for par in listas[:hasta]]).para_el_publico()
        asistencia = balance(hechos, HOY).asistencia
        diferencias = asistencia.cuantos - anterior[0], asistencia.de - anterior[1]
        assert [cuantos % 5 for cuantos in diferencias] == [0, 0]
        assert 0 <= diferencias[0] <= diferencias[1]
        anterior = asistencia.cuantos, asistencia.de


def test_al_publico_no_se_le_cuentan_los_invitados():
    sesion = HechoDeSesion(1, AYER, frozenset({1}), invitados=3)
    assert balance(Hechos([sesion]), HOY).invitados == 3
    assert balance(Hechos([sesion]).para_el_publico(), HOY).invitados == 0


def test_desde_un_dia_se_van_las_sesiones_de_antes_con_lo_que_acordaron():
    vieja, nueva = HechoDeSesion(1, dt.date(2024, 1, 1), frozenset({1})), HechoDeSesion(2, AYER, frozenset({1}))
    acuerdos = [acuerdo(dia=vieja.dia), acuerdo(dia=AYER)]
    listas = [lista(5, 10), replace(lista(6, 10), dia=vieja.dia)]
    cuenta = balance(Hechos([vieja, nueva], acuerdos, listas).desde(AYER), HOY)
    assert (cuenta.sesiones, cuenta.acuerdos, cuenta.asistencia.cuantos) == (1, 1, 5)
