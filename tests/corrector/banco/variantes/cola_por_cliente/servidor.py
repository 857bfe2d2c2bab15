import socket
import threading
from queue import Queue

# Cada cliente tiene su cola y un hilo que envía, así uno lento no para a los otros.
colas = {}
candado = threading.Lock()


def hilo_enviar(conn, cola):
    while True:
        texto = cola.get()
        if texto is None:
            break
        try:
            conn.sendall(texto.encode() + b"\n")
        except OSError:
            break


def todos(texto, emisor):
    with candado:
        for conn in colas:
            if conn is not emisor:
                colas[conn].put(texto)


def hilo_recibir(conn):
    archivo = conn.makefile(encoding="utf-8", newline="\n")
    nombre = None
    try:
        for linea in archivo:
            texto = linea.rstrip("\n")
            if nombre is None:
                nombre = texto
                cola = Queue()
                threading.Thread(target=hilo_enviar, args=(conn, cola), daemon=True).start()
                with candado:
                    colas[conn] = cola
                todos("Se ha conectado " + nombre, conn)
            else:
                todos(nombre + ": " + texto, conn)
    except OSError as e:
        print("error:", e)
    if nombre is not None:
        with candado:
            del colas[conn]
        cola.put(None)
        todos("Se ha desconectado " + nombre, conn)
    conn.close()


servidor = socket.socket()
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(("127.0.0.1", 10000))
servidor.listen()
print("servidor preparado")
try:
    while True:
        conn, addr = servidor.accept()
        threading.Thread(target=hilo_recibir, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    print("servidor terminado")
