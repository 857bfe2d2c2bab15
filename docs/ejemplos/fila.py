"""Un servidor que escucha y no acepta: ¿cuántos clientes conectan?"""

import socket

DIRECCION = ("127.0.0.1", 8115)

servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(DIRECCION)
servidor.listen(2)


def llamar(quien):
    cliente = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    cliente.settimeout(0.5)
    try:
        cliente.connect(DIRECCION)
        print(quien, "conecta: está en la fila")
    except TimeoutError:
        print(quien, "lleva medio segundo esperando en connect, y se cansa")
        cliente.close()
    return cliente


clientes = [llamar(quien) for quien in ("Ana", "Carlos", "Lucía", "Eva")]

conexion, direccion = servidor.accept()
print("accept ha sacado a uno de la fila")

clientes.append(llamar("Hugo"))
clientes.append(llamar("Inés"))
