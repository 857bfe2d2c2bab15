"""Un servidor que espera dos veces: a que lo llamen y a que le envíen algo."""

import socket
import time

servidor = socket.create_server(("127.0.0.1", 8105))
trabajo = time.process_time()

print("accept: espero a que alguien llame")
conexion, direccion = servidor.accept()

print("recv: espero a que envíe algo")
datos = conexion.recv(1024)
print("Ha llegado", datos)

print(f"Segundos de trabajo: {time.process_time() - trabajo:.1f}")
