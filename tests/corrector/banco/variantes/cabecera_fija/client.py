import socket
import threading

HEADER = 64
PORT = 5050
FORMAT = 'utf-8'
DISCONNECT_MESSAGE = "!DESCONECTAR"
SERVER = "127.0.0.1"
ADDR = (SERVER, PORT)

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(ADDR)


def send(msg):
    message = msg.encode(FORMAT)
    client.sendall(str(len(message)).ljust(HEADER).encode(FORMAT) + message)


def read(length):
    data = b''
    while len(data) < length:
        part = client.recv(length - len(data))
        if not part:
            return None
        data += part
    return data.decode(FORMAT)


def listen():
    while True:
        try:
            header = read(HEADER)
            msg = read(int(header)) if header else None
        except OSError:
            msg = None
        if msg is None:
            print("Conexión terminada")
            break
        print(msg)


send(input("Usuario: "))
threading.Thread(target=listen, daemon=True).start()
print(f"Escribe {DISCONNECT_MESSAGE} para salir")
while True:
    text = input()
    send(text)
    if text == DISCONNECT_MESSAGE:
        break
