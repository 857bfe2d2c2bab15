import socket
import threading

clientes = []
nombres = []
lock = threading.Lock()


def enviar_a_todos(mensaje, emisor):
    with lock:
        copia = clientes.copy()
    for c in copia:
        if c != emisor:
            try:
                c.sendall(mensaje.encode())
            except OSError:
                pass


def conexion_cliente(c):
    try:
        nombre = c.recv(1024).decode()
    except OSError:
        nombre = ""
    if not nombre:
        c.close()
        return
    with lock:
        clientes.append(c)
        nombres.append(nombre)
        print("Conectados:", ", ".join(nombres))
    enviar_a_todos(f"{nombre} se ha conectado al chat", c)
    try:
        while True:
            mensaje = c.recv(1024).decode()
            if not mensaje or mensaje == "/salir":
                break
            enviar_a_todos(f"{nombre}: {mensaje}", c)
    except OSError:
        print("Se ha caído", nombre)
    with lock:
        clientes.remove(c)
        nombres.remove(nombre)
        print("Conectados:", ", ".join(nombres))
    c.close()
    enviar_a_todos(f"{nombre} se ha desconectado del chat", c)


if __name__ == "__main__":
    puerto = int(input("Puerto en el que quieres escuchar: "))
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("", puerto))
    s.listen()
    print("Servidor escuchando en el puerto", puerto)
    try:
        while True:
            c, a = s.accept()
            t = threading.Thread(target=conexion_cliente, args=(c,), daemon=True)
            t.start()
    except KeyboardInterrupt:
        print("Servidor cerrado")
