import socket

from tramas import codificar

conexion = socket.create_connection(("localhost", 9009))
acuses = conexion.makefile(encoding="utf-8")
print("Un punto acaba la nota. Para irte: /salir")
nota = []
while True:
    linea = input("» ")
    if linea == "/salir":
        break
    if linea != ".":
        nota.append(linea)
        continue
    conexion.sendall(codificar("\n".join(nota)))
    nota = []
    if not acuses.readline():
        print("El servidor ya no está")
        break
    print("El servidor la ha visto")
