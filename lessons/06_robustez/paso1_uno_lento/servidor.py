"""Robustez, paso 1: uno lento.

Un chat con hilos, como el de la lección 03, que separa bien las líneas: la
primera que envía un cliente es su nombre, y las demás, mensajes. Lo que
escribe uno lo envía a los demás su propio hilo.

    python servidor.py [puerto]

Lo que aún falla: un cliente que no lee detiene a todo el que hable (paso 2).
"""

import socket
import sys
import threading

HOST = "localhost"
PUERTO = 8000
# Bytes que el sistema guarda para cada cliente mientras no lee. Suelen ser
# muchos más: con estos, se ve enseguida qué pasa cuando no caben.
BUFFER = 4 * 1024

# La comparten todos los hilos: se toca solo con el candado tomado.
sala = []
candado = threading.Lock()


class Persona:
    """Alguien que está en el chat."""

    def __init__(self, nombre, conexion):
        self.nombre = nombre
        self.conexion = conexion


def difundir(mensaje, emisor):
    """Envía el mensaje a todos menos al emisor."""
    with candado:
        destinos = list(sala)
    for persona in destinos:
        if persona is not emisor:
            enviar(persona, mensaje)


def enviar(persona, mensaje):
    """Envía el mensaje a una persona. Si no le cabe, espera."""
    try:
        persona.conexion.sendall(mensaje.encode("utf-8"))
    except OSError:
        pass  # ya no está: su hilo la sacará de la sala


def recibir_lineas(conexion):
    """Da las líneas que llegan, una a una, hasta que el cliente cierra."""
    pendiente = b""
    while datos := conexion.recv(4096):
        pendiente += datos
        while b"\n" in pendiente:
            linea, pendiente = pendiente.split(b"\n", 1)
            yield linea.decode("utf-8", errors="replace").strip()


def atender_conexion(conexion):
    """Se ocupa de una conexión, en su hilo, hasta que se cierra."""
    try:
        lineas = recibir_lineas(conexion)
        nombre = next(lineas, "")
        if nombre:
            conversar(Persona(nombre, conexion), lineas)
    except OSError as error:
        print(f"Se ha cortado una conexión: {error}")
    finally:
        conexion.close()


def conversar(persona, lineas):
    """Difunde lo que dice una persona hasta que se va."""
    with candado:
        sala.append(persona)
    print(f"{persona.nombre} ha entrado")
    try:
        enviar(persona, f"* Te damos la bienvenida, {persona.nombre}\n")
        difundir(f"* {persona.nombre} se ha unido al chat\n", persona)
        for texto in lineas:
            difundir(f"{persona.nombre}: {texto}\n", persona)
    except OSError as error:
        print(f"Se ha cortado la conexión de {persona.nombre}: {error}")
    finally:
        with candado:
            sala.remove(persona)
        print(f"{persona.nombre} ha salido")
        difundir(f"* {persona.nombre} ha salido del chat\n", persona)


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO
    try:
        servidor = socket.create_server((HOST, puerto))
    except OSError:
        sys.exit(
            f"No puedo usar el puerto {puerto}: ¿está ocupado? "
            "Usa otro o espera un minuto."
        )
    print(f"Servidor de chat escuchando en {HOST}:{servidor.getsockname()[1]}")

    while True:
        conexion, _ = servidor.accept()
        conexion.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        # Con daemon=True, el programa puede terminar aunque el hilo siga.
        threading.Thread(
            target=atender_conexion, args=(conexion,), daemon=True
        ).start()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\nServidor cerrado")
