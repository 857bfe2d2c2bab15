"""Programas que comparten las pruebas de la quietud."""

from __future__ import annotations

import textwrap


def con_servidor(codigo: str) -> str:
    """Un programa con un servidor abierto que dice «ya» cuando va a hacer lo que se prueba."""
    cabecera = """
        import socket
        servidor = socket.create_server(("", 9000))
        def avisar(): print("ya", flush=True)
    """
    return textwrap.dedent(cabecera) + textwrap.dedent(codigo)


#: Deja cuatro bytes en una conexión que nadie lee, y espera el teclado.
BYTES_QUE_NADIE_LEERA = """
    cliente = socket.create_connection(("localhost", 9000))
    cliente.sendall(b"hola"); avisar(); input()  # teclado
"""

#: Un eco que acepta con plazo, una y otra vez.
CON_PLAZO = """
    import socket, threading
    def atender(conexion):
        while datos := conexion.recv(1024):
            conexion.sendall(datos)
    servidor = socket.create_server(("", 9000))
    servidor.settimeout(0.1)
    while True:
        try:
            conexion, _ = servidor.accept()
        except TimeoutError:
            continue
        conexion.settimeout(None)
        threading.Thread(target=atender, args=(conexion,), daemon=True).start()
"""
#: Habla muchas veces seguidas con el servidor, y después espera el teclado.
CLIENTE = """
    import socket
    cliente = socket.create_connection(("localhost", 9000))
    for numero in range(100):
        cliente.sendall(b"hola")
        cliente.recv(1024)
    input("listo")
"""
