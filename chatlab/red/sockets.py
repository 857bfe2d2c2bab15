"""Los sockets de todos los modos: escuchar, aceptar, conectar y recibir.

Lo que dice un fallo de la red a una persona está en `fallos.py`.
"""

from __future__ import annotations

import errno
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator

from chatlab.errores import ErrorDeRed
from chatlab.programa.opciones import TODAS_LAS_INTERFACES_IPV6
from chatlab.red.aforo import SIN_SITIO, Reserva
from chatlab.red.direcciones import direccion
from chatlab.red.fallos import por_que_no_conecta, por_que_no_escucha, ya_no_se_acepta
from chatlab.red.puerto import esperar_a_que_se_libere

#: Bytes que se piden de una vez a `recv`.
TAMANO_DE_LECTURA = 64 * 1024

#: Cada cuánto, en segundos, una espera deja pasar a Ctrl+C. En Windows, `accept()` y `recv()`
#: no se interrumpen con él; en Linux y macOS, sí, y esto no hace falta.
PAUSA_PARA_CTRL_C = 0.5

#: Segundos para que un servidor conteste a un intento de conexión.
PLAZO_DE_CONEXION = 10.0


def escuchar(host: str, puerto: int) -> socket.socket:
    """Devuelve un socket TCP que escucha en esa dirección; el puerto 0 pide uno libre.

    Si el puerto es de un servidor que se acaba de cerrar, espera a que el sistema lo suelte. Lanza
    `ErrorDeRed` si es de otro, si no está permitido o si el host no es de esta máquina.
    """
    while True:
        try:
            return _escuchar_ya(host, puerto)
        except (OSError, UnicodeError) as error:
            ocupado = getattr(error, "errno", None) == errno.EADDRINUSE
            if not (ocupado and esperar_a_que_se_libere(puerto)):
                raise ErrorDeRed(por_que_no_escucha(error, host, puerto)) from error


def _escuchar_ya(host: str, puerto: int) -> socket.socket:
    familia = socket.AF_INET6 if ":" in host else socket.AF_INET
    socket.getaddrinfo(host, puerto, familia)  # falla antes, y más claro, si no se conoce
    # create_server hace tres cosas: crea el socket, lo ata a la dirección (bind) y lo pone
    # a escuchar (listen). En Linux y macOS pide además SO_REUSEADDR, para poder volver a
    # usar el puerto en cuanto el servidor termina.
    return socket.create_server(
        (host, puerto),
        family=familia,
        backlog=socket.SOMAXCONN,
        dualstack_ipv6=host == TODAS_LAS_INTERFACES_IPV6 and socket.has_dualstack_ipv6(),
    )


def aceptar(
    escucha: socket.socket, reserva: Reserva | None = None
) -> Iterator[tuple[socket.socket, str]]:
    """Va dando las conexiones que llegan, cada una con su dirección, hasta Ctrl+C.

    Si no quedan descriptores, quien llame espera; con una reserva, se le dice que no cabe.
    """
    escucha.settimeout(PAUSA_PARA_CTRL_C)
    while True:
        if (llegada := aceptar_una(escucha, reserva)) is not None:
            yield llegada


def aceptar_una(
    escucha: socket.socket, reserva: Reserva | None = None
) -> tuple[socket.socket, str] | None:
    """La siguiente conexión, con su dirección; `None` si vence el plazo o se ha arrepentido."""
    try:
        conexion, punto = escucha.accept()
    except (TimeoutError, ConnectionError):
        return None  # nadie, o se arrepintió entre que llamó y que le abrimos
    except OSError as error:
        if error.errno not in SIN_SITIO:
            raise ya_no_se_acepta(error) from error
        # Las de dentro siguen, y esta se rechaza o espera.
        if not (reserva and reserva.rechazar_a_uno(escucha)):
            threading.Event().wait(PAUSA_PARA_CTRL_C)
        return None
    try:
        conexion.settimeout(None)
        vigilar_si_sigue_viva(conexion)
    except OSError:
        conexion.close()  # también se ha arrepentido, un poco después
        return None
    return conexion, direccion(punto)


def vigilar_si_sigue_viva(conexion: socket.socket) -> None:
    """Pide al sistema que compruebe si el otro lado sigue ahí cuando la conexión calla.

    Sin esto, un ordenador que se apaga de golpe parece un cliente que no dice nada (RFC 1122,
    apartado 4.2.3.6). Al minuto de silencio se pregunta; a las tres preguntas sin respuesta
    la conexión se da por cortada: un chat lo nota en minuto y medio. Linux, si no se le dice nada,
    tarda más de dos horas (tcp(7)); Redis pregunta a los cinco minutos, y ngIRCd, a los dos.
    """
    conexion.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    # No todos los sistemas dejan elegir los tiempos.
    for opcion, valor in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, opcion):
            conexion.setsockopt(socket.IPPROTO_TCP, getattr(socket, opcion), valor)


def conectar(host: str, puerto: int, modo: str) -> socket.socket:
    """Devuelve un socket conectado con el servidor; lanza `ErrorDeRed` si no se puede."""
    try:
        conexion = socket.create_connection((host, puerto), timeout=PLAZO_DE_CONEXION)
    except (OSError, UnicodeError) as error:
        raise ErrorDeRed(por_que_no_conecta(error, host, puerto, modo)) from error
    conexion.settimeout(None)
    vigilar_si_sigue_viva(conexion)
    return conexion


def recibir(conexion: socket.socket) -> bytes:
    """Como `conexion.recv`, pero deja pasar Ctrl+C en todos los sistemas.

    Devuelve `b""` cuando el otro lado ha cerrado. Lanza `ConnectionError` si se ha cortado.
    """
    while not _hay_algo(conexion, PAUSA_PARA_CTRL_C):
        pass
    return _recv(conexion)


def _hay_algo(conexion: socket.socket, plazo: float) -> bool:
    return bool(select.select([conexion], [], [], plazo)[0])


def _recv(conexion: socket.socket) -> bytes:
    try:
        return conexion.recv(TAMANO_DE_LECTURA)
    except OSError as error:
        # Hay cortes que Python no cuenta entre los de conexión: si la otra máquina se apaga,
        # el sistema se rinde con un TimeoutError.
        raise ConnectionError(*error.args) from error


def ha_cerrado(
    conexion: socket.socket, plazo: float, mirar: Callable[[bytes], object] | None = None
) -> bool:
    """Espera como mucho `plazo` segundos a que el otro lado cierre, y dice si lo ha hecho.

    Es para quien no espera recibir nada: lo que llegue se tira, después de dárselo a `mirar`. Lanza
    `ConnectionError` si la conexión se ha cortado.
    """
    limite = time.monotonic() + plazo
    while _hay_algo(conexion, max(0.0, limite - time.monotonic())):
        if not (datos := _recv(conexion)):
            return True
        if mirar is not None:
            mirar(datos)
    return False
