"""Un chat en el que un hilo toma dos veces el mismo candado."""

import socket
import threading

clientes = {}
candado = threading.Lock()


def difundir(texto):
    with candado:
        for cliente in clientes:
            cliente.sendall(f"{texto}\n".encode())


def atender(cliente):
    nombre = cliente.recv(1024).decode("utf-8", errors="replace").strip()
    with candado:
        clientes[cliente] = nombre
    difundir(f"{nombre} ha entrado")
    while datos := cliente.recv(1024):
        texto = datos.decode("utf-8", errors="replace").strip()
        difundir(f"{nombre}: {texto}")
    with candado:
        del clientes[cliente]
        # El fallo: difundir toma el candado, y este hilo ya lo tiene.
        difundir(f"{nombre} se ha ido")
    cliente.close()


with socket.create_server(("localhost", 8000)) as servidor:
    print("Escuchando en localhost:8000")
    while True:
        cliente, _ = servidor.accept()
        threading.Thread(target=atender, args=(cliente,), daemon=True).start()
