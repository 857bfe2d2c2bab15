"""Llama al puerto 8000 y envía cada línea que escribes."""

import socket

conexion = socket.create_connection(("localhost", 8000))
try:
    while True:
        conexion.sendall((input("> ") + "\n").encode())
except (EOFError, KeyboardInterrupt):
    print("Adiós.")
