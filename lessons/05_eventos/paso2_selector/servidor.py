"""Eventos, paso 2: un selector.

Un solo hilo para todos. Pregunta al sistema qué clientes tienen algo para él,
atiende solo a esos y vuelve a preguntar.

    python servidor.py [puerto]

Lo que aún falla: enviar todavía espera. Un cliente que no lee detiene a todos
(paso 3).
"""

import selectors
import socket
import sys

HOST = "127.0.0.1"
PUERTO = 8000
BIENVENIDA = "* Bienvenido a chatlab. Escribe tu nombre:"
SALIDA = "/salir"

vigilante = selectors.DefaultSelector()
# Quienes ya han dado su nombre. Solo hay un hilo: no hace falta candado.
clientes = []


class Cliente:
    """Lo que hay que recordar de una conexión entre aviso y aviso."""

    def __init__(self, conexion):
        self.conexion = conexion
        self.nombre = ""
        # El principio de una línea que aún no ha terminado.
        self.pendiente = b""


def enviar(cliente, linea):
    """Envía una línea a un cliente; si no cabe, espera todo el servidor."""
    try:
        cliente.conexion.sendall(f"{linea}\n".encode())
    except OSError:
        pass  # ese cliente ya no está: lo dirá el próximo aviso


def difundir(linea, emisor):
    """Envía una línea a todos menos al emisor."""
    for cliente in clientes:
        if cliente is not emisor:
            enviar(cliente, linea)


def limpiar(linea):
    """El texto de una línea, sin lo que mandaría sobre una terminal."""
    texto = linea.decode("utf-8", errors="replace")
    return "".join(letra for letra in texto if letra.isprintable()).strip()


def aceptar(servidor):
    """Recibe a quien acaba de llamar."""
    conexion, _ = servidor.accept()
    cliente = Cliente(conexion)
    vigilante.register(conexion, selectors.EVENT_READ, cliente)
    enviar(cliente, BIENVENIDA)


def leer(cliente):
    """Lee una vez de un cliente y atiende las líneas que se completan."""
    try:
        datos = cliente.conexion.recv(65536)
    except OSError:
        datos = b""  # se ha cortado: es como si hubiera cerrado
    if not datos:
        despedir(cliente)
        return
    *completas, cliente.pendiente = (cliente.pendiente + datos).split(b"\n")
    for linea in map(limpiar, completas):
        if linea == SALIDA:
            despedir(cliente)
            return
        if linea:
            atender_linea(cliente, linea)


def atender_linea(cliente, linea):
    """La primera línea de un cliente es su nombre; las demás son mensajes."""
    if cliente.nombre:
        difundir(f"{cliente.nombre}: {linea}", cliente)
    else:
        cliente.nombre = linea
        clientes.append(cliente)
        enviar(cliente, f"* Hola, {linea}.")


def despedir(cliente):
    """Deja de vigilar a un cliente y cierra su conexión."""
    if cliente.nombre:
        clientes.remove(cliente)
    vigilante.unregister(cliente.conexion)
    cliente.conexion.close()


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

    vigilante.register(servidor, selectors.EVENT_READ)
    while True:
        for clave, _ in vigilante.select():
            if clave.fileobj is servidor:
                aceptar(servidor)
            else:
                leer(clave.data)


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\nServidor cerrado")
