import base64
import socket

with socket.create_server(("localhost", 9100)) as escucha:
    try:
        while True:
            conexion, _ = escucha.accept()
            with conexion, conexion.makefile("rb") as lineas:
                try:
                    for linea in lineas:
                        print(base64.b64decode(linea).decode())
                except OSError:
                    print("Se ha cortado.")
    except KeyboardInterrupt:
        print("Adiós.")
