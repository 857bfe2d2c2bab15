import socket
import threading

IP = "localhost"
PUERTO = 2000

diccionario = {}


def enviar_todos(texto, yo):
    for otro in list(diccionario.keys()):
        if otro is not yo:
            try:
                otro.send(bytes(texto, "utf-8"))
            except OSError:
                pass


def cliente_nuevo(conn):
    try:
        nombre = str(conn.recv(1024), "utf-8")
    except OSError:
        nombre = ""
    if nombre == "":
        conn.close()
        return
    diccionario[conn] = nombre
    enviar_todos("El usuario " + nombre + " ha entrado", conn)
    seguir = True
    while seguir:
        try:
            texto = str(conn.recv(1024), "utf-8")
        except OSError:
            texto = ""
        if texto == "":
            seguir = False
        else:
            enviar_todos(nombre + " => " + texto, conn)
    del diccionario[conn]
    conn.close()
    enviar_todos("El usuario " + nombre + " ha salido", conn)


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((IP, PUERTO))
s.listen(50)
try:
    while True:
        conn, addr = s.accept()
        print("Conexión de %s:%d" % addr)
        h = threading.Thread(target=cliente_nuevo, args=(conn,))
        h.daemon = True
        h.start()
except KeyboardInterrupt:
    s.close()
