import socket
import threading

gente = []
candado = threading.Lock()


def siguiente(entrada):
    return entrada.readline()


def atender(conexion):
    entrada = conexion.makefile("r", encoding="utf-8")
    with candado:
        nombre = siguiente(entrada).strip()
        gente.append(conexion)
        for linea in entrada:
            for otra in list(gente):
                if otra is not conexion:
                    otra.sendall(f"{nombre}: {linea}".encode())
        gente.remove(conexion)


escucha = socket.create_server(("localhost", 9232))
while True:
    conexion, _ = escucha.accept()
    threading.Thread(target=atender, args=(conexion,), daemon=True).start()
