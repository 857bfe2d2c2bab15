"""Eventos, paso 1: un hilo por cliente.

El chat de la lección 03, con los mensajes bien cortados en líneas. Habla una
parte pequeña de ChatLab/1: da la bienvenida, la primera línea es el nombre, y
las demás las leen todos los otros.

    python servidor.py [puerto]

No escribe nada más en la pantalla: en esta lección se mide lo que cuesta
repartir.

Lo que aún falla: cada cliente gasta un hilo, y los hilos no dan para miles
(paso 2).
"""

import socket
import sys
import threading

HOST = "127.0.0.1"
PUERTO = 8000
BIENVENIDA = "* Bienvenido a chatlab. Escribe tu nombre:"
SALIDA = "/salir"

# Quienes ya han dado su nombre. La comparten todos los hilos: se toca solo con
# el candado tomado.
clientes = []
candado = threading.Lock()


def enviar(cliente, linea):
    """Envía una línea a un cliente; si no cabe, espera."""
    try:
        cliente.sendall(f"{linea}\n".encode())
    except OSError:
        pass  # ese cliente ya no está: su hilo lo sacará de la lista


def difundir(linea, emisor):
    """Envía una línea a todos menos al emisor."""
    with candado:
        destinos = list(clientes)
    for cliente in destinos:
        if cliente is not emisor:
            enviar(cliente, linea)


def limpiar(linea):
    """El texto de una línea, sin lo que mandaría sobre una terminal."""
    texto = linea.decode("utf-8", errors="replace")
    return "".join(letra for letra in texto if letra.isprintable()).strip()


def lineas_de(cliente):
    """Da, una a una, las líneas que envía un cliente hasta que cierra."""
    pendiente = b""
    while True:
        datos = cliente.recv(65536)
        if not datos:
            return
        *completas, pendiente = (pendiente + datos).split(b"\n")
        for linea in completas:
            yield limpiar(linea)


def atender_cliente(cliente):
    """Se ocupa de un cliente, en su hilo, desde que llega hasta que se va."""
    nombre = ""
    enviar(cliente, BIENVENIDA)
    try:
        for linea in lineas_de(cliente):
            if linea == SALIDA:
                break
            if linea and nombre:
                difundir(f"{nombre}: {linea}", cliente)
            elif linea:
                nombre = linea
                with candado:
                    clientes.append(cliente)
                enviar(cliente, f"* Hola, {nombre}.")
    except OSError:
        pass  # se ha cortado: es como si hubiera cerrado
    finally:
        if nombre:
            with candado:
                clientes.remove(cliente)
        cliente.close()


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO
    try:
        servidor = socket.create_server((HOST, puerto))
    except OSError:
        sys.exit(
            f"No puedo usar el puerto {puerto}: ¿está ocupado? "
            "Usa otro o espera un minuto."
        )
    print(f"Escuchando en {HOST}:{servidor.getsockname()[1]}")

    while True:
        cliente, _ = servidor.accept()
        hilo = threading.Thread(
            target=atender_cliente, args=(cliente,), daemon=True
        )
        hilo.start()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\nServidor cerrado")
