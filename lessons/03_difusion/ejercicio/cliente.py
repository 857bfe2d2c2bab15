"""Difusión: el ejercicio, cliente.

El cliente se conecta, manda tu nombre y luego todo lo que escribes, cada mensaje en una línea. Un
hilo muestra lo que llega mientras tanto. Se sale con Ctrl+C.

    python cliente.py [host] [puerto]

Haz las tareas por orden; casi todas están en servidor.py. Cada una va desde su «TAREA» hasta su
«Fin»: eso es lo que tienes que cambiar. Lo demás puede quedarse como está.
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 8000

# Una señal entre hilos: se enciende cuando eres tú quien se va.
saliendo = threading.Event()


def recibir_linea(conexion, buffer):
    """Devuelve la siguiente línea y lo que sobra. La línea es `None` si el servidor ha cerrado."""
    while b"\n" not in buffer:
        try:
            datos = conexion.recv(1024)
        except OSError:
            datos = b""  # se ha cortado: es como si la hubieran cerrado
        if not datos:
            return None, buffer
        buffer = buffer + datos
    linea, resto = buffer.split(b"\n", 1)
    return linea.decode("utf-8", errors="replace"), resto


def recibir_mensajes(conexion):
    """Muestra lo que llega, en su hilo, hasta que se cierra la conexión."""
    buffer = b""
    while True:
        mensaje, buffer = recibir_linea(conexion, buffer)
        if mensaje is None:
            break
        print(mensaje)
    if not saliendo.is_set():
        print("El servidor ha cerrado la conexión. Pulsa Intro para salir.")


def enviar(conexion, mensaje):
    """Envía un mensaje, con su salto de línea."""
    linea = mensaje + "\n"
    conexion.sendall(linea.encode("utf-8"))


def enviar_mensajes(conexion, nombre, hilo):
    """Envía tu nombre y lo que escribes, mientras haya conexión."""
    try:
        enviar(conexion, nombre)
        while hilo.is_alive():
            mensaje = input()
            # TAREA 4: si escribes «salir», el programa debe despedirse y terminar sin enviarlo.
            # Fin de la TAREA 4
            enviar(conexion, mensaje)
    except OSError:
        pass  # recibir_mensajes ya lo ha dicho


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(f"No hay ningún servidor en {host}:{puerto}. Arráncalo primero en otra terminal.")

    nombre = input("Tu nombre: ").strip()
    if not nombre:
        sys.exit("Hace falta un nombre para entrar.")

    hilo = threading.Thread(target=recibir_mensajes, args=(conexion,), daemon=True)
    hilo.start()
    enviar_mensajes(conexion, nombre, hilo)

    saliendo.set()
    conexion.close()
    print("Adiós.")


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
