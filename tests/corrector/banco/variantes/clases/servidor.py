# -*- coding: utf-8 -*-
from socket import *
from threading import Thread, Lock


class Usuario(Thread):
    """Un usuario conectado. Cada uno va en su propio hilo."""

    def __init__(self, conexion, direccion, chat):
        super().__init__(daemon=True)
        self.conexion = conexion
        self.direccion = direccion
        self.chat = chat
        self.nombre = None

    def enviar(self, texto):
        self.conexion.sendall(texto.encode('utf-8'))

    def run(self):
        try:
            self.nombre = self.conexion.recv(1024).decode('utf-8')
            if self.nombre == '':
                return
            self.chat.agregar(self)
            self.escuchar()
        except Exception as e:
            print('Error con', self.direccion, e)
        finally:
            self.chat.quitar(self)
            self.conexion.close()

    def escuchar(self):
        while True:
            texto = self.conexion.recv(1024).decode('utf-8')
            if texto == '' or texto == 'logout':
                break
            self.chat.difundir(self.nombre + ' dice: ' + texto, self)


class Chat:
    def __init__(self, ip, puerto):
        self.usuarios = []
        self.lock = Lock()
        self.socket = socket(AF_INET, SOCK_STREAM)
        self.socket.bind((ip, puerto))
        self.socket.listen(10)

    def agregar(self, usuario):
        with self.lock:
            self.usuarios.append(usuario)
        print(usuario.nombre, 'conectado,', len(self.usuarios), 'en total')
        self.difundir('El usuario ' + usuario.nombre + ' se conectó', usuario)

    def quitar(self, usuario):
        with self.lock:
            if usuario not in self.usuarios:
                return
            self.usuarios.remove(usuario)
        self.difundir('El usuario ' + usuario.nombre + ' se desconectó', usuario)

    def difundir(self, texto, emisor):
        with self.lock:
            destinos = self.usuarios[:]
        for usuario in destinos:
            if usuario != emisor:
                try:
                    usuario.enviar(texto)
                except OSError:
                    print('no se pudo enviar a', usuario.nombre)

    def iniciar(self):
        print('Chat iniciado')
        while True:
            conexion, direccion = self.socket.accept()
            Usuario(conexion, direccion, self).start()


if __name__ == '__main__':
    chat = Chat('127.0.0.1', 6000)
    try:
        chat.iniciar()
    except KeyboardInterrupt:
        print('Fin')
