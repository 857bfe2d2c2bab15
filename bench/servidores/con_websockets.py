"""Una sala con la biblioteca `websockets` y su `broadcast`, como enseña su documentación."""

from __future__ import annotations

import asyncio

from websockets.asyncio.server import ServerConnection, broadcast, serve

receptores: set[ServerConnection] = set()


async def atender(conexion: ServerConnection) -> None:
    assert conexion.request is not None
    if conexion.request.path == "/recibo":
        receptores.add(conexion)
    try:
        async for mensaje in conexion:
            broadcast(receptores, mensaje)
    finally:
        receptores.discard(conexion)


async def principal() -> None:
    # Sin comprimir y sin latidos: aquí solo se mide repartir.
    async with serve(
        atender, "127.0.0.1", 0, compression=None, ping_interval=None, backlog=512
    ) as servidor:
        print(f"Escuchando en 127.0.0.1:{servidor.sockets[0].getsockname()[1]}", flush=True)
        await servidor.serve_forever()


if __name__ == "__main__":
    asyncio.run(principal())
