"""La pantalla de un servidor: lo que va pasando, sin que nadie tenga que esperar por ella.

Escribir en una terminal puede tardar: basta con que alguien la detenga con Ctrl+S o seleccione
texto en una ventana de Windows. Si los hilos que atienden a los clientes escribieran en ella,
se pararían todos. Por eso dejan sus líneas en una cola y las escribe otro hilo; cuando la cola
se llena, se cuentan las que no caben y se dice cuántas fueron.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterable

from chatlab.terminal.filas import en_filas
from chatlab.terminal.salida import columnas
from chatlab.terminal.sin_esperar import escribir_entero, sin_buffers
from chatlab.textos import contar

MAX_LINEAS_EN_ESPERA = 10_000
#: Segundos que se espera, al terminar, a que salga lo que queda en la cola.
PLAZO_FINAL = 0.5


class Diario:
    """Escribe líneas en la salida estándar desde su propio hilo."""

    def __init__(self) -> None:
        self._cola: queue.Queue[str | None] = queue.Queue(MAX_LINEAS_EN_ESPERA)
        self._omitidas = 0
        # La salida sin los buffers de Python: si este hilo se queda bloqueado en ella,
        # el programa puede terminar de todos modos.
        self._salida = sin_buffers(sys.stdout)
        self._en_terminal = self._salida.isatty()
        self._hilo = threading.Thread(target=self._escribir_lo_que_llegue, daemon=True)
        self._hilo.start()

    def anotar(self, texto: str) -> None:
        """Deja una línea para escribir. Nunca espera."""
        try:
            self._cola.put_nowait(texto)
        except queue.Full:
            self._omitidas += 1

    def anotar_varias(self, lineas: Iterable[str]) -> None:
        """Deja unas cuantas líneas para escribir."""
        for linea in lineas:
            self.anotar(linea)

    def cerrar(self) -> None:
        """Espera un momento a que salga lo pendiente."""
        try:
            self._cola.put(None, timeout=PLAZO_FINAL)
        except queue.Full:
            return  # nadie lee la pantalla: no hay a quién esperar
        self._hilo.join(PLAZO_FINAL)

    def _escribir_lo_que_llegue(self) -> None:
        terminado = False
        while not terminado:
            lineas = self._esperar_lineas()
            terminado = None in lineas
            texto = "".join(f"{self._en_filas(linea)}\n" for linea in lineas if linea is not None)
            try:
                escribir_entero(self._salida, texto.encode())
            except OSError:
                return  # la salida se ha cerrado: el servidor sigue sin pantalla

    def _esperar_lineas(self) -> list[str | None]:
        """Espera la primera línea y se lleva todas las que haya detrás."""
        lineas = [self._cola.get()]
        while not self._cola.empty():
            lineas.append(self._cola.get())
        if self._omitidas:
            omitidas, self._omitidas = self._omitidas, 0
            lineas.insert(0, f"({contar(omitidas, 'línea')} sin mostrar: la pantalla va despacio)")
        return lineas

    def _en_filas(self, linea: str) -> str:
        return en_filas(linea, columnas()) if self._en_terminal else linea
