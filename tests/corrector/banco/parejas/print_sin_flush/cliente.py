import socket
import threading

conexion = socket.create_connection(("localhost", 9235))


def recibir():
    while True:
        datos = conexion.recv(4096)
        if not datos:
            break
        print(datos.decode(), end="")
    print("El servidor ya no está")


nombre = input("Tu nombre: ")
conexion.sendall((nombre + "\n").encode())
threading.Thread(target=recibir, daemon=True).start()
while (texto := input()) != "salir":
    conexion.sendall((texto + "\n").encode())
