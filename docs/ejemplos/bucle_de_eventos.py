"""Un bucle de eventos: un solo hilo muestra lo que envían muchos clientes."""

import itertools
import selectors
import socket

servidor = socket.create_server(("127.0.0.1", 8104))
vigilante = selectors.DefaultSelector()
vigilante.register(servidor, selectors.EVENT_READ)
numeros = itertools.count(1)
print("Escuchando en 127.0.0.1:8104")


def aceptar():
    conexion, _ = servidor.accept()
    numero = next(numeros)
    vigilante.register(conexion, selectors.EVENT_READ, data=numero)
    print(f"Entra el cliente {numero}")


def recibir(conexion, numero):
    try:
        datos = conexion.recv(1024)
    except ConnectionError:
        datos = b""  # se ha cortado: es como si la hubiera cerrado
    if datos:
        print(f"El cliente {numero} envía", datos)
    else:
        print(f"Se va el cliente {numero}")
        vigilante.unregister(conexion)
        conexion.close()


try:
    while True:
        for clave, _ in vigilante.select():
            if clave.fileobj is servidor:
                aceptar()
            else:
                recibir(clave.fileobj, clave.data)
except KeyboardInterrupt:
    print("\nServidor cerrado")
