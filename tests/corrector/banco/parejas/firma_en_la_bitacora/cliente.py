import socket

firma = input("¿Quién rellena el cuaderno hoy? ")
with socket.create_connection(("localhost", 9100)) as conexion:
    conexion.sendall((firma + "\n").encode())
    while (texto := input()) != "salir":
        conexion.sendall((texto + "\n").encode())
