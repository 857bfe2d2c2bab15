"""Eventos: el ejercicio, servidor.

Un chat con un solo hilo y un selector, que ya reparte mensajes. Pero todavía espera a algunos, y
mientras espera a uno no atiende a nadie.

    python servidor.py [puerto]

Haz las tareas por orden. Cada una va desde su «TAREA» hasta su «Fin»: eso es lo que tienes que
cambiar. El cliente ya está hecho: cada mensaje que envía acaba en un salto de línea, y el primero
es el nombre.
"""

import selectors
import socket
import sys

HOST = "localhost"
PUERTO = 8000

vigilante = selectors.DefaultSelector()
# Quienes ya han dado su nombre. Solo hay un hilo: no hace falta candado.
clientes = []


class Cliente:
    """Lo que hay que recordar de una conexión entre un aviso y el siguiente."""

    def __init__(self, conexion):
        self.conexion = conexion
        self.nombre = ""
        # TAREA 4: (opcional, también en leer) lo que ha llegado de un mensaje que no ha acabado.
        # Fin de la TAREA 4
        # TAREA 5: (opcional, también en enviar y en principal) lo que aún no se le ha enviado.
        # Fin de la TAREA 5


def enviar(cliente, mensaje):
    """Envía un mensaje a un cliente."""
    # TAREA 5: (opcional) si no lee lo que le llega, nadie debe esperar por él. Envía lo que quepa,
    # guarda lo demás y pide al vigilante que te avise cuando quepa algo más: EVENT_WRITE. Cuando no
    # quede nada, deja de pedirlo. Puedes cambiar la función entera, y añadir otras.
    try:
        cliente.conexion.sendall(f"{mensaje}\n".encode())
    except OSError:
        pass  # ese cliente ya no está: lo dirá el próximo aviso
    # Fin de la TAREA 5


def difundir(mensaje, emisor):
    """Envía el mensaje a todos menos al emisor."""
    for cliente in list(clientes):
        if cliente is not emisor:
            enviar(cliente, mensaje)


def entrar(cliente, nombre):
    """Apunta a quien acaba de dar su nombre."""
    cliente.nombre = nombre
    clientes.append(cliente)
    print(f"[CLIENTE {nombre} conectado]")
    enviar(cliente, f"Te damos la bienvenida, {nombre}")
    # TAREA 2: (también en despedir) los demás deben saber quién entra.
    # Fin de la TAREA 2


def aceptar(servidor):
    """Recibe a quien acaba de llamar."""
    conexion, direccion = servidor.accept()
    print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
    cliente = Cliente(conexion)
    # TAREA 1: (también en leer) quien no ha dicho su nombre no debe hacer esperar a nadie. Aquí no
    # se puede llamar a recv: aún no se sabe si ha llegado algo.
    try:
        datos = conexion.recv(1024)
    except OSError:
        datos = b""
    if not datos:
        conexion.close()
        return
    entrar(cliente, datos.decode("utf-8", errors="replace").strip())
    # Fin de la TAREA 1
    vigilante.register(conexion, selectors.EVENT_READ, cliente)


def leer(cliente):
    """Lee una vez lo que ha llegado de un cliente."""
    # TAREA 3: si su conexión se ha cortado de golpe, recv da un error. Con un solo hilo, un error
    # sin atrapar los deja a todos sin chat.
    datos = cliente.conexion.recv(1024)
    # Fin de la TAREA 3
    if not datos:
        despedir(cliente)
        return
    # TAREA 4: (opcional) un mensaje largo puede llegar en trozos, y varios cortos, juntos. Cada uno
    # acaba en un salto de línea.
    mensaje = datos.decode("utf-8", errors="replace").strip()
    # Fin de la TAREA 4
    # TAREA 1: si aún no ha dicho su nombre, el mensaje es su nombre.
    print(f"[CLIENTE {cliente.nombre}] {mensaje}")
    difundir(f"{cliente.nombre}: {mensaje}", cliente)
    # Fin de la TAREA 1


def despedir(cliente):
    """Deja de vigilar a un cliente y cierra su conexión."""
    vigilante.unregister(cliente.conexion)
    cliente.conexion.close()
    if cliente.nombre:
        clientes.remove(cliente)
        print(f"[CLIENTE {cliente.nombre} desconectado]")
        # TAREA 2: los demás deben saber quién sale.
        # Fin de la TAREA 2


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # en Windows no hace falta, y significa otra cosa
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.")
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    vigilante.register(servidor, selectors.EVENT_READ)
    while True:
        for clave, _ in vigilante.select():
            if clave.fileobj is servidor:
                aceptar(servidor)
            else:
                # TAREA 5: (opcional) puede que se avise de que se le puede enviar más.
                leer(clave.data)
                # Fin de la TAREA 5


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
