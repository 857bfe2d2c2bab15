"""Los sockets de todos los modos: escuchar, aceptar, conectar y recibir.

Los fallos de la red se convierten aquí, y solo aquí, en frases para personas.
"""

from __future__ import annotations

import errno
import select
import socket
import threading
import time
from collections.abc import Iterator

from chatlab.aforo import SIN_SITIO, Reserva
from chatlab.consola import escribir
from chatlab.errores import ErrorDeRed
from chatlab.opciones import PUERTO, TODAS_LAS_INTERFACES, orden_chatlab

#: Bytes que se piden de una vez a `recv`.
TAMANO_DE_LECTURA = 64 * 1024

#: Cada cuánto, en segundos, una espera deja pasar a Ctrl+C. En Windows, `accept()` y `recv()`
#: no se interrumpen con él; en Linux y macOS, sí, y esto no hace falta.
PAUSA_PARA_CTRL_C = 0.5

#: Lo que Python lanza cuando no encuentra una máquina con ese nombre, o el nombre es imposible.
NOMBRE_DESCONOCIDO = (socket.gaierror, UnicodeError)

#: Segundos para que un servidor conteste a un intento de conexión.
PLAZO_DE_CONEXION = 10.0


def escuchar(host: str, puerto: int) -> socket.socket:
    """Devuelve un socket TCP que escucha en esa dirección; el puerto 0 pide uno libre.

    Lanza `ErrorDeRed` si el puerto está ocupado, no está permitido o el host no es de esta máquina.
    """
    familia = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.getaddrinfo(host, puerto, familia)  # falla antes, y más claro, si no se conoce
        # create_server hace tres cosas: crea el socket, lo ata a la dirección (bind) y lo pone
        # a escuchar (listen). En Linux y macOS pide además SO_REUSEADDR, para poder volver a
        # usar el puerto en cuanto el servidor termina.
        return socket.create_server((host, puerto), family=familia, backlog=socket.SOMAXCONN)
    except (OSError, UnicodeError) as error:
        raise ErrorDeRed(_por_que_no_escucha(error, host, puerto)) from error


def _por_que_no_escucha(error: OSError | UnicodeError, host: str, puerto: int) -> str:
    numero = getattr(error, "errno", None)
    if isinstance(error, NOMBRE_DESCONOCIDO) or numero == errno.EADDRNOTAVAIL:
        return (
            f"No puedo escuchar en «{host}»: no es una dirección de esta máquina. "
            "Prueba con --host localhost, o con --lan para toda la red local."
        )
    if numero == errno.EADDRINUSE:
        return (
            f"El puerto {puerto} ya está ocupado: quizá tienes otro servidor en marcha. "
            "Ciérralo, o elige otro puerto con --puerto (0 pide uno libre)."
        )
    if isinstance(error, PermissionError):
        return (
            f"El sistema no te deja usar el puerto {puerto}: los menores de 1024 suelen estar "
            "reservados. Elige uno mayor con --puerto."
        )
    return f"No puedo escuchar en {host}:{puerto} (error {numero} del sistema)."


def anunciar(escucha: socket.socket, modo: str) -> None:
    """Escribe dónde escucha el servidor y, si es en toda la red, qué deben teclear los demás."""
    host, puerto = escucha.getsockname()[:2]
    escribir(f"Escuchando en {direccion(escucha.getsockname())}\n")
    if host != TODAS_LAS_INTERFACES:
        return
    propias = direcciones_de_esta_maquina()
    if not propias:
        escribir("Esta máquina no está en ninguna red: solo puedes entrar desde ella.\n")
        return
    escribir("Desde otro ordenador de tu red, teclea:\n")
    for propia in propias:
        orden = orden_chatlab(f"cliente {modo} --host {propia} --puerto {puerto}")
        escribir(f"    {orden}\n")


def direccion(punto: tuple[str, int] | tuple[str, int, int, int]) -> str:
    """«127.0.0.1:8000», o «[::1]:8000» si es IPv6."""
    host, puerto = punto[:2]
    return f"[{host}]:{puerto}" if ":" in host else f"{host}:{puerto}"


def direcciones_de_esta_maquina() -> list[str]:
    """Las direcciones IPv4 con que otra máquina puede encontrar a esta."""
    candidatas = set()
    try:
        candidatas.update(socket.gethostbyname_ex(socket.gethostname())[2])
    except OSError:
        pass  # hay máquinas que no saben resolver su propio nombre
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sonda:
        try:
            # «Conectar» un socket UDP no envía nada: solo elige la dirección desde la que
            # saldría. 192.0.2.1 está reservada para ejemplos (RFC 5737).
            sonda.connect(("192.0.2.1", 9))
            candidatas.add(sonda.getsockname()[0])
        except OSError:
            pass  # sin red no hay por dónde salir
    return sorted(ip for ip in candidatas if not ip.startswith(("127.", "0.")))


def aceptar(
    escucha: socket.socket, reserva: Reserva | None = None
) -> Iterator[tuple[socket.socket, str]]:
    """Va dando las conexiones que llegan, cada una con su dirección, hasta Ctrl+C.

    Si no quedan descriptores, quien llame espera; con una reserva, se le dice que no cabe.
    """
    escucha.settimeout(PAUSA_PARA_CTRL_C)
    while True:
        try:
            conexion, punto = escucha.accept()
        except TimeoutError:
            continue
        except ConnectionError:
            continue  # se arrepintió entre que llamó y que le abrimos
        except OSError as error:
            if error.errno not in SIN_SITIO:
                raise ErrorDeRed(f"Ya no puedo aceptar conexiones: {error.strerror}.") from error
            # Las de dentro siguen, y esta se rechaza o espera.
            if not (reserva and reserva.rechazar_a_uno(escucha)):
                threading.Event().wait(PAUSA_PARA_CTRL_C)
            continue
        try:
            conexion.settimeout(None)
            vigilar_si_sigue_viva(conexion)
        except OSError:
            conexion.close()  # también se ha arrepentido, un poco después
            continue
        yield conexion, direccion(punto)


def vigilar_si_sigue_viva(conexion: socket.socket) -> None:
    """Pide al sistema que compruebe si el otro lado sigue ahí cuando la conexión calla.

    Sin esto, un ordenador que se apaga de golpe parece un cliente que no dice nada (RFC 1122,
    apartado 4.2.3.6). Al minuto de silencio se pregunta; a las tres preguntas sin respuesta
    la conexión se da por cortada.
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
        raise ErrorDeRed(_por_que_no_conecta(error, host, puerto, modo)) from error
    conexion.settimeout(None)
    vigilar_si_sigue_viva(conexion)
    return conexion


def _por_que_no_conecta(error: OSError | UnicodeError, host: str, puerto: int, modo: str) -> str:
    if isinstance(error, NOMBRE_DESCONOCIDO):
        return f"No encuentro ninguna máquina llamada «{host}». Revisa --host."
    if isinstance(error, ConnectionRefusedError):
        servidor = f"servidor {modo}" + (f" --puerto {puerto}" if puerto != PUERTO else "")
        return (
            f"No hay ningún servidor en {host}:{puerto}. ¿Lo has arrancado? "
            f"Prueba: {orden_chatlab(servidor)}"
        )
    if isinstance(error, TimeoutError):
        return (
            f"{host}:{puerto} no contesta. ¿Está en tu misma red, y deja pasar ese puerto "
            "su cortafuegos?"
        )
    if error.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
        return f"No hay camino hasta {host}: ¿estás en su misma red? Revisa --host."
    return f"No puedo conectar con {host}:{puerto} (error {error.errno} del sistema)."


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


def ha_cerrado(conexion: socket.socket, plazo: float) -> bool:
    """Espera como mucho `plazo` segundos a que el otro lado cierre, y dice si lo ha hecho.

    Es para quien no espera recibir nada: lo que llegue se tira. Lanza `ConnectionError` si la
    conexión se ha cortado.
    """
    limite = time.monotonic() + plazo
    while _hay_algo(conexion, max(0.0, limite - time.monotonic())):
        if not _recv(conexion):
            return True
    return False
