"""Qué puerto de verdad le tocó a cada puerto escrito, igual para todos los de una entrega.

Es una carpeta, la misma para servidor y clientes, dentro y fuera de la jaula:

    escrito-9000    contiene 20481: quien diga 9000 va a 127.0.0.1:20481
    real-20481      contiene 9000: para decir al programa el puerto que él escribió
    ipv6-9000       «solo» o «doble»: cómo escucha quien abrió el 9000 con IPv6

Hay otra, `desvios`, en la que solo escribe el testigo: lo que diga de un `escrito-` vale más.

Cada archivo se crea de una vez o no se crea, sin candados que un `kill -9` deje tomados. Los
puertos salen de un tramo que el testigo reserva para esta entrega, fuera del rango que el
sistema reparte a los clientes: entre dos usos del mismo servidor nadie más puede ocuparlos.
"""

from __future__ import annotations

import _socket
import errno
import os
from _thread import get_native_id

#: Otro programa de la entrega puede haber puesto ahí un enlace, o un FIFO en el que esperar.
LEER = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
#: Bytes de sobra para lo que hay en uno de estos archivos.
LARGO = 32


class Registro:
    """El reparto de puertos de `carpeta`, con los del tramo `primero`-`ultimo`."""

    def __init__(self, carpeta: str, primero: int, ultimo: int, desvios: str = "") -> None:
        self._carpeta = carpeta
        self._desvios = desvios or carpeta
        #: Lo ocupa el testigo sin escuchar en él: quien llame será rechazado de verdad.
        self.nadie = primero
        self._tramo = range(primero + 1, ultimo + 1)
        self._conocidos: dict[str, int] = {}

    def real(self, escrito: int) -> int | None:
        """El puerto de verdad de uno escrito, si alguien lo ha pedido ya para escuchar."""
        nombre = f"escrito-{escrito}"
        return self._leer_numero(nombre, self._desvios) or self._leer_numero(nombre, self._carpeta)

    def escrito(self, real: int) -> int:
        """El puerto que el programa escribió; el mismo si no se tradujo."""
        if real not in self._tramo:
            return real
        numero = self._leer_numero(f"real-{real}", self._carpeta)
        return real if numero is None else numero

    def reservar(self, escrito: int) -> int:
        """El puerto de verdad para escuchar en uno escrito; lanza `OSError` si no quedan."""
        while True:
            real = self.real(escrito)
            if real is not None:
                return real
            candidato = self._tomar_libre(escrito)
            if self._crear(f"escrito-{escrito}", str(candidato)):
                return candidato
            # Otro proceso acaba de reservarlo: vale el suyo.
            os.unlink(self._ruta(f"real-{candidato}"))  # noqa: PTH108

    def dejar_igual(self, puerto: int) -> None:
        """Apunta un puerto que eligió el sistema (el 0): escrito y real coinciden."""
        self._crear(f"escrito-{puerto}", str(puerto))

    def anotar_ipv6(self, escrito: int, como: str) -> None:
        """Apunta cómo escucha con IPv6: «solo» (en ::1) o «doble» (también IPv4)."""
        self._crear(f"ipv6-{escrito}", como)

    def ipv6(self, escrito: int) -> str | None:
        """Cómo escucha con IPv6 quien abrió ese puerto; None si nadie lo hace."""
        return self._leer(f"ipv6-{escrito}", self._carpeta)

    def _tomar_libre(self, escrito: int) -> int:
        for puerto in self._tramo:
            if self._crear(f"real-{puerto}", str(escrito)) and _esta_libre(puerto):
                return puerto
        raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))

    def _leer_numero(self, nombre: str, carpeta: str) -> int | None:
        numero = self._conocidos.get(nombre)
        if numero is None:
            texto = self._leer(nombre, carpeta)
            if texto is None:
                return None
            numero = self._conocidos[nombre] = int(texto)
        return numero

    def _ruta(self, nombre: str) -> str:
        return os.path.join(self._carpeta, nombre)  # noqa: PTH118 - aquí no se importa pathlib

    def _leer(self, nombre: str, carpeta: str) -> str | None:
        try:
            archivo = os.open(os.path.join(carpeta, nombre), LEER)  # noqa: PTH118
        except FileNotFoundError:
            os.stat(carpeta)  # noqa: PTH116 - si falta entera, es que no hay reparto
            return None
        try:
            return os.read(archivo, LARGO).decode("ascii")
        finally:
            os.close(archivo)

    def _crear(self, nombre: str, contenido: str) -> bool:
        """Crea el archivo ya escrito, si no existe; dice si lo ha creado."""
        borrador = self._ruta(f"borrador-{os.getpid()}-{get_native_id()}")
        with open(borrador, "w", encoding="ascii") as archivo:  # noqa: PTH123
            archivo.write(contenido)
        return _publicar(borrador, self._ruta(nombre))


def _publicar(borrador: str, definitivo: str) -> bool:
    """Da al borrador su nombre definitivo, salvo que ya exista; dice si lo ha hecho."""
    try:
        if os.name == "nt":
            os.rename(borrador, definitivo)  # noqa: PTH104 - en Windows falla si existe
        else:
            os.link(borrador, definitivo)
    except FileExistsError:
        return False
    finally:
        if os.path.exists(borrador):  # noqa: PTH110
            os.unlink(borrador)  # noqa: PTH108
    return True


def _esta_libre(puerto: int) -> bool:
    """Sin SO_REUSEADDR: un puerto con conexiones recién cerradas no está libre."""
    prueba = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    try:
        prueba.bind(("127.0.0.1", puerto))
    except OSError:
        return False
    finally:
        prueba.close()
    return True
