# --8<-- [start:preparar]
"""Un servidor que espera dos veces: a que lo llamen y a que le envíen algo."""

import socket
import time

servidor = socket.create_server(("127.0.0.1", 8105))
trabajo = time.process_time()
# --8<-- [end:preparar]

# --8<-- [start:accept]
print("accept: espero a que alguien llame")
conexion, direccion = servidor.accept()
# --8<-- [end:accept]

# --8<-- [start:recv]
print("recv: espero a que envíe algo")
datos = conexion.recv(1024)
print("Ha llegado", datos)
# --8<-- [end:recv]

# --8<-- [start:trabajo]
print(f"Segundos de trabajo: {time.process_time() - trabajo:.1f}")
# --8<-- [end:trabajo]
