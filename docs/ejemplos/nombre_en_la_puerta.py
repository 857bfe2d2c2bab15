"""Un chat que pregunta el nombre antes de dejar pasar a nadie más."""

import socket
import threading

clientes = {}


def atender(cliente):
    while datos := cliente.recv(1024):
        for otro in list(clientes):
            if otro is not cliente:
                otro.sendall(f"{clientes[cliente]}: ".encode() + datos)
    del clientes[cliente]
    cliente.close()


with socket.create_server(("localhost", 8000)) as servidor:
    print("Escuchando en localhost:8000")
    while True:
        cliente, _ = servidor.accept()
        cliente.sendall("¿Cómo te llamas?\n".encode())
        # El fallo: hasta que esta persona no conteste, no se vuelve a accept.
        nombre = cliente.recv(1024).decode("utf-8", errors="replace").strip()
        print(f"Ha entrado {nombre}")
        clientes[cliente] = nombre
        threading.Thread(target=atender, args=(cliente,), daemon=True).start()
