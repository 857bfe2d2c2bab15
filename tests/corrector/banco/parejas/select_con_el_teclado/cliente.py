import select
import socket
import sys

conexion = socket.create_connection(("0.0.0.0", 9234))
nombre = input("Tu nombre: ")
conexion.sendall((nombre + "\n").encode())
resto = b""
while True:
    listos, _, _ = select.select([sys.stdin, conexion], [], [])
    if conexion in listos:
        datos = conexion.recv(4096)
        if not datos:
            print("El servidor ya no está")
            break
        *lineas, resto = (resto + datos).split(b"\n")
        for linea in lineas:
            print(linea.decode(), flush=True)
    if sys.stdin in listos:
        texto = sys.stdin.readline()
        if texto.strip() in ("", "salir"):
            break
        conexion.sendall(texto.encode())
