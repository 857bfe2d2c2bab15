import socket
import threading
from datetime import datetime

servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(('localhost', 9090))
servidor.listen()

clientes = []
cerrojo = threading.Lock()


def hora():
    return datetime.now().strftime('%H:%M:%S')


def difundir(mensaje, emisor=None):
    texto = f'({hora()}) {mensaje}'
    print(texto)
    with cerrojo:
        for cliente in clientes:
            if cliente != emisor:
                try:
                    cliente.send(texto.encode('utf-8'))
                except ConnectionError:
                    pass


def atender(cliente):
    try:
        nombre = cliente.recv(1024).decode('utf-8')
        with cerrojo:
            clientes.append(cliente)
        difundir(f'{nombre} se ha unido a la conversación', cliente)
    except ConnectionError:
        return
    while True:
        try:
            mensaje = cliente.recv(1024).decode('utf-8')
        except ConnectionError:
            mensaje = ''
        if mensaje in ('', 'chao'):
            break
        difundir(f'{nombre}: {mensaje}', cliente)
    with cerrojo:
        clientes.remove(cliente)
    cliente.close()
    difundir(f'{nombre} ha dejado la conversación')


print(f'({hora()}) Servidor en marcha')
try:
    while True:
        cliente, direccion = servidor.accept()
        threading.Thread(target=atender, args=(cliente,), daemon=True).start()
except KeyboardInterrupt:
    print(f'({hora()}) Servidor apagado')
