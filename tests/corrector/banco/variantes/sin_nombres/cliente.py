import socket
import threading

cliente = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
cliente.connect(("localhost", 7777))
print("Conectado al chat. Escribe 'salir' para irte")


def leer():
    while True:
        try:
            datos = cliente.recv(1024)
        except ConnectionError:
            datos = b""
        if not datos:
            print("Servidor apagado")
            break
        print("Mensaje recibido:", datos.decode())


threading.Thread(target=leer, daemon=True).start()
while True:
    texto = input()
    if texto == "salir":
        break
    if texto:
        cliente.sendall(texto.encode())
cliente.close()
