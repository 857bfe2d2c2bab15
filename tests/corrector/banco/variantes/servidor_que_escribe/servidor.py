"""El que está en el servidor también puede escribir y lo ven todos."""
import socket
import threading

PUERTO = 5432
clientes = []


def enviar(mensaje, emisor=None):
    for c in list(clientes):
        if c != emisor:
            try:
                c.sendall(mensaje.encode("utf-8"))
            except OSError:
                pass


def atender(c):
    nombre = ""
    try:
        nombre = c.recv(1024).decode("utf-8")
        clientes.append(c)
        print(nombre, "se ha conectado")
        enviar(f"{nombre} se ha conectado", c)
        while True:
            mensaje = c.recv(1024).decode("utf-8")
            if mensaje == "":
                break
            print(f"{nombre}: {mensaje}")
            enviar(f"{nombre}: {mensaje}", c)
    except OSError:
        pass
    if c in clientes:
        clientes.remove(c)
    c.close()
    print(nombre, "se ha desconectado")
    enviar(f"{nombre} se ha desconectado")


def aceptar(s):
    while True:
        c, _ = s.accept()
        threading.Thread(target=atender, args=(c,), daemon=True).start()


s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("localhost", PUERTO))
s.listen()
threading.Thread(target=aceptar, args=(s,), daemon=True).start()
print("Servidor abierto en el puerto", PUERTO)
print("Escribe para hablar con todos, cerrar para terminar")
try:
    while True:
        texto = input()
        if texto == "cerrar":
            break
        enviar("SERVIDOR: " + texto)
except (KeyboardInterrupt, EOFError):
    print("Cerrando...")
