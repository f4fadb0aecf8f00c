"""The same form sent twice, by a finger that taps again or a page that is reloaded, writes once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.fabricas import cerrar, hacer_acuerdo, hacer_sesion

pytestmark = pytest.mark.django_db


def test_lo_mismo_mandado_dos_veces_es_un_paso_y_una_adenda(como, ana, norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    cerrar(sesion, ana)
    avance = {"estado": "en_proceso", "texto": "Vamos a la mitad", "fecha": timezone.localdate().isoformat()}
    envios = {
        reverse("coordinacion:acuerdo_avance", args=["norte", acuerdo.folio]): avance,
        reverse("coordinacion:acta_adenda", args=["norte", sesion.pk]): {"texto": "Faltó decir la hora"},
    }
    for url, datos in [*envios.items()] * 2:
        assert como(ana).post(url, datos).status_code == 302
    assert (acuerdo.avances.count(), sesion.acta.adendas.count()) == (1, 1)
    for url, datos in envios.items():
        como(ana).post(url, datos | {"texto": "Otra cosa"})
    assert (acuerdo.avances.count(), sesion.acta.adendas.count()) == (2, 2)
