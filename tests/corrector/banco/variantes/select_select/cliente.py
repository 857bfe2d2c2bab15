# Solo funciona en Linux y Mac, porque en Windows select no sirve para el teclado
import select
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(("localhost", 15000))
nombre = input("Introduzca su alias: ")
s.send(nombre.encode("utf-8"))
print("Conectado. Ya puede enviar mensajes")

while True:
    listos, _, _ = select.select([sys.stdin, s], [], [])
    if s in listos:
        try:
            datos = s.recv(1024).decode("utf-8")
        except ConnectionError:
            datos = ""
        if datos == "":
            print("Desconectado del servidor")
            sys.exit()
        print(datos)
    if sys.stdin in listos:
        texto = sys.stdin.readline().strip()
        if texto == "QUIT":
            break
        s.send(texto.encode("utf-8"))
s.close()
