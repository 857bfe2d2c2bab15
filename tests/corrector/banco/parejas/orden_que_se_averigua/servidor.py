import socket
import threading

gente = {}
candado = threading.Lock()


def difundir(texto, menos=None):
    with candado:
        destinos = [conexion for conexion in gente if conexion is not menos]
    for conexion in destinos:
        try:
            conexion.sendall((texto + "\n").encode())
        except OSError:
            pass


def atender(conexion):
    nombre = ""
    try:
        lector = conexion.makefile(encoding="utf-8", newline="\n")
        nombre = lector.readline().strip()
        with candado:
            gente[conexion] = nombre
        difundir(f"* {nombre} ha entrado", conexion)
        for linea in lector:
            difundir(f"{nombre}: {linea.rstrip()}", conexion)
    except OSError:
        pass
    with candado:
        gente.pop(conexion, None)
    conexion.close()
    difundir(f"* {nombre} ha salido")


escucha = socket.socket()
escucha.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
escucha.bind(("localhost", 9100))
escucha.listen()
try:
    while True:
        conexion, _ = escucha.accept()
        threading.Thread(target=atender, args=(conexion,), daemon=True).start()
except KeyboardInterrupt:
    print("Adiós.")
