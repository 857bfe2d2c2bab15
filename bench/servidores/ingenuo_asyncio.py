"""Un chat como lo escribe quien acaba de aprender asyncio: `readline`, `write` y `drain`."""

from __future__ import annotations

import asyncio

clientes: list[asyncio.StreamWriter] = []


async def difundir(linea: str, emisor: asyncio.StreamWriter) -> None:
    for cliente in list(clientes):
        if cliente is not emisor:
            cliente.write(linea.encode())
            await cliente.drain()


async def atender(lector: asyncio.StreamReader, cliente: asyncio.StreamWriter) -> None:
    cliente.write(b"* Bienvenido a chatlab. Dentro tienes /ayuda. Escribe tu nombre:\n")
    nombre = (await lector.readline()).decode().strip()
    cliente.write(f"* Hola, {nombre}.\n".encode())
    clientes.append(cliente)
    try:
        while linea := await lector.readline():
            await difundir(f"{nombre}: {linea.decode().rstrip()}\n", cliente)
    except OSError:
        pass  # se ha cortado la conexión
    finally:
        clientes.remove(cliente)
        cliente.close()


async def principal() -> None:
    servidor = await asyncio.start_server(atender, "127.0.0.1", 0, backlog=512)
    print(f"Escuchando en 127.0.0.1:{servidor.sockets[0].getsockname()[1]}", flush=True)
    await servidor.serve_forever()


if __name__ == "__main__":
    asyncio.run(principal())
