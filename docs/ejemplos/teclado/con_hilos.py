"""Un cliente con dos hilos: uno lee de la red, y el principal, del teclado.

python con_hilos.py
"""

import socket
import threading


def recibir(conexion, saliendo):
    """Muestra lo que llega hasta que cierra el servidor, o salgo yo."""
    try:
        for linea in conexion.makefile(encoding="utf-8", errors="replace"):
            print(linea.rstrip("\n"))
    except OSError:
        pass  # se ha cortado: es como si cerrara
    if not saliendo.is_set():
        print("El servidor ha cerrado. Pulsa Intro para salir.")
        saliendo.set()


def principal():
    conexion = socket.create_connection(("localhost", 8000))
    saliendo = threading.Event()
    hilo = threading.Thread(
        target=recibir, args=(conexion, saliendo), daemon=True
    )
    hilo.start()
    try:
        while not saliendo.is_set():
            linea = input()
            if linea == "salir":
                break
            conexion.sendall(f"{linea}\n".encode())
    except (EOFError, KeyboardInterrupt):
        pass  # Ctrl+D o Ctrl+C: también es irse
    except OSError:
        pass  # el servidor ya no está: lo ha dicho el otro hilo
    terminar(conexion, hilo, saliendo)


def terminar(conexion, hilo, saliendo):
    """Cierra la conexión y espera al hilo que lee."""
    saliendo.set()
    try:
        # Despierta al hilo: su lectura acaba.
        conexion.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # ya estaba cortada
    hilo.join(2)
    conexion.close()
    print("Adiós.")


if __name__ == "__main__":
    principal()
