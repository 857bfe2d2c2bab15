"""Lo menos que puede hacer un servidor de chat: leer a lo grande y escribir lo mismo a todos.

No mira nada de lo que pasa por él: no hay líneas, ni nombres, ni sala. Da el límite del núcleo,
que es leer cada byte una vez y escribirlo tantas veces como receptores hay.
"""

from __future__ import annotations

import selectors
import socket

LECTURA = 256 * 1024


def atender(escucha: socket.socket) -> None:
    """Reparte lo que envían unos a los que reciben, hasta que lo paran."""
    selector = selectors.DefaultSelector()
    selector.register(escucha, selectors.EVENT_READ)
    receptores: list[socket.socket] = []
    while True:
        for clave, _ in selector.select():
            enchufe = clave.fileobj
            assert isinstance(enchufe, socket.socket)
            if enchufe is escucha:
                selector.register(escucha.accept()[0], selectors.EVENT_READ, "recién llegado")
            elif clave.data == "recién llegado":
                presentar(enchufe, selector, receptores)
            else:
                repartir(enchufe, selector, receptores)


def presentar(
    enchufe: socket.socket, selector: selectors.BaseSelector, receptores: list[socket.socket]
) -> None:
    """Lee si ese cliente recibe o envía."""
    if enchufe.recv(LECTURA) == b"recibo\n":
        receptores.append(enchufe)
        selector.unregister(enchufe)
    else:
        selector.modify(enchufe, selectors.EVENT_READ, "emisor")
    enchufe.sendall(b"dentro\n")


def repartir(
    emisor: socket.socket, selector: selectors.BaseSelector, receptores: list[socket.socket]
) -> None:
    datos = emisor.recv(LECTURA)
    if not datos:
        selector.unregister(emisor)
        emisor.close()
    for receptor in receptores:
        receptor.sendall(datos)


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0), backlog=512) as escucha:
        print(f"Escuchando en 127.0.0.1:{escucha.getsockname()[1]}", flush=True)
        atender(escucha)
