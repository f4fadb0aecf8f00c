"""What happens to a file that the staff uploads: it waits, it is attended by some process, it ends.

The load itself is one transaction (indicadores.operaciones_cargas): a process that dies in the
middle leaves the figures as they were, the upload «en curso» with nobody behind it, and its
file ready for another try.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from comun.temporales import PREFIJO
from indicadores import trozos
from indicadores.importadores.errores import ArchivoConErrores, ArchivoInvalido
from indicadores.models import Carga, EdicionDePoblacion, Recepcion
from indicadores.models.recepciones import DIAS_DE_GRACIA
from indicadores.operaciones_cargas import Avisar, cargar_incidencia
from indicadores.operaciones_poblacion import cargar_poblacion
from indicadores.vigia import Vigia, atendidas

registro = logging.getLogger("indicadores")

SIN_LATIDO = dt.timedelta(seconds=15)
"""How long without a sign of life, and with no process behind, until an upload counts as interrupted."""

INTENTOS = 3
"""Times that an upload starts by itself: a file that kills whoever reads it must not do it for ever."""

SE_INTERRUMPIO = "El proceso que lo atendía se detuvo. No quedó nada a medias: las cifras siguen como estaban."
YA_NO_ESTA = "El archivo ya no se conserva aquí: vuelve a subirlo."

_CLASE_POR_PERSONA = 0x52_4F
"""Class of the advisory locks of PostgreSQL: one for each person who sends a file."""

_DEL_ARMADO = 0.05
"""Part of the progress that putting the file together takes."""


@dataclass(frozen=True, slots=True)
class _Final:
    """How an upload ends."""

    estado: str
    mensaje: str
    informe: dict[str, Any] = field(default_factory=dict)
    carga: Carga | None = None
    edicion: EdicionDePoblacion | None = None


@transaction.atomic
def poner_en_espera(*, recepcion: Recepcion, **opciones: Any) -> Recepcion:
    """Ask for an upload to be loaded: the first time, again, or with other options.

    Raises:
        ValidationError: if it is waiting or under way already, or its file is no longer kept.
    """
    recepcion = Recepcion.objects.select_for_update().get(pk=recepcion.pk)
    if recepcion.estado == Recepcion.Estado.RECIBIDA or (
        recepcion.estado == Recepcion.Estado.EN_CURSO and not se_interrumpio(recepcion)
    ):
        raise ValidationError("Ese archivo ya se está atendiendo.")
    if not Recepcion.objects.con_archivo().filter(pk=recepcion.pk).exists():
        raise ValidationError(YA_NO_ESTA)
    for nombre, valor in opciones.items():
        setattr(recepcion, nombre, valor)
    recepcion.estado = Recepcion.Estado.RECIBIDA
    recepcion.encolada, recepcion.terminada, recepcion.latido = timezone.now(), None, None
    recepcion.paso, recepcion.avance, recepcion.mensaje, recepcion.informe = "", 0, "", {}
    recepcion.full_clean(exclude=["usuario", "pedida_por"])
    recepcion.save()
    return recepcion


def se_interrumpio(recepcion: Recepcion) -> bool:
    """True if it says to be under way and nobody is at it: the process died."""
    return (
        recepcion.estado == Recepcion.Estado.EN_CURSO
        and timezone.now() - recepcion.latido > SIN_LATIDO
        and recepcion.pk not in atendidas([recepcion.pk])
    )


@transaction.atomic
def marcar_interrumpidas(*, sin_dueno: Iterable[Any] = ()) -> list[Recepcion]:
    """Those whose process died, marked as such; `sin_dueno` are tasks of the queue that somebody took and left."""
    calladas = Q(estado=Recepcion.Estado.EN_CURSO, latido__lt=timezone.now() - SIN_LATIDO)
    abandonadas = Q(estado=Recepcion.Estado.RECIBIDA, tarea__in=list(sin_dueno))
    # Two processes may look at once: whoever comes second leaves them to the first.
    sospechosas = list(Recepcion.objects.select_for_update(skip_locked=True).filter(calladas | abandonadas))
    vivas = atendidas([recepcion.pk for recepcion in sospechosas])
    muertas = [recepcion for recepcion in sospechosas if recepcion.pk not in vivas]
    for recepcion in muertas:
        _terminar(recepcion, _Final(Recepcion.Estado.INTERRUMPIDA, SE_INTERRUMPIO))
    return muertas


def atender(*, pk: int) -> Recepcion | None:
    """Load an uploaded file and record how it ended. None if another process has it or it is not waiting."""
    with Vigia(pk) as vigia:
        if not vigia.tomar():
            return None
        recepcion = _empezar(pk)
        if recepcion is None:
            return None
        try:
            final = _cargar(recepcion, vigia.avisar)
        except ArchivoInvalido as error:
            final = _Final(Recepcion.Estado.CON_ERRORES, *_explicar(error))
        except trozos.ArchivoIncompleto:
            final = _Final(Recepcion.Estado.CON_ERRORES, YA_NO_ESTA)
        except Exception:
            referencia = secrets.token_hex(4)
            registro.exception("Falló la carga del archivo subido %s (referencia %s)", pk, referencia)
            connection.close_if_unusable_or_obsolete()
            final = _Final(
                Recepcion.Estado.INTERRUMPIDA,
                "No se pudo cargar por una falla del portal, no de tu archivo. No quedó nada a medias. "
                f"Si se repite, avisa a quien lo administra con esta referencia: {referencia}.",
            )
        return _terminar(recepcion, final)


@transaction.atomic
def quedarse_con(*, nueva: Recepcion | None, anterior: Recepcion | None, sirve: bool) -> Recepcion | None:
    """Of what has just come with a form and what had come before, the one that it goes on with.

    A file that is good takes the place of the draft before it; one that is not goes away, and
    what had come before stays.
    """
    sobra = anterior if sirve else nueva
    if sobra is not None and sobra.estado == Recepcion.Estado.BORRADOR:
        _tirar(sobra)
    return nueva if sirve else anterior


@transaction.atomic
def la_misma(*, recepcion: Recepcion, **opciones: Any) -> Recepcion | None:
    """Another upload by the same person, of the same files and asked for alike, that has not ended.

    It is a button pressed twice: the draft goes and the first one stays. Two at the same
    instant take turns by person.
    """
    if recepcion.estado != Recepcion.Estado.BORRADOR:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_CLASE_POR_PERSONA, recepcion.usuario_id])
    huellas = _huellas(recepcion)
    otras = Recepcion.objects.sin_terminar().filter(usuario=recepcion.usuario_id, **opciones)
    for otra in otras.exclude(pk=recepcion.pk).prefetch_related("archivos"):
        if _huellas(otra) == huellas:
            _tirar(recepcion)
            return otra
    return None


@transaction.atomic
def descartar(*, recepcion: Recepcion) -> Recepcion | None:
    """Let the file of an upload go. Its record stays, but for a draft, of which nothing does: then None.

    Raises:
        ValidationError: if it is being loaded at this moment.
    """
    recepcion = Recepcion.objects.select_for_update().get(pk=recepcion.pk)
    if recepcion.estado == Recepcion.Estado.BORRADOR:
        _tirar(recepcion)
        return None
    if recepcion.estado == Recepcion.Estado.EN_CURSO:
        raise ValidationError("Se está cargando en este momento: espera a que termine.")
    if recepcion.estado == Recepcion.Estado.RECIBIDA:
        _terminar(recepcion, _Final(Recepcion.Estado.INTERRUMPIDA, "Se descartó antes de cargarlo."))
    trozos.borrar([recepcion.pk])
    return recepcion


def nadie_atiende(recepcion: Recepcion) -> bool:
    """True if it has waited a while, and no process is at work on it or on any other."""
    if recepcion.estado == Recepcion.Estado.EN_CURSO:
        return se_interrumpio(recepcion)
    return recepcion.espera_de_mas and not atendidas(Recepcion.objects.sin_terminar().values_list("pk", flat=True))


def olvidar_archivos(*, ahora: dt.datetime | None = None) -> int:
    """Delete the files of uploads that ended, or were left half asked for, days ago. Returns how many uploads."""
    limite = (ahora or timezone.now()) - dt.timedelta(days=DIAS_DE_GRACIA)
    viejas = Recepcion.objects.con_archivo().filter(terminada__lt=limite)
    a_medias = Recepcion.objects.filter(estado=Recepcion.Estado.BORRADOR, creada__lt=limite)
    cuales = [*viejas.values_list("pk", flat=True), *a_medias.values_list("pk", flat=True)]
    trozos.borrar(cuales)
    a_medias.delete()
    return len(cuales)


def _tirar(recepcion: Recepcion) -> None:
    """Delete a draft and its file."""
    trozos.borrar([recepcion.pk])
    recepcion.delete()


def _huellas(recepcion: Recepcion) -> list[str]:
    return sorted(archivo.sha256 for archivo in recepcion.archivos.all())


def _empezar(pk: int) -> Recepcion | None:
    ahora = timezone.now()
    tomadas = Recepcion.objects.filter(pk=pk, estado=Recepcion.Estado.RECIBIDA).update(
        estado=Recepcion.Estado.EN_CURSO,
        empezada=ahora,
        latido=ahora,
        intentos=F("intentos") + 1,
        paso="Junto el archivo",
    )
    return Recepcion.objects.get(pk=pk) if tomadas else None


def _terminar(recepcion: Recepcion, final: _Final) -> Recepcion:
    recepcion.estado, recepcion.mensaje, recepcion.informe = final.estado, final.mensaje, final.informe
    recepcion.carga, recepcion.edicion = final.carga, final.edicion
    recepcion.terminada = timezone.now()
    campos = ["estado", "mensaje", "informe", "carga", "edicion", "terminada"]
    if recepcion.estado in (Recepcion.Estado.LISTA, Recepcion.Estado.SIN_CAMBIO):
        recepcion.paso, recepcion.avance = "Listo", 100
        campos += ["paso", "avance"]
    recepcion.save(update_fields=campos)
    if not _puede_repetirse(recepcion):
        trozos.borrar([recepcion.pk])
    return recepcion


def _puede_repetirse(recepcion: Recepcion) -> bool:
    """Whether its file is still good for something: to load what was rehearsed, to force, to try again."""
    if recepcion.estado == Recepcion.Estado.LISTA:
        return recepcion.simular
    return recepcion.estado != Recepcion.Estado.SIN_CAMBIO or recepcion.se_puede_forzar


def _cargar(recepcion: Recepcion, avisar: Avisar) -> _Final:
    """Put the file together and give it to the operation that knows its kind."""
    with TemporaryDirectory(prefix=PREFIJO) as carpeta:
        archivos = list(recepcion.archivos.order_by("parte"))
        rutas = []
        for archivo in archivos:
            rutas.append(Path(carpeta) / f"{archivo.parte}{Path(archivo.nombre).suffix[:8].lower()}")
            trozos.armar(archivo, rutas[-1])
        nombres = [archivo.nombre for archivo in archivos]

        def avanzar(paso: str, avance: float) -> None:
            avisar(paso, _DEL_ARMADO + (1 - _DEL_ARMADO) * avance)

        avanzar("Leo el archivo", 0)
        if recepcion.tipo == Recepcion.Tipo.POBLACION:
            return _cargar_poblacion(recepcion, rutas, nombres, avanzar)
        return _cargar_incidencia(recepcion, rutas[0], nombres[0], avanzar)


def _cargar_incidencia(recepcion: Recepcion, ruta: Path, nombre: str, avisar: Avisar) -> _Final:
    hecho = cargar_incidencia(
        ruta=ruta,
        nombre=nombre,
        corte=recepcion.corte,
        forzar=recepcion.forzar,
        simular=recepcion.simular,
        usuario=recepcion.pedida_por,
        avisar=avisar,
    )
    informe = {"avisos": hecho.avisos, "controles": [list(control) for control in hecho.controles]}
    if not hecho.cambio:
        return _Final(Recepcion.Estado.SIN_CAMBIO, hecho.mensaje, informe, carga=hecho.carga)
    return _Final(Recepcion.Estado.LISTA, hecho.mensaje, informe, carga=None if recepcion.simular else hecho.carga)


def _cargar_poblacion(recepcion: Recepcion, rutas: list[Path], nombres: list[str], avisar: Avisar) -> _Final:
    hecho = cargar_poblacion(
        rutas=rutas,
        nombres=nombres,
        edicion=recepcion.nombre_de_edicion,
        usar=recepcion.usar,
        simular=recepcion.simular,
        usuario=recepcion.pedida_por,
        avisar=avisar,
    )
    estado = Recepcion.Estado.LISTA if hecho.cambio else Recepcion.Estado.SIN_CAMBIO
    edicion = None if hecho.cambio and recepcion.simular else hecho.edicion
    informe = {"avisos": hecho.avisos, "habitantes": [list(anio) for anio in sorted(hecho.nacionales.items())]}
    return _Final(estado, hecho.mensaje, informe, edicion=edicion)


def _explicar(error: ArchivoInvalido) -> tuple[str, dict[str, Any]]:
    """What is said of a file that was refused, and its report if it has one."""
    if not isinstance(error, ArchivoConErrores):
        return str(error), {}
    informe = error.informe
    veces = "un error" if informe.total == 1 else f"{informe.total:,} errores"
    return f"No se cargó nada: el archivo tiene {veces}.", {
        "total": informe.total,
        "cuenta": [[clase, veces] for clase, veces in informe.por_clase.most_common()],
        "fallas": [
            {"linea": falla.linea, "columna": falla.columna, "valor": falla.valor, "motivo": falla.motivo}
            for falla in informe.primeras
        ],
        "se_puede_forzar": informe.se_puede_forzar,
    }
