"""Un hilo que lee de muchos sitios a la vez, en cuanto en alguno hay algo."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Callable

#: Segundos para leer lo que quede cuando ya no puede llegar mucho más.
PLAZO_DE_RESTOS = 1.0
#: Veces que se lee de un mismo sitio en una vuelta: hay quien no para de escribir.
MAX_LECTURAS = 1000

#: Lee lo que haya, sin esperar; devuelve si había algo.
Lectura = Callable[[], bool]


class Lector:
    """Llama a la lectura de cada descriptor cuando hay algo que leer en él.

    Las lecturas ocurren en su hilo, y solo ellas pueden añadir y quitar descriptores después de
    `empezar`. El hilo acaba cuando no queda ninguno.
    """

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._hilo = threading.Thread(target=self._leer, name="lector", daemon=True)
        self._timbre, self._timbrazos = socket.socketpair()
        self._vueltas: list[threading.Event] = []
        self._acabando = False

    def anadir(self, descriptor: int, lectura: Lectura) -> None:
        """Lee de este descriptor."""
        self._selector.register(descriptor, selectors.EVENT_READ, lectura)

    def quitar(self, descriptor: int) -> None:
        """No lee más de este descriptor."""
        self._selector.unregister(descriptor)

    def empezar(self) -> None:
        """Arranca el hilo."""
        self._selector.register(self._timbrazos, selectors.EVENT_READ, self._dar_vuelta)
        self._hilo.start()

    def acabar(self) -> None:
        """Lo que quede por leer se lee sin esperar a que llegue más. Lo pide una lectura."""
        self._acabando = True

    def vuelta(self, plazo: float) -> bool:
        """Espera a que esté leído todo lo que hay ahora mismo; `False` si vence el plazo."""
        vuelta = threading.Event()
        self._vueltas.append(vuelta)
        if not self._hilo.is_alive():
            return True  # ya está leído todo
        self._timbre.send(b"\0")
        return vuelta.wait(plazo)

    def cerrar(self, plazo: float) -> None:
        """Espera a que el hilo acabe y lo suelta todo. Los descriptores son de otros."""
        self._hilo.join(plazo)
        self._selector.close()
        self._timbre.close()
        self._timbrazos.close()

    def _leer(self) -> None:
        while len(self._selector.get_map()) > 1 and not self._vencido():
            pass
        self._avisar_de_las_vueltas()

    def _vencido(self) -> bool:
        listos = self._selector.select(PLAZO_DE_RESTOS if self._acabando else None)
        for clave, _ in listos:
            self._leer_si_sigue(clave)
        return not listos

    def _leer_si_sigue(self, clave: selectors.SelectorKey) -> bool:
        """Lee de un descriptor, si ninguna lectura anterior lo ha quitado."""
        return self._selector.get_map().get(clave.fd) == clave and clave.data()

    def _dar_vuelta(self) -> bool:
        self._timbrazos.recv(4096)
        # Preguntar si hay algo no basta: lo escrito en una terminal puede estar de camino, y es
        # leer de ella lo que lo trae (en Linux, n_tty.c).
        for clave in list(self._selector.get_map().values()):
            lecturas = 0
            while clave.fileobj is not self._timbrazos and self._leer_si_sigue(clave):
                if (lecturas := lecturas + 1) == MAX_LECTURAS:
                    break
        self._avisar_de_las_vueltas()
        return True

    def _avisar_de_las_vueltas(self) -> None:
        pendientes, self._vueltas = self._vueltas, []
        for vuelta in pendientes:
            vuelta.set()
