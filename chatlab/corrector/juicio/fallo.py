"""Por qué ha fallado una comprobación, con todo lo que se sabe de la escena."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import takewhile

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.de_quien import es_de_la_entrega
from chatlab.corrector.diagnostico.deducciones.cierre import donde_se_cerro
from chatlab.corrector.diagnostico.deducciones.inundacion import quien_inunda
from chatlab.corrector.diagnostico.error import avisos_del_codigo, explicar_error, explicar_sockets
from chatlab.corrector.diagnostico.explicaciones.eleccion import DE_PROGRAMACION
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo, visto
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.diagnostico.relato.ausentes import quien_no_lee
from chatlab.corrector.historias.deducir import deducir
from chatlab.corrector.historias.escena import SERVIDOR, Escena
from chatlab.corrector.historias.espia_en_medio import ESPIA
from chatlab.sonda import Suceso

#: Avisos del código que acompañan a un fallo: más serían ruido.
MAX_AVISOS = 2
#: Lo que dicen tanto la red como quien ejecuta la comprobación: con una vez basta.
_LO_MISMO = ("llega cambiado", "devolvió vacío", "terminó solo")
#: Frases tecleadas, las últimas, que se buscan por si llegan cambiadas.
MAX_FRASES = 40


def explicar_fallo(
    escena: Escena, pasa: Collection[Pasa], causa: str = "", *, al_arrancar: bool = False
) -> list[Hallazgo]:
    """De más a menos seguro: el límite pasado, el error de Python, los sockets, el código.

    `pasa` es lo que pasa en la comprobación, y `causa`, lo que ha visto quien la ejecuta.
    `al_arrancar` es que se juzga cómo arranca el servidor: que termine lo explican sus sockets.
    """
    solo = escena.como_termino_solo()
    mal = bool(solo and escena.terminales[SERVIDOR].codigo)
    if mal and not al_arrancar and _el_error(escena) is None:
        return [visto(solo)]  # sin servidor, lo que les pase a los clientes viene de ahí
    paso = _lo_que_paso(escena, pasa)
    causa = causa if mal else solo or causa
    if causa and not any(
        dicho in uno.causa for uno in paso for dicho in _LO_MISMO if dicho in causa
    ):
        antes = list(takewhile(_dice_mas, paso))
        paso = [*antes, visto(limpiar(causa)), *paso[len(antes) :]]
    if not escena.jaula.exceso:
        return paso
    detenido = visto(f"Se ha detenido: {escena.jaula.exceso}.")
    # Un cliente puede girar porque el servidor se ha caído: antes va por qué se cayó.
    antes = [uno for uno in paso[:1] if uno.error is not None and uno.de == SERVIDOR]
    return [*antes, detenido, *paso[len(antes) :]]


def _dice_mas(hallazgo: Hallazgo) -> bool:
    """Si dice más que lo que se vio en una pantalla: un error, lo que se sigue del código, dónde.

    O que alguien gira con sus `recv` vacíos: lo que llena la pantalla sale de ahí.
    """
    if _es_sospecha(hallazgo):
        return False
    es_seguro = hallazgo.error is not None or hallazgo.grado is Grado.SE_SIGUE
    return es_seguro or hallazgo.lugar is not None or "devolvió vacío" in hallazgo.causa


def _lo_que_paso(escena: Escena, pasa: Collection[Pasa]) -> list[Hallazgo]:
    hechos = deducir(escena, pasa)
    if (inunda := _quien_inunda(escena)) is not None:
        escena.detener_a_todos()  # con tanto tráfico, explicarlo tardaría más que corregirlo
        hechos.insert(0, inunda)
    elif not any(uno.grado is Grado.SE_SIGUE for uno in hechos):
        hechos += _explicar_sockets(escena)  # si ya se sabe por qué no termina, sobra quién habló
    if (error := _el_error(escena)) is not None:
        if _es_de_programacion(error):
            return [error]
        return [error, *_donde_se_cerro(escena, error), *hechos]
    avisos = [*_avisos(escena, pasa), *_advertencias(escena)]
    seguros = [aviso for aviso in avisos if aviso.grado is not Grado.PUEDE_AYUDAR]
    sospechas = [aviso for aviso in avisos if aviso.grado is Grado.PUEDE_AYUDAR]
    return [*seguros[:MAX_AVISOS], *hechos, *sospechas[:MAX_AVISOS]]


# --- El error de Python ------------------------------------------------------------------------


def _el_error(escena: Escena) -> Hallazgo | None:
    """El error que explica el fallo, si hay alguno: antes una errata que un corte de la red.

    Entre iguales, el del servidor: si se cae, los clientes solo lo notan.
    """
    vistos = (error for error in _errores(escena) if not _es_sospecha(error))
    errores = sorted(vistos, key=lambda error: not _es_de_programacion(error))
    return errores[0] if errores else None


def _errores(escena: Escena) -> Iterator[Hallazgo]:
    """Los errores que pueden explicar este fallo, y no los de antes ni los de quien ya se fue.

    De antes cuenta lo que tuvo su efecto ahora: el error de un servidor que ya no está en marcha,
    o de quien ha dejado de leer.
    """
    ausentes: Collection[str] = ()
    if _quien_inunda(escena) is None:
        ausentes = quien_no_lee(escena.testigo.sucesos(), _nombres(escena), SERVIDOR, escena.desde)
    presentes = sorted(escena.reparto.presentes(), key=lambda uno: uno[0] != SERVIDOR)
    for nombre, terminal in presentes:
        de_siempre = nombre in ausentes or (nombre == SERVIDOR and not terminal.vivo)
        pantalla = terminal.pantalla if de_siempre else escena.reparto.escrito_ahora(nombre)
        if (error := explicar_error(pantalla, escena.jaula.carpeta)) is not None:
            yield replace(error, de=nombre)


def _advertencias(escena: Escena) -> list[Hallazgo]:
    """De lo que Python avisa al leer los programas; lo de un mismo lugar, una vez."""
    return list({uno.lugar: uno for uno in _errores(escena) if _es_sospecha(uno)}.values())


def _es_sospecha(hallazgo: Hallazgo) -> bool:
    """De lo que Python solo avisa: no ha parado nada, y no es la causa."""
    return hallazgo.grado is Grado.PUEDE_AYUDAR


def _donde_se_cerro(escena: Escena, error: Hallazgo) -> list[Hallazgo]:
    terminal = escena.terminales.get(error.de)
    suyos = [uno for uno in escena.testigo.sucesos() if terminal and uno.pid == terminal.pid]
    cierre = donde_se_cerro(error, escena.jaula.carpeta, suyos)
    return [cierre] if cierre is not None else []


def _es_de_programacion(hallazgo: Hallazgo) -> bool:
    return hallazgo.error is not None and hallazgo.error.tipo in DE_PROGRAMACION


# --- Lo demás ----------------------------------------------------------------------------------


def _avisos(escena: Escena, pasa: Collection[Pasa]) -> list[Hallazgo]:
    # Un servidor para una sola persona puede aceptar una vez: no es un descuido.
    hay_varios_clientes = len(escena.terminales.keys() - {SERVIDOR, ESPIA}) > 1
    return avisos_del_codigo(
        escena.jaula.carpeta,
        [escena.entrega.servidor, escena.entrega.cliente],
        varios=hay_varios_clientes,
        pasa=pasa,
    )


def _quien_inunda(escena: Escena) -> Hallazgo | None:
    tecleado = {
        nombre: sum(len(linea.encode()) for linea in terminal.tecleado)
        for nombre, terminal in escena.terminales.items()
    }
    return quien_inunda(escena.testigo.sucesos(), _nombres(escena), tecleado)


def _explicar_sockets(escena: Escena) -> list[Hallazgo]:
    if ESPIA in escena.terminales:
        return []  # lo que ha pasado por el cable lo cuenta él mismo, en su pantalla
    sucesos = [suceso for suceso in escena.testigo.sucesos() if _viene_al_caso(escena, suceso)]
    return explicar_sockets(
        sucesos,
        _nombres(escena),
        desde=escena.desde,
        escrito=escena.escrito[-MAX_FRASES:],
        chat=escena.uso.con_nombres,
    )


def _viene_al_caso(escena: Escena, suceso: Suceso) -> bool:
    """De los programas del corrector que conectan por su cuenta, sus errores no son de nadie."""
    suyo = suceso.programa in (escena.entrega.servidor.name, escena.entrega.cliente.name)
    return suyo or suceso.tipo not in ("arranca", "fallo", "prohibido")


def _nombres(escena: Escena) -> dict[int, str]:
    """De quién es cada proceso; los del corrector que conectan por su cuenta son «un cliente»."""
    return {
        terminal.pid: nombre
        for nombre, terminal in escena.terminales.items()
        if terminal.pid is not None and es_de_la_entrega(nombre)
    }
