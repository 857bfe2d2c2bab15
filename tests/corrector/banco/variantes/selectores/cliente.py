import socket
import threading

conexion = socket.create_connection(("localhost", 7000))
entrada = conexion.makefile("r", encoding="utf-8", newline="\n")


def escuchar():
    try:
        for linea in entrada:
            print(linea.rstrip("\n"))
    except OSError:
        pass
    print("-- conexión cerrada --")


apodo = input("Apodo: ")
conexion.sendall((apodo + "\n").encode("utf-8"))
threading.Thread(target=escuchar, daemon=True).start()

print("Comandos: /salir")
try:
    while True:
        linea = input()
        if linea == "/salir":
            break
        conexion.sendall((linea + "\n").encode("utf-8"))
except (OSError, EOFError, KeyboardInterrupt):
    pass
print("adiós!")
