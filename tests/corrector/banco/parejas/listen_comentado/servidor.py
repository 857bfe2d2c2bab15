import socket
import threading

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 9090))
# server.listen()
clients = []
nicks = []
lock = threading.Lock()


def broadcast(mensaje, menos=None):
    for c in list(clients):
        if c is menos:
            continue
        try:
            c.send(mensaje.encode())
        except OSError:
            remove(c)


def remove(c):
    with lock:
        if c not in clients:
            return
        i = clients.index(c)
        clients.pop(i)
        nick = nicks.pop(i)
    c.close()
    broadcast(f"{nick} salió del chat\n")


def handle(client, nick):
    while True:
        try:
            mensaje = client.recv(1024)
            if not mensaje:
                break
            broadcast(f"{nick}: {mensaje.decode()}".rstrip("\n") + "\n", client)
        except OSError:
            break
    remove(client)


def bienvenida(client):
    try:
        client.send(b"NICK\n")
        nick = client.recv(1024).decode().strip()
        if not nick:
            return client.close()
    except OSError:
        return client.close()
    nicks.append(nick)
    clients.append(client)
    print("Nick:", nick)
    broadcast(f"{nick} entró al chat\n", client)
    handle(client, nick)


def receive():
    while True:
        client, address = server.accept()
        print("Conectado", address)
        t = threading.Thread(target=bienvenida, args=(client,), daemon=True)
        t.start()


print("Servidor escuchando...")
try:
    receive()
except KeyboardInterrupt:
    print("Apagando")
server.close()
