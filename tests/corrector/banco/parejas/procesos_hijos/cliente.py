import socket

with socket.create_connection(("localhost", 9100)) as conexion:
    while (texto := input("Apunta: ")) != "salir":
        conexion.sendall(f"{texto}\n".encode())
