import asyncio

HOST = "127.0.0.1"
PUERTO = 8888


async def recibir(reader):
    while True:
        try:
            linea = await reader.readline()
        except ConnectionError:
            linea = b""
        if not linea:
            print("El servidor se ha cerrado. Pulsa Intro.")
            return
        print(linea.decode(), end="")


async def main():
    nombre = input("¿Cómo te llamas? ")
    reader, writer = await asyncio.open_connection(HOST, PUERTO)
    writer.write((nombre + "\n").encode())
    print("Ya estás dentro. Escribe salir para irte.")
    tarea = asyncio.create_task(recibir(reader))

    loop = asyncio.get_running_loop()
    while not tarea.done():
        # input se queda esperando, así que va en otro hilo
        texto = await loop.run_in_executor(None, input)
        if texto == "salir":
            break
        writer.write((texto + "\n").encode())

    tarea.cancel()
    writer.close()
    print("Hasta luego")


asyncio.run(main())
