"""Each group of the staff of México SOS, address by address: up to its purpose and no further."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import reverse

from mesas.models import Mesa
from rnmsj.personal import GRUPOS, crear_grupos
from tests.fabricas import hacer_acuerdo, hacer_cuenta, hacer_sesion

pytestmark = pytest.mark.django_db

COORDINACION, COMUNICACION, INDICADORES, DATOS = GRUPOS
TODOS = set(GRUPOS)

# address: who opens it; the rest of the staff gets a 403, and in the workspace a 404
ADMINISTRACION = {
    "comites_sesion_changelist": {COORDINACION},
    "comites_acuerdo_changelist": {COORDINACION},
    "comites_actodepublicacion_changelist": {COORDINACION},
    "comites_comite_add": {COORDINACION},
    "mesas_mesa_changelist": TODOS - {INDICADORES},
    "mesas_mesa_add": {COORDINACION},
    "mesas_persona_changelist": {COORDINACION, DATOS},
    "mesas_persona_add": {COORDINACION, DATOS},
    "mesas_integrante_add": {COORDINACION},
    "mesas_puesto_add": {COORDINACION},
    "mesas_cargo_add": {COORDINACION},
    "mesas_institucion_add": {COORDINACION},
    "mesas_consentimiento_changelist": {COORDINACION, DATOS},
    "mesas_consentimiento_add": {DATOS},
    "encuentros_encuentro_add": {COORDINACION, COMUNICACION},
    "indicadores_carga_changelist": TODOS - {DATOS},
    "indicadores_carga_sin_poblacion": TODOS - {DATOS},
    "indicadores_recepcion_changelist": {INDICADORES},
    "indicadores_recepcion_add": {INDICADORES},
    "cuentas_usuario_changelist": set(),
    "auth_group_changelist": set(),
}
ESPACIO = ["mesa", "sesiones", "sesion_nueva", "acuerdos"]


@pytest.fixture
def personal():
    """`personal(grupo)`: an account of that group, with its second factor."""
    crear_grupos()

    def de(grupo):
        usuario, _ = hacer_cuenta(f"De {grupo}", es_personal=True)
        usuario.groups.add(Group.objects.get(name=grupo))
        Authenticator.objects.create(user=usuario, type=Authenticator.Type.TOTP, data={"secret": "prueba"})
        return usuario

    return de


@pytest.mark.parametrize("grupo", GRUPOS)
def test_la_administracion_hasta_donde_llega_cada_grupo(como, personal, norte, grupo):
    cliente = como(personal(grupo))
    abre = {url for url in ADMINISTRACION if cliente.get(reverse(f"admin:{url}")).status_code == 200}
    assert abre == {url for url, grupos in ADMINISTRACION.items() if grupo in grupos}


@pytest.mark.parametrize("grupo", GRUPOS)
def test_al_espacio_de_trabajo_solo_entra_la_coordinacion_de_la_red(como, personal, norte, grupo):
    acuerdo = hacer_acuerdo(hacer_sesion(norte), "Cambiar la ruta nocturna")
    usuario = personal(grupo)
    cliente = como(usuario)
    esperado = 200 if grupo == COORDINACION else 404
    for nombre in ESPACIO:
        assert cliente.get(reverse(f"coordinacion:{nombre}", args=["norte"])).status_code == esperado, nombre
    assert cliente.get(reverse("coordinacion:acuerdo", args=["norte", acuerdo.folio])).status_code == esperado
    for alcance in (Mesa.objects.visibles_para(usuario), Mesa.objects.editables_por(usuario)):
        assert alcance.exists() is (grupo == COORDINACION)


def test_entrar_a_toda_la_red_es_de_un_solo_grupo():
    crear_grupos()
    con_permiso = Group.objects.filter(permissions__codename="coordinar_red")
    assert [grupo.name for grupo in con_permiso] == [COORDINACION]


def datos_de(pagina):
    """What the form of the admin would send back, with its rows below."""
    formularios = [pagina.context["adminform"].form, *(f.formset for f in pagina.context["inline_admin_formsets"])]
    datos = {}
    for formulario in formularios:
        for campos in (formulario, *getattr(formulario, "initial_forms", [])):
            if not hasattr(campos, "fields"):
                continue
            datos |= {campos.add_prefix(n): campos.get_initial_for_field(c, n) for n, c in campos.fields.items()}
        if hasattr(formulario, "management_form"):
            manejo = formulario.management_form
            datos |= {manejo.add_prefix(nombre): manejo.initial.get(nombre, "") for nombre in manejo.fields}
    return {nombre: "" if valor is None else valor for nombre, valor in datos.items()}


@pytest.mark.parametrize(("grupo", "superusuario"), [(DATOS, False), (COORDINACION, False), (COORDINACION, True)])
def test_nadie_se_queda_con_los_cargos_de_otra_persona(como, personal, ana, grupo, superusuario):
    """Linking Ana's person to one's own account would be to coordinate her mesa."""
    usuario = personal(grupo)
    usuario.is_superuser = superusuario
    usuario.save()
    persona = ana.persona
    usuario.persona.delete()
    cliente = como(usuario)
    url = reverse("admin:mesas_persona_change", args=[persona.pk])
    datos = datos_de(cliente.get(url)) | {"usuario": usuario.pk, "nombre": "Ana Corregida"}
    assert cliente.post(url, datos).status_code == 302
    persona.refresh_from_db()
    assert persona.nombre == "Ana Corregida"
    assert persona.usuario == (usuario if superusuario else ana)
