"""Eventos, paso 3: una cola de salida para cada cliente.

Enviar ya no espera: se envía lo que cabe, lo demás se guarda en la cola de ese
cliente, y el vigilante avisa cuando vuelve a caber algo. A quien deja que su
cola crezca demasiado se le echa.

    python servidor.py [puerto]

Lo que aún falla: hay que escribir a mano lo mismo en cada programa, y el
código de un cliente está repartido en trozos (paso 4).
"""

import selectors
import socket
import sys

HOST = "127.0.0.1"
PUERTO = 8000
BIENVENIDA = "* Bienvenido a chatlab. Escribe tu nombre:"
SALIDA = "/salir"
# Los bytes que, como mucho, esperan a que un cliente lea.
TOPE = 256 * 1024

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
        self.salida = bytearray()  # lo que aún no se le ha podido enviar


def enviar(cliente, linea):
    """Pone una línea en una cola y envía lo que quepa, sin esperar."""
    cliente.salida += f"{linea}\n".encode()
    vaciar(cliente)
    if len(cliente.salida) > TOPE:
        print(f"Echo a {cliente.nombre}: no lee lo que le llega")
        despedir(cliente)


def difundir(linea, emisor):
    """Envía una línea a todos menos al emisor."""
    for cliente in list(clientes):  # una copia: enviar puede echar a alguien
        if cliente is not emisor:
            enviar(cliente, linea)


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
    """Recibe a quien acaba de llamar."""
    try:
        conexion, _ = servidor.accept()
    except BlockingIOError:
        return  # ha colgado antes de que lo atendiéramos
    conexion.setblocking(False)
    cliente = Cliente(conexion)
    vigilante.register(conexion, selectors.EVENT_READ, cliente)
    enviar(cliente, BIENVENIDA)


def leer(cliente):
    """Lee una vez de un cliente y atiende las líneas que se completan."""
    try:
        datos = cliente.conexion.recv(65536)
    except BlockingIOError:
        return  # una falsa alarma: no había nada
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
    if cliente.conexion.fileno() < 0:
        return  # ya está cerrada: se le ha echado en esta misma vuelta
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
