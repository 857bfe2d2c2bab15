import selectors
import socket

escucha = socket.socket()
escucha.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
escucha.bind(("127.0.0.1", 9100))
escucha.listen()
todos = selectors.DefaultSelector()
todos.register(escucha, selectors.EVENT_READ)
print("listo")
gente = {}
pendiente = {}


def difundir(texto, menos=None):
    for otro in list(gente):
        if otro is not menos and gente[otro]:
            try:
                otro.send((texto + "\n").encode())
            except OSError:
                pass


def atender(con):
    try:
        datos = con.recv(4096)
    except OSError:
        datos = b""
    if not datos:
        nombre = gente.pop(con)
        todos.unregister(con)
        con.close()
        if nombre:
            difundir(f"* {nombre} ha salido")
        return
    *lineas, pendiente[con] = (pendiente[con] + datos).split(b"\n")
    for linea in lineas:
        texto = linea.decode(errors="replace").strip()
        if not texto:
            continue  # un latido: el cliente sigue ahí
        if gente[con] is None:
            gente[con] = texto
            difundir(f"* {texto} ha entrado", con)
        else:
            difundir(f"{gente[con]}: {texto}", con)


try:
    while True:
        for clave, _ in todos.select():
            if clave.fileobj is escucha:
                nueva, _ = escucha.accept()
                nueva.setblocking(False)
                gente[nueva], pendiente[nueva] = None, b""
                todos.register(nueva, selectors.EVENT_READ)
            else:
                atender(clave.fileobj)
except KeyboardInterrupt:
    print("Adiós")
escucha.close()
