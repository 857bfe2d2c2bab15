import socket
import threading

gente = []


def atender(conexion):
    entrada = conexion.makefile("r", encoding="utf-8")
    nombre = entrada.readline().strip()
    conexion.sendall(f"Bienvenida, {nombre}\n".encode())
    gente.append(conexion)
    for linea in entrada:
        for otra in list(gente):
            if otra is not conexion:
                otra.sendall(f"{nombre}: {linea}".encode())
    gente.remove(conexion)


escucha = socket.create_server(("localhost", 9231))
while True:
    conexion, _ = escucha.accept()
    threading.Thread(target=atender, args=(conexion,), daemon=True).start()
