"""La consola con prompt_toolkit: una línea de entrada con historial, también en Windows."""

from __future__ import annotations

import _thread
import threading
from collections import deque

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout

from chatlab.consola import PREGUNTA, Consola, escribir
from chatlab.protocolo import limpiar

#: Segundos que se espera a que la línea de entrada devuelva la terminal.
PLAZO_DE_CIERRE = 1.0


class ConsolaAvanzada(Consola):
    """Lo que llega aparece encima de la línea de entrada, que prompt_toolkit mantiene abajo."""

    interactiva = True

    def __init__(self) -> None:
        super().__init__()
        self._pregunta = PREGUNTA
        self._sesion: PromptSession[str] = PromptSession(lambda: self._pregunta)
        self._pegadas: deque[str] = deque()
        self._sin_leer = threading.Event()
        self._sin_leer.set()
        # Desde ahora, lo que se escriba en la salida se coloca encima de la línea de entrada.
        self._salida_apartada = patch_stdout(raw=True)
        self._salida_apartada.__enter__()

    def leer(self) -> str:
        if not self._pegadas:
            # De lo que se pega, cada línea es una línea, como si se tecleara.
            self._pegadas.extend(self._preguntar().split("\n"))
        return limpiar(self._pegadas.popleft())

    def _preguntar(self) -> str:
        self._sin_leer.clear()
        try:
            return self._sesion.prompt(handle_sigint=False)
        except KeyboardInterrupt:
            # prompt_toolkit recibe Ctrl+C como una tecla: se lo pasamos al hilo principal.
            _thread.interrupt_main()
            raise EOFError from None
        finally:
            self._sin_leer.set()

    def preguntar(self, ahora: bool) -> None:
        self._pregunta = PREGUNTA if ahora else ""
        self._sesion.app.invalidate()

    def cerrar(self) -> None:
        aplicacion = self._sesion.app
        if aplicacion.is_running and aplicacion.loop is not None:
            aplicacion.loop.call_soon_threadsafe(lambda: aplicacion.exit(exception=EOFError))
            self._sin_leer.wait(PLAZO_DE_CIERRE)
        self._salida_apartada.__exit__(None, None, None)
        escribir("")
