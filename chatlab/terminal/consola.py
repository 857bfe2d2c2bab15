"""El teclado y la pantalla de una persona, que dos hilos usan a la vez.

Un hilo espera lo que la persona escribe (`leer`) mientras otro muestra lo que llega (`mostrar`).
Hay tres consolas, y `abrir_consola` (en abrir.py) elige:

- `ConsolaAvanzada` (en con_prompt_toolkit.py), en una terminal, si está instalado prompt_toolkit;
- `ConsolaDeTerminal` (en con_readline.py), en una terminal, con lo que trae Python;
- `Consola`, sin terminal: la entrada o la salida son una tubería o un archivo.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator

from chatlab.chat.protocolo import Decodificador, Recibida
from chatlab.terminal.salida import escribir
from chatlab.terminal.sin_esperar import esperar_algo
from chatlab.textos import contar

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

    def preguntar(self, pregunta: str) -> None:
        """Cambia lo que hay delante de lo que la persona escribe: `PREGUNTA`, otra cosa o nada."""

    def cerrar(self, sin_enviar: Callable[[], int] = lambda: 0) -> None:
        """Deja la terminal como estaba, y dice cuántas líneas escritas se quedan sin enviar.

        A las que dice quien llama se suman las que la consola tiene y nadie ha leído.
        """
        self._devolver()
        if cuantas := sin_enviar() + self._enteras_sin_leer():
            escribir(f"* {contar(cuantas, 'línea')} sin enviar.\n")

    def _devolver(self) -> None:
        """Deja la terminal como estaba."""

    def _enteras_sin_leer(self) -> int:
        """Las líneas que la consola ha recibido enteras y nadie ha leído."""
        return len(self._leidas)
