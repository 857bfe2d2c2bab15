import socket
import threading


def recibir(s):
    while True:
        try:
            mensaje = s.recv(1024).decode("utf-8")
        except OSError:
            mensaje = ""
        if mensaje == "":
            print("El servidor ha cerrado el chat")
            return
        print(mensaje)


s = socket.socket()
s.connect(("localhost", 5432))
nombre = ""
while nombre == "":
    nombre = input("Escribe tu nombre de usuario\n")
s.sendall(nombre.encode("utf-8"))
threading.Thread(target=recibir, args=(s,), daemon=True).start()
while True:
    texto = input()
    if texto == "/quit":
        print("Adiós", nombre)
        break
    elif texto != "":
        s.sendall(texto.encode("utf-8"))
