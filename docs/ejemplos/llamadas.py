"""Cuántas llamadas al sistema cuesta repartir cien líneas a diez personas."""

import socket

LINEAS = b"Un mensaje, como los que se escriben en un chat\n" * 100


class Conexion:
    """Dos sockets unidos: de uno, el del servidor, se cuentan las llamadas."""

    def __init__(self):
        self.servidor, self.persona = socket.socketpair()
        self.llamadas = 0

    def recv(self, maximo):
        self.llamadas = self.llamadas + 1
        return self.servidor.recv(maximo)

    def send(self, datos):
        self.llamadas = self.llamadas + 1
        self.servidor.send(datos)


def una_a_una(ana, demas):
    pendiente = b""
    while datos := ana.recv(1024):
        *lineas, pendiente = (pendiente + datos).split(b"\n")
        for linea in lineas:
            for conexion in demas:
                conexion.send(b"Ana: " + linea + b"\n")


def por_lotes(ana, demas):
    pendiente = b""
    while datos := ana.recv(128 * 1024):
        lote, final, pendiente = (pendiente + datos).rpartition(b"\n")
        if final:
            bloque = b"Ana: " + lote.replace(b"\n", b"\nAna: ") + final
            for conexion in demas:
                conexion.send(bloque)


for repartir in [una_a_una, por_lotes]:
    ana, demas = Conexion(), [Conexion() for _ in range(10)]
    ana.persona.sendall(LINEAS)
    ana.persona.close()
    repartir(ana, demas)
    envios = sum(conexion.llamadas for conexion in demas)
    demas[0].servidor.close()
    recibidas = demas[0].persona.makefile("rb").readlines()
    nombre = repartir.__name__
    print(f"{nombre}: {ana.llamadas} recv y {envios} send", end="; ")
    print(f"a cada persona le llegan {len(recibidas)} líneas")
