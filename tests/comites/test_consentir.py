"""The act in a plenaria: several things at once, looked at as the public will see them, and nothing more than that."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from comites import operaciones_acuerdos, operaciones_publicacion
from comites.models import ActoDePublicacion, Acuerdo, Invitado, PuntoDelOrden, Sesion
from comites.nombres import nombres_en
from tests.fabricas import (
    acuerdo_publico,
    asistir,
    cerrar,
    consentir_nombre,
    hacer_acuerdo,
    hacer_comite,
    hacer_integrante,
    hacer_persona,
    hacer_sesion,
    publicar,
    publicar_sesion,
    reservada,
)

pytestmark = pytest.mark.django_db


def avanzar(acuerdo, texto, estado="en_proceso"):
    operaciones_acuerdos.registrar_avance(
        acuerdo=acuerdo, estado=estado, texto=texto, fecha=timezone.localdate(), autor=None, responde=False
    )
    return acuerdo.avances.last()


@pytest.fixture
def reunion(norte):
    """A closed session of a comité with three items, one of them a candidate."""
    puntos = ("Alumbrado del parque", "Rondas escolares", "Operativo nocturno")
    sesion = hacer_sesion(norte, comite=hacer_comite(norte), puntos=puntos)
    sesion.puntos.filter(orden=1).update(nivel="candidata", desenlace="acuerdo")
    sesion.puntos.filter(orden=3).update(**reservada())
    hacer_acuerdo(sesion, "Reparar el alumbrado")
    return cerrar(sesion)


@pytest.fixture
def plenaria(norte):
    return asistir(hacer_sesion(norte, dias=-1, puntos=("Qué se publica",)))


@pytest.fixture
def acto(como, ana, plenaria):
    """`acto(**campos)`: what Ana types in the page of the act; answers the page."""

    def enviar(*, publicar=None, **campos):
        url = reverse("coordinacion:consentir", args=["norte", plenaria.pk])
        datos = {"punto": plenaria.puntos.get().pk, "fundamento": "Por consenso de los 12 presentes"} | campos
        if publicar:
            datos |= {"publicar": "si", "huella": publicar.context["previa"].huella}
        return como(ana).post(url, datos)

    return enviar


def pagina(como, url):
    return como(None).get(url).content.decode().split("<main", 1)[1]


def test_en_un_acto_se_publican_una_sesion_un_acuerdo_y_un_resultado(como, acto, norte, reunion):
    publico = acuerdo_publico(norte, "Pintar la barda")
    avanzar(publico, "Se pintaron dos cuadras")
    acuerdo = reunion.acuerdos.get()
    campos = {"sesiones": reunion.pk, "acuerdos": acuerdo.pk, "resultados": publico.pk}
    previa = acto(**campos)
    html = previa.content.decode()
    assert "Esto es lo que verá el público" in html and previa.context["previa"].cuantas == 3
    assert ActoDePublicacion.objects.count() == 1, "mirar no publica"
    elegidos = reunion.puntos.filter(orden__in=[1, 2]).values_list("pk", flat=True)
    campos |= {"vistas": reunion.pk, "puntos": list(elegidos), "hasta": "2098-01-01"}
    previa = acto(**campos)
    assert acto(publicar=previa, **campos).status_code == 302
    assert pagina(como, reunion.url_publica).count("Punto reservado") == 1
    assert "Rondas escolares" in pagina(como, reunion.url_publica)
    assert "Reparar el alumbrado" in pagina(como, acuerdo.get_absolute_url())
    assert "Se pintaron dos cuadras" in pagina(como, publico.get_absolute_url())
    actos = ActoDePublicacion.objects.filter(revocado_el__isnull=True)
    assert {fila.alcance for fila in actos} == {"La sesión", "El acuerdo", "El acuerdo y su resultado"}
    assert {str(fila.hasta) for fila in actos} == {"2098-01-01"}


def test_la_vista_previa_es_la_pagina_publica_letra_por_letra(como, acto, reunion):
    acuerdo = reunion.acuerdos.get()
    avanzar(acuerdo, "Se compraron las luminarias")
    campos = {
        "sesiones": reunion.pk,
        "vistas": reunion.pk,
        "puntos": reunion.puntos.first().pk,
        "resultados": acuerdo.pk,
    }
    previa = acto(**campos)
    acto(publicar=previa, **campos)

    def dicho(html):
        """The words of a page, without its marks."""
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    de_la_sesion, del_acuerdo = previa.context["previa"].html.split("</article>")[:2]
    for previo, url in ((de_la_sesion, reunion.url_publica), (del_acuerdo, acuerdo.get_absolute_url())):
        publica = pagina(como, url).split("</header>", 1)[1].split("</main>")[0]
        assert dicho(previo.split("</h3>", 1)[1]) == dicho(publica)


def test_de_los_puntos_salen_marcados_solo_los_candidatos(acto, reunion):
    html = acto(sesiones=reunion.pk).content.decode()
    marcas = {p.orden: f'value="{p.pk}" id="punto-{p.pk}" checked' in html for p in reunion.puntos.all()}
    assert marcas == {1: True, 2: False, 3: False}
    assert f'id="punto-{reunion.puntos.get(orden=3).pk}"' not in html, "lo reservado no se ofrece"


def test_solo_se_publica_lo_que_se_vio(acto, reunion):
    acuerdo = reunion.acuerdos.get()
    previa = acto(acuerdos=acuerdo.pk)
    avanzar(acuerdo, "Algo pasó mientras tanto")
    respuesta = acto(publicar=previa, acuerdos=acuerdo.pk)
    assert "cambió desde que lo viste" in respuesta.content.decode()
    assert not Acuerdo.objects.publicas().exists()
    assert acto(publicar=respuesta, acuerdos=acuerdo.pk).status_code == 302


def test_nada_se_publica_a_medias(acto, norte, plenaria, reunion):
    """Somebody reserves one of the two between looking and publishing."""
    otro = hacer_acuerdo(hacer_sesion(norte, comite=reunion.comite, dias=-5), "Abrir la ventanilla")
    cerrar(otro.sesion)
    campos = {"acuerdos": [reunion.acuerdos.get().pk, otro.pk]}
    previa = acto(**campos)
    Acuerdo.objects.filter(pk=otro.pk).update(**reservada())
    html = acto(publicar=previa, **campos).content.decode()
    assert "ya no se puede publicar" in html and "Por consenso de los 12 presentes" in html
    with pytest.raises(Exception, match="reservados"), transaction.atomic():
        operaciones_publicacion.consentir(
            punto=plenaria.puntos.get(),
            fundamento="x",
            autor=None,
            sesiones={},
            acuerdos={acuerdo: [] for acuerdo in Acuerdo.objects.filter(pk__in=campos["acuerdos"])},
        )
    assert not ActoDePublicacion.objects.exists()


@pytest.mark.parametrize(
    ("campos", "dice"),
    [
        ({}, "Marca al menos una"),
        ({"acuerdos": "0"}, "ya no se puede publicar"),
        ({"sesiones": "uno"}, "ya no se puede publicar"),
        ({"fundamento": ""}, "¿Cómo consintió la asamblea?"),
        ({"hasta": "2001-01-01"}, "posterior a hoy"),
        ({"punto": "999999"}, "Error:"),
    ],
)
def test_lo_que_falta_se_dice_y_no_se_pierde_nada(acto, reunion, campos, dice):
    base = {} if campos in ({}, {"acuerdos": "0"}, {"sesiones": "uno"}) else {"acuerdos": reunion.acuerdos.get().pk}
    respuesta = acto(**(base | campos))
    html = respuesta.content.decode()
    assert respuesta.status_code == 200 and dice in html and "Hay algo que corregir" in html
    assert respuesta.context["previa"] is None


def test_lo_de_otra_mesa_no_se_publica_desde_aqui(acto, sur):
    ajena = hacer_sesion(sur)
    acuerdo = hacer_acuerdo(ajena, "De la otra mesa")
    cerrar(ajena)
    html = acto(sesiones=ajena.pk, acuerdos=acuerdo.pk, puntos=ajena.puntos.first().pk).content.decode()
    assert "ya no se puede publicar" in html and "De la otra mesa" not in html


def test_un_formulario_repetido_no_publica_dos_veces(acto, reunion):
    campos = {"acuerdos": reunion.acuerdos.get().pk}
    previa = acto(**campos)
    assert acto(publicar=previa, **campos).status_code == 302
    assert "ya no se puede publicar" in acto(publicar=previa, **campos).content.decode()
    assert ActoDePublicacion.objects.count() == 1


def test_lo_que_se_reporta_despues_espera_otro_consentimiento(como, acto, reunion):
    acuerdo = reunion.acuerdos.get()
    avanzar(acuerdo, "Se compraron las luminarias")
    acto(publicar=acto(resultados=acuerdo.pk), resultados=acuerdo.pk)
    avanzar(acuerdo, "Las instaló la cuadrilla del turno de noche")
    html = pagina(como, acuerdo.get_absolute_url())
    assert "Se compraron" in html and "cuadrilla" not in html
    acto(publicar=acto(resultados=acuerdo.pk), resultados=acuerdo.pk)
    assert "cuadrilla" in pagina(como, acuerdo.get_absolute_url())
    assert ActoDePublicacion.objects.filter(revocado_el__isnull=True).count() == 1


def test_lo_que_termino_su_plazo_se_ofrece_otra_vez_o_se_le_pone_otro_nivel(acto, norte, reunion, plenaria):
    hoy = timezone.localdate()
    plazo = {"plenaria": plenaria, "desde": hoy - dt.timedelta(days=3), "hasta": hoy}
    publicar_sesion(reunion, **plazo)
    acuerdo = reunion.acuerdos.get()
    publicar(acuerdo, **plazo)
    campos = {"sesiones": reunion.pk, "acuerdos": acuerdo.pk}
    assert acto(publicar=acto(**campos), **campos).status_code == 302
    assert Sesion.objects.publicas().exists() and Acuerdo.objects.publicas().exists()
    for fila in (reunion, acuerdo):
        operaciones_publicacion.retirar_publicacion(acto=fila.actos.get(revocado_el=None), motivo="x")
        (publicar_sesion if fila is reunion else publicar)(fila, **plazo)
        assert operaciones_publicacion.cambiar_nivel(fila=fila, nivel="candidata").nivel == "candidata"


# ── Names ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("texto", "se_dice"),
    [
        ("Lo hará María del Carmen Ejemplo Luna", True),
        ("lo hara MARIA EJEMPLO.", True),
        ("María pidió un ejemplo", False),
        ("La señora Ejemplo Luna", True),
        ("Del Carmen Luna", False),
        ("La calle María", False),
    ],
)
def test_un_nombre_se_reconoce_por_dos_palabras_que_van_juntas_o_la_primera_y_otra(texto, se_dice):
    assert bool(nombres_en(texto, ["María del Carmen Ejemplo Luna", "Luz"])) == se_dice


@pytest.mark.parametrize("quien", ["integrante", "invitada", "suplente"])
def test_no_se_publica_un_texto_que_nombra_a_alguien_sin_su_consentimiento(acto, norte, quien):
    sesion = asistir(hacer_sesion(norte, comite=hacer_comite(norte)))
    if quien == "integrante":
        hacer_integrante(norte, hacer_persona("Gema Ejemplo"))
    elif quien == "invitada":
        Invitado.objects.create(sesion=sesion, nombre="Gema Ejemplo")
    else:
        sesion.asistencias.update(estado="suplente", suplente="Gema Ejemplo")
    acuerdo = hacer_acuerdo(sesion, "Entregar a Gema Ejemplo las llaves del parque")
    cerrar(sesion)
    html = acto(publicar=acto(acuerdos=acuerdo.pk), acuerdos=acuerdo.pk).content.decode()
    assert "nombra a Gema Ejemplo" in html
    assert not Acuerdo.objects.publicas().exists()


def test_con_su_consentimiento_su_nombre_si_se_publica(acto, norte):
    persona = hacer_integrante(norte, hacer_persona("Gema Ejemplo")).persona
    consentir_nombre(persona)
    sesion = hacer_sesion(norte, comite=hacer_comite(norte), puntos=("Informe de Gema Ejemplo",))
    cerrar(sesion)
    campos = {"sesiones": sesion.pk, "vistas": sesion.pk, "puntos": sesion.puntos.get().pk}
    assert acto(publicar=acto(**campos), **campos).status_code == 302


# ── The page of a session ───────────────────────────────────────────────────────────────


def test_reservar_un_punto_lo_oculta_en_el_acto(client, reunion, plenaria):
    publicar_sesion(reunion, puntos=reunion.puntos.filter(orden__in=[1, 2]), plenaria=plenaria)
    publicar(reunion.acuerdos.get(), plenaria)
    reunion.puntos.filter(orden=2).update(**reservada())
    urls = [reunion.url_publica, reverse("datos_sesiones", args=["csv"]), "/novedades.atom", "/buscar/?q=rondas"]
    for url in urls:
        texto = client.get(url).getvalue().decode()
        assert "Rondas escolares" not in texto, url
    assert reunion.url_publica not in client.get("/buscar/?q=rondas").content.decode(), "ni por su palabra se halla"


def test_reservar_el_punto_o_la_sesion_de_un_acuerdo_publico_lo_oculta(client, norte):
    sesion = asistir(hacer_sesion(norte))
    acuerdo = hacer_acuerdo(sesion, punto=sesion.puntos.first())
    publicar(acuerdo, cerrar(sesion))
    sesion.puntos.filter(orden=1).update(**reservada())
    assert client.get(acuerdo.get_absolute_url()).status_code == 410
    sesion.puntos.update(nivel="mesa", motivo_de_reserva="", revisar_reserva_el=None)
    assert client.get(acuerdo.get_absolute_url()).status_code == 200
    Sesion.objects.filter(pk=sesion.pk).update(**reservada())
    assert client.get(acuerdo.get_absolute_url()).status_code == 410


@pytest.mark.parametrize(("cuantos", "dice"), [(3, "demasiado corta"), (14, "alrededor de 15 de 15")])
def test_de_la_lista_solo_se_dice_lo_que_no_senala_a_nadie(client, norte, cuantos, dice):
    sesion = cerrar(asistir(hacer_sesion(norte), cuantos))
    publicar_sesion(sesion)
    html = client.get(sesion.url_publica).content.decode()
    assert dice in html
    assert not any(a.integrante.persona.nombre in html for a in sesion.asistencias.all())


def test_retirar_una_sesion_la_quita_y_pide_el_motivo(como, ana, norte):
    sesion = cerrar(asistir(hacer_sesion(norte)))
    publicar_sesion(sesion)
    url = reverse("coordinacion:sesion_retirar", args=["norte", sesion.pk])
    assert "¿Por qué se retira?" in como(ana).post(url, {"motivo": ""}).content.decode()
    assert como(None).get(sesion.url_publica).status_code == 200
    como(ana).post(url, {"motivo": "Riesgo"})
    respuesta = como(None).get(sesion.url_publica)
    assert respuesta.status_code == 410 and "Riesgo" not in respuesta.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "/sesiones/norte/plenaria/2020/1/",
        "/sesiones/norte/comite-x/2020/1/",
        "/sesiones/norte/plenaria/99999999999999999999/99999999999999999999/",
        "/sesiones/nadie/plenaria/2020/1/",
        "/sesiones/norte/comite-99999999999999999999/2020/1/",
    ],
)
def test_una_direccion_inventada_no_existe(client, norte, url):
    assert client.get(url).status_code == 404


def test_un_acto_que_se_retiro_antes_de_empezar_no_dejo_nada_que_retirar(client, norte):
    sesion = asistir(hacer_sesion(norte))
    acuerdo = hacer_acuerdo(sesion)
    cerrar(sesion)
    publicar(acuerdo, desde=timezone.localdate() + dt.timedelta(days=3))
    operaciones_publicacion.retirar_publicacion(acto=acuerdo.actos.get(), motivo="x")
    assert client.get(acuerdo.get_absolute_url()).status_code == 404


# ── What PostgreSQL refuses ─────────────────────────────────────────────────────────────


def rechaza(regla, sql, *datos):
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, datos)
    assert error.value.__cause__.diag.constraint_name == regla


def test_ni_por_sql_un_acto_publica_lo_que_no_es_suyo(norte, reunion, plenaria):
    ajeno = plenaria.puntos.get()
    de_nadie = avanzar(acuerdo_publico(norte, "Otro"), "x")
    acuerdo = reunion.acuerdos.get()
    comun = {"punto": ajeno, "fundamento": "x", "desde": "2024-01-01"}
    casos = [
        {"sesion": reunion, "puntos": [ajeno.pk]},
        {"sesion": reunion, "puntos": [reunion.puntos.get(orden=3).pk]},
        {"sesion": reunion, "avances": [de_nadie.pk]},
        {"acuerdo": acuerdo, "avances": [de_nadie.pk]},
        {"acuerdo": acuerdo, "puntos": [reunion.puntos.first().pk]},
    ]
    for caso in casos:
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            ActoDePublicacion.objects.bulk_create([ActoDePublicacion(**comun, **caso)])
        assert error.value.__cause__.diag.constraint_name == "comites_acto_con_alcance"


def test_ni_por_sql_crece_el_alcance_de_un_acto_ni_cambia_lo_consentido(reunion, plenaria):
    acuerdo = reunion.acuerdos.get()
    avance, otro = avanzar(acuerdo, "Se compró"), avanzar(acuerdo, "Se instaló")
    publicar(acuerdo, plenaria, avances=[avance.pk])
    publicar_sesion(reunion, plenaria=plenaria)
    rechaza("comites_acto_no_se_reescribe", "UPDATE comites_actodepublicacion SET avances = %s", [avance.pk, otro.pk])
    punto = reunion.puntos.first().pk
    rechaza("comites_acto_no_se_reescribe", "UPDATE comites_actodepublicacion SET puntos = %s", [punto])
    rechaza("comites_se_escribe_una_vez", "UPDATE comites_avance SET texto = 'Hablé con Gema' WHERE id = %s", avance.pk)
    rechaza("comites_se_escribe_una_vez", "DELETE FROM comites_avance WHERE id = %s", avance.pk)
    rechaza("comites_nota_consentida", "UPDATE comites_acuerdo SET nota_publica = 'Gema lo hizo'")


@pytest.mark.parametrize("tabla", ["comites_sesion", "comites_puntodelorden", "comites_acuerdo"])
@pytest.mark.parametrize("motivo", ["''", "'   '", "'Riesgo'"])
def test_ni_por_sql_se_reserva_sin_motivo_ni_fecha(reunion, tabla, motivo):
    regla = {"comites_puntodelorden": "comites_punto_reserva"}.get(tabla, f"{tabla}_reserva")
    fecha = "NULL" if motivo == "'Riesgo'" else "CURRENT_DATE"
    rechaza(regla, f"UPDATE {tabla} SET nivel='reservada', motivo_de_reserva={motivo}, revisar_reserva_el={fecha}")
    assert PuntoDelOrden.objects.filter(nivel="reservada").count() == 1
