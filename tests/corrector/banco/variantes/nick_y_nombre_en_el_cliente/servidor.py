import threading
import socket

host = '127.0.0.1'
puerto = 55555

servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind((host, puerto))
servidor.listen()

# listas de clientes y de nicks, van a la vez
clientes = []
nicks = []


def difusion(mensaje, emisor):
    for c in list(clientes):
        if c != emisor:
            try:
                c.send(mensaje)
            except OSError:
                pass


def manejar(cliente):
    while True:
        try:
            mensaje = cliente.recv(1024)
        except OSError:
            mensaje = b''
        if not mensaje:
            indice = clientes.index(cliente)
            clientes.remove(cliente)
            cliente.close()
            nick = nicks.pop(indice)
            print('{} se fue'.format(nick))
            difusion('{} abandonó el chat'.format(nick).encode('utf-8'), None)
            break
        # el mensaje ya trae el nick, lo pone el cliente
        difusion(mensaje, cliente)


def recibir():
    while True:
        cliente, direccion = servidor.accept()
        print('Conectado con {}'.format(str(direccion)))
        hilo = threading.Thread(target=presentar, args=(cliente,))
        hilo.daemon = True
        hilo.start()


def presentar(cliente):
    try:
        cliente.send('NICK'.encode('utf-8'))
        nick = cliente.recv(1024).decode('utf-8')
    except OSError:
        nick = ''
    if nick == '':
        cliente.close()
        return
    nicks.append(nick)
    clientes.append(cliente)
    print('El nick del cliente es {}'.format(nick))
    difusion('{} se ha unido!'.format(nick).encode('utf-8'), cliente)
    cliente.send('Conectado al servidor!'.encode('utf-8'))
    manejar(cliente)


print('El servidor está escuchando...')
try:
    recibir()
except KeyboardInterrupt:
    print('Apagando')
