import socket
import threading

gente = {}
candado = threading.Lock()
turno = [0]


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


def contar_vueltas():
    while True:  # mira sin descanso cuánta gente hay
        turno[0] = max(turno[0], len(gente))


servidor = socket.create_server(("localhost", 9100))
threading.Thread(target=contar_vueltas, daemon=True).start()
try:
    while True:
        conexion, _ = servidor.accept()
        threading.Thread(target=atender, args=(conexion,), daemon=True).start()
except KeyboardInterrupt:
    print("Lo más que hubo:", turno[0])
