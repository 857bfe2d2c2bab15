"""Difusión: una solución del ejercicio, servidor.

Un mensaje es una línea. Cada persona tiene aquí dos hilos: uno recibe lo que ella escribe y otro
le envía, desde una cola, lo que escriben las demás. Si no lee, solo ese último tiene que esperar.

    python servidor.py [puerto]

Lo que aún falla: la cola de quien no lee nunca crece sin límite, y una línea que no acaba nunca,
también. Dos personas pueden llamarse igual. Todo, arreglado en chatlab/difusion.
"""

import queue
import socket
import sys
import threading

HOST = "localhost"
PUERTO = 8000

# La cola de cada cliente. Las comparten todos los hilos: se tocan solo con el candado tomado.
colas = {}
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


def enviar_mensajes(cliente, cola):
    """Envía a un cliente, en otro hilo, lo que llega a su cola, hasta que llega un `None`."""
    try:
        while True:
            mensaje = cola.get()
            if mensaje is None:
                break
            linea = mensaje + "\n"
            cliente.sendall(linea.encode("utf-8"))
    except OSError:
        pass  # ese cliente ya no está: lo dirá el hilo que recibe


def difundir(mensaje, emisor):
    """Pone el mensaje en la cola de todos menos en la del emisor. No espera a la red."""
    with candado:
        for cliente, cola in colas.items():
            if cliente != emisor:
                cola.put(mensaje)


def atender_cliente(cliente):
    """Se ocupa de un cliente, en su hilo, desde que da su nombre hasta que se va."""
    nombre, buffer = recibir_linea(cliente, b"")
    if not nombre:
        cliente.close()
        return
    cola = queue.Queue()
    cola.put(f"Te damos la bienvenida, {nombre}")
    with candado:
        colas[cliente] = cola
    # Se arranca después de apuntarla: quien lee la bienvenida ya no se pierde nada.
    hilo = threading.Thread(target=enviar_mensajes, args=(cliente, cola), daemon=True)
    hilo.start()
    try:
        print(f"[CLIENTE {nombre} conectado]")
        difundir(f"[{nombre} se ha conectado]", cliente)
        while True:
            mensaje, buffer = recibir_linea(cliente, buffer)
            if mensaje is None:
                break
            print(f"[CLIENTE {nombre}] {mensaje}")
            difundir(f"[{nombre}] {mensaje}", cliente)
    finally:
        with candado:
            del colas[cliente]
        print(f"[CLIENTE {nombre} desconectado]")
        difundir(f"[{nombre} se ha desconectado]", cliente)
        cola.put(None)
        hilo.join(2)  # espera, dos segundos como mucho, a que salga lo que quede en su cola
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
        # Con daemon=True, el programa puede terminar aunque el hilo siga.
        hilo = threading.Thread(target=atender_cliente, args=(cliente,), daemon=True)
        hilo.start()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
