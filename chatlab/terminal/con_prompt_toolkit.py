"""La consola con prompt_toolkit: una línea de entrada con historial, también en Windows."""

from __future__ import annotations

import _thread
import asyncio
import threading
from collections import deque
from collections.abc import Callable

from prompt_toolkit import PromptSession

from chatlab.chat.protocolo import limpiar
from chatlab.terminal.consola import PREGUNTA, Consola
from chatlab.terminal.salida import escribir, para_pantalla

#: Segundos que se espera a que la línea de entrada devuelva la terminal.
PLAZO_DE_CIERRE = 2.0


class ConsolaAvanzada(Consola):
    """Lo que llega aparece encima de la línea de entrada, que prompt_toolkit mantiene abajo.

    Mientras hay línea de entrada, solo escribe en la pantalla el hilo de su bucle de eventos: lo
    que llega por otro hilo espera en `_por_mostrar` y se le encarga. Sin ella, escribe cualquiera.
    """

    interactiva = True

    def __init__(self) -> None:
        super().__init__()
        self._pregunta = PREGUNTA
        self._sesion: PromptSession[str] = PromptSession(
            lambda: self._pregunta, prompt_continuation=self._al_margen
        )
        self._pegadas: deque[str] = deque()
        self._a_medias = ""  # lo que había en la línea de entrada cuando hubo que dejarla
        self._por_mostrar: deque[str] = deque()
        self._bucle: asyncio.AbstractEventLoop | None = None  # mientras hay línea de entrada
        self._sin_leer = threading.Event()
        self._sin_leer.set()
        self._cerrada = False

    # --- El teclado ---

    def leer(self) -> str:
        if not self._pegadas:
            # De lo que se pega, cada línea es una línea, como si se tecleara.
            self._pegadas.extend(self._preguntar().removesuffix("\n").split("\n"))
        return limpiar(self._pegadas.popleft())

    def _al_margen(self, _ancho: int, fila: int, vuelta: int) -> str:
        """Delante de la última línea de lo pegado, que espera a Intro: siempre está a la vista."""
        escrito = self._sesion.default_buffer.text
        if vuelta or fila < escrito.count("\n"):
            return ""
        return f"({_lineas_pegadas(escrito)} líneas pegadas: Intro las envía; Ctrl+C, ninguna) "

    def _preguntar(self) -> str:
        self._sin_leer.clear()
        try:
            return self._sesion.prompt(pre_run=self._va_a_salir_la_linea, handle_sigint=False)
        except (EOFError, KeyboardInterrupt) as final:
            self._a_medias = self._sesion.default_buffer.text
            if isinstance(final, KeyboardInterrupt):
                # prompt_toolkit recibe Ctrl+C como una tecla: se lo pasamos al hilo principal.
                _thread.interrupt_main()
            raise EOFError from None
        finally:
            self._ya_no_hay_linea()

    def _va_a_salir_la_linea(self) -> None:
        with self._candado:
            if self._cerrada:
                raise EOFError
            self._bucle = asyncio.get_running_loop()

    def _ya_no_hay_linea(self) -> None:
        with self._candado:
            self._bucle = None
            self._volcar()
        self._sin_leer.set()

    # --- La pantalla ---

    def mostrar(self, texto: str) -> None:
        with self._candado:
            self._por_mostrar.append(texto)
            if self._bucle is None:
                self._volcar()
            elif len(self._por_mostrar) == 1:  # con más, ya está encargado
                self._encargar(self._empezar_a_volcar)

    def _volcar(self) -> None:
        lineas = []
        while self._por_mostrar:
            lineas.append(f"{para_pantalla(self._por_mostrar.popleft())}\n")
        escribir("".join(lineas))

    def _empezar_a_volcar(self) -> None:
        if self._sesion.app.is_running:
            self._sesion.app.create_background_task(self._volcar_encima())

    async def _volcar_encima(self) -> None:
        """Borra la línea de entrada, escribe donde estaba y hace que se dibuje debajo."""
        # Quizá la terminal aún no ha dicho en qué fila está la línea: no hay que moverla antes.
        await self._sesion.app.renderer.wait_for_cpr_responses()
        self._sesion.app.renderer.erase()
        self._volcar()
        self._sesion.app.invalidate()

    def _encargar(self, tarea: Callable[[], object]) -> None:
        """Pide al bucle de la línea de entrada que haga algo."""
        try:
            if self._bucle is not None:
                self._bucle.call_soon_threadsafe(tarea)
        except RuntimeError:
            pass  # el bucle acaba de terminar: `_ya_no_hay_linea` viene detrás

    def preguntar(self, pregunta: str) -> None:
        self._pregunta = pregunta
        self._sesion.app.invalidate()

    def _enteras_sin_leer(self) -> int:
        return len(self._pegadas) + _lineas_pegadas(self._a_medias)

    def _devolver(self) -> None:
        with self._candado:
            self._cerrada = True
            self._encargar(self._abandonar_la_linea)
        self._sin_leer.wait(PLAZO_DE_CIERRE)

    def _abandonar_la_linea(self) -> None:
        if not self._sesion.app.is_done:
            self._sesion.app.erase_when_done = True
            self._sesion.app.exit(exception=EOFError)


def _lineas_pegadas(escrito: str) -> int:
    """Cuántas líneas hay en la de entrada, si las hay: solo pegando puede tener más de una."""
    return len(escrito.removesuffix("\n").split("\n")) if "\n" in escrito else 0
