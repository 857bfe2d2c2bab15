"""Bitácora: el ejercicio, servidor.

Este programa es un eco: devuelve al cliente todo lo que recibe. Tú lo convertirás en una bitácora,
que lo muestra en su pantalla y no contesta.

    python servidor.py [puerto]

Haz las tareas por orden; algunas están en cliente.py. Cada una va desde su «TAREA» hasta su «Fin»:
eso es lo que tienes que cambiar. Lo demás puede quedarse como está.
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def atender_cliente(conexion):
    """Recibe lo que manda un cliente hasta que se va."""
    # TAREA 6: (opcional, también más abajo) cuando un cliente cierra, di cuántos mensajes ha dejado
    # y cuántos bytes ocupaban, como «[RESUMEN] 3 mensajes, 31 bytes». El corrector no la mira.
    # Fin de la TAREA 6
    while True:
        # TAREA 4: (opcional, también en cliente.py) cada mensaje debe aparecer entero y separado de
        # los demás, aunque sea largo o lleguen dos a la vez. Puedes cambiar la función entera.
        datos = conexion.recv(1024)
        # Fin de la TAREA 4
        if not datos:
            print("[CONEXIÓN] El cliente ha cerrado")
            # TAREA 6: (opcional) este es buen sitio para el resumen.
            # Fin de la TAREA 6
            break

        # TAREA 1: lo que manda el cliente debe aparecer en esta pantalla, con sus tildes.
        # Fin de la TAREA 1

        # TAREA 2: (también en cliente.py) el servidor no debe contestar nada.
        conexion.sendall(datos)
        # Fin de la TAREA 2


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # Para poder arrancarlo otra vez enseguida. Se explica en el paso 4.
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.")
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    # TAREA 5: (opcional) cuando un cliente se va, aunque su conexión se corte de golpe, el servidor
    # debe seguir en marcha y atender al siguiente.
    conexion, direccion = servidor.accept()
    print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
    atender_cliente(conexion)
    conexion.close()
    # Fin de la TAREA 5

    servidor.close()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
