import socket
import struct
import threading


def recibir_exactos(con, cuantos):
    trozos = b""
    while len(trozos) < cuantos:
        trozo = con.recv(cuantos - len(trozos))
        if not trozo:
            raise ConnectionError("cerrada")
        trozos += trozo
    return trozos


def enviar(con, texto):
    datos = texto.encode("utf-8")
    con.sendall(struct.pack("!I", len(datos)) + datos)


def mostrar(con):
    try:
        while True:
            (longitud,) = struct.unpack("!I", recibir_exactos(con, 4))
            print(recibir_exactos(con, longitud).decode("utf-8"))
    except OSError:
        print("(el servidor ha colgado)")


def main():
    con = socket.create_connection(("localhost", 4321))
    enviar(con, input("Alias: "))
    threading.Thread(target=mostrar, args=(con,), daemon=True).start()
    while True:
        try:
            texto = input()
        except (EOFError, KeyboardInterrupt):
            texto = "adios"
        if texto == "adios":
            break
        enviar(con, texto)


main()
