"""Eventos, paso 4: asyncio.

Lo mismo que el paso 3, con la biblioteca de Python que lleva dentro el
vigilante, el bucle y las colas. Lo que hace cada cliente vuelve a estar
escrito de arriba abajo, en una corrutina.

    python servidor.py [puerto]

Lo que aún falla: las reglas del chat y la red están en las mismas funciones.
No se pueden probar las unas sin la otra (paso 5).
"""

import asyncio
import sys

HOST = "127.0.0.1"
PUERTO = 8000
BIENVENIDA = "* Bienvenido a chatlab. Escribe tu nombre:"
SALIDA = "/salir"
# Los bytes que, como mucho, esperan a que un cliente lea.
TOPE = 256 * 1024

# El nombre de quienes ya lo han dado, por el extremo por el que se les
# escribe.
nombres = {}


def enviar(escritor, linea):
    """Deja una línea en una cola, sin esperar; si hay demasiado, lo echa."""
    escritor.write(f"{linea}\n".encode())
    if escritor.transport.get_write_buffer_size() > TOPE:
        print(f"Echo a {nombres.pop(escritor)}: no lee lo que le llega")
        escritor.transport.abort()


def difundir(linea, emisor):
    """Envía una línea a todos menos al emisor."""
    for escritor in list(nombres):  # una copia: enviar puede echar a alguien
        if escritor is not emisor:
            enviar(escritor, linea)


def limpiar(linea):
    """El texto de una línea, sin lo que mandaría sobre una terminal."""
    texto = linea.decode("utf-8", errors="replace")
    return "".join(letra for letra in texto if letra.isprintable()).strip()


async def atender_cliente(lector, escritor):
    """Se ocupa de un cliente, en su corrutina, hasta que se va."""
    nombre = ""
    enviar(escritor, BIENVENIDA)
    try:
        while True:
            cruda = await lector.readline()
            linea = limpiar(cruda)
            if not cruda or linea == SALIDA:
                break
            if linea and nombre:
                difundir(f"{nombre}: {linea}", escritor)
            elif linea:
                nombre = nombres[escritor] = linea
                enviar(escritor, f"* Hola, {nombre}.")
    except (OSError, ValueError, asyncio.CancelledError):
        # Se ha cortado, su línea pasa de 64 KiB o el servidor termina: es como
        # si cerrara.
        pass
    finally:
        nombres.pop(escritor, None)
        escritor.close()


async def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO
    try:
        servidor = await asyncio.start_server(atender_cliente, HOST, puerto)
    except OSError:
        sys.exit(
            f"No puedo usar el puerto {puerto}: ¿está ocupado? "
            "Usa otro o espera un minuto."
        )
    print(f"Escuchando en {HOST}:{servidor.sockets[0].getsockname()[1]}")
    # Una señal que nadie enciende: hasta que pulses Ctrl+C.
    await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(principal())
    except KeyboardInterrupt:
        print("\nServidor cerrado")
