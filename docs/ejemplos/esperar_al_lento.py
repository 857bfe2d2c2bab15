"""Cien mensajes para Sordo, que no lee, y para Lucía: con `drain` y sin él."""

import asyncio
import socket

MENSAJE = b"x" * 10_000 + b"\n"


async def difundir(escritores, esperando):
    for _ in range(100):
        for escritor in escritores:
            escritor.write(MENSAJE)
            if esperando:
                await escritor.drain()


async def probar(esperando, segundos):
    """Dice si Lucía ha leído los cien mensajes en ese tiempo."""
    hacia_sordo, _sordo = socket.socketpair()
    hacia_lucia, lucia = socket.socketpair()
    _, a_sordo = await asyncio.open_connection(sock=hacia_sordo)
    _, a_lucia = await asyncio.open_connection(sock=hacia_lucia)
    lector, _ = await asyncio.open_connection(sock=lucia)
    tarea = asyncio.create_task(difundir([a_sordo, a_lucia], esperando))
    leidos = 0
    try:
        async with asyncio.timeout(segundos):
            while leidos < 100:
                await lector.readline()
                leidos += 1
    except TimeoutError:
        pass  # la difusión se ha parado
    tarea.cancel()
    return leidos == 100


async def principal():
    con = await probar(True, segundos=0.5)
    print("Con drain, ¿le llegan todos a Lucía?", con)
    sin = await probar(False, segundos=5)
    print("Sin drain, ¿le llegan todos a Lucía?", sin)


asyncio.run(principal())
