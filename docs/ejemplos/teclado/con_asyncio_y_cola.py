"""Un cliente con asyncio que no espera a Intro: el teclado, en un hilo suyo.

python con_asyncio_y_cola.py
"""

import asyncio
import os
import threading


def leer_teclado(bucle, cola):
    """En su hilo: pasa al bucle cada línea y, al acabar, None."""
    try:
        while True:
            bucle.call_soon_threadsafe(cola.put_nowait, input())
    except EOFError:
        bucle.call_soon_threadsafe(cola.put_nowait, None)


async def recibir(lector):
    while linea := await lector.readline():
        print(linea.decode("utf-8", errors="replace").rstrip("\n"))
    print("El servidor ha cerrado.")


async def enviar(escritor, cola):
    while (linea := await cola.get()) not in ("salir", None):
        escritor.write(f"{linea}\n".encode())
        await escritor.drain()


async def principal():
    lector, escritor = await asyncio.open_connection("localhost", 8000)
    cola = asyncio.Queue()
    bucle = asyncio.get_running_loop()
    threading.Thread(
        target=leer_teclado, args=(bucle, cola), daemon=True
    ).start()
    tareas = [
        asyncio.create_task(recibir(lector)),
        asyncio.create_task(enviar(escritor, cola)),
    ]
    await asyncio.wait(tareas, return_when=asyncio.FIRST_COMPLETED)
    for tarea in tareas:
        tarea.cancel()
    escritor.close()


try:
    asyncio.run(principal())
except KeyboardInterrupt:
    pass
print("Adiós.", flush=True)
# En un Linux reciente, acabar del todo espera también a ese hilo, hasta que se
# pulse Intro.
os._exit(0)
