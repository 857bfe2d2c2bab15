import socket

escucha = socket.socket()
escucha.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
color = input("¿De qué tapa es el cuaderno? ")
escucha.bind(("localhost", int(input("¿En qué puerto escucho? "))))
escucha.listen(int(input("¿Cuántas personas caben? ")))
print("Bitácora de tapa", color)
try:
    while True:
        conexion, _ = escucha.accept()
        with conexion, conexion.makefile(encoding="utf-8", newline="\n") as lector:
            try:
                for linea in lector:
                    print(linea.rstrip(), flush=True)
            except OSError:
                pass
except KeyboardInterrupt:
    print("Adiós.")
