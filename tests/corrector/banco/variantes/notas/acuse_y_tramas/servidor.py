"""Un hilo por cliente, y a cada nota contesta con un acuse."""

import itertools
import socket
import threading

from tramas import Decodificador, NotaImposible

numeros = itertools.count(1)
candado = threading.Lock()


def atender(conexion):
    decodificador = Decodificador()
    try:
        with conexion:
            while datos := conexion.recv(2048):
                for nota in decodificador.recibir(datos):
                    with candado:
                        numero = next(numeros)
                        print(f"NOTA {numero}:")
                        print(nota)
                        print(f"--- fin de la nota {numero} ---", flush=True)
                    conexion.sendall(b"visto\n")
    except NotaImposible as error:
        print(f"Cliente despedido: {error}")
    except OSError:
        print("Cliente perdido")


with socket.create_server(("", 9009)) as servidor:
    try:
        while True:
            conexion, _ = servidor.accept()
            threading.Thread(target=atender, args=(conexion,), daemon=True).start()
    except KeyboardInterrupt:
        print("Cerrado")
