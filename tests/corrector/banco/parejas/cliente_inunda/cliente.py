import socket
import threading

conexion = socket.create_connection(("localhost", 9100))
conexion.sendall((input("Tu nombre: ") + "\n").encode())


def recibir():
    for linea in conexion.makefile(encoding="utf-8"):
        print(linea, end="")


threading.Thread(target=recibir, daemon=True).start()
texto = input()
while True:  # la pregunta se quedó fuera del bucle: repite lo primero que se escribe
    conexion.sendall((texto + "\n").encode())
