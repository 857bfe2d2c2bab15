"""Cada nota es un JSON en una línea: dentro de él, los saltos de línea se escriben «\\n»."""

import json
import socket

MAX_LINEA = 1_000_000

servidor = socket.create_server(("localhost", 7000))
vistas = 0


def atender(conexion):
    global vistas
    pendiente = b""
    while datos := conexion.recv(4096):
        pendiente += datos
        *completas, pendiente = pendiente.split(b"\n")
        if len(pendiente) > MAX_LINEA:
            print("Demasiado largo")
            return
        for linea in completas:
            lineas = json.loads(linea)["lineas"]
            vistas += 1
            for cual, texto in enumerate(lineas, 1):
                print(f"[nota {vistas}] {cual}) {texto}")


while True:
    try:
        conexion, direccion = servidor.accept()
        print("Llega", direccion[1])
        with conexion:
            atender(conexion)
    except KeyboardInterrupt:
        break
    except OSError as error:
        print("Conexión perdida:", error)
    except (ValueError, TypeError, KeyError) as error:
        print("Eso no es una nota:", type(error).__name__)
