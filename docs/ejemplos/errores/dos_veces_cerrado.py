"""Usa un socket después de cerrarlo."""

import socket

servidor = socket.create_server(("localhost", 8000))
ana = socket.create_connection(("localhost", 8000))
ana.close()
ana.sendall(b"hola\n")
