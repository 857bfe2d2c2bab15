"""El mismo, con `input` sin más: mientras lo espera, el bucle está parado.

python con_asyncio_bloqueado.py
"""

import asyncio


async def recibir(lector):
    while linea := await lector.readline():
        print(linea.decode().rstrip("\n"))


async def principal():
    lector, escritor = await asyncio.open_connection("localhost", 8000)
    tarea = asyncio.create_task(recibir(lector))
    # Bloquea el hilo, y con él todas las corrutinas.
    while (linea := input()) != "salir":
        escritor.write(f"{linea}\n".encode())
        await escritor.drain()
    tarea.cancel()


asyncio.run(principal())
