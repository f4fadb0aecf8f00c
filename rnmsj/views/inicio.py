"""The home page: what the network is, where it is, and what it is doing."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comites.models import Acuerdo
from comun.formatos import numero
from encuentros.models import Encuentro
from indicadores import fichas
from indicadores.delitos import catalogo
from indicadores.models import Carga
from indicadores.periodos import Periodicidad
from indicadores.series import componer_todas
from indicadores.territorios import nacional
from mesas.mapa import mapa_de_mesas
from mesas.models import Cobertura, Mesa

DELITO = "homicidio-doloso"
"""The crime of the home page: the one with the least unreported cases."""


@require_safe
def inicio(request):
    hoy = timezone.localdate()
    mesas = list(Mesa.objects.publicas().reales().con_estado(hoy).con_territorio(hoy).por_entidad())
    acuerdos = Acuerdo.objects.publicas().filter(sesion__mesa__es_demo=False)
    cuentas_de_acuerdos = acuerdos.cuentas_por_estado()
    contexto = {
        "hoy": hoy,
        "mapa": mapa_de_mesas(mesas),
        "cuentas": Mesa.objects.publicas().reales().cuentas(hoy),
        "municipios": Cobertura.objects.de_mesas_operando(hoy).contar_municipios(),
        "acuerdos": acuerdos.con_contexto().recientes()[:5],
        "cuentas_de_acuerdos": cuentas_de_acuerdos,
        "nota_de_acuerdos": f"{numero(cuentas_de_acuerdos['cumplido'])} con su cumplimiento verificado.",
        "encuentro": Encuentro.objects.publicas().con_contexto().con_cuentas().first(),
        **_indicador(),
    }
    return render(request, "inicio.html", contexto)


def _indicador():
    """The national rate of the last whole year, with what is needed to defend it."""
    delitos = catalogo()
    if DELITO not in delitos:
        return {"delito": None}
    renglones = list(componer_todas([nacional()], [delitos[DELITO]], Periodicidad.ANUAL))
    ultimo = fichas.ultimo_con_cifra(renglones)
    cargas = Carga.objects.publicas().de_renglones(renglones)
    return {"delito": delitos[DELITO], "ultimo": ultimo, "sello": fichas.sello([ultimo] if ultimo else [], cargas)}
