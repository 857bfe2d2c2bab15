# -*- coding: utf-8 -*-
from socket import *
from threading import Thread


class Cliente:
    def __init__(self, ip, puerto):
        self.socket = socket(AF_INET, SOCK_STREAM)
        self.socket.connect((ip, puerto))
        print('Conectado con el servidor')
        self.nombre = input('Nombre: ')
        self.socket.sendall(self.nombre.encode('utf-8'))
        self.activo = True

    def recibir(self):
        while self.activo:
            try:
                texto = self.socket.recv(1024).decode('utf-8')
            except OSError:
                texto = ''
            if texto == '':
                break
            print(texto)
        if self.activo:
            print('El servidor ya no está')
            self.activo = False

    def ejecutar(self):
        hilo = Thread(target=self.recibir)
        hilo.daemon = True
        hilo.start()
        print('Escribe tus mensajes (logout para salir)')
        while self.activo:
            texto = input()
            if texto == '':
                continue
            if texto == 'logout':
                self.activo = False
            try:
                self.socket.sendall(texto.encode('utf-8'))
            except OSError:
                break


if __name__ == '__main__':
    Cliente('127.0.0.1', 6000).ejecutar()
