"""Difusión, paso 1: un hilo por cliente.

El servidor atiende a muchos clientes a la vez, cada uno en su hilo. Lo que
escribe uno se difunde: se reenvía a todos los demás.

    python servidor.py [puerto]

Lo que aún falla: la lista cambia mientras otro hilo la recorre; un socket
muerto que se queda en ella expulsa a los vivos; al reiniciar, el puerto sigue
ocupado (los tres, paso 2). Lo que da cada `recv` se trata como un mensaje, y
un cliente que no lee detiene a todos (chatlab/difusion).
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 8000

# La comparten todos los hilos.
clientes = []


def difundir(mensaje, emisor):
    """Envía el mensaje a todos menos al emisor."""
    for cliente in clientes:
        if cliente != emisor:
            cliente.sendall(mensaje.encode("utf-8"))


def atender_cliente(cliente):
    """Se ocupa de un cliente, en su hilo, hasta que se va."""
    nombre = cliente.recv(1024).decode("utf-8", errors="replace")
    print(f"[CLIENTE {nombre} conectado]")
    saludo = f"Tu nombre es {nombre}"
    cliente.sendall(saludo.encode("utf-8"))
    difundir(f"[{nombre} se ha conectado]", cliente)
    try:
        while True:
            datos = cliente.recv(1024)
            if not datos:
                break
            mensaje = datos.decode("utf-8", errors="replace")
            print(f"[CLIENTE {nombre}] {mensaje}")
            difundir(f"[{nombre}] {mensaje}", cliente)
    except OSError:
        pass  # un error de la red: se le da por desconectado
    cliente.close()
    clientes.remove(cliente)
    print(f"[CLIENTE {nombre} desconectado]")
    difundir(f"[{nombre} se ha desconectado]", cliente)


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
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
        clientes.append(cliente)
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
