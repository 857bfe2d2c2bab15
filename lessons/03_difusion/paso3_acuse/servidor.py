"""Difusión, paso 3: el acuse.

El servidor difunde lo que escribe cada cliente y le contesta un acuse: «lo he
recibido». También distingue a quien se despide con /exit de quien se va sin
decir nada.

    python servidor.py [puerto]

Lo que aún falla: sin salto de línea, un acuse pegado a otro mensaje no se
reconoce, y dos mensajes pegados reciben un solo acuse (chatlab/difusion). Un
cliente que no lee no deja entrar ni salir a nadie (paso 5; que no detenga a
los demás, chatlab/difusion).
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 8000
ACUSE = "Mensaje recibido..."

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
    despedida = "se ha ido sin despedirse"
    try:
        print(f"[CLIENTE {nombre} conectado]")
        saludo = f"Te damos la bienvenida, {nombre}"
        cliente.sendall(saludo.encode("utf-8"))
        difundir(f"[{nombre} se ha conectado]", cliente)
        while True:
            datos = cliente.recv(1024)
            mensaje = datos.decode("utf-8", errors="replace").strip()
            if mensaje == "/exit":
                despedida = "se ha desconectado"
            if not datos or mensaje == "/exit":
                break
            print(f"[CLIENTE {nombre}] {mensaje}")
            difundir(f"[{nombre}] {mensaje}", cliente)
            cliente.sendall(ACUSE.encode("utf-8"))
    except OSError as error:
        print(f"[ERROR] {nombre}: {error}")
    finally:
        with candado:
            clientes.remove(cliente)
        print(f"[CLIENTE {nombre} {despedida}]")
        difundir(f"[{nombre} {despedida}]", cliente)
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
