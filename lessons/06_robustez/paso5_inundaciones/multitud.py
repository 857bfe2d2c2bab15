"""Abre muchas conexiones y no dice nada por ninguna.

Es para probar tu propio servidor.

    python multitud.py [conexiones] [host] [puerto]

Cuenta lo que contesta el servidor en cada una, durante medio segundo.
"""

import socket
import sys
import time
from collections import Counter

CUANTAS = int(sys.argv[1]) if len(sys.argv) > 1 else 100
HOST = sys.argv[2] if len(sys.argv) > 2 else "localhost"
PUERTO = int(sys.argv[3]) if len(sys.argv) > 3 else 8000
PACIENCIA = 0.5

try:
    abiertas = [
        socket.create_connection((HOST, PUERTO)) for _ in range(CUANTAS)
    ]
except OSError:
    sys.exit(
        f"No hay ningún servidor en {HOST}:{PUERTO}, "
        "o no deja entrar a nadie más."
    )
limite = time.monotonic() + PACIENCIA
respuestas = Counter()
for conexion in abiertas:
    try:
        conexion.settimeout(max(0.01, limite - time.monotonic()))
        respuestas[conexion.recv(4096).decode().strip() or "(ha cerrado)"] += 1
    except OSError:
        respuestas["(sin respuesta: ahí sigue)"] += 1
for respuesta, cuantas in respuestas.most_common():
    print(f"{cuantas} conexiones: {respuesta}")
