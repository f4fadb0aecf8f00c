"""Two keys: whoever reports does not verify. Over HTTP, and around it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comites.models import Acuerdo, Avance
from comites.operaciones_acuerdos import registrar_avance
from tests.fabricas import (
    asistir,
    cerrar,
    cumplir,
    hacer_acuerdo,
    hacer_cuenta,
    hacer_institucion,
    hacer_integrante,
    hacer_sesion,
    reportar,
)

pytestmark = pytest.mark.django_db


def hoy():
    return timezone.localdate()


def acordar(mesa, dias=-20, **datos):
    sesion = hacer_sesion(mesa, dias=dias)
    acuerdo = hacer_acuerdo(sesion, **datos)
    cerrar(sesion)
    acuerdo.refresh_from_db()
    return acuerdo


def ruta(acuerdo, nombre="acuerdo"):
    return reverse(f"coordinacion:{nombre}", args=[acuerdo.sesion.mesa.slug, acuerdo.folio])


def estado(acuerdo):
    return Acuerdo.objects.get(pk=acuerdo.pk).estado


def meter(acuerdo, **columnas):
    """An `INSERT` that knows nothing of Python."""
    fila = {"acuerdo_id": acuerdo.pk, "fecha": hoy(), "estado": "cumplido", "texto": "x", "creado": timezone.now()}
    fila |= columnas
    sql = f"INSERT INTO comites_avance ({', '.join(fila)}) VALUES ({', '.join(['%s'] * len(fila))})"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, list(fila.values()))


def rechaza(regla, hacer, *args, **kwargs):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        hacer(*args, **kwargs)
    assert error.value.__cause__.diag.constraint_name == regla
    return str(error.value)


# ── The way it goes ─────────────────────────────────────────────────────────────────────


def test_ana_anota_el_reporte_y_beto_lo_verifica(como, ana, beto, norte):
    acuerdo = acordar(norte)
    datos = {"estado": "reportado", "texto": "Quedaron las doce", "fecha": hoy().isoformat()}
    como(ana).post(ruta(acuerdo, "acuerdo_avance"), datos)
    pagina = como(ana).get(ruta(acuerdo)).content.decode()
    assert "Quien anotó que ya estaba no es quien lo verifica" in pagina
    assert "Revisa la prueba" in como(beto).get(ruta(acuerdo)).content.decode()
    assert "Quedaron las doce" in como(beto).get(ruta(acuerdo, "acuerdo_verificar")).content.decode()
    como(beto).post(ruta(acuerdo, "acuerdo_verificar"), {"se_cumplio": "si", "texto": "Las conté de noche"})
    avance = acuerdo.avances.last()
    assert (estado(acuerdo), avance.verifica.persona, avance.reporta) == ("cumplido", beto.persona, None)
    assert acuerdo.avances.first().reporta.persona == ana.persona
    historia = como(ana).get(ruta(acuerdo)).content.decode()
    assert "Lo revisó Beto Prueba" in historia and "Lo anotó Ana Prueba" in historia


def test_beto_lo_devuelve_con_su_motivo_y_vuelve_a_estar_en_proceso(como, ana, beto, norte):
    acuerdo = acordar(norte)
    reportar(acuerdo, autor=ana)
    url = ruta(acuerdo, "acuerdo_verificar")
    vacio = como(beto).post(url, {"se_cumplio": "no", "texto": ""}).content.decode()
    assert "Di qué viste o qué falta" in vacio and estado(acuerdo) == "reportado"
    como(beto).post(url, {"se_cumplio": "no", "texto": "Faltan dos luminarias"})
    assert estado(acuerdo) == "en_proceso" and acuerdo.avances.last().devuelve
    pagina = como(ana).get(ruta(acuerdo)).content.decode()
    assert "Devuelto" in pagina and "Faltan dos luminarias" in pagina
    # The same form sent twice: it no longer waits for anybody.
    assert como(beto).post(url, {"se_cumplio": "si", "texto": "Ya"}).url == ruta(acuerdo)
    assert acuerdo.avances.count() == 2


def test_en_sesion_lo_anota_quien_la_registra(como, ana, norte):
    """Ana answers for it, so she cannot verify it alone: the assembly does, with somebody on its roll who may."""
    acuerdo = acordar(norte, institucion_responsable=None, responsable=ana.persona.asientos.get())
    reportar(acuerdo, hoy() - dt.timedelta(days=3), autor=ana)
    url = ruta(acuerdo, "acuerdo_verificar")
    sola = como(ana).post(url, {"se_cumplio": "si", "texto": "Me consta"}).content.decode()
    assert "di en qué sesión" in sola and estado(acuerdo) == "reportado"
    sin_lista = hacer_sesion(norte, dias=-2)
    plenaria = asistir(hacer_sesion(norte, dias=-1))
    pagina = como(ana).get(url).content.decode()
    assert f'value="{plenaria.pk}"' in pagina and f'value="{sin_lista.pk}"' not in pagina
    como(ana).post(url, {"se_cumplio": "si", "texto": "Se vieron las fotos", "sesion": plenaria.pk})
    assert estado(acuerdo) == "cumplido" and acuerdo.avances.last().sesion == plenaria
    assert "En Plenaria · sesión" in como(ana).get(ruta(acuerdo)).content.decode()


def test_en_modo_sesion_basta_decir_en_cual(norte):
    acuerdo = acordar(norte)
    reportar(acuerdo)
    plenaria = asistir(hacer_sesion(norte, dias=0))
    avance = registrar_avance(
        acuerdo=acuerdo, estado="cumplido", texto="Ok", fecha=hoy(), autor=None, responde=True, sesion=plenaria
    )
    assert estado(acuerdo) == "cumplido" and avance.verifica is None


def test_quien_habla_por_la_institucion_reporta_y_no_puede_cerrarlo(como, norte):
    usuario, persona = hacer_cuenta("Hugo Prueba")
    asiento = hacer_integrante(norte, persona, con_cargo=True)
    acuerdo = acordar(norte, institucion_responsable=asiento.institucion)
    pagina = como(usuario).get(ruta(acuerdo)).content.decode()
    assert 'value="reportado"' in pagina and 'value="no_cumplido"' not in pagina
    datos = {"estado": "reportado", "texto": "Listo", "fecha": hoy().isoformat()}
    como(usuario).post(ruta(acuerdo, "acuerdo_avance"), datos)
    assert como(usuario).get(ruta(acuerdo, "acuerdo_verificar")).status_code == 403
    for nuevo in ("cumplido", "no_cumplido", "cancelado"):
        como(usuario).post(ruta(acuerdo, "acuerdo_avance"), datos | {"estado": nuevo})
    assert estado(acuerdo) == "reportado"


# ── Who may not turn the second key: PostgreSQL says so ─────────────────────────────────


def _con_cargo(mesa, acuerdo):
    return hacer_integrante(mesa, con_cargo=True)


def _que_ya_salio(mesa, acuerdo):
    return hacer_integrante(mesa, hasta=hoy())


def _que_llega_manana(mesa, acuerdo):
    return hacer_integrante(mesa, desde=hoy() + dt.timedelta(days=1))


def _de_la_que_responde(mesa, acuerdo):
    return hacer_integrante(mesa, institucion=acuerdo.institucion_responsable)


@pytest.mark.parametrize(
    ("quien", "motivo"),
    [
        (_con_cargo, "sin cargo público"),
        (_que_ya_salio, "integrante de la mesa ese día"),
        (_que_llega_manana, "integrante de la mesa ese día"),
        (_de_la_que_responde, "otra institución"),
    ],
)
def test_no_verifica(norte, quien, motivo):
    acuerdo = acordar(norte, institucion_responsable=hacer_institucion(civil=True))
    reportar(acuerdo)
    asiento = quien(norte, acuerdo)
    assert motivo in rechaza("comites_dos_llaves", meter, acuerdo, verifica_id=asiento.pk)
    with pytest.raises(ValidationError, match=motivo):
        registrar_avance(
            acuerdo=acuerdo, estado="cumplido", texto="x", fecha=hoy(), autor=None, responde=False, verifica=asiento
        )


def test_no_verifica_alguien_de_otra_mesa_ni_en_sesion_de_otra(norte, sur):
    acuerdo = acordar(norte)
    reportar(acuerdo)
    rechaza("comites_dos_llaves", meter, acuerdo, verifica_id=hacer_integrante(sur).pk)
    ajena = asistir(hacer_sesion(sur, dias=0))
    assert "otra mesa" in rechaza("comites_sesion_del_acuerdo", meter, acuerdo, sesion_id=ajena.pk)


def test_no_verifica_quien_responde_ni_con_otro_asiento_ni_con_su_correo(norte, ana):
    """The same person with another seat, or under the address that answers, is the same person."""
    asiento = ana.persona.asientos.get()
    suyo = acordar(norte, institucion_responsable=None, responsable=asiento)
    reportar(suyo)
    assert "Nadie verifica lo suyo" in rechaza("comites_dos_llaves", meter, suyo, verifica_id=asiento.pk)
    por_correo = acordar(norte, institucion_responsable=None, correo_responsable=ana.email.upper(), dias=-19)
    reportar(por_correo)
    rechaza("comites_dos_llaves", meter, por_correo, verifica_id=asiento.pk)


def test_no_verifica_quien_reporto_ni_alguien_de_su_institucion(norte, ana, beto):
    camara = hacer_institucion(civil=True)
    de_ana, de_beto = ana.persona.asientos.get(), beto.persona.asientos.get()
    for asiento in (de_ana, de_beto):
        asiento.institucion = camara
        asiento.save()
    acuerdo = acordar(norte)
    reportar(acuerdo, autor=ana)
    assert "no es quien lo verifica" in rechaza("comites_dos_llaves", meter, acuerdo, verifica_id=de_ana.pk)
    assert "otra institución" in rechaza("comites_dos_llaves", meter, acuerdo, verifica_id=de_beto.pk)
    de_beto.institucion = None
    de_beto.save()
    meter(acuerdo, verifica_id=de_beto.pk)


def test_tampoco_alguien_de_una_corresponsable(norte):
    camara = hacer_institucion(civil=True)
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    acuerdo.corresponsables.add(camara)
    cerrar(sesion)
    reportar(acuerdo)
    rechaza("comites_dos_llaves", meter, acuerdo, verifica_id=hacer_integrante(norte, institucion=camara).pk)


@pytest.mark.parametrize("columnas", [{}, {"estado": "en_proceso", "devuelve": True}])
def test_sin_segunda_llave_no_hay_verificacion_ni_devolucion(norte, columnas):
    acuerdo = acordar(norte)
    reportar(acuerdo)
    assert "dos llaves" in rechaza("comites_dos_llaves", meter, acuerdo, **columnas)


def test_una_sesion_que_no_ha_empezado_o_es_la_que_lo_acordo_no_verifica(norte):
    acuerdo = acordar(norte)
    reportar(acuerdo)
    por_venir = hacer_sesion(norte, dias=3, empezar=False)
    assert "no empieza" in rechaza("comites_dos_llaves", meter, acuerdo, sesion_id=por_venir.pk)
    assert "posterior" in rechaza("comites_dos_llaves", meter, acuerdo, sesion_id=acuerdo.sesion_id)
    sola = hacer_sesion(norte, dias=0)
    assert "pasó lista" in rechaza("comites_dos_llaves", meter, acuerdo, sesion_id=sola.pk)


def test_primero_se_reporta(norte):
    acuerdo = acordar(norte)
    verifica = hacer_integrante(norte)
    rechaza("comites_primero_se_reporta", meter, acuerdo, verifica_id=verifica.pk)
    rechaza("comites_estado_con_avance", Acuerdo.objects.update, estado="reportado")  # said by nobody


def test_el_estado_no_es_un_atajo(norte):
    acuerdo = acordar(norte)
    reportar(acuerdo)
    rechaza("comites_cumplido_verificado", Acuerdo.objects.update, estado="cumplido")
    abierta = hacer_sesion(norte, dias=-1)
    nuevo = Acuerdo(folio="X-1", sesion=abierta, accion="Colarse", estado="cumplido")
    rechaza("comites_cumplido_verificado", Acuerdo.objects.bulk_create, [nuevo])
    Acuerdo(folio="X-2", sesion=abierta, accion="De antes", estado="cumplido", historico=True).save()


@pytest.mark.parametrize("cambio", ["estado = 'cancelado'", "texto = 'x'", "fecha = fecha - 1", "verifica_id = NULL"])
def test_la_historia_no_se_reescribe(norte, cambio):
    acuerdo = acordar(norte)
    cumplir(acuerdo)

    def atacar(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)

    rechaza("comites_se_escribe_una_vez", atacar, f"UPDATE comites_avance SET {cambio} WHERE estado = 'cumplido'")
    rechaza("comites_se_escribe_una_vez", atacar, "DELETE FROM comites_avance")


def test_el_autor_se_olvida_y_no_se_cambia(norte, ana, beto):
    acuerdo = acordar(norte)
    reportar(acuerdo, autor=ana)
    rechaza("comites_se_escribe_una_vez", Avance.objects.update, autor=beto)
    ana.delete()
    assert acuerdo.avances.get().autor is None
    # Without her account, her seat still says that it was she.
    assert acuerdo.avances.get().reporta.persona.nombre == "Ana Prueba"


# ── A new date, from the page ───────────────────────────────────────────────────────────


def test_ana_prorroga_y_la_primera_fecha_sigue_a_la_vista(como, ana, beto, norte):
    acuerdo = acordar(norte)
    url = ruta(acuerdo, "acuerdo_prorrogar")
    antes = como(ana).post(url, {"al": acuerdo.vence.isoformat(), "motivo": "Faltó material"}).content.decode()
    assert "es posterior al" in antes and "Faltó material" in antes
    sin_motivo = como(ana).post(url, {"al": (acuerdo.vence + dt.timedelta(days=9)).isoformat(), "motivo": ""})
    assert "Di por qué" in sin_motivo.content.decode()
    ajena = hacer_sesion(norte, dias=-30)  # before it was agreed: it could not grant anything
    nueva = (acuerdo.vence + dt.timedelta(days=9)).isoformat()
    como(ana).post(url, {"al": nueva, "motivo": "Faltó material", "sesion": ajena.pk})
    assert not acuerdo.prorrogas.exists()
    plenaria = hacer_sesion(norte, dias=-1)
    como(ana).post(url, {"al": nueva, "motivo": "Faltó material", "sesion": plenaria.pk})
    assert acuerdo.prorrogas.get().sesion == plenaria
    pagina = como(beto).get(ruta(acuerdo)).content.decode()
    assert all(texto in pagina for texto in ("Con fecha compromiso", "se prorrogó al", "Faltó material", "La otorgó"))
    assert como(beto).get(url).status_code == 403
    cumplir(acuerdo)
    assert como(ana).get(url).status_code == 302


def test_la_historia_cuesta_lo_mismo_larga_que_corta(como, ana, norte):
    acuerdo = acordar(norte)
    cliente = como(ana)

    def consultas():
        cliente.get(ruta(acuerdo))
        with CaptureQueriesContext(connection) as contadas:
            assert cliente.get(ruta(acuerdo)).status_code == 200
        return len(contadas)

    def alargar(cuantos):
        for _ in range(cuantos):
            reportar(acuerdo, reporta=hacer_integrante(norte))

    alargar(3)
    con_tres = consultas()
    alargar(27)
    assert consultas() == con_tres <= 12  # session and user included
