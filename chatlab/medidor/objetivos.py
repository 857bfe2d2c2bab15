"""Lo que se mide: un servidor que ya está en marcha, o uno nuestro que se arranca para medirlo."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chatlab.errores import ErrorParaPersonas
from chatlab.modos import MODOS
from chatlab.programa.en_marcha import ProgramaEnMarcha
from chatlab.red.direcciones import direccion, leer_direccion

#: Segundos para que un servidor arranque y diga dónde escucha.
PLAZO_DE_ARRANQUE = 20.0


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
    servidor = ProgramaEnMarcha(argumentos, teclado=False)
    try:
        yield ServidorMedido("127.0.0.1", _puerto_de(servidor), servidor.pid)
    finally:
        servidor.retirar()


def _puerto_de(servidor: ProgramaEnMarcha) -> int:
    """El puerto de su primera línea, «Escuchando en 127.0.0.1:8000»."""
    try:
        primera = servidor.siguiente_linea(time.monotonic() + PLAZO_DE_ARRANQUE) or ""
    except TimeoutError:
        primera = ""
    puerto = primera.rpartition(":")[2].strip()
    if not puerto.isdecimal():
        raise NoArranca(f"El servidor no ha arrancado:\n{servidor.ultimas_lineas}")
    servidor.dejar_de_mirar()
    return int(puerto)
