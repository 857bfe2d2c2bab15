"""El teclado y la pantalla de una persona, que dos hilos usan a la vez.

Un hilo espera lo que la persona escribe (`leer`) mientras otro muestra lo que llega (`mostrar`).
Hay tres consolas, y `abrir_consola` elige:

- `ConsolaAvanzada` (en consola_avanzada.py), en una terminal, si está instalado prompt_toolkit;
- `ConsolaDeTerminal`, en una terminal, con lo que trae Python;
- `Consola`, sin terminal: la entrada o la salida son una tubería o un archivo.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TextIO, cast

from chatlab.errores import ErrorDePantalla, ErrorParaPersonas
from chatlab.filas import avance_del_cursor, en_filas
from chatlab.opciones import Argumentos
from chatlab.protocolo import Decodificador, Recibida, limpiar
from chatlab.sin_esperar import (
    escribir_entero,
    espera_si_hace_falta,
    esperar_algo,
    sin_buffers,
)

try:  # en Linux y macOS: cómo está la terminal, y qué lleva escrito la persona
    import readline
    import termios
except ImportError:  # en Windows no existen
    readline = None  # type: ignore[assignment]
    termios = None  # type: ignore[assignment]

PREGUNTA = "Tú: "


class Consola:
    """Sin terminal: lee líneas de la entrada y escribe líneas en la salida."""

    #: Hay una persona mirando, que puede contestar.
    interactiva = False

    def __init__(self) -> None:
        self._decodificador = Decodificador()
        self._leidas: deque[Recibida] = deque()
        self._candado = threading.Lock()

    def leer(self) -> str:
        """Devuelve la siguiente línea que escribe la persona; lanza `EOFError` si no hay más."""
        while True:
            linea = self._siguiente()
            if isinstance(linea, str):
                self.mostrar(f"{PREGUNTA}{linea}")
                return linea
            self.mostrar(f"! No se ha enviado. {linea.motivo}")

    def _siguiente(self) -> Recibida:
        while not self._leidas:
            # Sin buffer de Python por medio: un hilo que espera aquí no impide terminar.
            with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as entrada:
                datos = entrada.read(65536)
            if datos is None:  # no hay nada todavía, y esta entrada no espera
                esperar_algo(sys.stdin)
            elif datos:
                self._leidas.extend(self._decodificador.recibir(datos))
            else:
                ultima = self._decodificador.terminar()
                if ultima is None:
                    raise EOFError
                self._leidas.append(ultima)
        return self._leidas.popleft()

    def lineas(self) -> Iterator[str]:
        """Las líneas que escribe la persona, hasta que no haya más."""
        while True:
            try:
                yield self.leer()
            except EOFError:
                return

    def mostrar(self, texto: str) -> None:
        """Escribe una línea en la pantalla."""
        with self._candado:
            escribir(f"{texto}\n")

    def preguntar(self, ahora: bool) -> None:
        """Enseña o aparta la pregunta a la que la persona está contestando."""

    def cerrar(self) -> None:
        """Deja la terminal como estaba."""


class ConsolaDeTerminal(Consola):
    """Una terminal: lo que llega aparece encima de la línea que la persona está escribiendo.

    La línea la lleva readline, que no cuenta dónde tiene el cursor: se supone al final. Si la
    persona lo había llevado atrás, verá su línea descolocada hasta que llegue otra cosa o pulse
    Intro; lo que envía está bien.
    """

    interactiva = True

    def __init__(self) -> None:
        super().__init__()
        self._pregunta = PREGUNTA
        self._leyendo = False  # la pregunta está a la vista, y detrás lo que se va escribiendo
        self._como_estaba = termios.tcgetattr(sys.stdin) if termios else None
        self._readline_avisa = bool(readline) and "libedit" not in (readline.__doc__ or "")
        if self._readline_avisa:
            readline.set_startup_hook(self._va_a_salir_la_pregunta)
            readline.set_pre_input_hook(self._ya_esta_la_pregunta)
            # De lo que se pega, cada línea es una línea, como si se tecleara.
            readline.parse_and_bind("set enable-bracketed-paste off")

    def _va_a_salir_la_pregunta(self) -> None:
        self._candado.acquire()  # mientras sale, lo que llega espera: no se mezclan
        # Si algo llegó justo tras el Intro anterior, la línea ya enviada se repuso aquí.
        escribir("\r\x1b[J")

    def _ya_esta_la_pregunta(self) -> None:
        self._leyendo = True
        self._candado.release()

    def leer(self) -> str:
        self._leyendo = not self._readline_avisa
        try:
            return limpiar(input(self._pregunta))
        finally:
            self._leyendo = False

    def mostrar(self, texto: str) -> None:
        filas = para_pantalla(texto)
        with self._candado:
            if self._leyendo:
                escribir(f"{self._apartar_linea()}{filas}\n{self._reponer_linea()}")
            else:
                escribir(f"{filas}\n")

    def preguntar(self, ahora: bool) -> None:
        with self._candado:
            anterior = self._apartar_linea() if self._leyendo else ""
            self._pregunta = PREGUNTA if ahora else ""
            if self._leyendo:
                escribir(f"{anterior}{self._reponer_linea()}")

    def cerrar(self) -> None:
        with self._candado:
            if self._leyendo:
                escribir(self._apartar_linea())
            self._leyendo = False
            if self._como_estaba:
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._como_estaba)

    def _linea(self) -> str:
        return self._pregunta + (readline.get_line_buffer() if readline else "")

    def _apartar_linea(self) -> str:
        """Lo que borra de la pantalla la pregunta y lo escrito (ECMA-48: CUU, ED)."""
        if not readline:
            return "\n"  # no sabemos qué hay escrito: se deja a la vista
        filas, _ = avance_del_cursor(self._linea(), columnas())
        return "\r" + (f"\x1b[{filas}A" if filas else "") + "\x1b[J"

    def _reponer_linea(self) -> str:
        """Lo que vuelve a poner la línea en la pantalla, con el cursor donde lo deja readline."""
        linea = self._linea()
        filas, columna = avance_del_cursor(linea, columnas())
        # Tras llenar la última columna, la terminal no baja hasta que se escribe algo más.
        return f"{linea} \r" if filas and columna == 0 else linea


def abrir_consola() -> Consola:
    """La mejor consola que permite el sitio en que se ejecuta el programa."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Consola()
    if importlib.util.find_spec("prompt_toolkit"):
        from chatlab.consola_avanzada import ConsolaAvanzada

        return ConsolaAvanzada()
    return ConsolaDeTerminal()


def para_pantalla(texto: str) -> str:
    """Lo que viene de la red, como se escribe: en una terminal, partido en filas con su señal."""
    return en_filas(texto, columnas()) if sys.stdout.isatty() else texto


def columnas() -> int:
    """Las que tiene ahora la terminal."""
    try:
        reales = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        reales = 0
    return reales or shutil.get_terminal_size().columns


def escribir(texto: str) -> None:
    """Escribe en la salida estándar, ya; lanza `ErrorDePantalla` si nadie la lee."""
    try:
        if espera_si_hace_falta(sys.stdout):
            sys.stdout.write(texto)
            sys.stdout.flush()
        else:
            escribir_entero(sin_buffers(sys.stdout), texto.encode(errors="replace"))
    except OSError as error:
        raise ErrorDePantalla("Nadie lee la salida de este programa: lo dejo aquí.") from error


# --- Empezar y terminar un programa ------------------------------------------------------------


def preparar() -> None:
    """UTF-8 en todas partes, y las señales de terminar convertidas en Ctrl+C."""
    sys.stdin = sys.stdin or _en_su_lugar("r")
    sys.stdout = sys.stdout or _en_su_lugar("w")
    sys.stderr = sys.stderr or _en_su_lugar("w")
    for flujo in (sys.stdin, sys.stdout, sys.stderr):
        flujo.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    _al_pedir_el_final(signal.default_int_handler)


def al_pedir_el_final(hacer: Callable[[], None]) -> None:
    """Desde ahora, Ctrl+C llama a `hacer` en lugar de interrumpir lo que se esté haciendo."""
    _al_pedir_el_final(lambda _senal, _marco: hacer())


def _al_pedir_el_final(atender: Callable[[int, FrameType | None], Any]) -> None:
    # SIGINT es Ctrl+C (un programa arrancado con «&» lo hereda sin efecto); SIGTERM, `kill`;
    # SIGHUP, que han cerrado la terminal; SIGBREAK, Ctrl+Pausa en Windows.
    for senal in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, senal) and not _sigue_sin_terminal(senal):
            signal.signal(getattr(signal, senal), atender)


def _sigue_sin_terminal(senal: str) -> bool:
    """Quien arranca un programa con `nohup` quiere que siga cuando se cierre la terminal."""
    return senal == "SIGHUP" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def _en_su_lugar(modo: str) -> TextIO:
    """Lo que se lee o escribe si el programa nació con la entrada o la salida cerradas: nada."""
    return cast(TextIO, Path(os.devnull).open(modo, encoding="utf-8"))


def ejecutar(programa: Callable[[Argumentos], int], argumentos: Argumentos = None) -> NoReturn:
    """Ejecuta un programa de principio a fin y termina el proceso con su código.

    Un `ErrorParaPersonas` se muestra en una frase; Ctrl+C es una forma normal de terminar.
    """
    preparar()
    try:
        codigo = programa(argumentos)
    except KeyboardInterrupt:
        codigo = 0
    except ErrorParaPersonas as error:
        _contar(error)
        codigo = error.codigo
    terminar(codigo)


def _contar(error: ErrorParaPersonas) -> None:
    try:
        print(error, file=sys.stderr)
    except OSError:
        pass  # también se ha cerrado: no hay a quién contárselo


def terminar(codigo: int) -> NoReturn:
    """Termina el proceso ya, aunque un hilo siga esperando al teclado.

    Esperar al teclado no se puede interrumpir desde otro hilo en todos los sistemas, y al
    terminar del modo normal Python esperaría por él.
    """
    for flujo in (sys.stdout, sys.stderr):
        try:
            flujo.flush()
        except OSError:
            pass  # nadie lee ya ese flujo
    os._exit(codigo)
