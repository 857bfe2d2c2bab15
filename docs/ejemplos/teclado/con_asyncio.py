"""Un cliente con asyncio: dos corrutinas, y el teclado en un hilo aparte.

python con_asyncio.py
"""

import asyncio


async def recibir(lector):
    """Muestra lo que llega hasta que el servidor cierra."""
    while linea := await lector.readline():
        print(linea.decode("utf-8", errors="replace").rstrip("\n"))
    print("El servidor ha cerrado. Pulsa Intro para salir.")


async def enviar(escritor):
    """Envía lo que se teclea hasta «salir»."""
    while (linea := await asyncio.to_thread(input)) != "salir":
        escritor.write(f"{linea}\n".encode())
        await escritor.drain()


async def principal():
    lector, escritor = await asyncio.open_connection("localhost", 8000)
    tareas = [
        asyncio.create_task(recibir(lector)),
        asyncio.create_task(enviar(escritor)),
    ]
    await asyncio.wait(tareas, return_when=asyncio.FIRST_COMPLETED)
    for tarea in tareas:
        tarea.cancel()
    escritor.close()


try:
    asyncio.run(principal())
except (EOFError, KeyboardInterrupt):
    pass
print("Adiós.")
