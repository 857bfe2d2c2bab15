import socket
import threading

gente = []
escucha = socket.create_server(("localhost", 9232))


def atender(conexion):
    while datos := conexion.recv(1024):
        for otra in list(gente):
            if otra is not conexion:
                otra.sendall(datos)
    gente.remove(conexion)


def aceptar():
    while True:
        conexion, _ = escucha.accept()
        gente.append(conexion)
        threading.Thread(target=atender, args=(conexion,), daemon=True).start()


print("Servidor en marcha")
threading.Thread(target=aceptar, daemon=True).start()
