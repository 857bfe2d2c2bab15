"""Un chat como lo escribe quien acaba de aprender hilos: uno por cliente, y `sendall` a todos."""

from __future__ import annotations

import socket
import threading

clientes: list[socket.socket] = []
candado = threading.Lock()


def difundir(linea: str, emisor: socket.socket) -> None:
    with candado:
        for cliente in clientes:
            if cliente is not emisor:
                cliente.sendall(linea.encode())


def atender(cliente: socket.socket) -> None:
    cliente.sendall(b"* Bienvenido a chatlab. Dentro tienes /ayuda. Escribe tu nombre:\n")
    lineas = cliente.makefile(encoding="utf-8", newline="\n")
    nombre = lineas.readline().strip()
    # Primero se apunta: quien lee el saludo ya no se pierde nada.
    with candado:
        clientes.append(cliente)
    cliente.sendall(f"* Hola, {nombre}.\n".encode())
    try:
        for linea in lineas:
            difundir(f"{nombre}: {linea.rstrip()}\n", cliente)
    except OSError:
        pass  # se ha cortado la conexión
    finally:
        with candado:
            clientes.remove(cliente)
        cliente.close()


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0), backlog=512) as escucha:
        print(f"Escuchando en 127.0.0.1:{escucha.getsockname()[1]}", flush=True)
        while True:
            threading.Thread(target=atender, args=(escucha.accept()[0],), daemon=True).start()
