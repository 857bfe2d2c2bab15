"""Tramas, paso 4: la longitud.

Delante de cada mensaje van cuatro bytes, la cabecera, que dicen cuántos bytes
tiene. El servidor lee la cabecera, y después exactamente esos bytes, hasta un
tope.

    python servidor.py [puerto]

Lo que aún falla: mientras espera los bytes que faltan, el servidor no puede
hacer nada más, y separar los mensajes no se puede probar sin un socket (paso
5).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000
# Pocos bytes, para ver los cortes con mensajes cortos. Lo corriente es 1024 o
# 4096.
BYTES_DE_UNA_VEZ = 32
BYTES_DE_CABECERA = 4
# Con cuatro bytes se puede anunciar un mensaje de 4 GB, y no hay por qué
# guardarlo.
MAX_MENSAJE = 10_000


class TramaMala(Exception):
    """Lo que llega no se puede leer como una trama; el texto dice por qué."""


def recibir_exactamente(conexion, cuantos):
    """Espera esos bytes y los devuelve; da menos si el cliente cierra."""
    recibido = b""
    while len(recibido) < cuantos:
        faltan = cuantos - len(recibido)
        trozo = conexion.recv(min(faltan, BYTES_DE_UNA_VEZ))
        if not trozo:
            break
        recibido += trozo
    return recibido


def recibir_mensaje(conexion):
    """Da los bytes del siguiente mensaje, o None si no hay más.

    Lanza `TramaMala` si no se puede.
    """
    cabecera = recibir_exactamente(conexion, BYTES_DE_CABECERA)
    if not cabecera:
        return None
    if len(cabecera) < BYTES_DE_CABECERA:
        raise TramaMala("el cliente ha cerrado a mitad de una cabecera")
    longitud = int.from_bytes(cabecera, "big")
    print(f"Cabecera {cabecera!r}: longitud {longitud}")
    if longitud > MAX_MENSAJE:
        raise TramaMala(
            f"el tope es {MAX_MENSAJE} bytes; ¿seguro que envía tramas?"
        )
    datos = recibir_exactamente(conexion, longitud)
    if len(datos) < longitud:
        raise TramaMala("el cliente ha cerrado a mitad de un mensaje")
    return datos


def atender_cliente(conexion):
    """Enseña los mensajes de un cliente, hasta que se va."""
    numero = 0
    try:
        while True:
            datos = recibir_mensaje(conexion)
            if datos is None:
                print("[CONEXIÓN] El cliente ha cerrado")
                break
            numero += 1
            mensaje = datos.decode("utf-8", errors="replace")
            print(f"Mensaje {numero}: {mensaje!r}")
    except TramaMala as error:
        print(f"[CONEXIÓN] La corto: {error}")
    except OSError:
        print("[CONEXIÓN] Se ha cortado la conexión con el cliente")


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    try:
        escucha = socket.create_server((HOST, puerto))
    except OSError:
        sys.exit(
            f"No puedo usar el puerto {puerto}: ¿está ocupado? "
            "Usa otro o espera un minuto."
        )
    puerto = escucha.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    with escucha:
        while True:
            conexion, direccion = escucha.accept()
            print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
            with conexion:
                atender_cliente(conexion)


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
