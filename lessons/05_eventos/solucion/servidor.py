"""Eventos: una solución del ejercicio, servidor.

Un solo hilo para todos: pregunta quién tiene algo, atiende solo a esos y vuelve a preguntar. Nunca
espera a nadie: lo que no cabe de un envío se queda en la cola de ese cliente.

    python servidor.py [puerto]

Lo que aún falla: una línea que no acaba crece sin límite, y dos personas pueden llamarse igual. Lo
arregla la versión completa (chatlab/eventos).
"""

import selectors
import socket
import sys

HOST = "localhost"
PUERTO = 8000
# Los bytes que, como mucho, esperan a que un cliente lea.
TOPE = 1024 * 1024

vigilante = selectors.DefaultSelector()
# Quienes ya han dado su nombre. Solo hay un hilo: no hace falta candado.
clientes = []


class Cliente:
    """Lo que hay que recordar de una conexión entre un aviso y el siguiente."""

    def __init__(self, conexion):
        self.conexion = conexion
        self.nombre = ""
        self.pendiente = b""  # el principio de una línea que aún no ha terminado
        self.salida = bytearray()  # lo que aún no se le ha podido enviar


def enviar(cliente, mensaje):
    """Pone un mensaje en la cola de un cliente y envía lo que quepa, sin esperar."""
    cliente.salida += f"{mensaje}\n".encode()
    vaciar(cliente)
    if len(cliente.salida) > TOPE:
        print(f"[SERVIDOR] {cliente.nombre} no lee: se le desconecta")
        despedir(cliente)


def vaciar(cliente):
    """Envía lo que quepa de la cola de un cliente; si queda algo, pide que le avisen."""
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


def difundir(mensaje, emisor):
    """Envía el mensaje a todos menos al emisor."""
    for cliente in list(clientes):  # una copia: enviar puede echar a alguien
        if cliente is not emisor:
            enviar(cliente, mensaje)


def atender_mensaje(cliente, mensaje):
    """El primer mensaje de un cliente es su nombre; los demás se difunden."""
    if cliente.nombre:
        print(f"[CLIENTE {cliente.nombre}] {mensaje}")
        difundir(f"{cliente.nombre}: {mensaje}", cliente)
    elif mensaje:
        cliente.nombre = mensaje
        clientes.append(cliente)
        print(f"[CLIENTE {mensaje} conectado]")
        enviar(cliente, f"Te damos la bienvenida, {mensaje}")
        difundir(f"[{mensaje} se ha conectado]", cliente)


def aceptar(servidor):
    """Recibe a quien acaba de llamar. Aún no se sabe su nombre, y no se espera a que lo diga."""
    try:
        conexion, direccion = servidor.accept()
    except BlockingIOError:
        return  # ha colgado antes de que lo atendiéramos
    print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
    conexion.setblocking(False)
    vigilante.register(conexion, selectors.EVENT_READ, Cliente(conexion))


def leer(cliente):
    """Lee una vez lo que ha llegado de un cliente y atiende las líneas que se completan."""
    try:
        datos = cliente.conexion.recv(65536)
    except BlockingIOError:
        return  # una falsa alarma: no había nada
    except OSError:
        datos = b""  # se ha cortado: es como si se hubiera ido
    if not datos:
        despedir(cliente)
        return
    *completas, cliente.pendiente = (cliente.pendiente + datos).split(b"\n")
    for linea in completas:
        atender_mensaje(cliente, linea.decode("utf-8", errors="replace"))


def despedir(cliente):
    """Deja de vigilar a un cliente, cierra su conexión y avisa a los demás."""
    if cliente.conexion.fileno() < 0:
        return  # ya está cerrada: se le ha echado en esta misma vuelta
    vigilante.unregister(cliente.conexion)
    cliente.conexion.close()
    if cliente.nombre:
        clientes.remove(cliente)
        print(f"[CLIENTE {cliente.nombre} desconectado]")
        difundir(f"[{cliente.nombre} se ha desconectado]", cliente)


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
    servidor.setblocking(False)
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

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
        print("\n[SERVIDOR] Servidor cerrado")
