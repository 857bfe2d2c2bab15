"""Difusión, paso 4: el servidor pregunta.

El servidor pide a cada cliente su apodo con la palabra NICK, y lo guarda en
otra lista. Lo que escribe uno se difunde a todos, también a quien lo escribe.
Quien se despide manda SALIR.

    python servidor.py [puerto]

Lo que aún falla: un cliente que no lee no deja entrar ni salir a nadie (paso
5; que no detenga a los demás, chatlab/difusion). Lo que da cada `recv` se
trata como un mensaje, y un SALIR pegado a otro mensaje no se reconoce
(chatlab/difusion).
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 9000

# Las comparten todos los hilos: se tocan solo con el candado tomado. Van a la
# par: el apodo de clientes[0] es apodos[0].
clientes = []
apodos = []
candado = threading.Lock()


def difundir(mensaje):
    """Envía el mensaje a todos."""
    with candado:
        for cliente in clientes:
            try:
                cliente.sendall(mensaje.encode("utf-8"))
            except OSError:
                pass  # ese cliente ya no está: su hilo lo sacará de la lista


def recibir_nombre(cliente):
    """Pide el apodo y lo devuelve: vacío si el cliente se va sin darlo."""
    try:
        cliente.sendall(b"NICK")
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
        apodos.append(nombre)
        print(f"[CONECTADOS] {', '.join(apodos)}")
    despedida = "se ha ido sin despedirse"
    try:
        print(f"[CLIENTE {nombre} conectado]")
        difundir(f"[{nombre} se ha conectado]")
        while True:
            datos = cliente.recv(1024)
            mensaje = datos.decode("utf-8", errors="replace").strip()
            if mensaje == "SALIR":
                despedida = "se ha desconectado"
            if not datos or mensaje == "SALIR":
                break
            print(f"[CLIENTE {nombre}] {mensaje}")
            difundir(f"[{nombre}] {mensaje}")
    except OSError as error:
        print(f"[ERROR] {nombre}: {error}")
    finally:
        with candado:
            posicion = clientes.index(cliente)
            clientes.pop(posicion)
            apodos.pop(posicion)
        print(f"[CLIENTE {nombre} {despedida}]")
        difundir(f"[{nombre} {despedida}]")
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
