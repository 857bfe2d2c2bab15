"""Envía a toda la lista: Carlos ya no está, y Lucía, sí."""

import socket

servidor = socket.create_server(("localhost", 8000))
programas = {}
clientes = {}
for nombre in ("Ana", "Carlos", "Lucía"):
    programas[nombre] = socket.create_connection(("localhost", 8000))
    clientes[nombre], direccion = servidor.accept()

programas["Carlos"].close()
for mensaje in (b"uno\n", b"dos\n"):
    for nombre, conexion in clientes.items():
        print(f"Envío a {nombre}", mensaje)
        conexion.sendall(mensaje)
