"""Reads an official file of crimes, whatever its kind, and hands it over checked, or says what is wrong with it.

Two readings that never disagree. The fast one takes a file in exact shape straight into
DuckDB. Anything else goes first through the patient one (`limpieza`), which repairs what is
known to circulate, reports the rest with its line, and leaves an exact file for the fast one.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import duckdb

from comun.temporales import PREFIJO
from indicadores.importadores import catalogo as catalogos
from indicadores.importadores import cortes, estructura, limpieza, lineas, tabla
from indicadores.importadores.adelanto import Adelanto, adelantar, texto_exacto
from indicadores.importadores.apertura import Avisar, Origen, abrir_origen
from indicadores.importadores.catalogo import Catalogo, Combinacion
from indicadores.importadores.cortes import Cortes
from indicadores.importadores.encabezado import CELDAS
from indicadores.importadores.errores import ArchivoConErrores, ArchivoInvalido, Informe
from indicadores.importadores.estructura import PSEUDO, Estructura, Hallazgo
from indicadores.importadores.hoja import hojear_libro
from indicadores.importadores.leido import Lectura, MunicipioLeido, Tramo
from indicadores.importadores.mojibake import REPARACIONES
from indicadores.importadores.tabla import Texto
from indicadores.texto import normalizar

Nombres = dict[int, list[tuple[str, str]]]
"""Names of (entidad, territory) that come with each code."""


def abrir(
    ruta: Path,
    *,
    nombre: str | None = None,
    corte: dt.date | None = None,
    forzar: bool = False,
    avisar: Avisar = lambda texto, parte: None,
) -> Lectura:
    """Read an official file of crimes, check it whole and hand over its figures.

    `nombre` is how it was called where it came from, `corte` the last month that it should
    bring, and `forzar` takes a file that seems incomplete, leaving out every sum that would be
    short. `avisar` receives each step and how far it has gone, from 0 to 1.

    Raises:
        ArchivoInvalido: if it is not a file of crimes; the message says why.
        ArchivoConErrores: if it is, and something in it is wrong; `informe` says what and where.
    """
    with ExitStack() as pila:
        carpeta = Path(pila.enter_context(tempfile.TemporaryDirectory(prefix=PREFIJO)))
        avisar("Reviso el archivo", 0.0)
        con = pila.enter_context(tabla.conectar(carpeta))
        with ThreadPoolExecutor(max_workers=1) as hilo:
            examen = hilo.submit(abrir_origen, ruta, carpeta, nombre)
            adelanto = adelantar(con, ruta)
            origen = examen.result()
        lectura = _Lector(origen, carpeta, corte, forzar, avisar, adelanto).leer(con)
        lectura._pila = pila.pop_all()
        avisar("Archivo leído y comprobado", 1.0)
        return lectura


class _Lector:
    """One reading, from the text in the disk to the figures checked."""

    def __init__(
        self,
        origen: Origen,
        carpeta: Path,
        corte: dt.date | None,
        forzar: bool,
        avisar: Avisar,
        adelanto: Adelanto | None,
    ) -> None:
        self.origen, self.carpeta, self.corte, self.forzar, self.avisar = origen, carpeta, corte, forzar, avisar
        self.adelanto = adelanto
        self.muestra = hojear_libro(origen.ruta, origen.titulo) if origen.hoja else origen.muestra
        self.informe = Informe()
        self.avisos = list(origen.avisos)
        if self.muestra.encabezado is None:
            raise ArchivoInvalido(f"{origen.titulo}: {self.muestra.motivo}")
        self.encabezado = self.muestra.encabezado
        self.municipal = self.encabezado.municipal
        self.rapida = True
        self.filas = 0

    def leer(self, con: duckdb.DuckDBPyConnection) -> Lectura:
        self.avisar("Leo las filas", 0.15)
        catalogo = catalogos.oficial(catalogos.instrumento_de(limpieza.anio_de(self.muestra)))
        texto, catalogo = self._llenar(con, catalogo)
        if not self.filas or not con.execute("SELECT count(*) FROM bruto").fetchone()[0]:
            raise ArchivoInvalido(f"{self.origen.titulo}: no trae ninguna fila de datos.")
        self.avisar("Compruebo que esté completo", 0.7)
        hallazgos = self._hallazgos_del_origen() + estructura.revisar_claves(con, self.municipal)
        if any(not hallazgo.salvable for hallazgo in hallazgos):
            self._juzgar(hallazgos, catalogo)
        hallazgos += self._ajenas(catalogo)
        nombres = tabla.nombres_de(con, texto)
        hallazgos += self._entidades_cambiadas(nombres)
        tabla.apartar_celdas(con)
        visto = estructura.revisar(con, catalogo, self.municipal, self.filas)
        hallazgos += visto.hallazgos
        declarado, quien = self._corte_declarado()
        hasta = cortes.medir(con, catalogo, visto, self.municipal, declarado, quien)
        self._juzgar(hallazgos + hasta.hallazgos, catalogo)
        self._quitar_cortos(con, catalogo, visto)
        return self._entregar(con, nombres, catalogo, visto, hasta)

    # ── Rows ────────────────────────────────────────────────────────────────────────────

    def _llenar(self, con: duckdb.DuckDBPyConnection, catalogo: Catalogo) -> tuple[Texto, Catalogo]:
        """Fill `bruto`, by the fast reading if the file lets it, with every spelling known."""
        origen = self.origen
        texto = None if origen.hoja else texto_exacto(self.muestra, origen.ruta, origen.codificacion, origen.latina)
        if texto is not None:
            try:
                hecho = self._volcar(con, texto, catalogo)
                if hecho is not None:
                    return texto, hecho
            except duckdb.Error:
                pass  # rows of different widths, quotes that do not close: the patient reading tells them
        self.rapida = False
        texto = Texto(self.carpeta / "limpio.csv", self.municipal)
        while True:
            self.avisar("Limpio las filas", 0.2)
            reparacion = self.muestra.reparacion
            limpio = limpieza.limpiar(self.origen, self.muestra, texto.ruta, self.informe, self.avisar)
            if self.informe:
                raise ArchivoConErrores(self.origen.titulo, self.informe)
            self.filas = limpio.filas
            hecho = self._volcar(con, texto, catalogo)
            if hecho is not None:
                self.avisos += limpio.avisos
                return texto, hecho
            if self.muestra.reparacion is reparacion:
                raise AssertionError("lo que dejó la limpieza no tiene la forma exacta")

    def _volcar(self, con: duckdb.DuckDBPyConnection, texto: Texto, catalogo: Catalogo) -> Catalogo | None:
        """Fill `bruto` and learn the spellings of the file; None if some row is out of shape."""
        grafias = {combinacion: numero for numero, combinacion in enumerate(catalogo.combinaciones)}
        testigo = limpieza.combinacion_de(self.muestra)
        if self.adelanto is not None and self.adelanto.texto == texto:
            filas = self.adelanto.filas
        else:
            filas = tabla.volcar_oficial(con, texto, catalogo, testigo)
        self.adelanto = None
        if self.rapida:
            self.filas = filas
            if filas + 1 != self.origen.renglones or tabla.hay_sucias(con):
                return None
        elif tabla.hay_sucias(con):
            return None
        ajenas = tabla.grafias_ajenas(con, texto, grafias)
        if not ajenas:
            return catalogo
        numeros = catalogo.numeros()
        nuevas: dict[tuple[str, ...], Combinacion] = {}
        for grafia in ajenas:
            if grafia.texto not in numeros:
                nuevas.setdefault(grafia.texto, grafia)
        if self._parece_mojibake(list(nuevas.values()), numeros):
            return None
        catalogo = catalogo.con(list(nuevas.values()))
        if len(catalogo.combinaciones) > catalogos.MAXIMO_DE_COMBINACIONES:
            raise ArchivoInvalido(
                f"{self.origen.titulo}: trae {len(nuevas)} delitos que no están en el catálogo "
                f"{catalogo.instrumento}, como «{next(iter(nuevas.values()))}»."
            )
        numeros = catalogo.numeros()
        grafias |= {grafia: numeros[grafia.texto] for grafia in ajenas}
        tabla.volcar(con, texto, grafias, numeros.get(testigo.texto, 0))
        return catalogo

    def _parece_mojibake(self, nuevas: list[Combinacion], numeros: dict[tuple[str, ...], int]) -> bool:
        """Whether what is unknown is known once its accents are put right; then all the text is repaired."""
        for reparacion in REPARACIONES if self.muestra.reparacion is None else ():
            if nuevas and all(
                reparacion.sirve(nueva) and Combinacion(*map(reparacion, nueva)).texto in numeros for nueva in nuevas
            ):
                self.muestra.reparacion = reparacion
                return True
        return False

    # ── Checks ──────────────────────────────────────────────────────────────────────────

    def _hallazgos_del_origen(self) -> list[Hallazgo]:
        hallazgos = []
        if self.origen.cola:
            motivo = "la última línea no termina: el archivo pudo cortarse a media cifra; vuelve a descargarlo"
            hallazgos.append(Hallazgo("truncado", motivo, valor=self.origen.cola[-40:], salvable=True))
        return hallazgos

    def _ajenas(self, catalogo: Catalogo) -> list[Hallazgo]:
        """Combinations outside the catalogue, but those of a subtipo that comes without its modalidades."""
        hallazgos = []
        otro = catalogos.RNID if catalogo.instrumento == catalogos.CNSP else catalogos.CNSP
        del_otro = catalogos.oficial(otro).numeros()
        conocidos = {combinacion.llave for combinacion in catalogo.combinaciones[: catalogo.oficiales]}
        for nueva in catalogo.combinaciones[catalogo.oficiales :]:
            if nueva.llave in conocidos and normalizar(nueva.modalidad) == normalizar(catalogos.SIN_MODALIDAD):
                continue
            suyo = f"es del catálogo {otro}" if nueva.texto in del_otro else "no está en el catálogo"
            motivo = f"{suyo}, y los años del archivo son del {catalogo.instrumento}"
            buscar = frozenset({("combinacion", nueva.texto)})
            salvable = self.muestra.reparacion is None
            hallazgos.append(
                Hallazgo("combinación desconocida", motivo, "Modalidad", str(nueva), salvable=salvable, buscar=buscar)
            )
        return hallazgos

    def _entidades_cambiadas(self, nombres: Nombres) -> list[Hallazgo]:
        """A code that comes with the name of another entidad: the columns were moved, or a sort broke the rows."""
        claves = {normalizar(nombre): clave for clave, suyos in catalogos.entidades().items() for nombre in suyos}
        hallazgos = []
        for ter, pares in nombres.items():
            entidad = ter // 1000 if self.municipal else ter
            for nombre in {nombre for nombre, _ in pares}:
                suya = claves.get(normalizar(nombre), f"{entidad:02d}")
                if suya != f"{entidad:02d}":
                    motivo = f"viene con la clave {entidad:02d} y es la {suya}"
                    buscar = frozenset({("territorio", entidad, ter)})
                    hallazgos.append(Hallazgo("clave de otro lugar", motivo, "Entidad", nombre, buscar=buscar))
        return hallazgos

    def _corte_declarado(self) -> tuple[dt.date | None, str]:
        if self.corte:
            return self.corte, "se declaró el corte de"
        return cortes.del_nombre(self.origen.nombre) or cortes.del_nombre(self.origen.miembro), "el nombre dice"

    def _juzgar(self, hallazgos: list[Hallazgo], catalogo: Catalogo) -> None:
        """Stop at what is wrong; what only seems incomplete becomes a warning when the load is forced."""
        malos = [h for h in hallazgos if not (h.salvable and self.forzar)]
        if not malos:
            self.avisos += [f"Se forzó: {h.motivo}." for h in hallazgos]
            return
        lineas.anotar(self.origen, self.muestra, catalogo, malos, self.informe)
        self.informe.se_puede_forzar = all(hallazgo.salvable for hallazgo in malos)
        raise ArchivoConErrores(self.origen.titulo, self.informe)

    # ── What is handed over ─────────────────────────────────────────────────────────────

    def _quitar_cortos(self, con: duckdb.DuckDBPyConnection, catalogo: Catalogo, visto: Estructura) -> None:
        """Take out the blocks whose sum would be short."""
        if not visto.cortos:
            return
        numeros = {llave: [n for n in range(128) if m >> n & 1] for llave, m in catalogo.subtipos().items()}
        con.execute("CREATE TABLE corto (combinacion SMALLINT, anio SMALLINT, entidad INTEGER)")
        filas = [(n, anio, entidad) for llave, anio, entidad in visto.cortos for n in numeros[llave]]
        con.executemany("INSERT INTO corto VALUES (?, ?, ?)", filas)
        entidad = "celdas.territorio // 1000" if self.municipal else "celdas.territorio"
        con.execute(
            f"DELETE FROM celdas USING corto WHERE celdas.combinacion = corto.combinacion "
            f"AND celdas.anio = corto.anio AND {entidad} = corto.entidad"
        )
        subtipos = {llave[2] for llave, _, _ in visto.cortos}
        self.avisos.append(
            f"No entraron {len(visto.cortos)} bloques de {len(subtipos)} delitos: su suma quedaría corta."
        )

    def _entregar(
        self, con: duckdb.DuckDBPyConnection, nombres: Nombres, catalogo: Catalogo, visto: Estructura, hasta: Cortes
    ) -> Lectura:
        con.execute("DROP TABLE bruto")
        tabla.guardar_combinaciones(con, catalogo, visto.presentes)
        self.avisos += [*visto.avisos, *hasta.avisos, *self._negativos(con)]
        entidad = "territorio // 1000" if self.municipal else "territorio"
        totales = con.execute(
            f"SELECT {entidad}, anio, sum({' + '.join(CELDAS)})::BIGINT FROM celdas GROUP BY ALL"
        ).fetchall()
        return Lectura(
            con=con,
            archivo=self.origen.nombre,
            sha256=self.origen.sha256,
            bytes=self.origen.bytes,
            filas=self.filas,
            instrumento=catalogo.instrumento,
            ambito="municipal" if self.municipal else "estatal",
            primer_anio=visto.anios[0],
            ultimo_anio=visto.anios[-1],
            corte=hasta.corte,
            forzada=self.forzar,
            combinaciones=[c for n, c in enumerate(catalogo.combinaciones) if visto.presentes >> n & 1],
            municipios=_municipios(nombres) if self.municipal else {},
            tramos=list(_tramos(visto)) if self.municipal else [],
            alcances=hasta.alcances,
            controles={
                (f"{clave:02d}", anio): 0 for anio in visto.anios for clave in visto.entidades_de(anio, self.municipal)
            }
            | {(f"{clave:02d}", anio): total for clave, anio, total in totales},
            avisos=self.avisos,
            modalidad_desconocida=visto.sin_modalidad,
            rapida=self.rapida,
        )

    def _negativos(self, con: duckdb.DuckDBPyConnection) -> Iterator[str]:
        algo = " OR ".join(f"{m} < 0" for m in CELDAS)
        filas = con.execute(
            f"SELECT territorio, anio, bien, tipo, subtipo FROM celdas JOIN combinacion ON id = combinacion "
            f"WHERE {algo} ORDER BY anio, territorio LIMIT 6"
        ).fetchall()
        for territorio, anio, _, _, subtipo in filas[:5]:
            clave = f"{territorio:05d}" if self.municipal else f"{territorio:02d}"
            yield f"Trae una cifra negativa, que se conserva: «{subtipo}» en {clave}, {anio}."
        if len(filas) > 5:
            yield "Trae más cifras negativas, que también se conservan."


def _municipios(nombres: Nombres) -> dict[str, MunicipioLeido]:
    return {f"{ter:05d}": MunicipioLeido(suyos[0][1], ter % 1000 in PSEUDO) for ter, suyos in sorted(nombres.items())}


def _tramos(visto: Estructura) -> Iterator[Tramo]:
    anios: dict[int, set[int]] = {}
    for anio, ter in visto.mascaras:
        anios.setdefault(ter, set()).add(anio)
    for ter, suyos in sorted(anios.items()):
        for anio in sorted(suyos):
            if anio - 1 not in suyos:
                hasta = anio
                while hasta in suyos:
                    hasta += 1
                yield Tramo(f"{ter:05d}", anio, hasta)
