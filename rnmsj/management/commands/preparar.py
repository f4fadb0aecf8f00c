"""Leave the database ready for this version of the portal. Safe to repeat, and to run twice at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from comites.operaciones_agenda import cargar_plantillas
from comun.ordenes import Orden
from encuentros.operaciones import cargar_rubros
from mesas.operaciones import cargar_catalogos
from rnmsj.personal import crear_grupos

LLAVE = 7_362_018
"""Of the advisory lock: any number that nobody else uses in this database."""


class Command(Orden):
    help = "Deja lista la base de datos: migraciones, tabla de caché, catálogos y grupos del personal."
    requires_migrations_checks = False

    def handle(self, *args: Any, **opciones: Any) -> None:
        with self._turno():
            pasos = [self._migraciones(), self._cache(), self._catalogos(), self._grupos()]
        if not any(pasos):
            self.stdout.write("La base de datos ya estaba lista.")

    @contextmanager
    def _turno(self) -> Iterator[None]:
        """One at a time: two instances that start together would create the same tables.

        The lock lives in a connection of its own, so nothing that a migration does lets go of it.
        """
        guardia = connection.copy()
        try:
            with guardia.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LLAVE])
                if not cursor.fetchone()[0]:
                    self.stdout.write("Otro «preparar» está en marcha: espero a que termine.")
                    cursor.execute("SELECT pg_advisory_lock(%s)", [LLAVE])
            yield
        finally:
            guardia.close()

    def _migraciones(self) -> bool:
        ejecutor = MigrationExecutor(connection)
        pendientes = ejecutor.migration_plan(ejecutor.loader.graph.leaf_nodes())
        if pendientes:
            self.stdout.write(f"Migraciones: {len(pendientes)} por aplicar…")
            call_command("migrate", interactive=False, verbosity=0)
            self.stdout.write("Migraciones: al día.")
        return bool(pendientes)

    def _cache(self) -> bool:
        antes = connection.introspection.table_names()
        call_command("createcachetable", verbosity=0)
        creada = len(connection.introspection.table_names()) > len(antes)
        if creada:
            self.stdout.write("Caché compartida: tabla creada.")
        return creada

    def _catalogos(self) -> bool:
        carga = cargar_catalogos()
        cargar_rubros()
        cargar_plantillas()
        cambio = bool(carga.nuevas or carga.corregidas)
        if cambio:
            self.stdout.write(
                f"Catálogos de entidades y municipios: {carga.nuevas:,} filas nuevas y {carga.corregidas:,} corregidas."
            )
        return cambio

    def _grupos(self) -> bool:
        cambios = crear_grupos()
        if cambios:
            self.stdout.write(f"Grupos del personal: {cambios} creados o corregidos.")
        return bool(cambios)
