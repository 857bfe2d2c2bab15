"""Una terminal con un programa: se le teclea, se lee su pantalla y se espera a que diga algo.

ana = jaula.arrancar("cliente", nombre="Ana")
ana.esperar(lambda pantalla: "nombre" in pantalla, plazo=3)
ana.escribir("Ana")
marca = len(ana.pantalla)
…
ana.desde(marca)        # lo que ha salido después
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from chatlab.corrector.jaula.pantalla import Pantalla
from chatlab.corrector.jaula.rollo import Rollo

#: Bytes de una línea tecleada, con su Intro: los que guarda una terminal de Linux (termios(3)).
MAX_TECLEADO = 4095

CTRL_C = b"\x03"
CTRL_D = b"\x04"
INTRO = b"\r"


class Mando(Protocol):
    """Lo que se le puede hacer al programa que hay al otro lado."""

    @property
    def pid(self) -> int | None:
        """El número de proceso, el que él ve; `None` si aún no ha arrancado."""

    def teclear(self, datos: bytes) -> None:
        """Teclea los bytes; lo que no cabe, porque no los lee, se pierde."""

    def ctrl_c(self, al_pulsar: Callable[[], None]) -> None:
        """Pulsa Ctrl+C; justo antes, llama a `al_pulsar`."""

    def ctrl_d(self) -> None:
        """Pulsa Ctrl+D: al principio de una línea es el fin de la entrada (termios(3))."""

    def matar(self) -> None:
        """Lo mata sin avisar."""

    def pausar(self) -> None:
        """Lo detiene donde esté, y vuelve cuando está parado."""

    def seguir(self) -> None:
        """Lo deja continuar después de `pausar`."""

    def espera_teclado(self) -> bool | None:
        """Si está parado leyendo del teclado; `None` si no se sabe."""


class Terminal:
    """Un programa en marcha, con su teclado y su pantalla.

    Sus esperas acaban en cuanto ocurre lo que se espera, o en cuanto ya no puede ocurrir porque
    el programa ha terminado. Varias terminales comparten `cambio`: con él se puede esperar a la
    vez a cualquiera de ellas.
    """

    def __init__(self, nombre: str, mando: Mando, cambio: threading.Condition) -> None:
        self.nombre = nombre
        #: Qué límite pasó este programa, dicho en español; `None` si ninguno.
        self.exceso: str | None = None
        #: Las veces que se le ha hecho algo: teclear, Ctrl+C, pararlo…
        self.toques = 0
        #: Las líneas que se le han tecleado.
        self.tecleado: list[str] = []
        #: Lo que ha salido, lo tecleado y las señales, con su hora.
        self.rollo = Rollo(cambio)
        self._mando = mando
        self._cambio = cambio
        self._pantalla = Pantalla(cambio)
        self._codigo: int | None = None
        self._fin: float | None = None

    # --- Su pantalla ---------------------------------------------------------------------------

    @property
    def pantalla(self) -> str:
        """Todo lo que ha salido hasta ahora, también lo tecleado: sin colores y con `\\n`."""
        return self._pantalla.texto

    @property
    def hay_traceback(self) -> bool:
        """Si Python ha escrito en ella un error que nadie ha atrapado."""
        return "Traceback (most recent call last)" in self.pantalla

    @property
    def crudo(self) -> bytes:
        """Lo que ha salido, byte a byte, para quien quiera dibujar la pantalla como se ve."""
        return self.rollo.crudo

    def desde(self, marca: int) -> str:
        """Lo que ha salido después de que la pantalla midiera `marca` caracteres."""
        return self.pantalla[marca:]

    def esperar(self, cumple: Callable[[str], bool], plazo: float) -> bool:
        """Espera hasta `plazo` segundos a que la pantalla cumpla; `False` si no va a cumplir."""
        limite = time.monotonic() + plazo
        with self._cambio:
            while not cumple(self._pantalla.texto):
                queda = limite - time.monotonic()
                if queda <= 0 or self.acabado:
                    return False
                self._cambio.wait(queda)
            return True

    # --- Su vida -------------------------------------------------------------------------------

    @property
    def vivo(self) -> bool:
        """Si el programa sigue en marcha, aunque esté en pausa."""
        return self.codigo is None

    @property
    def pid(self) -> int | None:
        """Su número de proceso, el que él mismo ve: dentro de la jaula son otros."""
        return self._mando.pid

    @property
    def codigo(self) -> int | None:
        """Con qué código terminó; negativo si lo mató una señal; `None` si sigue en marcha."""
        with self._cambio:
            return self._codigo

    @property
    def fin(self) -> float | None:
        """El instante (`time.monotonic`) en que se supo que había terminado; `None` si sigue."""
        with self._cambio:
            return self._fin

    @property
    def acabado(self) -> bool:
        """Si ha terminado y todo lo que escribió está ya en la pantalla."""
        with self._cambio:
            return self._codigo is not None and self._pantalla.cerrada

    def esperar_fin(self, plazo: float) -> int | None:
        """Espera hasta `plazo` segundos a que termine, con todo lo que escribió ya en pantalla.

        Devuelve su código, o `None` si sigue en marcha.
        """
        with self._cambio:
            self._cambio.wait_for(lambda: self.acabado, plazo)
            return self._codigo

    @property
    def esperando_teclado(self) -> bool | None:
        """Si está parado leyendo del teclado, sin nada tecleado por leer; `None` si no se sabe."""
        return self._mando.espera_teclado() if self.vivo else False

    # --- Lo que hace la persona ----------------------------------------------------------------

    def escribir(self, texto: str) -> None:
        """Teclea una línea y pulsa Intro.

        Lanza `ValueError` si no cabe en lo que una terminal guarda de una línea.
        """
        datos = texto.encode() + INTRO
        if len(datos) > MAX_TECLEADO:
            raise ValueError(f"línea de {len(datos)} bytes; una terminal admite {MAX_TECLEADO}")
        self.tecleado.append(texto)
        self.teclear(datos)

    def teclear(self, datos: bytes) -> None:
        """Teclea los bytes, sin Intro. Si el programa no lee y ya no caben más, se pierden."""
        self.toques += 1
        self.rollo.anotar("tecla", datos)
        self._mando.teclear(datos)

    def ctrl_c(self) -> None:
        """Pulsa Ctrl+C, en cuanto el programa se para a esperar algo o al cabo de 1 segundo."""
        self.toques += 1
        # Ni cuando se pide, que puede esperar, ni después: ya se habría visto lo que causa.
        self._mando.ctrl_c(lambda: self.rollo.anotar("tecla", CTRL_C))

    def ctrl_d(self) -> None:
        """Pulsa Ctrl+D: al principio de una línea es el fin de la entrada."""
        self.toques += 1
        self.rollo.anotar("tecla", CTRL_D)
        self._mando.ctrl_d()

    def matar(self) -> None:
        """Lo mata sin avisar, como `kill -9`: el sistema cierra sus conexiones (FIN)."""
        self.toques += 1
        self.rollo.anotar("senal", b"SIGKILL")
        self._mando.matar()

    def pausar(self) -> None:
        """Lo detiene donde esté, y vuelve cuando está parado. Sus conexiones siguen abiertas."""
        self.toques += 1
        self._mando.pausar()
        self.rollo.anotar("senal", b"SIGSTOP")

    def seguir(self) -> None:
        """Lo deja continuar después de `pausar`."""
        self.toques += 1
        self.rollo.anotar("senal", b"SIGCONT")
        self._mando.seguir()

    # --- Lo que cuenta quien lo ejecuta ----------------------------------------------------------

    def ha_escrito(self, datos: bytes) -> None:
        """Estos bytes han salido en su pantalla."""
        self.rollo.anotar("pantalla", datos)
        self._pantalla.anadir(datos)

    def ha_cerrado_la_pantalla(self) -> None:
        """No va a escribir nada más."""
        self._pantalla.cerrar()

    def ha_terminado(self, codigo: int) -> None:
        """Ha terminado con ese código; si estaba dicho, vale el primero."""
        with self._cambio:
            if self._codigo is None:
                self._codigo, self._fin = codigo, time.monotonic()
            self._cambio.notify_all()

    def se_ha_excedido(self, frase: str) -> None:
        """Ha pasado un límite; si pasó otro antes, vale el primero."""
        with self._cambio:
            self.exceso = self.exceso or frase
            self._cambio.notify_all()
