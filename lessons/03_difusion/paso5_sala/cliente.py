"""Difusión, paso 5: la sala.

El cliente contesta con tu nombre cuando el servidor lo pide. Lo que llega se
muestra encima de la línea en la que escribes, que empieza por «Tú:». Se sale
con salir, exit o quit.

    python cliente.py [host] [puerto]

Lo que aún falla: lo que llega tapa la línea que estás escribiendo. No se
pierde, pero deja de verse (chatlab/difusion).
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 65434
PALABRAS_DE_SALIDA = ["salir", "exit", "quit"]

# Una señal entre hilos: se enciende cuando eres tú quien se va.
saliendo = threading.Event()


def recibir_mensajes(conexion):
    """Muestra lo que llega, en su hilo, hasta que se cierra la conexión."""
    try:
        while True:
            datos = conexion.recv(1024)
            if not datos:
                break
            mensaje = datos.decode("utf-8", errors="replace")
            # \r vuelve al principio de la línea, y el mensaje tapa el «Tú: »
            # que había.
            print(f"\r{mensaje}Tú: ", end="", flush=True)
    except OSError:
        pass  # se ha cortado: es como si la hubieran cerrado
    if not saliendo.is_set():
        print("\rEl servidor ha cerrado la conexión. Pulsa Intro para salir.")


def enviar_mensajes(conexion, hilo):
    """Envía lo que escribes mientras haya conexión y no quieras salir."""
    try:
        while hilo.is_alive() and not saliendo.is_set():
            try:
                mensaje = input("Tú: ")
            except EOFError:
                print()
                mensaje = "salir"  # se ha acabado la entrada: es salir
            if mensaje.lower() in PALABRAS_DE_SALIDA:
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

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
        pregunta = conexion.recv(1024)
        nombre = input(pregunta.decode("utf-8", errors="replace")).strip()
        if not nombre:
            sys.exit("Hace falta un nombre para entrar.")
        linea = nombre + "\n"
        conexion.sendall(linea.encode("utf-8"))
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
