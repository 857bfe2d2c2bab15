import socket
import threading

gente = {}
candado = threading.Lock()


def difundir(texto, menos=None):
    with candado:
        otras = [conexion for conexion in gente if conexion is not menos]
    for conexion in otras:
        try:
            conexion.sendall(f"{texto}\n".encode())
        except OSError:
            pass


def atender(conexion):
    nombre = ""
    try:
        with conexion.makefile(encoding="utf-8", errors="replace", newline="\n") as lineas:
            nombre = lineas.readline().strip()
            with candado:
                gente[conexion] = nombre
            difundir(f"* {nombre} ha entrado", conexion)
            for linea in lineas:
                difundir(f"{nombre}: {linea.rstrip()}", conexion)
    except OSError:
        pass
    with candado:
        gente.pop(conexion, None)
    conexion.close()
    difundir(f"* {nombre} ha salido")


servidor = socket.create_server(("localhost", 9100))
try:
    while True:
        conexion, _ = servidor.accept()
        threading.Thread(target=atender, args=(conexion,), daemon=True).start()
except KeyboardInterrupt:
    print("Adiós")
