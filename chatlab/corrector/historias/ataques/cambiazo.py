"""Pasa lo que va y viene y, tras Intro, pone otros bytes en su lugar: python cambiazo.py PUERTO."""

import os
import socket
import sys
import threading

hacia = int(sys.argv[1])
cambiar = threading.Event()


def pasar(de: socket.socket, a: socket.socket) -> None:
    """Lleva los bytes de un lado al otro, hasta que uno de los dos se va."""
    try:
        while datos := de.recv(65536):
            # Al azar: lo que se cambia dos veces de una misma manera puede volver a ser lo que era.
            a.sendall(os.urandom(len(datos)) if cambiar.is_set() else datos)
        a.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # se ha cortado


def atender(llamada: socket.socket) -> None:
    """Llama al servidor por quien ha llamado."""
    try:
        servidor = socket.create_connection(("localhost", hacia))
    except OSError:
        llamada.close()
        return
    for de, a in ((llamada, servidor), (servidor, llamada)):
        threading.Thread(target=pasar, args=(de, a), daemon=True).start()


def escuchar() -> None:
    """Admite a todos los que llaman."""
    with socket.create_server(("localhost", 0)) as escucha:
        while True:
            llamada, _ = escucha.accept()
            atender(llamada)


threading.Thread(target=escuchar, daemon=True).start()
input()
cambiar.set()
print("cambiando", flush=True)
input()
