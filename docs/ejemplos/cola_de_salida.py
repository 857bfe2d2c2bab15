"""Una cola de salida por cliente: quien publica no espera a nadie."""

import queue
import socket
import threading

MENSAJE = b"x" * 99_999 + b"\n"


def enviar(cola, conexion):
    while True:
        conexion.sendall(cola.get())


clientes = {}
colas = {}
for nombre in ["Lucía", "Sordo"]:
    conexion, clientes[nombre] = socket.socketpair()
    colas[nombre] = queue.Queue(maxsize=10)
    hilo = threading.Thread(
        target=enviar, args=(colas[nombre], conexion), daemon=True
    )
    hilo.start()

leidos = 0
lineas_de_lucia = clientes["Lucía"].makefile("rb")
for _ in range(100):
    for nombre, cola in list(colas.items()):
        try:
            cola.put_nowait(MENSAJE)
        except queue.Full:
            print(f"La cola de {nombre} está llena: lo doy por perdido")
            del colas[nombre]
    lineas_de_lucia.readline()
    leidos = leidos + 1
print(f"Lucía ha leído {leidos} mensajes")
