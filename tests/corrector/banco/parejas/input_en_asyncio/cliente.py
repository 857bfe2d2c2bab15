import asyncio


async def recibir(lector):
    while linea := await lector.readline():
        print(linea.decode().rstrip("\n"), flush=True)
    print("El servidor ya no está", flush=True)


async def principal():
    nombre = input("Tu nombre: ")
    lector, escritor = await asyncio.open_connection("localhost", 9233)
    escritor.write((nombre + "\n").encode())
    await escritor.drain()
    tarea = asyncio.create_task(recibir(lector))
    while True:
        texto = input()
        if texto == "salir":
            break
        escritor.write((texto + "\n").encode())
        await escritor.drain()
    tarea.cancel()


asyncio.run(principal())
