"""El mismo, llamando a `input` sin más: mientras espera al teclado, el bucle está parado.

python con_asyncio_bloqueado.py
"""

import asyncio


async def recibir(lector):
    while linea := await lector.readline():
        print(linea.decode().rstrip("\n"))


async def principal():
    lector, escritor = await asyncio.open_connection("localhost", 8000)
    tarea = asyncio.create_task(recibir(lector))
    while (linea := input()) != "salir":  # bloquea el hilo, y con él todas las corrutinas
        escritor.write(f"{linea}\n".encode())
        await escritor.drain()
    tarea.cancel()


asyncio.run(principal())
