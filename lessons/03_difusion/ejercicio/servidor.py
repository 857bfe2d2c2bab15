"""Difusión: el ejercicio, servidor.

El servidor atiende a muchas personas a la vez, cada una en su hilo, y difunde lo que escriben. Un
mensaje es una línea, como en las lecciones 01 y 02, y cada hilo tiene su propio buffer. Ya es un
chat, aunque nadie sabe quién habla, quién entra ni quién sale.

    python servidor.py [puerto]

Haz las tareas por orden; la cuarta está en cliente.py. Cada una va desde su «TAREA» hasta su «Fin»:
eso es lo que tienes que cambiar. Lo demás puede quedarse como está.
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
        try:
            datos = cliente.recv(1024)
        except OSError:
            datos = b""  # se ha cortado: es como si se hubiera ido
        if not datos:
            return None, buffer
        buffer = buffer + datos
    linea, resto = buffer.split(b"\n", 1)
    return linea.decode("utf-8", errors="replace"), resto


def enviar(cliente, mensaje):
    """Envía un mensaje a un cliente, con su salto de línea."""
    # TAREA 6: (opcional) si ese cliente no lee lo que le llega, los demás no deben esperar por él.
    # Puedes cambiar la función entera, y añadir otras.
    linea = mensaje + "\n"
    try:
        cliente.sendall(linea.encode("utf-8"))
    except OSError:
        pass  # ese cliente ya no está: su hilo lo sacará de la lista
    # Fin de la TAREA 6


def difundir(mensaje, emisor):
    """Envía el mensaje a todos. El emisor es el socket de quien lo ha escrito."""
    with candado:
        for cliente in clientes:
            # TAREA 2: a quien ha escrito el mensaje no debe volverle.
            enviar(cliente, mensaje)
            # Fin de la TAREA 2


def atender_cliente(cliente, nombre, buffer):
    """Se ocupa de una persona, en su hilo, hasta que se va."""
    print(f"[CLIENTE {nombre} conectado]")
    enviar(cliente, f"Te damos la bienvenida, {nombre}")
    # TAREA 3: (también más abajo) los demás deben saber quién entra.
    # Fin de la TAREA 3
    while True:
        mensaje, buffer = recibir_linea(cliente, buffer)
        if mensaje is None:
            break
        print(f"[CLIENTE {nombre}] {mensaje}")
        # TAREA 1: quien lee un mensaje debe ver, en la misma línea, quién lo ha escrito.
        difundir(mensaje, cliente)
        # Fin de la TAREA 1
    with candado:
        clientes.remove(cliente)
    cliente.close()
    print(f"[CLIENTE {nombre} desconectado]")
    # TAREA 3: los demás deben saber quién sale, se despida o no.
    # Fin de la TAREA 3


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
        # TAREA 5: (opcional) mientras alguien piensa su nombre, los demás deben poder entrar.
        # Puedes cambiar también atender_cliente.
        nombre, buffer = recibir_linea(cliente, b"")
        if nombre:
            with candado:
                clientes.append(cliente)
            # Con daemon=True, el programa puede terminar aunque el hilo siga.
            datos = (cliente, nombre, buffer)
            hilo = threading.Thread(target=atender_cliente, args=datos, daemon=True)
            hilo.start()
        else:
            cliente.close()
        # Fin de la TAREA 5


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
