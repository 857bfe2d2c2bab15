"""Si entre unos procesos viaja algo todavía, según lo que Linux sabe de cada red.

Una red es un espacio de nombres (network_namespaces(7)): los programas encerrados tienen la suya.
Por las que tienen una ventana se pregunta por ella, que es más rápido; por las demás, se lee
`/proc/PID/net`.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Container, Iterable, Iterator

from chatlab.sistema.nucleo import NoSeVe, leer_de_proc
from chatlab.sistema.proc import PROC, TABLAS_DE_TCP, FilaDeTcp, filas_de_tcp
from chatlab.sistema.sock_diag import (
    CERRADO,
    ESCUCHANDO,
    SYN_RECV,
    SYN_SENT,
    TIME_WAIT,
    abrir_ventana,
    sockets_tcp,
)

#: Estados sin nada de camino, y los de una conexión que aún se está haciendo.
PARADOS = frozenset({TIME_WAIT, CERRADO, ESCUCHANDO})
NACIENDO = frozenset({SYN_SENT, SYN_RECV})


class RedesMiradas:
    """Las redes de los procesos que se miran, con una ventana a la de quien mira."""

    def __init__(self) -> None:
        self._ventanas: dict[int, socket.socket] = {}
        try:
            self.asomarse(red_de("self"), abrir_ventana())
        except (OSError, NoSeVe):
            pass  # se leerá /proc

    def asomarse(self, red: int, ventana: socket.socket) -> None:
        """Desde ahora se pregunta por esa red, un número de inodo, a través de la ventana."""
        if anterior := self._ventanas.pop(red, None):
            anterior.close()
        self._ventanas[red] = ventana

    def cerrar(self) -> None:
        """Cierra las ventanas."""
        for ventana in self._ventanas.values():
            ventana.close()
        self._ventanas.clear()

    def hay_bytes_de_camino(
        self, pids: Iterable[int], puertos: Container[int], *, sin_leer: bool = False
    ) -> bool:
        """Si en las redes de esos procesos hay algo enviado que no ha llegado, por esos puertos.

        Con `sin_leer`, también si ha llegado algo, o alguien, que su programa no ha recogido: a
        quien espera leerlo lo habría despertado, pero no a quien duerme. Lanza `NoSeVe` si no
        dejan mirar.
        """
        return any(
            _de_camino(fila, puertos, sin_leer)
            for red, pid in _uno_por_red(pids).items()
            for fila in self._filas(red, pid)
        )

    def _filas(self, red: int, pid: int) -> Iterable[FilaDeTcp]:
        ventana = self._ventanas.get(red)
        if ventana is None:
            return _filas_de_proc(pid)
        try:
            return [
                FilaDeTcp(
                    (uno.local[1], uno.remoto[1]),
                    uno.estado,
                    uno.por_salir,
                    uno.por_leer,
                    uno.inodo,
                )
                for uno in sockets_tcp(ventana)
            ]
        except OSError:
            self._ventanas.pop(red).close()
            return _filas_de_proc(pid)


def red_de(pid: int | str) -> int:
    """El número de inodo de la red de un proceso. Lanza `NoSeVe` si no dejan mirar."""
    try:
        return os.stat(f"{PROC}/{pid}/ns/net").st_ino  # noqa: PTH116
    except PermissionError as error:
        raise NoSeVe(str(pid)) from error


def _uno_por_red(pids: Iterable[int]) -> dict[int, int]:
    redes: dict[int, int] = {}
    for pid in pids:
        try:
            redes[red_de(pid)] = pid
        except (FileNotFoundError, ProcessLookupError):
            continue
    return redes


def _filas_de_proc(pid: int) -> Iterator[FilaDeTcp]:
    for tabla in TABLAS_DE_TCP:
        yield from filas_de_tcp(leer_de_proc(f"{pid}/{tabla}"))


def _de_camino(fila: FilaDeTcp, puertos: Container[int], sin_leer: bool) -> bool:
    if not any(puerto in puertos for puerto in fila.puertos):
        return False
    if sin_leer and fila.por_leer:
        return True
    return fila.estado not in PARADOS and (fila.estado in NACIENDO or fila.por_salir != 0)
