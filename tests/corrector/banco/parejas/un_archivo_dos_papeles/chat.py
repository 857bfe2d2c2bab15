import socket
import sys
import threading


def servidor():
    escucha = socket.create_server(("", 9000))
    gente = []
    while True:
        conexion, _ = escucha.accept()
        gente.append(conexion)
        threading.Thread(target=atender, args=(conexion, gente), daemon=True).start()


def atender(conexion, gente):
    while datos := conexion.recv(1024):
        for otra in gente:
            if otra is not conexion:
                otra.sendall(datos)


def cliente():
    conexion = socket.create_connection(("localhost", 9000))
    threading.Thread(target=leer, args=(conexion,), daemon=True).start()
    while True:
        conexion.sendall(input().encode() + b"\n")


def leer(conexion):
    while datos := conexion.recv(1024):
        print(datos.decode(), end="", flush=True)


if sys.argv[1:] == ["servidor"]:
    servidor()
elif sys.argv[1:] == ["cliente"]:
    cliente()
else:
    print("Uso: python chat.py servidor|cliente")
