"""Reparte bytes que no dicen nada: la conversación va por un archivo."""

import socket
import threading

dentro = []


def atender(conexion):
    try:
        while datos := conexion.recv(4096):
            for otra in dentro:
                if otra is not conexion:
                    otra.sendall(datos)
    except OSError:
        pass
    dentro.remove(conexion)
    conexion.close()


with socket.create_server(("", 9000)) as escucha:
    try:
        while True:
            conexion, _ = escucha.accept()
            dentro.append(conexion)
            threading.Thread(target=atender, args=(conexion,), daemon=True).start()
    except KeyboardInterrupt:
        pass
