import os
import socket
import threading

clientes = {}
candado = threading.Lock()


def mandar(texto, emisor):
    for c in list(clientes):
        if c is not emisor:
            try:
                c.sendall(texto.encode("utf-8"))
            except OSError:
                pass


def atender(c):
    nombre = ""
    try:
        nombre = c.recv(1024).decode("utf-8")
        if nombre:
            with candado:
                clientes[c] = nombre
            mandar(f"{nombre} está en línea", c)
        while nombre:
            texto = c.recv(1024).decode("utf-8")
            if not texto:
                break
            mandar(f"{nombre} -> {texto}", c)
    except OSError:
        pass
    c.close()
    if not nombre:
        return
    with candado:
        del clientes[c]
        quedan = len(clientes)
    mandar(f"{nombre} ya no está en línea", None)
    if quedan == 0:
        # sin clientes no hace falta el servidor
        print("No queda nadie, me apago")
        os._exit(0)


def main():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", 11111))
    s.listen(5)
    print("En línea en el puerto 11111")
    while True:
        c, dir = s.accept()
        h = threading.Thread(target=atender, args=(c,))
        h.daemon = True
        h.start()


try:
    main()
except KeyboardInterrupt:
    print("Apagado")
