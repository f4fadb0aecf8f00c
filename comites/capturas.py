"""Every write of the page of a session: its form, its operation and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from comites import forms_modo as formas
from comites.asientos import asientos
from comites.models import Acuerdo, Movimiento, Sesion
from comites.operaciones import agregar_punto, completar_lista, pasar_lista
from comites.operaciones_acuerdos import registrar_acuerdo
from comites.operaciones_capturas import Resultado
from comites.operaciones_lista import (
    anotar_movimiento,
    guardar_lista,
    invitar,
    pasar_lista_con_nombre,
    quitar_invitado,
)
from comites.operaciones_modo import SE_PRORROGA, anotar_desenlace, completar_acuerdo, revisar_acuerdo, tomar_punto
from comites.permisos import responde_por
from comites.sala import momento
from comun.formatos import fecha_larga

Datos = Mapping[str, Any]


@dataclass(frozen=True)
class Escritura:
    """One kind of write.

    Args:
        titulo: what the page that asks to correct it is called.
        dicho: what it did, for the list of what others wrote («anotó la asistencia de alguien»).
        forma: its form.
        hacer: session, account and valid form → what was left.
    """

    titulo: str
    dicho: str
    forma: type[formas.Anotacion]
    hacer: Callable[[Sesion, Any, formas.Anotacion], Resultado]


def _instante(sesion: Sesion, datos: Datos) -> Any:
    return momento(sesion, hora=datos.get("hora"), dicho_el=datos["dicho_el"])


def _de_asientos(cambios: Mapping[int, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    return {f"asistencia:{pk}": par for pk, par in cambios.items()}


def _asistencia(sesion: Sesion, usuario: Any, form: formas.Anotacion) -> Resultado:
    datos = form.cleaned_data
    asiento = asientos(sesion).filter(pk=datos["integrante"]).first()
    if asiento is None:
        raise ValidationError(formas.RECONOCER)
    detalles = {campo: datos[campo] for campo in ("suplente", "nivel_suplente", "motivo") if campo in form.data}
    fila = pasar_lista(sesion=sesion, integrante=asiento, estado=datos["estado"], version=datos["version"], **detalles)
    objeto = f"asistencia:{asiento.pk}"
    versiones = {objeto: (fila.version - 1, fila.version)}
    return Resultado(objeto, "Guardamos la asistencia.", f"asiento-{asiento.pk}", versiones)


def _lista(sesion: Sesion, usuario: Any, form: formas.ListaCompleta) -> Resultado:
    cambios = guardar_lista(sesion=sesion, anotadas=form.anotadas())
    return Resultado("lista", "Guardamos la lista.", "lista", _de_asientos(cambios))


def _todos(sesion: Sesion, usuario: Any, form: formas.Anotacion) -> Resultado:
    estado = form.cleaned_data["estado"]
    faltaban = completar_lista(sesion=sesion, estado=estado)
    que = ("presencia", "presencias") if estado == "presente" else ("ausencia", "ausencias")
    mensaje = f"Anotamos {len(faltaban)} {que[len(faltaban) != 1]}."
    return Resultado("lista", mensaje, "lista", _de_asientos({asiento.pk: (0, 1) for asiento in faltaban}))


def _movimiento(tipo: str) -> Callable[[Sesion, Any, formas.Anotacion], Resultado]:
    def hacer(sesion: Sesion, usuario: Any, form: formas.Anotacion) -> Resultado:
        datos = form.cleaned_data
        pk = datos["integrante"]
        movimiento, par = anotar_movimiento(sesion=sesion, integrante=pk, tipo=tipo, hora=_instante(sesion, datos))
        mensaje = "Anotamos la hora." if movimiento else "Ya estaba anotado."
        return Resultado(f"asistencia:{pk}", mensaje, f"asiento-{pk}", _de_asientos({pk: par}))

    return hacer


def _pase(sesion: Sesion, usuario: Any, form: formas.Anotacion) -> Resultado:
    datos = form.cleaned_data
    pase, cambios = pasar_lista_con_nombre(
        sesion=sesion, nombre=datos["nombre"], hora=_instante(sesion, datos), en_sala=datos["en_sala"]
    )
    return Resultado(f"pase:{pase.pk}", f"Pase guardado. {pase.quorum.en_palabras()}", "pases", _de_asientos(cambios))


def _invitado(sesion: Sesion, usuario: Any, form: formas.Anotacion) -> Resultado:
    fila = invitar(sesion=sesion, nombre=form.cleaned_data["nombre"], institucion=form.cleaned_data["institucion"])
    return Resultado(f"invitado:{fila.pk}", "Anotamos a la persona invitada.", "invitados")


def _quitar_invitado(sesion: Sesion, usuario: Any, form: formas.Anotacion) -> Resultado:
    pk = form.cleaned_data["invitado"]
    quitar_invitado(sesion=sesion, invitado=pk)
    return Resultado(f"invitado:{pk}", "Quitamos a la persona invitada.", "invitados")


def _turno(sesion: Sesion, usuario: Any, form: formas.Anotacion) -> Resultado:
    punto = tomar_punto(sesion=sesion, punto=form.cleaned_data["punto"], hora=_instante(sesion, form.cleaned_data))
    return Resultado(f"turno:{punto.pk}", f"Van en el punto {punto.orden}.", f"punto-{punto.pk}")


def _desenlace(sesion: Sesion, usuario: Any, form: formas.Anotacion) -> Resultado:
    campos = ("punto", "desenlace", "resumen", "version")
    fila = anotar_desenlace(sesion=sesion, **{campo: form.cleaned_data[campo] for campo in campos})
    objeto = f"punto:{fila.pk}"
    return Resultado(objeto, "Guardamos el punto.", f"punto-{fila.pk}", {objeto: (fila.version - 1, fila.version)})


def _punto(sesion: Sesion, usuario: Any, form: formas.Anotacion) -> Resultado:
    fila = agregar_punto(sesion=sesion, titulo=form.cleaned_data["titulo"])
    return Resultado(f"punto:{fila.pk}", "Agregamos el punto.", f"punto-{fila.pk}")


def _lo_que_falta(acuerdo: Any) -> str:
    cuantas = len(acuerdo.lo_que_falta())
    return f" Le falta{'n' if cuantas > 1 else ''} {cuantas} dato{'s' if cuantas > 1 else ''}." if cuantas else ""


def _acuerdo(sesion: Sesion, usuario: Any, form: formas.AcuerdoEnTres) -> Resultado:
    fila = registrar_acuerdo(sesion=sesion, **form.del_acuerdo())
    mensaje = f"Guardamos el acuerdo {fila.folio}.{_lo_que_falta(fila)}"
    return Resultado(f"acuerdo:{fila.pk}", mensaje, f"acuerdo-{fila.folio}")


def _completar(sesion: Sesion, usuario: Any, form: formas.LoQueFalta) -> Resultado:
    datos = form.cleaned_data
    fila = completar_acuerdo(sesion=sesion, folio=datos["folio"], version=datos["version"], **form.del_acuerdo())
    objeto = f"acuerdo:{fila.pk}"
    mensaje = f"Guardamos el acuerdo {fila.folio}.{_lo_que_falta(fila)}"
    return Resultado(objeto, mensaje, f"acuerdo-{fila.folio}", {objeto: (fila.version - 1, fila.version)})


def _revision(sesion: Sesion, usuario: Any, form: formas.Anotacion) -> Resultado:
    datos = form.cleaned_data
    suyos = Acuerdo.objects.editables_por(usuario).por_revisar_en(sesion).con_contexto()
    acuerdo = suyos.filter(folio=datos["folio"]).first()
    if acuerdo is None:
        raise ValidationError("Ese acuerdo no es de los que revisa esta sesión.")
    campos = ("folio", "que", "texto", "al", "version")
    fila = revisar_acuerdo(
        sesion=sesion,
        autor=usuario,
        responde=responde_por(usuario, acuerdo),
        **{campo: datos[campo] for campo in campos},
    )
    pasos = fila.avances.count() + fila.prorrogas.count()
    objeto = f"revision:{fila.pk}"
    mensaje = f"Quedó: {fila.get_estado_display().lower()}."
    if datos["que"] == SE_PRORROGA:
        mensaje = f"Quedó prorrogado al {fecha_larga(fila.vence)}."
    return Resultado(objeto, mensaje, f"revision-{fila.folio}", {objeto: (pasos - 1, pasos)})


LLEGADA, SALIDA = Movimiento.Tipo.LLEGADA.value, Movimiento.Tipo.SALIDA.value

ESCRITURAS: dict[str, Escritura] = {
    "asistencia": Escritura("Asistencia", "anotó una asistencia", formas.UnaAsistencia, _asistencia),
    "lista": Escritura("Lista de asistencia", "guardó la lista completa", formas.ListaCompleta, _lista),
    "todos": Escritura("Los demás de la lista", "completó la lista", formas.Todos, _todos),
    LLEGADA: Escritura("Llegada", "anotó una llegada", formas.Entrada, _movimiento(LLEGADA)),
    SALIDA: Escritura("Salida", "anotó una salida", formas.Entrada, _movimiento(SALIDA)),
    "pase": Escritura("Pase de lista", "pasó lista otra vez", formas.PaseConNombre, _pase),
    "invitado": Escritura("Persona invitada", "anotó a una persona invitada", formas.UnInvitado, _invitado),
    "quitar-invitado": Escritura(
        "Persona invitada", "quitó a una persona invitada", formas.InvitadoDeMas, _quitar_invitado
    ),
    "turno": Escritura("Punto en turno", "pasó a otro punto", formas.PuntoEnTurno, _turno),
    "desenlace": Escritura("Punto del orden del día", "anotó un punto", formas.Desenlace, _desenlace),
    "punto": Escritura("Nuevo punto", "agregó un punto", formas.UnPunto, _punto),
    "acuerdo": Escritura("Nuevo acuerdo", "anotó un acuerdo", formas.AcuerdoEnTres, _acuerdo),
    "completar": Escritura("Acuerdo de esta sesión", "completó un acuerdo", formas.LoQueFalta, _completar),
    "revision": Escritura("Acuerdo abierto", "revisó un acuerdo", formas.Revision, _revision),
}
"""By the last part of their address."""
