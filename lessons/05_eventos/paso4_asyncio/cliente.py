"""Eventos: el cliente, que es el mismo en los cinco pasos.

Tiene dos hilos: uno muestra cada línea que llega y el otro, el principal,
envía cada línea que escribes. La primera es tu nombre. Se sale con /salir.

    python cliente.py [host] [puerto]

Lo que aún falla: lo que llega se mezcla con la línea que estás escribiendo
(chatlab/terminal/consola.py).
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 8000
SALIDA = "/salir"

# Una señal entre hilos: se enciende cuando eres tú quien se va.
saliendo = threading.Event()


def limpiar(linea):
    """El texto de una línea, sin lo que mandaría sobre tu terminal."""
    texto = linea.decode("utf-8", errors="replace")
    return "".join(letra for letra in texto if letra.isprintable())


def recibir_lineas(conexion):
    """Muestra, en su hilo, cada línea que llega, hasta que se cierra."""
    pendiente = b""
    try:
        while True:
            datos = conexion.recv(4096)
            if not datos:
                break
            *completas, pendiente = (pendiente + datos).split(b"\n")
            for linea in completas:
                print(limpiar(linea))
    except OSError:
        pass  # se ha cortado: es como si la hubieran cerrado
    if not saliendo.is_set():
        print("El servidor ha cerrado la conexión. Pulsa Intro para salir.")


def enviar_lineas(conexion, hilo):
    """Envía lo que escribes mientras haya conexión y no quieras salir."""
    try:
        while hilo.is_alive() and not saliendo.is_set():
            try:
                linea = input()
            except EOFError:
                linea = SALIDA  # se ha acabado la entrada: es salir
            if linea == SALIDA:
                saliendo.set()
            conexion.sendall(f"{linea}\n".encode())
        # Avisa al servidor: ya no enviaré más.
        conexion.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # recibir_lineas ya lo ha dicho


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO
    try:
        conexion = socket.create_connection((host, puerto))
    except OSError:
        sys.exit(
            f"No hay ningún servidor en {host}:{puerto}. "
            "Arráncalo primero en otra terminal."
        )

    hilo = threading.Thread(
        target=recibir_lineas, args=(conexion,), daemon=True
    )
    hilo.start()
    enviar_lineas(conexion, hilo)

    hilo.join(2)  # espera, dos segundos como mucho, lo último que llegue
    conexion.close()
    print("Adiós.")


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\nAdiós.")
