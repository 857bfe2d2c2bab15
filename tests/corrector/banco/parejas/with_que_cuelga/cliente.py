import os
import socket
import threading

nick = input("Elegí tu nick: ")
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 9090))


def receive():
    while True:
        try:
            mensaje = client.recv(1024).decode()
        except OSError:
            mensaje = ""
        if not mensaje:
            print("Conexión terminada")
            os._exit(0)
        if mensaje == "NICK\n":
            client.send(nick.encode())
        else:
            print(mensaje, end="", flush=True)


def write():
    while True:
        try:
            texto = input()
        except (EOFError, KeyboardInterrupt):
            break
        if texto == "/salir":
            break
        client.send((texto + "\n").encode())
    client.close()


hilo = threading.Thread(target=receive, daemon=True)
hilo.start()
write()
