import socket
import threading

conexion = socket.create_connection(("localhost", 9232))


def recibir():
    try:
        for linea in conexion.makefile("r", encoding="utf-8", errors="replace", newline="\n"):
            print(linea.rstrip("\n"))
    except OSError:
        pass
    print("El servidor ya no está")


nombre = input("Tu nombre: ")
conexion.sendall((nombre + "\n").encode("utf-8"))
threading.Thread(target=recibir, daemon=True).start()
while (texto := input()) != "salir":
    try:
        conexion.sendall((texto + "\n").encode("utf-8"))
    except OSError:
        break
