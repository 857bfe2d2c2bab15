"""Entra en el chat y dice muchas líneas seguidas.

Es para probar tu propio servidor.

    python cotorra.py [líneas] [host] [puerto]

Si el servidor no acaba de leerlas en 30 segundos, se va.
"""

import socket
import sys
import time

LINEAS = int(sys.argv[1]) if len(sys.argv) > 1 else 100
HOST = sys.argv[2] if len(sys.argv) > 2 else "localhost"
PUERTO = int(sys.argv[3]) if len(sys.argv) > 3 else 8000
PACIENCIA = 30.0

lineas = "".join(
    f"línea {numero}{' bla' * 40}\n" for numero in range(1, LINEAS + 1)
)
print(f"Voy a decir {LINEAS} líneas.")
principio = time.monotonic()
try:
    with socket.create_connection(
        (HOST, PUERTO), timeout=PACIENCIA
    ) as cotorra:
        cotorra.sendall(f"Cotorra\n{lineas}".encode())
        cotorra.shutdown(socket.SHUT_WR)  # ya no enviaré más
        while cotorra.recv(4096):
            pass  # el servidor cerrará cuando lo haya leído todo
    segundos = f"{time.monotonic() - principio:.1f}".replace(".", ",")
    print(f"El servidor las ha leído todas en {segundos} s.")
except TimeoutError:
    print("El servidor no me lee. Me voy.")
except OSError:
    sys.exit(f"El servidor de {HOST}:{PUERTO} no está, o me ha echado.")
except KeyboardInterrupt:
    print("\nMe voy.")
