"""Take back a load of crimes, so that readers see again what it replaced."""

from django.core.management.base import CommandError

from comun.ordenes import Orden
from indicadores import registro
from indicadores.models import Carga
from indicadores.operaciones_cargas import NoSePuedeDeshacer, deshacer_carga, por_que_no_se_deshace


class Command(Orden):
    help = "Deshace una carga de incidencia y devuelve lo que reemplazó, mientras se conserve."

    def add_arguments(self, parser):
        parser.add_argument("numero", type=int, metavar="NÚMERO", help="El de su página en la administración.")
        parser.add_argument("--simular", action="store_true", help="Sólo dice qué volvería y qué se iría.")

    def handle(self, *, numero, simular, **opciones):
        carga = Carga.objects.filter(pk=numero).first()
        if carga is None:
            raise CommandError(f"No hay una carga {numero}. Su número está en la dirección de su página.")
        if motivo := por_que_no_se_deshace(carga):
            raise CommandError(f"No se puede deshacer «{carga}». {motivo}")
        regreso = registro.lo_que_vuelve(carga)
        self.stdout.write(f"«{carga}»: {regreso.se_van:,} bloques (delito, año y entidad) que hoy se ven.")
        for fila in regreso.vuelven:
            anios = f"de {fila['desde']} a {fila['hasta']}"
            self.stdout.write(f"  Vuelven {fila['bloques']:,} de «{fila['carga']}», {anios}.")
        if regreso.sin_relevo:
            aviso = f"  Se quedan sin cifras {regreso.sin_relevo:,}, que antes no las tenían."
            self.stdout.write(self.style.WARNING(aviso))
        if simular:
            self.stdout.write("Fue una simulación: no se deshizo nada.")
            return
        try:
            deshacer_carga(carga=carga)
        except NoSePuedeDeshacer as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS("La carga se deshizo; su registro queda."))
