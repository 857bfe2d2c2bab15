"""La recogida de los procesos que terminan (wait(2)), en un hilo que no pasa delante de nadie.

El guardián es, si puede, de tiempo real; un hilo suyo no lo hereda (SCHED_RESET_ON_FORK, sched(7)).
Hace falta: al recoger a un proceso, el núcleo da vueltas hasta que acaba quien esté leyendo su
`/proc` (`d_invalidate`, en fs/dcache.c), y en tiempo real no le dejaría acabar.
"""

# Sin `threading`: el guardián arranca con cada entrega, y cargarlo tarda.

from __future__ import annotations

import _thread
import os
import signal
import socket

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    #: El pid de quien ha terminado, su código y los segundos de procesador que gastó.
    Recogido = tuple[int, int, float]

#: Lo que deja en el socket el hilo que acaba: las señales dejan su número, que nunca es este.
HECHO = b"\0"


class Recogida:
    """Recoge a los hijos, y a los huérfanos que adopta este proceso, según van terminando."""

    def __init__(self) -> None:
        #: Tiene algo que leer cuando termina alguien, y cuando ya está recogido.
        self.despertador, self._timbre = socket.socketpair()
        self._recogidos: list[Recogido] = []
        self._en_marcha = False
        self._hay_otro = False
        for extremo in (self.despertador, self._timbre):
            extremo.setblocking(False)
        signal.set_wakeup_fd(self._timbre.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # un programa podría mandársela

    def seguir(self) -> None:
        """Lee el despertador y, si ha terminado alguien, empieza a recoger. No espera."""
        avisos = self.despertador.recv(4096)
        self._hay_otro = self._hay_otro or bool(avisos.strip(HECHO))
        if self._hay_otro and not self._en_marcha:
            self._en_marcha, self._hay_otro = True, False
            _thread.start_new_thread(self._recoger_y_avisar, ())

    def recogidos(self) -> list[Recogido]:
        """Los que se han recogido desde la última vez."""
        cuantos = len(self._recogidos)
        recientes = self._recogidos[:cuantos]
        del self._recogidos[:cuantos]  # el hilo solo añade al final
        return recientes

    def esperar_a_uno(self) -> None:
        """Vuelve cuando ha recogido a uno, o ya no queda nadie."""
        _en_otro_hilo(lambda: self._recoger_uno(0))

    def esperar_a_todos(self) -> None:
        """Vuelve cuando no queda nadie."""
        _en_otro_hilo(self._recoger_hasta_el_ultimo)

    def _recoger_y_avisar(self) -> None:
        while self._recoger_uno(os.WNOHANG):
            pass
        self._en_marcha = False
        try:
            self._timbre.send(HECHO)
        except BlockingIOError:
            pass  # está lleno: ya hay algo que leer

    def _recoger_hasta_el_ultimo(self) -> None:
        while self._recoger_uno(0):
            pass

    def _recoger_uno(self, opciones: int) -> bool:
        """`False` si no hay nadie que recoger."""
        try:
            pid, estado, uso = os.wait4(-1, opciones)
        except ChildProcessError:
            return False
        if pid:
            codigo = os.waitstatus_to_exitcode(estado)
            self._recogidos.append((pid, codigo, uso.ru_utime + uso.ru_stime))
        return pid != 0


def _en_otro_hilo(hacer: Callable[[], object]) -> None:
    """Lo hace en un hilo corriente, y espera a que acabe."""
    hecho = _thread.allocate_lock()
    hecho.acquire()

    def hacer_y_soltar() -> None:
        try:
            hacer()
        finally:
            hecho.release()

    _thread.start_new_thread(hacer_y_soltar, ())
    hecho.acquire()
