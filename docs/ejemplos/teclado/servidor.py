"""Un chat mínimo con el que probar los clientes: reenvía cada línea.

python servidor.py
"""

import socket
import threading

clientes = []
candado = threading.Lock()


def atender(conexion):
    with candado:
        clientes.append(conexion)
    try:
        for linea in conexion.makefile(encoding="utf-8", errors="replace"):
            print("[llega]", linea.strip())
            with candado:
                for otro in clientes:
                    if otro is not conexion:
                        otro.sendall(linea.encode("utf-8"))
    except OSError:
        pass
    finally:
        with candado:
            clientes.remove(conexion)
        conexion.close()


with socket.create_server(("localhost", 8000)) as servidor:
    print("Escuchando")
    try:
        while True:
            conexion, _ = servidor.accept()
            threading.Thread(
                target=atender, args=(conexion,), daemon=True
            ).start()
    except KeyboardInterrupt:
        print("Servidor cerrado")
