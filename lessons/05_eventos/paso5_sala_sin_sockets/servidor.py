"""Eventos, paso 5: la sala no sabe de sockets, ni este programa, de chats.

Mueve bytes: convierte en líneas lo que llega, se lo cuenta a la sala (sala.py)
y hace lo que ella decide. Es el mismo bucle del paso 3.

    python servidor.py [puerto]

Lo que aún falla: dos personas pueden llamarse igual, y nada frena a quien
escribe sin parar ni a quien no da su nombre nunca (chatlab/chat/sala.py y
chatlab/eventos).
"""

import selectors
import socket
import sys
from itertools import count

from sala import Enviar, Sala

HOST = "127.0.0.1"
PUERTO = 8000
# Los bytes que, como mucho, esperan a que un cliente lea.
TOPE = 256 * 1024

sala = Sala()
vigilante = selectors.DefaultSelector()
# Las conexiones abiertas, por el número con que las conoce la sala.
clientes = {}
numeros = count(1)


class Cliente:
    """Lo que hay que recordar de una conexión entre aviso y aviso."""

    def __init__(self, conexion):
        self.conexion = conexion
        self.numero = next(numeros)
        # El principio de una línea que aún no ha terminado.
        self.pendiente = b""
        self.salida = bytearray()  # lo que aún no se le ha podido enviar


def hacer(tareas):
    """Hace lo que la sala ha decidido."""
    for tarea in tareas:
        if isinstance(tarea, Enviar):
            datos = f"{tarea.linea}\n".encode()
            for numero in tarea.a:
                if numero in clientes:  # quizá se le acaba de echar
                    enviar(clientes[numero], datos)
        else:
            despedir(clientes[tarea.numero])


def enviar(cliente, datos):
    """Pone unos bytes en una cola y envía los que quepan, sin esperar."""
    cliente.salida += datos
    vaciar(cliente)
    if len(cliente.salida) > TOPE:
        print(f"Echo al cliente {cliente.numero}: no lee lo que le llega")
        despedir(cliente)


def vaciar(cliente):
    """Envía de una cola lo que quepa; si queda algo, pide que le avisen."""
    try:
        enviados = cliente.conexion.send(cliente.salida)
        del cliente.salida[:enviados]
    except BlockingIOError:
        pass  # ahora no cabe ni un byte
    except OSError:
        return  # ese cliente ya no está: lo dirá el próximo aviso
    sucesos = selectors.EVENT_READ
    if cliente.salida:
        sucesos |= selectors.EVENT_WRITE
    vigilante.modify(cliente.conexion, sucesos, cliente)


def limpiar(linea):
    """El texto de una línea, sin lo que mandaría sobre una terminal."""
    texto = linea.decode("utf-8", errors="replace")
    return "".join(letra for letra in texto if letra.isprintable()).strip()


def aceptar(servidor):
    """Recibe a quien acaba de llamar y se lo cuenta a la sala."""
    try:
        conexion, _ = servidor.accept()
    except BlockingIOError:
        return  # ha colgado antes de que lo atendiéramos
    conexion.setblocking(False)
    cliente = Cliente(conexion)
    clientes[cliente.numero] = cliente
    vigilante.register(conexion, selectors.EVENT_READ, cliente)
    hacer(sala.llegar(cliente.numero))


def leer(cliente):
    """Lee una vez de un cliente y le cuenta a la sala cada línea completa."""
    try:
        datos = cliente.conexion.recv(65536)
    except BlockingIOError:
        return  # una falsa alarma: no había nada
    except OSError:
        datos = b""  # se ha cortado: es como si hubiera cerrado
    if not datos:
        despedir(cliente)
    *completas, cliente.pendiente = (cliente.pendiente + datos).split(b"\n")
    for linea in map(limpiar, completas):
        if cliente.numero in clientes:
            hacer(sala.recibir(cliente.numero, linea))


def despedir(cliente):
    """Cierra la conexión de un cliente y se lo cuenta a la sala."""
    if clientes.pop(cliente.numero, None) is None:
        return  # ya está cerrada: se le ha echado en esta misma vuelta
    vigilante.unregister(cliente.conexion)
    cliente.conexion.close()
    hacer(sala.irse(cliente.numero))


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO
    try:
        servidor = socket.create_server((HOST, puerto))
    except OSError:
        sys.exit(
            f"No puedo usar el puerto {puerto}: ¿está ocupado? "
            "Usa otro o espera un minuto."
        )
    print(f"Escuchando en {HOST}:{servidor.getsockname()[1]}")

    servidor.setblocking(False)
    vigilante.register(servidor, selectors.EVENT_READ)
    while True:
        for clave, sucesos in vigilante.select():
            if clave.fileobj is servidor:
                aceptar(servidor)
                continue
            if sucesos & selectors.EVENT_WRITE:
                vaciar(clave.data)
            if sucesos & selectors.EVENT_READ:
                leer(clave.data)


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\nServidor cerrado")
