"""Un servidor de mentira para la página en directo: cuenta lo que se le diga, y apunta lo que oye.

Sirve los archivos de la página con la misma política de seguridad que `chatlab observar`.
"""

from __future__ import annotations

import json
import queue
import threading
from http import HTTPStatus
from types import TracebackType
from typing import Any

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from chatlab.observador.pagina.empaquetar import PAGINA

PLAZO = 20
LLAVE = "llave-de-prueba"
POLITICA = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
TIPOS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


class DirectoDeMentira:
    """Un servidor en 127.0.0.1, con una película que crece con `contar`."""

    def __init__(self) -> None:
        self.lineas: list[str] = []
        self.al_entrar: list[dict[str, Any]] = []
        self.oido: queue.Queue[dict[str, Any]] = queue.Queue()
        self._conexiones: list[ServerConnection] = []
        self._turno = threading.Lock()
        self._arrancar(0)

    def _arrancar(self, puerto: int) -> None:
        self.servidor: Server = serve(
            self._atender, "127.0.0.1", puerto, process_request=self._servir
        )
        self.puerto: int = self.servidor.socket.getsockname()[1]
        self._hilo = threading.Thread(target=self.servidor.serve_forever, daemon=True)
        self._hilo.start()

    @property
    def direccion(self) -> str:
        """La de la página, con su llave."""
        return f"http://127.0.0.1:{self.puerto}/?llave={LLAVE}"

    def _servir(self, _conexion: ServerConnection, pedido: Request) -> Response | None:
        ruta, _, consulta = pedido.path.partition("?")
        if ruta == "/ws":
            if consulta == f"llave={LLAVE}":
                return None
            return Response(HTTPStatus.FORBIDDEN, "Forbidden", Headers(), b"")
        archivo = PAGINA / ("index.html" if ruta == "/" else ruta.removeprefix("/pagina/"))
        if not archivo.is_file():
            return Response(HTTPStatus.NOT_FOUND, "Not Found", Headers(), b"")
        cuerpo = archivo.read_bytes()
        cabeceras = Headers(
            [
                ("Content-Type", f"{TIPOS[archivo.suffix]}; charset=utf-8"),
                ("Content-Security-Policy", POLITICA),
                ("Content-Length", str(len(cuerpo))),
                ("Connection", "close"),
            ]
        )
        return Response(HTTPStatus.OK, "OK", cabeceras, cuerpo)

    def _atender(self, conexion: ServerConnection) -> None:
        with self._turno:
            self._conexiones.append(conexion)
            for mensaje in [{"lineas": self.lineas}, *self.al_entrar]:
                conexion.send(json.dumps(mensaje))
        try:
            for dicho in conexion:
                self.oido.put(json.loads(dicho))
        except ConnectionClosed:
            pass  # se ha cortado, como se pidió

    def contar(self, texto: str) -> None:
        """Añade líneas a la película, y se las dice a quien la esté viendo."""
        nuevas = texto.splitlines()
        with self._turno:
            self.lineas += nuevas
        self.decir({"lineas": nuevas})

    def decir(self, mensaje: dict[str, Any]) -> None:
        """Envía ese mensaje a quien la esté viendo."""
        with self._turno:
            for conexion in self._conexiones:
                conexion.send(json.dumps(mensaje))

    def esperar_orden(self, orden: str) -> dict[str, Any]:
        """La siguiente orden de esa clase que llegue de la página."""
        while True:
            oida = self.oido.get(timeout=PLAZO)
            if oida["orden"] == orden:
                return oida

    def cortar(self) -> None:
        """Corta con quien la esté viendo, sin despedirse, y deja de escuchar."""
        with self._turno:
            for conexion in self._conexiones:
                conexion.close_socket()
            self._conexiones.clear()
        self.cerrar()

    def volver(self) -> None:
        """Escucha otra vez en el mismo puerto."""
        self._arrancar(self.puerto)

    def cerrar(self) -> None:
        """Deja de escuchar."""
        self.servidor.shutdown()
        self._hilo.join(PLAZO)

    def __enter__(self) -> DirectoDeMentira:
        return self

    def __exit__(
        self,
        _tipo: type[BaseException] | None,
        _error: BaseException | None,
        _rastro: TracebackType | None,
    ) -> None:
        with self._turno:
            for conexion in self._conexiones:
                conexion.close_socket()
        self.cerrar()
