"""Robustez: el ejercicio, servidor.

Un chat que funciona bien entre amigos: cada mensaje es una línea, y cada persona tiene su hilo.
Pero se fía de todo el mundo, y basta una persona torpe o con malas ideas para estropearlo.

    python servidor.py [puerto]

Haz las tareas por orden. Cada una va desde su «TAREA» hasta su «Fin»: eso es lo que tienes que
cambiar. Puedes añadir las funciones que quieras.
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 8000

# La comparten todos los hilos: se toca solo con el candado tomado.
clientes = []
candado = threading.Lock()


def recibir_linea(cliente, buffer):
    """Devuelve la siguiente línea y lo que sobra. La línea es `None` si el cliente se ha ido."""
    while b"\n" not in buffer:
        # TAREA 1: una línea que no se acaba no debe llenar la memoria. Si pasa de 64 KiB, cierra
        # la conexión o tira lo que sobra.
        # Fin de la TAREA 1
        try:
            datos = cliente.recv(1024)
        except OSError:
            datos = b""  # se ha cortado: es como si se hubiera ido
        if not datos:
            return None, buffer
        buffer = buffer + datos
    linea, resto = buffer.split(b"\n", 1)
    # TAREA 2: (también en cliente.py) lo que no se ve (ESC, los demás controles y lo que cambia el
    # sentido de la lectura) no debe llegar a ninguna pantalla, tampoco a la del servidor.
    return linea.decode("utf-8", errors="replace"), resto
    # Fin de la TAREA 2


def enviar(cliente, mensaje):
    """Envía un mensaje a un cliente."""
    # TAREA 5: (opcional) si ese cliente no lee lo que le llega, los demás no deben esperar por él.
    # Puedes cambiar la función entera.
    linea = mensaje + "\n"
    try:
        cliente.sendall(linea.encode("utf-8"))
    except OSError:
        pass  # ese cliente ya no está: su hilo lo sacará de la lista
    # Fin de la TAREA 5


def difundir(mensaje, emisor):
    """Envía el mensaje a todos menos al emisor."""
    with candado:
        destinos = list(clientes)
    for cliente in destinos:
        if cliente != emisor:
            # TAREA 6: (opcional, cuando tengas la 5) a cada cliente le esperan, como mucho, 100
            # mensajes. Si no caben más, espera un poco y, si sigue sin leer, ciérrale la conexión.
            enviar(cliente, mensaje)
            # Fin de la TAREA 6


def atender_cliente(cliente):
    """Se ocupa de un cliente, en su hilo, desde que da su nombre hasta que se va."""
    # TAREA 4: quien no da su nombre entero en dos segundos no debe quedarse. Tampoco si lo envía
    # letra a letra. Puedes cambiar también recibir_linea.
    nombre, buffer = recibir_linea(cliente, b"")
    # Fin de la TAREA 4
    if not nombre:
        cliente.close()
        return
    # Primero se apunta: quien lee la bienvenida ya no se pierde nada.
    with candado:
        clientes.append(cliente)
    enviar(cliente, f"Te damos la bienvenida, {nombre}")
    print(f"[CLIENTE {nombre} conectado]")
    difundir(f"[{nombre} se ha conectado]", cliente)
    while True:
        mensaje, buffer = recibir_linea(cliente, buffer)
        if mensaje is None:
            break
        # TAREA 7: (opcional) de cada persona se leen 40 mensajes por segundo, como mucho. Los
        # demás no se pierden: se leen más tarde.
        # Fin de la TAREA 7
        print(f"[CLIENTE {nombre}] {mensaje}")
        difundir(f"{nombre}: {mensaje}", cliente)
    with candado:
        clientes.remove(cliente)
    print(f"[CLIENTE {nombre} desconectado]")
    difundir(f"[{nombre} se ha desconectado]", cliente)
    cliente.close()


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # en Windows no hace falta, y significa otra cosa
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.")
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    while True:
        cliente, direccion = servidor.accept()
        print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
        # TAREA 3: como mucho, 50 conexiones a la vez. A quien no cabe se le dice y se le cierra; y
        # cuando alguien se va, deja su sitio. Puedes cambiar también atender_cliente.
        # Con daemon=True, el programa puede terminar aunque el hilo siga.
        hilo = threading.Thread(target=atender_cliente, args=(cliente,), daemon=True)
        hilo.start()
        # Fin de la TAREA 3


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
