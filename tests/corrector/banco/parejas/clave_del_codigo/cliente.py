import getpass
import socket

with socket.create_connection(("localhost", 8000)) as conexion:
    conexion.sendall((getpass.getpass("Contraseña: ") + "\n").encode())
    while (texto := input("Apunte: ")) != "salir":
        conexion.sendall((texto + "\n").encode())
