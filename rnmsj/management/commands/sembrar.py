"""First-run data: the real network as its report tells it, official figures, and a demonstration."""

import json
import os
from pathlib import Path

from django.conf import settings

from comun.ordenes import Orden
from cuentas.models import Usuario
from encuentros.operaciones import cargar_tercer_encuentro
from indicadores.operaciones import cargar_extracto
from mesas.operaciones import cargar_mesas_del_informe
from rnmsj.demostracion import CUENTAS, renovar_claves, sembrar_demostracion

CLAVES = settings.BASE_DIR / "var" / "cuentas-de-demostracion.json"


class Command(Orden):
    """Load, as many times as wanted, what a new portal shows the first time.

    The 31 mesas and the 3er Encuentro of the report, the extract of official figures, and,
    unless `--sin-demo`, invented people to try the workspace with.
    """

    help = "Carga las mesas y el encuentro del informe, las cifras oficiales y la demostración."

    def add_arguments(self, parser):
        parser.add_argument("--sin-demo", action="store_true", help="sin personas ni acuerdos inventados")
        parser.add_argument("--nuevas-claves", action="store_true", help="cambia las claves de la demostración")

    def handle(self, *, sin_demo, nuevas_claves, **opciones):
        nuevas = cargar_mesas_del_informe()
        self.stdout.write(f"Mesas del informe: {f'{nuevas} nuevas' if nuevas else 'sin cambios'}.")
        self.stdout.write(f"3er Encuentro: {cargar_tercer_encuentro()}.")
        carga = cargar_extracto(avisar=lambda texto: self.stdout.write(f"  {texto}…"))
        cifras = f"{carga.conteos:,} series y {carga.poblacion:,} poblaciones" if carga.cambio else "sin cambios"
        self.stdout.write(f"Cifras oficiales: {cifras}.")
        if sin_demo:
            return
        nueva = sembrar_demostracion()
        self.stdout.write(f"Demostración: {'dos mesas inventadas' if nueva else 'sin cambios'}.")
        if nueva or nuevas_claves:
            _guardar(renovar_claves())
        self._decir_cuentas()

    def _decir_cuentas(self):
        claves = _claves_vigentes()
        self.stdout.write("\nCuentas para probar (personas inventadas):")
        for cuenta in CUENTAS:
            clave = claves.get(cuenta.correo, "(para darle una clave: python manage.py sembrar --nuevas-claves)")
            self.stdout.write(f"  {cuenta.correo:<26} {clave:<18} {cuenta.para}")


def _guardar(claves):
    """Only the owner of the checkout may read them; the database keeps them hashed."""
    CLAVES.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(CLAVES, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as archivo:
        json.dump(claves, archivo)


def _claves_vigentes():
    """The passwords kept in this checkout that still open this database."""
    if not Path(CLAVES).exists():
        return {}
    guardadas = json.loads(CLAVES.read_text())
    usuarios = Usuario.objects.filter(email__in=guardadas)
    return {usuario.email: clave for usuario in usuarios if usuario.check_password(clave := guardadas[usuario.email])}
