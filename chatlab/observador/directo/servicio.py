"""El servidor web, en su hilo: así, Ctrl+C lo recibe quien sabe terminar los programas."""

from __future__ import annotations

import socket
import threading

import uvicorn
from starlette.types import ASGIApp

#: Bytes de un recado de la página, como mucho; pegar un texto cabe de sobra.
MAX_RECADO = 64 * 1024
#: Segundos que se espera a que las páginas se despidan.
PLAZO_DEL_ADIOS = 2


class Servicio:
    """Una aplicación que atiende en un socket que ya escucha, hasta `cerrar`."""

    def __init__(self, aplicacion: ASGIApp, escucha: socket.socket) -> None:
        self._servidor = uvicorn.Server(
            uvicorn.Config(
                aplicacion,
                loop="asyncio",
                http="h11",
                # El otro que trae uvicorn usa lo que websockets ya da por antiguo.
                ws="websockets-sansio",
                ws_max_size=MAX_RECADO,
                # En la misma máquina se sabe al momento si el navegador se ha ido.
                ws_ping_interval=None,
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=PLAZO_DEL_ADIOS,
            )
        )
        self._hilo = threading.Thread(
            target=self._servidor.run, kwargs={"sockets": [escucha]}, daemon=True
        )
        self._hilo.start()

    def cerrar(self) -> None:
        """Se despide de las páginas y deja de atender."""
        self._servidor.should_exit = True
        self._hilo.join(PLAZO_DEL_ADIOS + 3)
