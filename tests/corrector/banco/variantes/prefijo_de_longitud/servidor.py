"""Servidor de chat. Cada mensaje va precedido de su longitud en 4 bytes."""
import socket
import struct
import threading

clientes = {}
cerrojo = threading.Lock()


def recibir_exactos(con, cuantos):
    trozos = b""
    while len(trozos) < cuantos:
        trozo = con.recv(cuantos - len(trozos))
        if not trozo:
            raise ConnectionError("cerrada")
        trozos += trozo
    return trozos


def recibir(con):
    (longitud,) = struct.unpack("!I", recibir_exactos(con, 4))
    return recibir_exactos(con, longitud).decode("utf-8")


def enviar(con, texto):
    datos = texto.encode("utf-8")
    con.sendall(struct.pack("!I", len(datos)) + datos)


def difundir(texto, emisor):
    with cerrojo:
        for con in clientes:
            if con is not emisor:
                try:
                    enviar(con, texto)
                except OSError:
                    pass


def hilo_cliente(con):
    nombre = None
    try:
        nombre = recibir(con)
        with cerrojo:
            clientes[con] = nombre
        difundir(f"{nombre} ha llegado", con)
        while True:
            difundir(f"{nombre}: {recibir(con)}", con)
    except ConnectionError:
        pass
    finally:
        if nombre is not None:
            with cerrojo:
                del clientes[con]
            difundir(f"{nombre} se ha marchado", con)
        con.close()


def main():
    with socket.create_server(("", 4321)) as servidor:
        print("Servidor en marcha, puerto 4321")
        while True:
            con, _ = servidor.accept()
            threading.Thread(target=hilo_cliente, args=(con,), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("Servidor detenido")
