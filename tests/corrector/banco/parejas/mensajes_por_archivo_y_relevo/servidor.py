"""Lee y escribe los mensajes en un archivo de cada persona, y por la conexión avisa de cuánto hay."""

import socket
import threading
from pathlib import Path

dentro = {}
candado = threading.Lock()


def sube(numero):
    return Path(f"sube_{numero}.txt")


def repartir(texto, de):
    with candado:
        for conexion, numero in dentro.items():
            if conexion is not de:
                with open(f"baja_{numero}.txt", "a", encoding="utf-8") as archivo:
                    archivo.write(texto + "\n")
                conexion.sendall(bytes(len(texto.encode()) + 4))


def atender(conexion):
    numero = int.from_bytes(conexion.recv(4), "big")
    with candado:
        dentro[conexion] = numero
    nombre, leidas = None, 0
    try:
        while conexion.recv(4096):
            lineas = sube(numero).read_text(encoding="utf-8").splitlines()
            for linea in lineas[leidas:]:
                if nombre is None:
                    nombre = linea
                    repartir(f"{nombre} ha entrado", conexion)
                else:
                    repartir(f"{nombre}: {linea}", conexion)
            leidas = len(lineas)
    except OSError:
        pass
    with candado:
        del dentro[conexion]
    repartir(f"{nombre} ha salido", conexion)
    conexion.close()


with socket.create_server(("", 9000)) as escucha:
    try:
        while True:
            conexion, _ = escucha.accept()
            threading.Thread(target=atender, args=(conexion,), daemon=True).start()
    except KeyboardInterrupt:
        pass
