"""Abre muchas conexiones y calla; tras Intro cuenta las que siguen: python multitud.py PUERTO N."""

import socket
import sys

puerto, cuantas = int(sys.argv[1]), int(sys.argv[2])


def conectar() -> socket.socket | None:
    """Una conexión más; `None` si no la admiten."""
    try:
        return socket.create_connection(("localhost", puerto))
    except OSError:
        return None


def sigue_abierta(conexion: socket.socket) -> bool:
    """Si el servidor no la ha cerrado; lo que haya dicho se tira."""
    conexion.setblocking(False)
    try:
        while conexion.recv(4096):
            pass
    except BlockingIOError:
        return True
    except OSError:
        return False  # cerrada sin contemplaciones
    return False


conexiones = [conexion for _ in range(cuantas) if (conexion := conectar()) is not None]
print("conectados", flush=True)
input()
print(f"siguen {sum(map(sigue_abierta, conexiones))} abiertas", flush=True)
input()
