"""Cuándo arrancan los clientes: cuando alguien escucha, que es lo que esperaría una persona."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from chatlab.sonda import Suceso

#: Segundos que se espera a que alguien escuche antes de arrancarlos de todos modos.
PLAZO = 10.0
#: Segundos entre dos miradas a si los primeros siguen en marcha.
ENTRE_MIRADAS = 0.1

#: Detrás del nombre de quien debía escuchar.
ESPERA_AL_TECLADO = "espera algo del teclado. Los demás arrancarán cuando escuche."
SIN_ESCUCHAR = "ha terminado sin llegar a escuchar, y los demás no han arrancado. Mira su pantalla."


class Escucha:
    """Mira los sucesos hasta que un programa escucha, o abre un puerto UDP.

    `quien` es como se llama al programa que debe hacerlo: «el servidor».
    """

    def __init__(self, quien: str, plazo: float = PLAZO) -> None:
        self._quien = f"{quien[:1].upper()}{quien[1:]}"
        self._plazo = plazo
        self._cambio = threading.Condition()
        self._escuchan = False
        self._ante_el_teclado = False
        self._cancelada = False

    def mirar(self, sucesos: Iterable[Suceso]) -> None:
        """Toma nota de los sucesos que importan."""
        if self._escuchan:
            return
        with self._cambio:
            for suceso in sucesos:
                if suceso.tipo in ("listen", "udp"):
                    self._escuchan = True
                elif suceso.tipo == "espera":
                    self._ante_el_teclado = suceso.detalle == "teclado"
            self._cambio.notify_all()

    def cancelar(self) -> None:
        """Ya no hay que arrancar a nadie."""
        with self._cambio:
            self._cancelada = True
            self._cambio.notify_all()

    def esperar(self, siguen: Callable[[], bool], avisar: Callable[[str], None]) -> bool:
        """Espera a que alguien escuche y dice si hay que arrancar a los demás.

        Al vencer el plazo hay que hacerlo, salvo si se está ante el teclado: quien teclea puede
        tardar lo que quiera. Si los primeros ya no `siguen`, no.
        """
        limite = time.monotonic() + self._plazo
        avisado = False
        with self._cambio:
            while not (self._escuchan or self._cancelada):
                if not siguen():
                    avisar(f"{self._quien} {SIN_ESCUCHAR}")
                    return False
                if time.monotonic() > limite:
                    if not self._ante_el_teclado:
                        return True
                    if not avisado:
                        avisar(f"{self._quien} {ESPERA_AL_TECLADO}")
                        avisado = True
                self._cambio.wait(ENTRE_MIRADAS)
            return not self._cancelada
