"""Entra en el chat y no lee nunca. Es para probar tu propio servidor.

    python sordo.py [host] [puerto]

Se va solo al cabo de un minuto, o con Ctrl+C.
"""

import socket
import sys
import time

HOST = sys.argv[1] if len(sys.argv) > 1 else "localhost"
PUERTO = int(sys.argv[2]) if len(sys.argv) > 2 else 8000
SEGUNDOS = 60

sordo = socket.socket()
# Un buffer pequeño, que se llena enseguida. Hay que pedirlo antes de conectar.
sordo.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
try:
    sordo.connect((HOST, PUERTO))
    sordo.sendall(b"Sordo\n")
    print("He entrado, y no voy a leer nada de lo que llegue.")
    time.sleep(SEGUNDOS)
except OSError:
    sys.exit(f"No hay ningún servidor en {HOST}:{PUERTO}.")
except KeyboardInterrupt:
    print("\nMe voy.")
