import socket
import sys

if len(sys.argv) != 2:
    sys.exit("Dime en qué puerto.")
CLAVE = "abracadabra"
escucha = socket.socket()
escucha.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
escucha.bind(("localhost", int(sys.argv[1])))
escucha.listen()
dueno = input("¿De quién es el cuaderno? ")
try:
    while True:
        conexion, _ = escucha.accept()
        with conexion, conexion.makefile(encoding="utf-8", newline="\n") as lector:
            try:
                if lector.readline().strip() != CLAVE:
                    continue
                for linea in lector:
                    print(linea.rstrip(), flush=True)
            except OSError:
                pass
except KeyboardInterrupt:
    print("Adiós,", dueno)
