"""Servidor de chat con selectors, sin hilos."""
import selectors
import socket

DIRECCION = ("localhost", 7000)

sel = selectors.DefaultSelector()
clientes = []


class Cliente:
    def __init__(self, conexion):
        self.conexion = conexion
        self.nombre = None
        self.recibido = b""
        self.por_enviar = b""


def poner_en_cola(cliente, texto):
    cliente.por_enviar += texto.encode("utf-8") + b"\n"
    sel.modify(cliente.conexion, selectors.EVENT_READ | selectors.EVENT_WRITE, cliente)


def avisar_a_los_demas(texto, emisor):
    print(texto)
    for c in clientes:
        if c is not emisor and c.nombre is not None:
            poner_en_cola(c, texto)


def nuevo_cliente(servidor):
    conexion, direccion = servidor.accept()
    print("conexión desde", direccion)
    conexion.setblocking(False)
    cliente = Cliente(conexion)
    clientes.append(cliente)
    sel.register(conexion, selectors.EVENT_READ, cliente)


def quitar(cliente):
    clientes.remove(cliente)
    sel.unregister(cliente.conexion)
    cliente.conexion.close()
    if cliente.nombre is not None:
        avisar_a_los_demas("<-- %s se fue" % cliente.nombre, cliente)


def procesar_linea(cliente, linea):
    texto = linea.decode("utf-8", errors="replace").strip()
    if cliente.nombre is None:
        cliente.nombre = texto
        avisar_a_los_demas("--> %s se ha unido" % texto, cliente)
    else:
        avisar_a_los_demas("%s> %s" % (cliente.nombre, texto), cliente)


def leer(cliente):
    try:
        datos = cliente.conexion.recv(4096)
    except ConnectionError:
        datos = b""
    if not datos:
        quitar(cliente)
        return False
    cliente.recibido += datos
    *lineas, cliente.recibido = cliente.recibido.split(b"\n")
    for linea in lineas:
        procesar_linea(cliente, linea)
    return True


def escribir(cliente):
    try:
        enviados = cliente.conexion.send(cliente.por_enviar)
    except ConnectionError:
        return  # al leer veremos que se ha ido
    cliente.por_enviar = cliente.por_enviar[enviados:]
    if not cliente.por_enviar:
        sel.modify(cliente.conexion, selectors.EVENT_READ, cliente)


def main():
    servidor = socket.socket()
    servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    servidor.bind(DIRECCION)
    servidor.listen()
    servidor.setblocking(False)
    sel.register(servidor, selectors.EVENT_READ, None)
    print("Escuchando en", DIRECCION)
    while True:
        for clave, eventos in sel.select():
            cliente = clave.data
            if cliente is None:
                nuevo_cliente(servidor)
                continue
            vivo = True
            if eventos & selectors.EVENT_READ:
                vivo = leer(cliente)
            if vivo and eventos & selectors.EVENT_WRITE and cliente.por_enviar:
                escribir(cliente)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("Cerrando el servidor")
