"""El protocolo de NATS: órdenes de texto, y el tamaño delante de cada mensaje.

Fuente: «Client Protocol», en la documentación de NATS.
"""

from __future__ import annotations

from bench.idiomas.idioma import SALA, Paso


class Nats:
    tamano = 64
    delante = f"PUB {SALA} {tamano}\r\n".encode()
    detras = b"\r\n"
    latido = b"PING\r\n"

    def entrada(self, nombre: str, recibe: bool) -> list[Paso]:
        presentarse = b'CONNECT {"verbose":false,"pedantic":false}\r\n'
        suscribirse = f"SUB {SALA} 1\r\n".encode() if recibe else b""
        return [Paso(b"INFO", presentarse + suscribirse + b"PING\r\n"), Paso(b"PONG\r\n", b"")]

    def comienzo(self, emisor: str) -> bytes:
        return f"MSG {SALA} 1 {self.tamano}\r\n".encode()
