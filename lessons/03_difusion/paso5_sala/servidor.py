"""Difusión, paso 5: la sala.

El servidor publica lo que escribe cada uno a todos los demás, que son sus
suscriptores. El candado se toma solo para copiar la lista; se envía con él ya
suelto.

    python servidor.py [puerto]

Lo que aún falla: un cliente que no lee aún detiene a quien le escribe, y a los
que van detrás en la lista. Dos mensajes a la vez pueden llegar a cada uno en
distinto orden. Lo que da cada `recv` se trata como un mensaje. Dos personas
pueden llamarse igual. Todo, en chatlab/difusion.
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 65434
PALABRAS_DE_SALIDA = ["salir", "exit", "quit"]

# La comparten todos los hilos: se toca solo con el candado tomado.
clientes = []
candado = threading.Lock()


def difundir(mensaje, emisor):
    """Envía el mensaje a todos menos al emisor."""
    with candado:
        destinos = list(clientes)
    for cliente in destinos:
        if cliente != emisor:
            try:
                cliente.sendall(mensaje.encode("utf-8"))
            except OSError:
                pass  # ese cliente ya no está: su hilo lo sacará de la lista


def recibir_nombre(cliente):
    """Pide el nombre y lo devuelve: vacío si el cliente se va sin darlo."""
    try:
        cliente.sendall(b"Ingresa tu nombre: ")
        return cliente.recv(1024).decode("utf-8", errors="replace").strip()
    except OSError:
        return ""


def atender_cliente(cliente, direccion):
    """Se ocupa de un cliente, en su hilo, hasta que se va."""
    nombre = recibir_nombre(cliente)
    if not nombre:
        cliente.close()
        return
    with candado:
        clientes.append(cliente)
    quien = f"{nombre} ({direccion[0]}, {direccion[1]})"
    try:
        print(f"{quien} se ha conectado")
        saludo = f"Bienvenido al chat, {nombre}!\n"
        cliente.sendall(saludo.encode("utf-8"))
        difundir(f">>> {nombre} se ha unido al chat\n", cliente)
        while True:
            datos = cliente.recv(1024)
            mensaje = datos.decode("utf-8", errors="replace").strip()
            if not datos or mensaje.lower() in PALABRAS_DE_SALIDA:
                break
            print(f"{nombre}: {mensaje}")
            difundir(f"{nombre}: {mensaje}\n", cliente)
    except OSError as error:
        print(f"Error con {quien}: {error}")
    finally:
        with candado:
            clientes.remove(cliente)
        print(f"{quien} se ha desconectado")
        difundir(f"<<< {nombre} ha salido del chat\n", cliente)
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
    print(f"Servidor de chat escuchando en {HOST}:{puerto}")
    print("Esperando conexiones...\n")

    while True:
        cliente, direccion = servidor.accept()
        # Con daemon=True, el programa puede terminar aunque el hilo siga.
        hilo = threading.Thread(
            target=atender_cliente, args=(cliente, direccion), daemon=True
        )
        hilo.start()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\nServidor cerrado")
