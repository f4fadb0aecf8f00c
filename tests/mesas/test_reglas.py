"""Rules that PostgreSQL keeps by itself: bulk_create and raw SQL go around Python and still cannot break them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from comun.errores import mensaje_de_la_base
from mesas.models import Cargo, Cobertura, EventoDeVida, Institucion, Integrante, Municipio, Persona, Puesto
from mesas.operaciones import nombrar, terminar_cargo
from tests.fabricas import hacer_institucion, hacer_integrante, hacer_mesa, hacer_municipio, hacer_persona

pytestmark = pytest.mark.django_db
D = dt.date
CHOCA = "Quien coordina no puede tener cargo público en ninguna de esas fechas."


def rechaza(operacion, mensaje):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        operacion()
    assert mensaje_de_la_base(error.value) == mensaje


def sql(orden, *valores):
    with connection.cursor() as cursor:
        cursor.execute(orden, valores)


@pytest.fixture
def puesto(norte):
    return Puesto.objects.create(tipo=Puesto.Tipo.COORDINACION_MESA, mesa=norte)


def insertar_cobertura(mesa, municipio, desde, hasta, es_sede=False):
    sql(
        "INSERT INTO mesas_cobertura (mesa_id, municipio_id, desde, hasta, es_sede, inferida, nota, fuente) "
        "VALUES (%s, %s, %s, %s, %s, false, '', '')",
        mesa.pk,
        municipio,
        desde,
        hasta,
        es_sede,
    )


def test_un_municipio_no_se_cubre_dos_veces_a_la_vez(norte):
    mensaje = "Esa mesa ya cubre ese municipio en alguna de esas fechas."
    rechaza(lambda: insertar_cobertura(norte, "28038", D(2019, 1, 1), None), mensaje)
    otra = Cobertura(mesa=norte, municipio_id="28038", desde=D(2019, 1, 1))
    rechaza(lambda: Cobertura.objects.bulk_create([otra]), mensaje)


def test_periodos_seguidos_no_se_enciman(norte):
    Cobertura.objects.filter(mesa=norte).update(hasta=D(2020, 1, 1))
    insertar_cobertura(norte, "28038", D(2020, 1, 1), None)
    assert norte.coberturas.count() == 2


def test_dos_mesas_si_pueden_cubrir_el_mismo_municipio(norte, sur):
    insertar_cobertura(sur, "28038", None, None)
    assert Cobertura.objects.filter(municipio="28038").count() == 2


def test_una_sede_a_la_vez(norte):
    hacer_municipio("28009", "Ciudad Madero")
    mensaje = "Esa mesa ya tiene otra sede en alguna de esas fechas."
    rechaza(lambda: insertar_cobertura(norte, "28009", None, None, es_sede=True), mensaje)


def test_lo_que_tiene_fechas_termina_despues_de_empezar(norte):
    with pytest.raises(ValidationError) as error:
        Cobertura(mesa=norte, municipio_id="28038", desde=D(2020, 1, 1), hasta=D(2019, 1, 1)).full_clean()
    assert error.value.message_dict == {"hasta": ["La fecha de término debe ser posterior a la de inicio."]}


def test_dos_titulares_no_se_enciman(puesto):
    ana, beto = hacer_persona(), hacer_persona()
    nombrar(puesto=puesto, persona=ana, desde=D(2020, 1, 1))
    mensaje = "Ese puesto ya tiene titular en alguna de esas fechas."
    rechaza(lambda: Cargo.objects.bulk_create([Cargo(puesto=puesto, persona=beto, desde=D(2021, 1, 1))]), mensaje)
    with pytest.raises(ValidationError, match="ya tiene titular"):
        nombrar(puesto=puesto, persona=beto, desde=D(2021, 1, 1))


def test_el_relevo_es_el_mismo_dia(puesto):
    saliente, entrante = hacer_persona(), hacer_persona()
    cargo = nombrar(puesto=puesto, persona=saliente, desde=D(2020, 1, 1), fuente="1a plenaria")
    terminar_cargo(cargo=cargo, hasta=D(2022, 1, 1))
    nombrar(puesto=puesto, persona=entrante, desde=D(2022, 1, 1))
    assert [c.persona for c in Cargo.objects.vigentes_en(D(2022, 1, 1))] == [entrante]
    with pytest.raises(ValidationError):
        terminar_cargo(cargo=cargo, hasta=D(2023, 1, 1))
    with pytest.raises(ValidationError, match="posterior"):
        terminar_cargo(cargo=cargo, hasta=D(2019, 1, 1))


@pytest.mark.parametrize(
    ("desde", "hasta", "choca"),
    [
        (D(2019, 1, 1), D(2020, 1, 1), False),  # ends the very day the office begins
        (D(2019, 1, 1), D(2020, 1, 2), True),
        (D(2020, 6, 1), D(2020, 6, 2), True),
        (D(2021, 1, 1), None, False),  # begins the day it ends
        (None, None, True),
    ],
)
def test_quien_tiene_cargo_publico_no_coordina_ni_un_dia(norte, puesto, desde, hasta, choca):
    persona = hacer_persona()
    hacer_integrante(norte, persona, con_cargo=True, desde=D(2020, 1, 1), hasta=D(2021, 1, 1))
    cargo = Cargo(puesto=puesto, persona=persona, desde=desde, hasta=hasta)
    if choca:
        rechaza(lambda: Cargo.objects.bulk_create([cargo]), CHOCA)
        with pytest.raises(ValidationError, match="Tiene cargo público"):
            cargo.full_clean()
    else:
        cargo.full_clean()
        Cargo.objects.bulk_create([cargo])


def test_ni_entra_a_un_cargo_publico_mientras_coordina(norte, puesto):
    persona = hacer_persona()
    nombrar(puesto=puesto, persona=persona, desde=D(2020, 1, 1))
    institucion = hacer_institucion()
    asiento = Integrante(
        mesa=norte, persona=persona, tipo="con_cargo", institucion=institucion, desde=D(2022, 1, 1), hasta=D(2022, 1, 2)
    )
    rechaza(lambda: Integrante.objects.bulk_create([asiento]), CHOCA)
    rechaza(
        lambda: sql(
            "INSERT INTO mesas_integrante "
            "(mesa_id, persona_id, institucion_id, tipo, calidad, desde, motivo_de_salida) "
            "VALUES (%s, %s, %s, 'con_cargo', 'titular', '2022-01-01', '')",
            norte.pk,
            persona.pk,
            institucion.pk,
        ),
        CHOCA,
    )


def test_cambiar_de_lado_por_update_tampoco(norte, puesto):
    persona = hacer_persona()
    asiento = hacer_integrante(norte, persona)
    nombrar(puesto=puesto, persona=persona, desde=D(2020, 1, 1))
    institucion = hacer_institucion()
    rechaza(lambda: Integrante.objects.filter(pk=asiento.pk).update(tipo="con_cargo", institucion=institucion), CHOCA)
    ocupado = hacer_persona()
    hacer_integrante(norte, ocupado, con_cargo=True)
    rechaza(lambda: sql("UPDATE mesas_cargo SET persona_id = %s", ocupado.pk), CHOCA)


def test_la_secretaria_tecnica_y_la_comision_si_pueden(norte):
    persona = hacer_persona()
    hacer_integrante(norte, persona, con_cargo=True)
    for puesto in (
        Puesto.objects.create(tipo=Puesto.Tipo.SECRETARIA_TECNICA, mesa=norte),
        Puesto.objects.create(tipo=Puesto.Tipo.COMISION_EJECUTIVA),
    ):
        nombrar(puesto=puesto, persona=persona, desde=D(2021, 1, 1))


def test_un_puesto_con_historia_no_cambia_de_tipo(puesto, norte):
    persona = hacer_persona()
    nombrar(puesto=puesto, persona=persona, desde=D(2020, 1, 1))
    rechaza(
        lambda: Puesto.objects.filter(pk=puesto.pk).update(tipo=Puesto.Tipo.SECRETARIA_TECNICA),
        "Un puesto que ya tuvo titulares no cambia de tipo ni de ámbito: crea otro.",
    )


DE_AUTORIDAD = "Quien viene en nombre de una autoridad tiene cargo público."
DE_CIVIL = "Quien viene en nombre de la sociedad civil no tiene cargo público."
NO_CAMBIA = "Una institución con integrantes no pasa de autoridad a sociedad civil ni al revés: crea otra."


@pytest.mark.parametrize(
    ("civil", "tipo", "mensaje"), [(False, "sin_cargo", DE_AUTORIDAD), (True, "con_cargo", DE_CIVIL)]
)
def test_el_cargo_publico_no_se_quita_ni_se_pone_con_declararlo(norte, civil, tipo, mensaje):
    """Otherwise an official would only have to say «sin cargo público» to coordinate."""
    asiento = Integrante(
        mesa=norte, persona=hacer_persona(), tipo=tipo, institucion=hacer_institucion(civil=civil), desde=D(2022, 1, 1)
    )
    rechaza(lambda: Integrante.objects.bulk_create([asiento]), mensaje)
    with pytest.raises(ValidationError) as error:
        asiento.full_clean()
    assert list(error.value.message_dict) == ["tipo"]


def test_ni_con_cambiar_de_institucion(norte):
    asiento = hacer_integrante(norte, institucion=hacer_institucion(civil=True))
    autoridad = hacer_institucion()
    rechaza(lambda: Integrante.objects.filter(pk=asiento.pk).update(institucion=autoridad), DE_AUTORIDAD)


def test_ni_con_cambiar_el_nivel_de_la_institucion(norte):
    civil, autoridad = hacer_institucion(civil=True), hacer_institucion()
    hacer_integrante(norte, institucion=civil)
    hacer_integrante(norte, con_cargo=True, institucion=autoridad)
    de = Institucion.objects.filter
    rechaza(lambda: de(pk=civil.pk).update(nivel="federal", poder="ejecutivo"), NO_CAMBIA)
    rechaza(lambda: de(pk=autoridad.pk).update(nivel="civil", poder="ninguno"), NO_CAMBIA)
    de(pk=autoridad.pk).update(nivel="estatal")  # still an authority
    civil.nivel, civil.poder = "federal", "ejecutivo"
    with pytest.raises(ValidationError, match="Tiene integrantes registrados"):
        civil.full_clean()


def test_una_institucion_sin_integrantes_si_se_corrige():
    civil = hacer_institucion(civil=True)
    civil.nivel, civil.poder = "federal", "ejecutivo"
    civil.full_clean()
    civil.save()


def test_una_mesa_no_vive_en_una_hora_que_no_existe(norte):
    """Its pages could not be drawn."""
    rechaza(
        lambda: sql("UPDATE mesas_mesa SET zona_horaria = 'Luna/Mar_de_la_Tranquilidad'"),
        "Esa no es una zona horaria de México.",
    )


@pytest.mark.parametrize(
    ("otorgado", "revocado", "publico"),
    [(-1, None, True), (1, None, False), (-2, -1, False)],
    ids=["vigente", "futuro", "revocado"],
)
def test_un_nombre_es_publico_desde_que_se_consiente(otorgado, revocado, publico):
    ahora = timezone.now()
    persona = hacer_persona()
    persona.consentimientos.create(
        finalidad="nombre",
        version_aviso="1",
        medio="Por escrito",
        otorgado=ahora + dt.timedelta(days=otorgado),
        revocado=ahora + dt.timedelta(days=revocado) if revocado else None,
    )
    assert Persona.objects.con_nombre_publico().filter(pk=persona.pk).exists() is publico


def test_un_evento_sin_fuente_no_entra(norte):
    rechaza(
        lambda: EventoDeVida.objects.bulk_create(
            [EventoDeVida(mesa=norte, tipo="suspension", fecha=D(2020, 1, 1), fuente="")]
        ),
        "Todo evento lleva su fuente.",
    )


def test_la_clave_del_municipio_es_de_su_entidad(norte):
    hacer_municipio("08037", "Juárez")
    rechaza(
        lambda: Municipio.objects.bulk_create([Municipio(clave="08038", entidad_id="28", nombre="X")]),
        "Los dos primeros dígitos de la clave son los de su entidad.",
    )


def test_el_estado_sale_de_los_eventos_a_la_fecha(norte):
    hacer_mesa("Otra", "28009")
    norte.eventos.create(tipo="suspension", fecha=D(2020, 5, 1), fuente="x")
    norte.eventos.create(tipo="ampliacion", fecha=D(2020, 6, 1), fuente="x")
    norte.eventos.create(tipo="reinstalacion", fecha=D(2021, 1, 1), fuente="x")
    estados = [norte.estado_en(fecha) for fecha in (D(2017, 1, 1), D(2019, 1, 1), D(2020, 7, 1), D(2022, 1, 1))]
    assert estados == [None, "operando", "suspendida", "operando"]
