import socket
import threading

nombre = input("Tu nombre: ")
s = socket.socket()
s.connect(("localhost", 1234))
s.send(nombre.encode())

def recibir():
    while True:
        datos = s.recv(1024)
        if len(datos) == 0:
            break
        print(datos.decode())

t = threading.Thread(target=recibir)
t.daemon = True
t.start()

while True:
    texto = input()
    s.send(texto.encode())
