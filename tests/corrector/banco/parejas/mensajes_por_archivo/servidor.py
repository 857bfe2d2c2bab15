"""Acepta conexiones, y no hace nada con ellas: la conversación va por un archivo."""

import socket

with socket.create_server(("", 9000)) as escucha:
    dentro = []
    try:
        while True:
            dentro.append(escucha.accept()[0])
    except KeyboardInterrupt:
        pass
