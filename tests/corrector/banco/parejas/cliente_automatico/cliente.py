import socket
import time

with socket.create_connection(("localhost", 9100)) as conexion:
    for numero in range(1, 11):
        conexion.sendall(f"apunte {numero:02}\n".encode())
        time.sleep(2)
