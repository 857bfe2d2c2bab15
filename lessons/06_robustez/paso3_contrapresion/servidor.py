"""Robustez, paso 3: contrapresión.

Las colas (persona.py) tienen tope. Cuando una está llena, se deja de leer a
quien escribe hasta que hay sitio, y TCP lo frena. Si en unos segundos no lo
hay, se desconecta a quien no lee.

    python servidor.py [puerto]

Lo que aún falla: se espera para siempre a quien no dice su nombre y a quien
desaparece (paso 4).
"""

import socket
import sys
import threading

from persona import PLAZO, Persona

HOST = "localhost"
PUERTO = 8000
# Bytes que el sistema guarda para cada cliente mientras no lee. Suelen ser
# muchos más: con estos, se ve enseguida qué pasa cuando no caben.
BUFFER = 4 * 1024

# La comparten todos los hilos: se toca solo con el candado tomado.
sala = []
candado = threading.Lock()


def difundir(mensaje, emisor):
    """Deja el mensaje en las demás colas; después, espera a las llenas.

    Mientras espera, este hilo no lee a su cliente, que es quien escribe: TCP
    lo frena.
    """
    llenas = []
    with candado:
        for persona in sala:
            if persona is not emisor and not persona.dejar(mensaje, 0):
                llenas.append(persona)
    for persona in llenas:
        if not persona.dejar(mensaje, PLAZO):
            expulsar(persona, "no lees lo que te llega")


def expulsar(persona, motivo):
    """Saca a una persona de la sala, le deja dicho por qué y no le lee más."""
    with candado:
        if persona not in sala:
            return  # se ha ido, o la ha expulsado otro hilo
        sala.remove(persona)
    print(f"Expulso a {persona.nombre}: {motivo}")
    persona.vaciar()
    persona.dejar(f"! Te desconecto: {motivo}\n", PLAZO)
    persona.dejar_de_leerle()


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
        persona.dejar(f"* Te damos la bienvenida, {persona.nombre}\n", PLAZO)
        difundir(f"* {persona.nombre} se ha unido al chat\n", persona)
        for texto in lineas:
            if not esta_dentro(persona):
                break
            difundir(f"{persona.nombre}: {texto}\n", persona)
    except OSError as error:
        print(f"Se ha cortado la conexión de {persona.nombre}: {error}")
    finally:
        with candado:
            if persona in sala:
                sala.remove(persona)
        print(f"{persona.nombre} ha salido")
        difundir(f"* {persona.nombre} ha salido del chat\n", persona)
        persona.despedir()


def esta_dentro(persona):
    """Dice si sigue en la sala: quizá la han expulsado."""
    with candado:
        return persona in sala


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
