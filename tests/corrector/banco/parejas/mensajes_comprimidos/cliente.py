import socket, threading, os
from comun import enviar, recibir
def leer():
    try:
        while True: print(recibir(c), flush=True)
    except (OSError, EOFError):
        print("El servidor se ha ido", flush=True); os._exit(0)
c = socket.create_connection(("localhost", 9000))
enviar(c, input("Nombre: "))
threading.Thread(target=leer, daemon=True).start()
while (t := input()) != "salir": enviar(c, t)
