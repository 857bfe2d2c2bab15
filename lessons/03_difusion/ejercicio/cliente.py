"""Difusión: el ejercicio, cliente.

El cliente se conecta, manda tu nombre y luego todo lo que escribes. Un hilo muestra lo que llega
mientras tanto. Se sale con Ctrl+C.

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


def codificar(mensaje):
    """Devuelve los bytes que viajan por la red."""
    # TAREA 6: (opcional, también más abajo y en servidor.py) que quien recibe pueda saber dónde
    # acaba cada mensaje.
    return mensaje.encode("utf-8")
    # Fin de la TAREA 6


def recibir(conexion):
    """Devuelve el mensaje que llega, o `None` si el servidor ha cerrado."""
    # TAREA 6: (opcional) un mensaje largo debe llegar entero y dos seguidos, como dos. Puedes
    # cambiar la función entera.
    datos = conexion.recv(1024)
    if not datos:
        return None
    return datos.decode("utf-8", errors="replace")
    # Fin de la TAREA 6


def recibir_mensajes(conexion):
    """Muestra lo que llega, en su hilo, hasta que se cierra la conexión."""
    try:
        while True:
            mensaje = recibir(conexion)
            if mensaje is None:
                break
            print(mensaje)
    except OSError:
        pass  # se ha cortado: es como si la hubieran cerrado
    if not saliendo.is_set():
        print("El servidor ha cerrado la conexión. Pulsa Intro para salir.")


def enviar_mensajes(conexion, nombre, hilo):
    """Envía tu nombre y lo que escribes, mientras haya conexión."""
    try:
        conexion.sendall(codificar(nombre))
        while hilo.is_alive():
            mensaje = input()
            # TAREA 4: si escribes «salir», el programa debe despedirse y terminar sin enviarlo.
            # Fin de la TAREA 4
            conexion.sendall(codificar(mensaje))
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
