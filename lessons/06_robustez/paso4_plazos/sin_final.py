"""Envía una línea muy larga que no acaba nunca.

Es para probar tu propio servidor.

    python sin_final.py [millones] [host] [puerto]

Si no dices cuántos, son 4 millones de letras.
"""

import socket
import sys

MILLONES = int(sys.argv[1]) if len(sys.argv) > 1 else 4
HOST = sys.argv[2] if len(sys.argv) > 2 else "localhost"
PUERTO = int(sys.argv[3]) if len(sys.argv) > 3 else 8000

enviados = 0
try:
    with socket.create_connection((HOST, PUERTO), timeout=30) as conexion:
        conexion.sendall(b"Eterna\n")
        try:
            for _ in range(MILLONES):
                conexion.sendall(b"x" * 1_000_000)
                enviados += 1
        except ConnectionError:
            pass  # me ha cortado: quizá ha dicho por qué
        dicho = conexion.recv(4096).decode()
    print(f"He enviado {enviados} millones de letras sin un solo Intro.")
    print(f"El servidor dice: {dicho}", end="")
except OSError:
    sys.exit(f"No hay ningún servidor en {HOST}:{PUERTO}, o ya no me lee.")
