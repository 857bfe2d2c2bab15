"""Lo que se mide: un servidor que ya está en marcha, o uno nuestro que se arranca para medirlo."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chatlab.errores import ErrorParaPersonas
from chatlab.modos import MODOS
from chatlab.programa.entorno import entorno_de_chatlab
from chatlab.red.direcciones import direccion, leer_direccion

#: Segundos para que un servidor arranque y diga dónde escucha.
PLAZO_DE_ARRANQUE = 20.0
#: Las últimas líneas de su pantalla, que se guardan por si falla.
LINEAS_GUARDADAS = 20


class NoArranca(ErrorParaPersonas):
    """El servidor que se iba a medir no ha llegado a escuchar."""


@dataclass(frozen=True, slots=True)
class ServidorMedido:
    """Un servidor en marcha. `pid` es `None` si no lo hemos arrancado nosotros."""

    host: str
    puerto: int
    pid: int | None = None


@dataclass(frozen=True, slots=True)
class ServidorAjeno:
    """Un servidor que ya está en marcha."""

    host: str
    puerto: int

    @property
    def rotulo(self) -> str:
        """«localhost:8000»; una dirección IPv6, entre corchetes: «[::1]:8000» (RFC 3986, 3.2.2)."""
        return direccion((self.host, self.puerto))

    @contextmanager
    def en_marcha(self, _conexiones: int) -> Iterator[ServidorMedido]:
        """Lo da tal como está; `_conexiones` son las que se van a abrir."""
        yield ServidorMedido(self.host, self.puerto)


def leer_destino(texto: str) -> ServidorAjeno:
    """Un tipo de opción: dónde está, dicho como en `leer_direccion`."""
    return ServidorAjeno(*leer_direccion(texto))


@dataclass(frozen=True, slots=True)
class ModoPropio:
    """Un servidor de chatlab, que se arranca en un puerto libre."""

    modo: str

    @property
    def rotulo(self) -> str:
        """El nombre del modo."""
        return self.modo

    @contextmanager
    def en_marcha(self, conexiones: int) -> Iterator[ServidorMedido]:
        """Lo arranca, con sitio para esas conexiones; al salir no queda en marcha.

        No enseña los mensajes ni pone tope de mensajes por segundo: se mide lo que da de sí.
        Lanza `NoArranca` si no llega a decir dónde escucha.
        """
        opciones = ["--puerto", "0", "--callado", "--max-ritmo", "0"]
        opciones += ["--max-personas", str(conexiones)]
        with arrancar_python(
            "-P", "-m", MODOS[self.modo].modulo("servidor"), *opciones
        ) as servidor:
            yield servidor


@contextmanager
def arrancar_python(*argumentos: str) -> Iterator[ServidorMedido]:
    """Arranca un servidor con esos argumentos de Python; al salir no queda en marcha.

    Su primera línea dice dónde escucha, en esta máquina. Lanza `NoArranca` si no la dice.
    """
    proceso = subprocess.Popen(
        [sys.executable, *argumentos],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=entorno_de_chatlab(),
        encoding="utf-8",
        errors="replace",
    )
    try:
        yield ServidorMedido("127.0.0.1", SalidaDelServidor(proceso).puerto(), proceso.pid)
    finally:
        proceso.kill()
        proceso.wait()


class SalidaDelServidor:
    """Lo que escribe un servidor. Se lee siempre: si no, acabaría esperando a que se leyera."""

    def __init__(self, proceso: subprocess.Popen[str]) -> None:
        self._proceso = proceso
        self._primera: queue.Queue[str] = queue.Queue()
        self._ultimas: deque[str] = deque(maxlen=LINEAS_GUARDADAS)
        threading.Thread(target=self._leer, daemon=True).start()

    def _leer(self) -> None:
        assert self._proceso.stdout is not None
        with self._proceso.stdout as salida:
            for numero, linea in enumerate(salida):
                self._ultimas.append(linea)
                if numero == 0:
                    self._primera.put(linea)
        self._primera.put("")  # por si ha terminado sin escribir nada

    def puerto(self) -> int:
        """El puerto de su primera línea, «Escuchando en 127.0.0.1:8000»."""
        try:
            primera = self._primera.get(timeout=PLAZO_DE_ARRANQUE)
        except queue.Empty:
            primera = ""
        puerto = primera.rpartition(":")[2].strip()
        if not puerto.isdecimal():
            raise NoArranca(f"El servidor no ha arrancado:\n{''.join(self._ultimas).strip()}")
        return int(puerto)
