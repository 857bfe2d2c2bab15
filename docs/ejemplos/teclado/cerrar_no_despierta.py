"""`close` no despierta a quien espera en `recv`; `shutdown`, sí.

python cerrar_no_despierta.py
"""

import socket
import threading


def esperar_en_recv():
    """Un socket, y un hilo que ya espera en su `recv`."""
    uno, otro = socket.socketpair()
    hilo = threading.Thread(target=uno.recv, args=(1024,), daemon=True)
    hilo.start()
    hilo.join(0.2)  # le da tiempo a llegar a recv
    return uno, otro, hilo


uno, otro, hilo = esperar_en_recv()
uno.close()
hilo.join(0.2)
print("Tras close, ¿sigue esperando?", hilo.is_alive())

uno, otro, hilo = esperar_en_recv()
uno.shutdown(socket.SHUT_RDWR)
hilo.join(0.2)
print("Tras shutdown, ¿sigue esperando?", hilo.is_alive())
