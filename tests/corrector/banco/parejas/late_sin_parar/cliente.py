import os
import socket
import threading
import time

con = socket.create_connection(("127.0.0.1", 9100))
nombre = input("Tu nombre: ")
con.sendall((nombre + "\n").encode("utf-8"))


def recibir():
    try:
        for linea in con.makefile("r", encoding="utf-8", errors="replace", newline="\n"):
            print(linea.rstrip("\n"))
    except OSError:
        pass
    print("El servidor ya no está")
    os._exit(0)


def latir():
    try:
        while True:
            con.sendall(b"\n")
            time.sleep(0.2)
    except OSError:
        pass


threading.Thread(target=recibir, daemon=True).start()
threading.Thread(target=latir, daemon=True).start()
while True:
    texto = input()
    if texto == "salir":
        break
    con.sendall((texto + "\n").encode("utf-8"))
con.close()
