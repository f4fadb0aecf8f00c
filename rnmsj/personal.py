"""The groups of the staff of México SOS: who may touch what in the admin.

Accounts belong to no group: whoever may invite may also take somebody else's account, so
that stays with the superusers. So does linking a person to an account, for the same reason.
Posts and seats, from which every right in the workspace comes, are of the Coordinación alone.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

TODO = ("view", "add", "change", "delete")
VER = ("view",)
RED = (
    "mesa",
    "aliasdemesa",
    "cobertura",
    "eventodevida",
    "institucion",
    "integrante",
    "puesto",
    "cargo",
    "region",
    "periododegobierno",
)

# group → (app, models or () for all of the app, what it may do with them)
GRUPOS: dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "Coordinación de la Red": [
        ("mesas", RED, TODO),
        ("mesas", ("mesa",), ("coordinar",)),  # the whole workspace; of nobody else
        ("mesas", ("persona",), ("view", "add", "change")),
        ("mesas", ("entidad", "municipio", "consentimiento"), VER),
        ("comites", (), VER),
        ("comites", ("tipodecomite", "comite", "plantilladeagenda"), TODO),
        ("encuentros", (), TODO),
        ("indicadores", (), VER),
        ("indicadores", ("objetivo",), ("add", "change")),  # of agreements, which only this group reads
    ],
    "Comunicación": [
        ("mesas", ("mesa", "aliasdemesa", "cobertura", "eventodevida", "entidad", "municipio"), VER),
        ("comites", ("comite", "tipodecomite"), VER),  # agreements, on the micrositio: only what is public
        ("encuentros", (), ("view", "add", "change")),
        ("indicadores", (), VER),
    ],
    "Indicadores": [
        ("mesas", ("entidad", "municipio", "cobertura"), VER),
        ("indicadores", (), TODO),
    ],
    "Datos personales": [
        ("mesas", ("persona",), TODO),
        ("mesas", ("consentimiento",), ("view", "add", "change")),
        ("mesas", ("mesa", "institucion", "integrante", "cargo", "puesto"), VER),
    ],
}


def crear_grupos() -> int:
    """Leave the groups with exactly the permissions written here; returns how many changed."""
    existentes = {grupo.name: grupo for grupo in Group.objects.prefetch_related("permissions")}
    cambios = 0
    for nombre, reglas in GRUPOS.items():
        grupo = existentes.get(nombre) or Group.objects.create(name=nombre)
        permisos = set(Permission.objects.filter(_condicion(reglas)))
        if nombre not in existentes or set(grupo.permissions.all()) != permisos:
            grupo.permissions.set(permisos)
            cambios += 1
    return cambios


def _condicion(reglas: list[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> Q:
    condicion = Q()
    for aplicacion, modelos, acciones in reglas:
        alcance = Q(content_type__app_label=aplicacion) & Q(
            *[Q(codename__startswith=f"{accion}_") for accion in acciones], _connector=Q.OR
        )
        condicion |= alcance & Q(content_type__model__in=modelos) if modelos else alcance
    return condicion
