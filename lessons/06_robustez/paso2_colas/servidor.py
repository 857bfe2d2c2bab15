"""Robustez, paso 2: colas.

Cada persona tiene una cola con lo que le falta por recibir y un hilo que se lo
envía. Quien difunde deja el mensaje en cada cola y sigue: no espera a nadie.

    python servidor.py [puerto]

Lo que aún falla: la cola de quien no lee crece sin fin (paso 3).
"""

import queue
import socket
import sys
import threading

HOST = "localhost"
PUERTO = 8000
# Bytes que el sistema guarda para cada cliente mientras no lee. Suelen ser
# muchos más: con estos, se ve enseguida qué pasa cuando no caben.
BUFFER = 4 * 1024

# Cada cuántos mensajes por enviar se dice en la pantalla que una cola crece.
AVISO = 1000
# Lo que se deja en una cola cuando ya no habrá más.
FIN = None

# La comparten todos los hilos: se toca solo con el candado tomado.
sala = []
candado = threading.Lock()


class Persona:
    """Alguien que está en el chat, y la cola de lo que le falta recibir."""

    def __init__(self, nombre, conexion):
        self.nombre = nombre
        self.conexion = conexion
        self.cola = queue.Queue()
        self.enviador = threading.Thread(
            target=self.enviar_lo_de_su_cola, daemon=True
        )
        self.enviador.start()

    def enviar_lo_de_su_cola(self):
        """Envía, en su hilo, lo que llega a la cola. Si no cabe, espera."""
        try:
            while (mensaje := self.cola.get()) is not FIN:
                self.conexion.sendall(mensaje.encode("utf-8"))
        except OSError:
            pass  # ya no está: el hilo que la lee la sacará de la sala


def difundir(mensaje, emisor):
    """Deja el mensaje en las colas de los demás, sin esperar a nadie."""
    with candado:
        for persona in sala:
            if persona is not emisor:
                persona.cola.put(mensaje)
                if persona.cola.qsize() % AVISO == 0:
                    print(
                        f"A {persona.nombre} le esperan "
                        f"{persona.cola.qsize()} mensajes"
                    )


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
        persona.cola.put(f"* Te damos la bienvenida, {persona.nombre}\n")
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
        persona.cola.put(FIN)
        persona.enviador.join()  # antes de cerrar, que salga lo que quede


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
