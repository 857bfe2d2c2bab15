"""Robustez, paso 5: inundaciones.

Un hilo muestra lo que llega y otro, el principal, envía lo que escribes. Lo
primero que viaja es tu nombre. Se sale con la palabra salir.

    python cliente.py [host] [puerto]
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 8000

# Una señal entre hilos: se enciende cuando eres tú quien se va.
saliendo = threading.Event()


def recibir_mensajes(conexion):
    """Muestra lo que llega, en su hilo, hasta que se cierra la conexión."""
    try:
        for linea in conexion.makefile(
            encoding="utf-8", errors="replace", newline="\n"
        ):
            print(linea, end="", flush=True)
    except OSError:
        pass  # se ha cortado: es como si la hubieran cerrado
    if not saliendo.is_set():
        print("El servidor ha cerrado la conexión. Pulsa Intro para salir.")


def enviar_mensajes(conexion, hilo):
    """Envía lo que escribes mientras haya conexión y no quieras salir."""
    try:
        while hilo.is_alive():
            try:
                mensaje = input()
            except EOFError:
                mensaje = "salir"  # se ha acabado la entrada: es salir
            if mensaje == "salir":
                break
            conexion.sendall(f"{mensaje}\n".encode())
        saliendo.set()
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
    try:
        conexion = socket.create_connection((host, puerto))
        conexion.sendall(f"{nombre}\n".encode())
    except OSError:
        sys.exit(
            f"No hay ningún servidor en {host}:{puerto}. "
            "Arráncalo primero en otra terminal."
        )

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
