from threading import Thread
import socket

host = input("Dirección del host [127.0.0.1]: ")
if host == "":
    host = "127.0.0.1"
puerto = 9001

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((host, puerto))

nombre = input("Ingrese su nombre: ")
s.send(nombre.encode("utf-8"))

def recibir():
    while True:
        mensaje = s.recv(1024).decode("utf-8")
        if not mensaje:
            print("Conexión terminada")
            break
        print(mensaje)

Thread(target=recibir, daemon=True).start()

while True:
    mensaje = input()
    if mensaje == "adios":
        break
    if mensaje != "":
        s.send(mensaje.encode("utf-8"))

s.close()
