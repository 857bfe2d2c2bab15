"""Los momentos de la película de un fallo que conviene mirar: el primero, por el que se abre.

Salen de lo mismo que el informe, y en el mismo orden: lo que se halló, lo que se esperaba y, si no
se sabe nada mejor, lo último que pasó.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.de_quien import SERVIDOR, al_principio, el_programa_de
from chatlab.corrector.diagnostico.hallazgo import ErrorDePython, Grado, Hallazgo
from chatlab.corrector.diagnostico.momento import Momento
from chatlab.corrector.diagnostico.relato.costuras import empieza_una_letra
from chatlab.corrector.escenario.fallos import NoSeSabeUsar
from chatlab.corrector.historias.escena import Escena, Fallo
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.corrector.modelo import Resultado
from chatlab.sonda import Suceso

#: Caracteres de un error por los que se le busca en la pantalla.
MAX_BUSCADO = 40
#: Caracteres de la frase de un momento.
MAX_FRASE = 250
#: Lo que hace un programa cuando no hace nada que se note.
_NO_ES_NADA = frozenset({"espera", "sigue", "paradero"})


def momentos_de(
    escena: Escena, resultado: Resultado, error: Exception, hasta: float
) -> list[Momento]:
    """Los que se saben, sin repetir, y al menos uno; ninguno pasa de `hasta` (`time.monotonic`)."""
    suyo = error.momento if isinstance(error, Fallo) else None
    contado = limpiar(error.causa) if isinstance(error, Fallo) and suyo else ""
    hallazgos = [
        # Lo que vio quien lanzó el fallo está entre los hallazgos, y su momento lo trae el fallo.
        replace(uno, momento=suyo) if contado and uno.causa == contado else uno
        for uno in resultado.hallazgos
    ]
    sabidos = list(_de_los_hallazgos(escena, hallazgos))
    # Lo que se esperaba de quien ha muerto con un error ya no dice nada.
    if suyo is not None and not any(hallazgo.error for hallazgo in resultado.hallazgos):
        sabidos.append(suyo)
    if isinstance(error, NoSeSabeUsar):
        sabidos = list(_la_pregunta(escena, hasta))
    sabidos = sabidos or [_lo_ultimo(escena, resultado, hasta)]
    limpios = [
        Momento(min(uno.instante, hasta), limpiar(uno.frase)[:MAX_FRASE], uno.de) for uno in sabidos
    ]
    return list(dict.fromkeys(limpios))


def _de_los_hallazgos(escena: Escena, hallazgos: Sequence[Hallazgo]) -> Iterator[Momento]:
    for hallazgo in hallazgos:
        if hallazgo.grado is Grado.PUEDE_AYUDAR:
            continue
        if hallazgo.momento is not None:
            yield hallazgo.momento
        elif hallazgo.error is not None and hallazgo.de in escena.terminales:
            yield from _del_error(escena, hallazgo.error, hallazgo.de)


# --- Un error de Python ------------------------------------------------------------------------


def _del_error(escena: Escena, error: ErrorDePython, de: str) -> Iterator[Momento]:
    """Cuándo salió en su pantalla; si es por una letra cortada, antes, cuándo se cortó."""
    terminal = escena.terminales[de]
    instante = _cuando_salio(terminal, error)
    if instante is None:
        return
    if error.tipo == "UnicodeDecodeError":
        yield from _letra_cortada(escena.testigo.sucesos(), terminal, de, instante)
    yield Momento(instante, f"Aquí {_que_acabo(terminal, error, de)}: {error}.", de)


def _que_acabo(terminal: Terminal, error: ErrorDePython, de: str) -> str:
    programa = el_programa_de(de)
    if error.hilo:
        de_quien = "del servidor" if de == SERVIDOR else f"del programa de {de}"
        return f"acabó el hilo «{error.hilo}» {de_quien}"
    if not terminal.vivo and terminal.hay_traceback:
        return f"terminó {programa}"
    return f"{programa} mostró un error"


def _cuando_salio(terminal: Terminal, error: ErrorDePython) -> float | None:
    """El instante en que acabó de salir en la pantalla; `None` si no se encuentra."""
    salidas = terminal.rollo.salidas
    texto = b"".join(trazo.datos for trazo in salidas)
    for buscado in (str(error)[:MAX_BUSCADO], error.tipo, error.mensaje[:MAX_BUSCADO]):
        lugar = texto.find(buscado.encode()) if buscado else -1
        for trazo in salidas if lugar >= 0 else ():
            lugar -= len(trazo.datos)
            if lugar < 0:
                return trazo.instante
    return None


def _letra_cortada(
    sucesos: Sequence[Suceso], terminal: Terminal, de: str, antes_de: float
) -> Iterator[Momento]:
    """La última lectura de su programa, antes del error, que acabó a mitad de una letra."""
    cortadas = [
        uno
        for uno in sucesos
        if uno.tipo == "recv" and uno.pid == terminal.pid and uno.instante <= antes_de
        if len(uno.datos) == uno.cuantos and empieza_una_letra(uno.datos)
    ]
    if cortadas:
        frase = f"Aquí `recv` devolvió {cortadas[-1].cuantos} bytes, y el último no acaba su letra."
        yield Momento(cortadas[-1].instante, frase, de)


# --- Lo que no se sabe contestar ---------------------------------------------------------------


def _la_pregunta(escena: Escena, hasta: float) -> Iterator[Momento]:
    """Lo último que salió en la pantalla de un cliente: es lo que no se sabe contestar."""
    salidas = [
        (trazo.instante, terminal.nombre)
        for terminal in escena.jaula.de_la_entrega
        for trazo in terminal.rollo.salidas
        if terminal.nombre != SERVIDOR and trazo.instante <= hasta
    ]
    if salidas:
        instante, de = max(salidas)
        frase = f"Esto es lo último que salió en la pantalla de {de}, y no se sabe qué contestar."
        yield Momento(instante, frase, de)


# --- Sin saber nada mejor ----------------------------------------------------------------------


def _lo_ultimo(escena: Escena, resultado: Resultado, hasta: float) -> Momento:
    """Lo último que se notó en la red, en una pantalla o en un teclado antes de rendirse."""
    instantes = [uno.instante for uno in escena.testigo.sucesos() if uno.tipo not in _NO_ES_NADA]
    instantes += [
        trazo.instante for terminal in escena.jaula.terminales for trazo in terminal.rollo.trazos
    ]
    ultimo = max((uno for uno in instantes if uno <= hasta), default=hasta)
    frase = "Esto es lo último que pasó."
    if resultado.esperado:
        frase = f"{frase} Se esperaba: {al_principio(resultado.esperado)}"
    return Momento(ultimo, frase)
