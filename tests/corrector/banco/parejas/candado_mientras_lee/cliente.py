import socket
import threading

conexion = socket.create_connection(("localhost", 9232))


def recibir():
    while datos := conexion.recv(1024):
        print(datos.decode(), end="", flush=True)


nombre = input("Tu nombre: ")
conexion.sendall((nombre + "\n").encode())
threading.Thread(target=recibir, daemon=True).start()
while (texto := input()) != "salir":
    conexion.sendall((texto + "\n").encode())
