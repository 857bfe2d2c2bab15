"""Robustez: una solución del ejercicio, servidor.

Cada persona tiene aquí dos hilos, uno que recibe y otro que envía desde una cola. Todo lo que puede
crecer tiene un tope: las conexiones, las líneas, las colas, el ritmo y la espera.

    python servidor.py [puerto]

Lo que aún falla: dos personas pueden llamarse igual, y no se nota si a alguien le cortan la luz sin
que su ordenador pueda avisar. Todo, arreglado en chatlab/difusion.
"""

import queue
import socket
import sys
import threading
import time
import unicodedata

HOST = "localhost"
PUERTO = 8000

MAX_CONEXIONES = 50
MAX_LINEA = 4096  # bytes
MENSAJES_EN_COLA = 100
MENSAJES_POR_SEGUNDO = 40
SEGUNDOS_PARA_EL_NOMBRE = 2
SEGUNDOS_SIN_LEER = 1

# Los caracteres que cambian el sentido de la lectura (Unicode, UAX #9).
CAMBIOS_DE_SENTIDO = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

# La cola de cada cliente. Las comparten todos los hilos: se tocan solo con el candado tomado.
colas = {}
candado = threading.Lock()

# Un sitio por conexión. Quien entra toma uno y lo devuelve cuando se va.
sitios = threading.BoundedSemaphore(MAX_CONEXIONES)


def limpiar(texto):
    """Quita lo que mandaría sobre la pantalla de quien lo lea."""
    return "".join(
        letra
        for letra in texto
        if unicodedata.category(letra) != "Cc" and letra not in CAMBIOS_DE_SENTIDO
    )


def recibir_linea(cliente, buffer, limite=None):
    """Devuelve la siguiente línea y lo que sobra.

    La línea es `None` si el cliente se ha ido, si lo que envía pasa de `MAX_LINEA` o si llega la
    hora `limite` (de `time.monotonic`) y no la ha acabado.
    """
    while b"\n" not in buffer:
        if len(buffer) > MAX_LINEA:
            return None, buffer
        try:
            if limite is not None:
                # El plazo es de la línea entera: a cada recv le queda lo que no se ha gastado.
                cliente.settimeout(max(limite - time.monotonic(), 0.001))
            datos = cliente.recv(1024)
        except OSError:
            datos = b""  # se ha cortado, o se acabó el plazo: es como si se hubiera ido
        if not datos or (limite is not None and time.monotonic() > limite):
            return None, buffer
        buffer = buffer + datos
    linea, resto = buffer.split(b"\n", 1)
    return limpiar(linea.decode("utf-8", errors="replace")), resto


def recibir_nombre(cliente):
    """Devuelve el nombre y lo que sobra; el nombre es `None` si no lo da a tiempo."""
    nombre, buffer = recibir_linea(cliente, b"", time.monotonic() + SEGUNDOS_PARA_EL_NOMBRE)
    cliente.settimeout(None)  # ya es del chat: puede callar lo que quiera
    return nombre, buffer


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


def echar(cliente):
    """Corta la conexión de quien no lee: sus dos hilos se enteran y terminan."""
    with candado:
        colas.pop(cliente, None)  # que nadie más espere por él
    try:
        cliente.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # ya se había ido


def difundir(mensaje, emisor):
    """Pone el mensaje en la cola de todos menos en la del emisor.

    Si una está llena, espera un poco. Mientras, no se lee al emisor, y TCP lo frena a él.
    """
    with candado:
        destinos = list(colas.items())
    for cliente, cola in destinos:
        if cliente != emisor:
            try:
                cola.put(mensaje, timeout=SEGUNDOS_SIN_LEER)
            except queue.Full:
                print("[SERVIDOR] Un cliente no lee: se le desconecta")
                echar(cliente)


def atender_mensajes(cliente, nombre, buffer):
    """Difunde lo que escribe un cliente hasta que se va, sin pasar de su ritmo.

    Las fichas son los mensajes que aún puede enviar: cada uno gasta una y cada segundo le
    devuelve `MENSAJES_POR_SEGUNDO`, que son también las que caben.
    """
    fichas = MENSAJES_POR_SEGUNDO
    ultima_vez = time.monotonic()
    while True:
        mensaje, buffer = recibir_linea(cliente, buffer)
        if mensaje is None:
            break
        ahora = time.monotonic()
        ganadas = (ahora - ultima_vez) * MENSAJES_POR_SEGUNDO
        fichas = min(fichas + ganadas, MENSAJES_POR_SEGUNDO) - 1
        ultima_vez = ahora
        if fichas < 0:
            time.sleep(-fichas / MENSAJES_POR_SEGUNDO)  # justo lo que falta para su ficha
        print(f"[CLIENTE {nombre}] {mensaje}")
        difundir(f"{nombre}: {mensaje}", cliente)


def atender_persona(cliente):
    """Se ocupa de una persona desde que da su nombre hasta que se va."""
    nombre, buffer = recibir_nombre(cliente)
    if not nombre:
        return
    cola = queue.Queue(MENSAJES_EN_COLA)
    cola.put(f"Te damos la bienvenida, {nombre}")
    with candado:
        colas[cliente] = cola
    # Se arranca después de apuntarla: quien lee la bienvenida ya no se pierde nada.
    hilo = threading.Thread(target=enviar_mensajes, args=(cliente, cola), daemon=True)
    hilo.start()
    try:
        print(f"[CLIENTE {nombre} conectado]")
        difundir(f"[{nombre} se ha conectado]", cliente)
        atender_mensajes(cliente, nombre, buffer)
    finally:
        with candado:
            colas.pop(cliente, None)
        print(f"[CLIENTE {nombre} desconectado]")
        difundir(f"[{nombre} se ha desconectado]", cliente)
        terminar_de_enviar(cliente, cola, hilo)


def terminar_de_enviar(cliente, cola, hilo):
    """Espera un poco a que salga lo que quede en su cola."""
    try:
        cola.put(None, timeout=SEGUNDOS_SIN_LEER)
    except queue.Full:
        echar(cliente)  # tampoco va a leer lo que queda
    hilo.join(SEGUNDOS_SIN_LEER)


def atender_conexion(cliente):
    """Atiende una conexión, en su hilo, y devuelve su sitio al acabar."""
    try:
        atender_persona(cliente)
    finally:
        cliente.close()
        sitios.release()


def rechazar(cliente):
    """Dice a quien no cabe por qué no entra."""
    try:
        cliente.sendall("El chat está lleno. Prueba más tarde.\n".encode())
    except OSError:
        pass  # ya se había ido
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
        if not sitios.acquire(blocking=False):
            rechazar(cliente)
            continue
        print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
        # Con daemon=True, el programa puede terminar aunque el hilo siga.
        hilo = threading.Thread(target=atender_conexion, args=(cliente,), daemon=True)
        hilo.start()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
