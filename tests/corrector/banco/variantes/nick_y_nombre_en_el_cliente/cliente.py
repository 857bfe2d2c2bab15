import os
import socket
import threading

nick = input('Elige tu nick: ')

cliente = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
cliente.connect(('127.0.0.1', 55555))


def recibir():
    while True:
        try:
            mensaje = cliente.recv(1024).decode('utf-8')
            if mensaje == 'NICK':
                cliente.send(nick.encode('utf-8'))
            elif mensaje == '':
                print('Se cerró el servidor!')
                os._exit(0)
            else:
                print(mensaje)
        except ConnectionError:
            print('Ocurrió un error!')
            os._exit(1)


def escribir():
    while True:
        mensaje = '{}: {}'.format(nick, input(''))
        cliente.send(mensaje.encode('utf-8'))


hilo_recibir = threading.Thread(target=recibir)
hilo_recibir.start()

hilo_escribir = threading.Thread(target=escribir)
hilo_escribir.start()
