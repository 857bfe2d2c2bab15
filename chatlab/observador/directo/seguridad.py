"""Quién puede hablar con la página: solo quien la abrió en esta máquina con su llave.

Un servidor en 127.0.0.1 lo alcanza también cualquier página que esté abierta en el navegador, y
cualquier persona de la misma máquina. Por eso, de cada petición se mira:

- `Host`: que pregunte por esta máquina. Una página ajena puede hacer que su nombre lleve aquí («DNS
  rebinding»), y entonces el navegador cree que es la suya.
- la llave, que va en la dirección que se abre y nadie más conoce.
- `Origin`, al abrir el WebSocket: para él no hay «misma procedencia» (RFC 6455, 10.2).
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Lo que se puede pedir sin llave: los archivos de la página, que no dicen nada de nadie.
SIN_LLAVE = "/pagina/"
NOMBRES_DE_AQUI = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Llave:
    """Lo que hay que saber para entrar por un puerto de esta máquina."""

    puerto: int
    secreto: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def direccion(self) -> str:
        """La de la página, con su llave."""
        return f"http://{NOMBRES_DE_AQUI[0]}:{self.puerto}/?llave={self.secreto}"

    @property
    def maquinas(self) -> set[str]:
        """Lo que puede decir `Host`."""
        return {f"{nombre}:{self.puerto}" for nombre in NOMBRES_DE_AQUI}

    def es(self, dicha: str) -> bool:
        """Si es la buena; se compara sin dar pistas por lo que tarda."""
        return hmac.compare_digest(self.secreto.encode(), dicha.encode())


class Cerrojo:
    """No deja llegar a la aplicación lo que no venga de quien abrió la página."""

    def __init__(self, aplicacion: ASGIApp, llave: Llave) -> None:
        self._aplicacion = aplicacion
        self._llave = llave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lo que pide ASGI."""
        if motivo := self._por_que_no(scope):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})  # sin abrir: es un 403
                return
            await PlainTextResponse(motivo, 403)(scope, receive, self._con_cabeceras(send))
            return
        await self._aplicacion(scope, receive, self._con_cabeceras(send))

    def _por_que_no(self, scope: Scope) -> str:
        cabeceras = Headers(scope=scope)
        maquina = cabeceras.get("host", "")
        if maquina not in self._llave.maquinas:
            return "Aquí solo se contesta a quien pregunta por esta misma máquina.\n"
        if scope["type"] == "websocket" and cabeceras.get("origin") != f"http://{maquina}":
            return "Otra página no puede hablar con tus programas.\n"
        if not scope["path"].startswith(SIN_LLAVE):
            dichas = parse_qs(scope["query_string"].decode("latin-1")).get("llave", [])
            if len(dichas) != 1 or not self._llave.es(dichas[0]):
                return "A la dirección le falta su llave. Ábrela entera, como la escribe chatlab.\n"
        return ""

    def _con_cabeceras(self, send: Send) -> Send:
        async def enviar(mensaje: Message) -> None:
            if mensaje["type"] == "http.response.start":
                MutableHeaders(scope=mensaje).update(self._cabeceras)
            await send(mensaje)

        return enviar

    @property
    def _cabeceras(self) -> dict[str, str]:
        """Con las que el navegador tampoco deja hacer nada a quien no es de aquí."""
        sockets = " ".join(f"ws://{maquina}" for maquina in sorted(self._llave.maquinas))
        return {
            # Los estilos van sin más porque las terminales escriben el suyo al crearse.
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                f"img-src 'self' data:; font-src 'self'; connect-src 'self' {sockets}; "
                "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            ),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cache-Control": "no-store",
        }
