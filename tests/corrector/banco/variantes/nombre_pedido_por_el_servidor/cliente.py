# El cliente no sabe nada: enseña lo que manda el servidor y envía lo que se escribe
import socket
import threading

cliente = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
cliente.connect(("localhost", 12345))


def mostrar():
    while True:
        try:
            datos = cliente.recv(1024)
        except OSError:
            datos = b""
        if datos == b"":
            print("\nSe ha cerrado la conexión")
            break
        print(datos.decode(), end="", flush=True)


hilo = threading.Thread(target=mostrar, daemon=True)
hilo.start()

while True:
    texto = input()
    if texto == "exit":
        break
    if texto != "":
        cliente.sendall(texto.encode())
