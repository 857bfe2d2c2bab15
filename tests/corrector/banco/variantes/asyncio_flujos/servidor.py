# Chat con asyncio. Cada cliente es una tarea.
import asyncio

HOST = "127.0.0.1"
PUERTO = 8888

clientes = {}  # writer: nombre


def difundir(texto, menos):
    for writer in clientes:
        if writer is not menos:
            # write no espera: asyncio guarda lo que no quepa
            writer.write((texto + "\n").encode())


async def atender(reader, writer):
    nombre = ""
    try:
        nombre = (await reader.readline()).decode().strip()
        if nombre:
            clientes[writer] = nombre
            print(nombre, "ha entrado")
            difundir(f"*** {nombre} ha entrado en la sala", writer)
        while nombre:
            linea = await reader.readline()
            if not linea:
                break
            texto = linea.decode().rstrip("\r\n")
            print(f"{nombre}: {texto}")
            difundir(f"{nombre}: {texto}", writer)
    except ConnectionError as e:
        print("Se ha cortado la conexión de", nombre, e)
    finally:
        if writer in clientes:
            del clientes[writer]
            print(nombre, "ha salido")
            difundir(f"*** {nombre} ha salido de la sala", writer)
        writer.close()


async def main():
    servidor = await asyncio.start_server(atender, HOST, PUERTO)
    print("Servidor de chat en", servidor.sockets[0].getsockname())
    await asyncio.Event().wait()  # para siempre


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("Servidor parado")
