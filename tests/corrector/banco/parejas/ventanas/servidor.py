import socket
import threading

gente = []


def atender(conexion):
    with conexion, conexion.makefile(encoding="utf-8") as lineas:
        for linea in lineas:
            for otra in list(gente):
                if otra is not conexion:
                    otra.sendall(linea.encode())
    gente.remove(conexion)


with socket.create_server(("localhost", 9100)) as servidor:
    try:
        while True:
            conexion, _ = servidor.accept()
            gente.append(conexion)
            threading.Thread(target=atender, args=(conexion,), daemon=True).start()
    except KeyboardInterrupt:
        print("Adiós")
