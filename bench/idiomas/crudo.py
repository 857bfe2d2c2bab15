"""Sin protocolo: quien envía manda ya los bytes que deben llegar, y el servidor los reparte.

Son los mismos bytes que con ChatLab/1, con el nombre delante.
"""

from __future__ import annotations

from bench.idiomas.idioma import Paso

NOMBRE = b"e000: "


class Crudo:
    tamano = 64
    delante = NOMBRE
    detras = b"\n"
    latido = b""

    def entrada(self, nombre: str, recibe: bool) -> list[Paso]:
        return [Paso(b"", b"recibo\n" if recibe else b"envio\n"), Paso(b"dentro\n", b"")]

    def comienzo(self, emisor: str) -> bytes:
        return NOMBRE
