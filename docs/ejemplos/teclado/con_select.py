"""Esperar al teclado y a la red con `select`: en Windows da un error.

python con_select.py
"""

import select
import socket
import sys

conexion = socket.create_connection(("localhost", 8000))
while True:
    listos, _, _ = select.select([sys.stdin, conexion], [], [])
    if sys.stdin in listos:
        linea = sys.stdin.readline()
        if not linea or linea == "salir\n":
            break
        conexion.sendall(linea.encode())
    if conexion in listos:
        datos = conexion.recv(1024)
        if not datos:
            break
        print(datos.decode("utf-8", errors="replace"), end="")
print("Adiós.")
