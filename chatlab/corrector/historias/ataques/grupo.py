"""Muchas personas a la vez: se presentan, y envían y leen sin descanso.

python grupo.py PUERTO CUANTAS NOMBRE SALUDO MENSAJE VECES

El nombre acaba en «00»: cada persona lleva su número en su lugar. Cada vez que se pulsa Intro, se
dice cuántas han recibido algo desde la anterior, y envían todas el mensaje, tantas veces como se
diga.
"""

import itertools
import selectors
import socket
import sys
import threading

puerto, cuantas, veces = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[6])
nombre, saludo, mensaje = (bytes.fromhex(texto) for texto in sys.argv[3:6])


class Asistente:
    """Una de las personas: su conexión, lo que le queda por enviar y lo que ha recibido."""

    def __init__(self, numero: int) -> None:
        mio = nombre[:-2] + b"%02d" % numero
        self.mensaje = mensaje.replace(nombre, mio)
        self.recibidos = 0
        self.conexion = socket.create_connection(("localhost", puerto))
        self.conexion.sendall(saludo.replace(nombre, mio))


def leer(asistentes: list[Asistente]) -> None:
    """Recoge lo que les llega a todas, hasta que acaba el programa."""
    selector = selectors.DefaultSelector()
    for asistente in asistentes:
        selector.register(asistente.conexion, selectors.EVENT_READ, asistente)
    while selector.get_map():
        for clave, _ in selector.select():
            asistente = clave.data
            try:
                recibidos = len(asistente.conexion.recv(65536))
            except OSError:
                recibidos = 0  # la han echado
            asistente.recibidos += recibidos
            if not recibidos:
                selector.unregister(asistente.conexion)


def enviar(asistente: Asistente) -> None:
    """Envía todo lo suyo; si no le leen, espera."""
    try:
        asistente.conexion.sendall(asistente.mensaje * veces)
    except OSError:
        pass  # la han echado


grupo = [Asistente(numero) for numero in range(cuantas)]
threading.Thread(target=leer, args=(grupo,), daemon=True).start()
print("dentro", flush=True)
for vuelta in itertools.count(1):
    input()
    print(f"{vuelta}: han recibido {sum(a.recibidos > 0 for a in grupo)}", flush=True)
    for asistente in grupo:
        asistente.recibidos = 0
    for asistente in grupo if veces else ():
        threading.Thread(target=enviar, args=(asistente,), daemon=True).start()
