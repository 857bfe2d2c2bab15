"""Lo que se sirve al navegador: la página, sus archivos, el WebSocket y las descargas."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from chatlab.observador.directo.carrete import Carrete
from chatlab.observador.directo.paginas import PaginasAbiertas
from chatlab.observador.directo.seguridad import Cerrojo, Llave
from chatlab.observador.grabacion import Grabacion
from chatlab.observador.pagina.empaquetar import PAGINA, pagina_autonoma


def sitio(paginas: PaginasAbiertas, carrete: Carrete, nombre: str, llave: Llave) -> ASGIApp:
    """La aplicación entera, con su cerrojo; `nombre` es el de lo que se descarga, sin extensión."""

    async def portada(_peticion: Request) -> Response:
        return FileResponse(PAGINA / "index.html")

    async def grabacion(_peticion: Request) -> Response:
        datos = await asyncio.to_thread(carrete.archivo.read_bytes)
        return _descarga(datos, "application/jsonl", f"{nombre}.chatlab")

    async def exportar(_peticion: Request) -> Response:
        pagina = await asyncio.to_thread(lambda: pagina_autonoma(Grabacion.leer(carrete.archivo)))
        return _descarga(pagina.encode(), "text/html; charset=utf-8", f"{nombre}.html")

    rutas = [
        Route("/", portada),
        Route("/grabacion", grabacion),
        Route("/exportar", exportar),
        WebSocketRoute("/ws", paginas.atender),
        Mount("/pagina", StaticFiles(directory=PAGINA)),
    ]
    return Cerrojo(Starlette(routes=rutas), llave)


def _descarga(datos: bytes, tipo: str, nombre: str) -> Response:
    disposicion = f'attachment; filename="{nombre}"'
    return Response(datos, media_type=tipo, headers={"Content-Disposition": disposicion})
