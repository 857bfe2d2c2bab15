"""Robustez, paso 5: inundaciones.

Hay tope de mensajes por segundo (a quien lo pasa se le lee más despacio, y no
pierde nada) y de bytes en una línea, los dos en lineas.py, y de conexiones a
la vez.

    python servidor.py [puerto]

Lo que aún falla: lo que llega de la red manda en la pantalla de quien lo lee
(paso 6).
"""

import socket
import sys
import threading

from lineas import (
    MAX_LINEA,
    PLAZO_DEL_NOMBRE,
    LineaLarga,
    a_su_ritmo,
    recibir_lineas,
)
from persona import PLAZO, Persona

HOST = "localhost"
PUERTO = 8000
# Bytes que el sistema guarda para cada cliente mientras no lee. Suelen ser
# muchos más: con estos, se ve enseguida qué pasa cuando no caben.
BUFFER = 4 * 1024
# El motivo que se da a quien envía una línea demasiado larga.
LARGA = f"una línea no puede pasar de {MAX_LINEA} bytes"

# Un semáforo cuenta plazas libres: quien llega toma una, si queda, y al irse
# la deja.
CONEXIONES = 20
plazas = threading.Semaphore(CONEXIONES)

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


def atender_conexion(conexion):
    """Se ocupa de una conexión, en su hilo, hasta que se cierra."""
    try:
        vigilar_si_sigue_ahi(conexion)
        lineas = recibir_lineas(conexion)
        nombre = next(lineas, "")
        if nombre:
            # Con nombre, ya puede callar lo que quiera.
            conexion.settimeout(None)
            conversar(Persona(nombre, conexion), lineas)
    except TimeoutError:
        rechazar(
            conexion, f"no has dicho tu nombre en {PLAZO_DEL_NOMBRE} segundos"
        )
    except LineaLarga:
        rechazar(conexion, LARGA)
    except OSError as error:
        print(f"Se ha cortado una conexión: {error}")
    finally:
        conexion.close()
        plazas.release()


def rechazar(conexion, motivo):
    """Dice a quien aún no ha entrado por qué no entra."""
    print(f"Rechazo una conexión: {motivo}")
    try:
        conexion.sendall(f"! Te desconecto: {motivo}\n".encode())
    except OSError:
        pass  # ya no está


def vigilar_si_sigue_ahi(conexion):
    """Pide al sistema que pregunte a quien lleva un rato callado si está."""
    conexion.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    # Al minuto de silencio y, después, cada 10 segundos; a las 3 preguntas sin
    # respuesta, la da por cortada. No todos los sistemas dejan elegir esos
    # tiempos.
    for opcion, valor in [
        ("TCP_KEEPIDLE", 60),
        ("TCP_KEEPINTVL", 10),
        ("TCP_KEEPCNT", 3),
    ]:
        if hasattr(socket, opcion):
            conexion.setsockopt(
                socket.IPPROTO_TCP, getattr(socket, opcion), valor
            )


def conversar(persona, lineas):
    """Difunde lo que dice una persona hasta que se va."""
    with candado:
        sala.append(persona)
    print(f"{persona.nombre} ha entrado")
    try:
        persona.dejar(f"* Te damos la bienvenida, {persona.nombre}\n", PLAZO)
        difundir(f"* {persona.nombre} se ha unido al chat\n", persona)
        for texto in a_su_ritmo(lineas):
            if not esta_dentro(persona):
                break
            difundir(f"{persona.nombre}: {texto}\n", persona)
    except LineaLarga:
        expulsar(persona, LARGA)
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
        if not plazas.acquire(blocking=False):
            rechazar(conexion, "el chat está lleno, prueba más tarde")
            conexion.close()
            continue
        # Con daemon=True, el programa puede terminar aunque el hilo siga.
        threading.Thread(
            target=atender_conexion, args=(conexion,), daemon=True
        ).start()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\nServidor cerrado")
