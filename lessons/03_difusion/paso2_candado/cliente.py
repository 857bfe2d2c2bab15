"""Difusión, paso 2: el candado.

El cliente manda tu nombre y luego todo lo que escribes, con un salto de línea
al final. Un hilo muestra lo que llega mientras tanto. Se sale con /quit.

    python cliente.py [host] [puerto]

Lo que aún falla: lo que llega se mezcla con la línea que estás escribiendo
(paso 5).
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 5000

# Una señal entre hilos: se enciende cuando eres tú quien se va.
saliendo = threading.Event()


def recibir_mensajes(conexion):
    """Muestra lo que llega, en su hilo, hasta que se cierra la conexión."""
    try:
        while True:
            datos = conexion.recv(1024)
            if not datos:
                break
            print(datos.decode("utf-8", errors="replace"), end="", flush=True)
    except OSError:
        pass  # se ha cortado: es como si la hubieran cerrado
    if not saliendo.is_set():
        print("El servidor ha cerrado la conexión. Pulsa Intro para salir.")


def enviar_mensajes(conexion, hilo):
    """Envía lo que escribes mientras haya conexión y no quieras salir."""
    try:
        while hilo.is_alive() and not saliendo.is_set():
            try:
                mensaje = input()
            except EOFError:
                mensaje = "/quit"  # se ha acabado la entrada: es salir
            if mensaje == "/quit":
                saliendo.set()
            linea = mensaje + "\n"
            conexion.sendall(linea.encode("utf-8"))
        # Avisa al servidor: ya no enviaré más.
        conexion.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # recibir_mensajes ya lo ha dicho


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    nombre = input("Tu nombre: ").strip()
    if not nombre:
        sys.exit("Hace falta un nombre para entrar.")

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
        conexion.sendall(nombre.encode("utf-8"))
        saludo = conexion.recv(1024)
    except OSError:
        sys.exit(
            f"No hay ningún servidor en {host}:{puerto}. "
            "Arráncalo primero en otra terminal."
        )
    print(saludo.decode("utf-8", errors="replace"), end="", flush=True)

    hilo = threading.Thread(
        target=recibir_mensajes, args=(conexion,), daemon=True
    )
    hilo.start()
    enviar_mensajes(conexion, hilo)

    hilo.join(2)  # espera, dos segundos como mucho, lo último que llegue
    conexion.close()
    print("Adiós.")


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
