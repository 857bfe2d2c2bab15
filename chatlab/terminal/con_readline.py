"""La consola de terminal con lo que trae Python: la línea de entrada la lleva readline."""

from __future__ import annotations

import os
import select
import sys

from chatlab.chat.protocolo import limpiar
from chatlab.terminal.consola import PREGUNTA, Consola
from chatlab.terminal.filas import avance_del_cursor
from chatlab.terminal.salida import columnas, escribir, para_pantalla

try:  # en Linux y macOS: cómo está la terminal, y qué lleva escrito la persona
    import readline
    import termios
except ImportError:  # en Windows no existen
    readline = None  # type: ignore[assignment]
    termios = None  # type: ignore[assignment]


#: Segundos sin que llegue nada, para dar por acabado lo que se estaba pegando.
PAUSA_ENTRE_TROZOS = 0.05


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
        self._dada = ""  # la que se ha dado a readline para esta línea
        self._leyendo = False  # la pregunta está a la vista, y detrás lo que se va escribiendo
        self._como_estaba = termios.tcgetattr(sys.stdin) if termios else None
        self._lineas_sobrantes = 0
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
        if self._dada != self._pregunta:  # ha cambiado entre que se dio y que ha salido
            escribir(f"{apartar(self._dada)}{self._reponer_linea()}")
        self._candado.release()

    def leer(self) -> str:
        self._leyendo = not self._readline_avisa
        try:
            self._dada = self._pregunta
            return limpiar(input(self._dada))
        finally:
            self._leyendo = False

    def mostrar(self, texto: str) -> None:
        filas = para_pantalla(texto)
        with self._candado:
            if self._leyendo:
                escribir(f"{self._apartar_linea()}{filas}\n{self._reponer_linea()}")
            else:
                escribir(f"{filas}\n")

    def preguntar(self, pregunta: str) -> None:
        with self._candado:
            anterior = self._apartar_linea() if self._leyendo else ""
            self._pregunta = pregunta
            if self._leyendo:
                escribir(f"{anterior}{self._reponer_linea()}")

    def _devolver(self) -> None:
        with self._candado:
            if self._leyendo:
                escribir(self._apartar_linea())
            self._leyendo = False
            self._lineas_sobrantes = tirar_lo_tecleado()
            if self._como_estaba:
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._como_estaba)

    def _linea(self) -> str:
        return self._pregunta + (readline.get_line_buffer() if readline else "")

    def _apartar_linea(self) -> str:
        """Lo que borra de la pantalla la pregunta y lo escrito."""
        if not readline:
            return "\n"  # no sabemos qué hay escrito: se deja a la vista
        return apartar(self._linea())

    def _reponer_linea(self) -> str:
        """Lo que vuelve a poner la línea en la pantalla, con el cursor donde lo deja readline."""
        linea = self._linea()
        filas, columna = avance_del_cursor(linea, columnas())
        # Tras llenar la última columna, la terminal no baja hasta que se escribe algo más.
        return f"{linea} \r" if filas and columna == 0 else linea

    def _enteras_sin_leer(self) -> int:
        return self._lineas_sobrantes


def apartar(linea: str) -> str:
    """Lo que borra de la pantalla esa línea, con el cursor en su final (ECMA-48: CUU, ED)."""
    filas, _ = avance_del_cursor(linea, columnas())
    return "\r" + (f"\x1b[{filas}A" if filas else "") + "\x1b[J"


def tirar_lo_tecleado() -> int:
    """Vacía lo que la terminal aún no ha dado a nadie, y devuelve cuántas líneas eran.

    Es lo que falta de algo que se ha pegado. Si no, lo leería el intérprete de órdenes, y haría de
    cada línea una orden.
    """
    lineas = 0
    while termios and select.select([sys.stdin], [], [], PAUSA_ENTRE_TROZOS)[0]:
        trozo = os.read(sys.stdin.fileno(), 65536)
        lineas += trozo.count(b"\r") + trozo.count(b"\n")
        if not trozo:
            break
    return lineas
