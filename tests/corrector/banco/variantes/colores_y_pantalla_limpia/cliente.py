import os
import socket
import threading

AZUL = "\033[94m"
AMARILLO = "\033[93m"
NORMAL = "\033[0m"


def limpiar():
    os.system("cls" if os.name == "nt" else "clear")


def hilo_recibir(s):
    while True:
        try:
            mensaje = s.recv(1024).decode("utf-8")
        except OSError:
            mensaje = ""
        if mensaje == "":
            print(AMARILLO + "\nSe ha cerrado el servidor" + NORMAL)
            break
        print("\r" + mensaje)
        print(AZUL + "Tú: " + NORMAL, end="", flush=True)


limpiar()
print(AZUL + "=" * 30)
print("      CHAT DE LA CLASE")
print("=" * 30 + NORMAL)
nombre = input(AMARILLO + "Ingresa tu nick: " + NORMAL)
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(("localhost", 8001))
s.sendall(nombre.encode("utf-8"))
limpiar()
print(f"Hola {nombre}. Con /logout sales.")
threading.Thread(target=hilo_recibir, args=(s,), daemon=True).start()
while True:
    mensaje = input(AZUL + "Tú: " + NORMAL)
    if mensaje == "":
        continue
    s.sendall(mensaje.encode("utf-8"))
    if mensaje == "/logout":
        break
