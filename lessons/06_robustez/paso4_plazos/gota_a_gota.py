"""Dice su nombre letra a letra, y nunca pulsa Intro.

Es para probar tu propio servidor.

    python gota_a_gota.py [host] [puerto]

Envía 10 letras, una cada medio segundo. Un atacante de verdad enviaría una por
minuto, y desde muchas conexiones a la vez.
"""

import socket
import sys

HOST = sys.argv[1] if len(sys.argv) > 1 else "localhost"
PUERTO = int(sys.argv[2]) if len(sys.argv) > 2 else 8000
LETRAS = "Robustiana"
PAUSA = 0.5

contestacion = b""
enviadas = 0
try:
    with socket.create_connection((HOST, PUERTO), timeout=PAUSA) as conexion:
        while enviadas < len(LETRAS) and not contestacion:
            conexion.sendall(LETRAS[enviadas].encode())
            enviadas += 1
            try:
                # La pausa: espera PAUSA segundos, o menos.
                contestacion = conexion.recv(4096)
            except TimeoutError:
                pass  # no ha dicho nada
except OSError:
    sys.exit(f"No hay ningún servidor en {HOST}:{PUERTO}.")
print(f"He enviado {enviadas} letras de mi nombre.")
print(
    f"El servidor dice: {contestacion.decode()}"
    if contestacion
    else "Aún me esperan."
)
