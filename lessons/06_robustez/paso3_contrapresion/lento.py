"""Entra en el chat y lee despacio. Es para probar tu propio servidor.

    python lento.py [host] [puerto]

Se va cuando lee que Cotorra se ha ido.
"""

import socket
import sys
import time

HOST = sys.argv[1] if len(sys.argv) > 1 else "localhost"
PUERTO = int(sys.argv[2]) if len(sys.argv) > 2 else 8000

recibido = b""
lento = socket.socket()
lento.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
try:
    lento.connect((HOST, PUERTO))
    lento.sendall(b"Lento\n")
    print("He entrado, y voy a leer 20 veces por segundo, y poco cada vez.")
    while b"* Cotorra ha salido" not in recibido and (
        datos := lento.recv(1024)
    ):
        recibido += datos
        time.sleep(0.05)
    lineas = recibido.count(b"Cotorra: ")
    print(f"He leído {lineas} líneas de Cotorra.")
except OSError:
    sys.exit(f"El servidor de {HOST}:{PUERTO} no está, o me ha echado.")
except KeyboardInterrupt:
    print("\nMe voy.")
