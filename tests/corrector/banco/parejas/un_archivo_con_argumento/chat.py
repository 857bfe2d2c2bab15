import socket
import sys
import threading

GENTE = {}
CANDADO = threading.Lock()


def difundir(texto, menos):
    with CANDADO:
        otros = [otro for otro in GENTE if otro is not menos]
    for otro in otros:
        try:
            otro.sendall(f"{texto}\n".encode())
        except OSError:
            pass


def atender(conexion):
    lineas = conexion.makefile("r", encoding="utf-8")
    nombre = lineas.readline().strip()
    difundir(f"* {nombre} ha entrado", conexion)
    with CANDADO:
        GENTE[conexion] = nombre
    try:
        for linea in lineas:
            difundir(f"{nombre}: {linea.rstrip()}", conexion)
    except OSError:
        pass
    with CANDADO:
        del GENTE[conexion]
    difundir(f"* {nombre} ha salido", conexion)
    conexion.close()


def servidor():
    with socket.create_server(("", 9000)) as escucha:
        while True:
            conexion, _ = escucha.accept()
            threading.Thread(target=atender, args=(conexion,), daemon=True).start()


def leer(conexion):
    for linea in conexion.makefile("r", encoding="utf-8"):
        print(linea, end="", flush=True)
    print("El servidor se ha ido.", flush=True)


def cliente():
    with socket.create_connection(("localhost", 9000)) as conexion:
        conexion.sendall(f"{input('Nombre: ')}\n".encode())
        threading.Thread(target=leer, args=(conexion,), daemon=True).start()
        while (texto := input()) != "salir":
            conexion.sendall(f"{texto}\n".encode())


try:
    servidor() if sys.argv[1] == "servidor" else cliente()
except (KeyboardInterrupt, EOFError):
    pass
