import select
import socket

escucha = socket.create_server(("localhost", 9100))
nombres, pendiente = {}, {}


def difundir(texto, menos=None):
    for conexion in list(nombres):
        if conexion is not menos:
            try:
                conexion.sendall(f"{texto}\n".encode())
            except OSError:
                pass


def leer(conexion):
    try:
        datos = conexion.recv(4096)
    except OSError:
        datos = b""
    if not datos:
        nombre = nombres.pop(conexion, "")
        del pendiente[conexion]
        conexion.close()
        difundir(f"[{nombre}] se fue")
        return
    *lineas, pendiente[conexion] = (pendiente[conexion] + datos).split(b"\n")
    for linea in lineas:
        texto = linea.decode(errors="replace")
        if conexion in nombres:
            difundir(f"[{nombres[conexion]}] {texto}", conexion)
        else:
            nombres[conexion] = texto
            difundir(f"[{texto}] llegó", conexion)


try:
    while True:
        listas, _, _ = select.select([escucha, *pendiente], [], [], 0)  # pregunta y no espera
        for una in listas:
            if una is escucha:
                nueva, _ = escucha.accept()
                pendiente[nueva] = b""
            else:
                leer(una)
except KeyboardInterrupt:
    print("Cerrado.")
