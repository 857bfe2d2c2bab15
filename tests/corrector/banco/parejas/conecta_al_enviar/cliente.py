import socket

while (texto := input("Apunte: ")) != "salir":
    with socket.create_connection(("localhost", 9100)) as conexion:
        conexion.sendall((texto + "\n").encode())
