"""El mismo envío, con cada uno en su try: el fallo de uno es solo suyo."""

import socket

servidor = socket.create_server(("localhost", 8000))
programas = {}
clientes = {}
for nombre in ("Ana", "Carlos", "Lucía"):
    programas[nombre] = socket.create_connection(("localhost", 8000))
    clientes[nombre], direccion = servidor.accept()

programas["Carlos"].close()
for mensaje in (b"uno\n", b"dos\n"):
    for nombre, conexion in list(clientes.items()):
        try:
            conexion.sendall(mensaje)
            print(f"Envío a {nombre}", mensaje)
        except OSError:
            print(f"{nombre} ya no está: fuera de la lista")
            del clientes[nombre]
            conexion.close()
