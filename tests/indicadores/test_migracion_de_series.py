"""The change of shape of the counts, one row per year to one per carga, undone and redone over rows."""

import pytest
from django.core.management import call_command
from django.db import connection

from indicadores.models import Alcance, Carga, Conteo, Delito
from indicadores.operaciones import cargar_taxonomia
from tests.fabricas import hacer_municipio
from tests.indicadores.test_reglas import HUELLA, NM, hacer_alcance, hacer_carga

SERIE = [*[0] * 12, *[5] * 11, -1]


@pytest.mark.django_db(transaction=True)
def test_las_series_se_parten_por_anio_y_se_vuelven_a_juntar():
    hacer_municipio("28038")
    subtipos = cargar_taxonomia(
        [
            [NM, "La vida", "Homicidio", "Homicidio doloso", "Con arma de fuego"],
            [NM, "La vida", "Homicidio", "Homicidio culposo", "No especificado"],
        ]
    )
    doloso = subtipos[NM, "homicidio-doloso"]
    tipo = Delito.objects.get(nivel=2)
    carga = hacer_carga(primer_anio=2023, ultimo_anio=2024)
    deshecha = hacer_carga(sha256="b" * 64)
    Carga.objects.filter(pk=deshecha.pk).update(deshecha="2026-01-01T00:00Z")
    for anio in (2023, 2024):
        hacer_alcance(carga, doloso, anio=anio)
        hacer_alcance(carga, tipo.pk, anio=anio, nivel=2)
    Conteo.objects.bulk_create(
        [
            Conteo(carga=carga, delito_id=doloso, territorio="28038", meses=SERIE),
            Conteo(carga=carga, delito=tipo, territorio="28038", meses=SERIE),
        ]
    )
    try:
        call_command("migrate", "indicadores", "0002", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT delito_id, territorio, anio, meses FROM indicadores_conteo")
            assert cursor.fetchall() == [(doloso, "28038", 2024, [*[5] * 11, -1])]
            cursor.execute("SELECT sha256 FROM indicadores_carga")
            assert cursor.fetchall() == [(HUELLA,)]
    finally:
        call_command("migrate", verbosity=0)
    carga.refresh_from_db()
    assert (carga.primer_anio, carga.ultimo_anio) == (2023, 2024)
    assert list(Conteo.objects.values_list("delito", "territorio", "meses")) == [(doloso, "28038", SERIE)]
    assert set(Alcance.objects.values_list("delito", "anio", "nivel")) == {(doloso, 2023, 3), (doloso, 2024, 3)}
