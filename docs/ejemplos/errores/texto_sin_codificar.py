"""Envía texto, cuando por la red solo viajan bytes."""

import socket

servidor = socket.create_server(("localhost", 8000))
cliente = socket.create_connection(("localhost", 8000))
cliente.sendall("¡Hola!")
