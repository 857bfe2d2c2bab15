"""Difusión, paso 2: el candado.

El servidor difunde lo que escribe cada cliente. Un candado impide que dos
hilos toquen la lista a la vez, y quien se va sale siempre de ella. Cada
mensaje acaba en un salto de línea.

    python servidor.py [puerto]

Lo que aún falla: el candado está tomado mientras se envía, y un cliente que no
lee no deja entrar ni salir a nadie (paso 5; que no detenga a los demás,
chatlab/difusion). Lo que da cada `recv` se trata como un mensaje: de dos
líneas pegadas, la segunda sale sin nombre (chatlab/difusion).
"""

import socket
import sys
import threading

HOST = "0.0.0.0"
PUERTO = 5000

# La comparten todos los hilos: se toca solo con el candado tomado.
clientes = []
candado = threading.Lock()


def difundir(mensaje, emisor):
    """Envía el mensaje a todos menos al emisor."""
    with candado:
        for cliente in clientes:
            if cliente != emisor:
                try:
                    cliente.sendall(mensaje.encode("utf-8"))
                except OSError:
                    # Ese cliente ya no está: su hilo lo sacará de la lista.
                    pass


def recibir_nombre(cliente):
    """Devuelve el nombre, o una cadena vacía si el cliente se va sin darlo."""
    try:
        return cliente.recv(1024).decode("utf-8", errors="replace").strip()
    except OSError:
        return ""


def atender_cliente(cliente):
    """Se ocupa de un cliente, en su hilo, hasta que se va."""
    nombre = recibir_nombre(cliente)
    if not nombre:
        cliente.close()
        return
    with candado:
        clientes.append(cliente)
    try:
        print(f"[CLIENTE {nombre} conectado]")
        saludo = f"Te damos la bienvenida, {nombre}\n"
        cliente.sendall(saludo.encode("utf-8"))
        difundir(f"[{nombre} se ha conectado]\n", cliente)
        while True:
            datos = cliente.recv(1024)
            mensaje = datos.decode("utf-8", errors="replace").strip()
            if not datos or mensaje == "/quit":
                break
            print(f"[CLIENTE {nombre}] {mensaje}")
            difundir(f"[{nombre}] {mensaje}\n", cliente)
    except OSError as error:
        print(f"[ERROR] {nombre}: {error}")
    finally:
        with candado:
            clientes.remove(cliente)
        print(f"[CLIENTE {nombre} desconectado]")
        difundir(f"[{nombre} se ha desconectado]\n", cliente)
        cliente.close()


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # En Windows no hace falta, y significa otra cosa.
    if sys.platform != "win32":
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(
            f"No puedo usar el puerto {puerto}: ¿está ocupado? "
            "Usa otro o espera un minuto."
        )
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    while True:
        cliente, direccion = servidor.accept()
        print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
        # Con daemon=True, el programa puede terminar aunque el hilo siga.
        hilo = threading.Thread(
            target=atender_cliente, args=(cliente,), daemon=True
        )
        hilo.start()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
