"""El mismo servidor, con un hilo para cada cliente."""

import socket
import threading


def atender(conexion):
    print("Ha entrado alguien")
    while datos := conexion.recv(1024):
        print(datos.decode("utf-8", errors="replace"), end="")
    print("Se ha ido")


servidor = socket.create_server(("localhost", 8000))
print("Escucho en el puerto 8000")
try:
    while True:
        conexion, direccion = servidor.accept()
        threading.Thread(target=atender, args=(conexion,), daemon=True).start()
except KeyboardInterrupt:
    print("Servidor cerrado")
