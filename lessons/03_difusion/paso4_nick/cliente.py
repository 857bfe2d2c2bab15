"""Difusión, paso 4: el servidor pregunta.

El cliente tiene dos hilos: uno recibe y el otro, el principal, escribe. Cuando
llega la palabra NICK, contesta con tu apodo; lo demás lo muestra. Se sale con
la palabra salir.

    python cliente.py [host] [puerto]

Lo que aún falla: lo que llega se mezcla con la línea que estás escribiendo
(paso 5).
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 9000

# Señales entre hilos. Una se enciende cuando el servidor te deja entrar; la
# otra, cuando te vas tú.
dentro = threading.Event()
saliendo = threading.Event()


def recibir_mensajes(conexion, nombre):
    """Muestra lo que llega, en su hilo, hasta que se cierra la conexión."""
    try:
        while True:
            datos = conexion.recv(1024)
            if not datos:
                break
            mensaje = datos.decode("utf-8", errors="replace")
            if mensaje == "NICK":
                conexion.sendall(nombre.encode("utf-8"))
            else:
                print(mensaje)
                dentro.set()
    except OSError:
        pass  # se ha cortado: es como si la hubieran cerrado
    if not saliendo.is_set():
        print("El servidor ha cerrado la conexión. Pulsa Intro para salir.")
    dentro.set()  # que el otro hilo no espere más


def enviar_mensajes(conexion, hilo):
    """Envía lo que escribes mientras haya conexión y no quieras salir."""
    dentro.wait()  # antes, lo que envíes podría pegarse a tu apodo
    try:
        while hilo.is_alive() and not saliendo.is_set():
            try:
                mensaje = input()
            except EOFError:
                mensaje = "salir"  # se ha acabado la entrada: es salir
            if mensaje == "salir":
                saliendo.set()
                mensaje = "SALIR"
            conexion.sendall(mensaje.encode("utf-8"))
        # Avisa al servidor: ya no enviaré más.
        conexion.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # recibir_mensajes ya lo ha dicho


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    nombre = input("Tu apodo: ").strip()
    if not nombre:
        sys.exit("Hace falta un apodo para entrar.")

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(
            f"No hay ningún servidor en {host}:{puerto}. "
            "Arráncalo primero en otra terminal."
        )

    hilo = threading.Thread(
        target=recibir_mensajes, args=(conexion, nombre), daemon=True
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
