"""RESP, el protocolo de Redis, con su publicar y suscribirse.

Fuente: «Redis serialization protocol specification», en la documentación de Redis.
"""

from __future__ import annotations

from bench.idiomas.idioma import SALA, Paso


def _orden(*partes: str) -> bytes:
    return f"*{len(partes)}\r\n".encode() + b"".join(map(_texto, partes))


def _texto(parte: str) -> bytes:
    return f"${len(parte)}\r\n{parte}\r\n".encode()


class Redis:
    tamano = 64
    delante = b"*3\r\n" + _texto("PUBLISH") + _texto(SALA) + f"${tamano}\r\n".encode()
    detras = b"\r\n"
    latido = b""

    def entrada(self, nombre: str, recibe: bool) -> list[Paso]:
        if recibe:
            return [Paso(b"", _orden("SUBSCRIBE", SALA)), Paso(b":1\r\n", b"")]
        return [Paso(b"", _orden("PING")), Paso(b"+PONG\r\n", b"")]

    def comienzo(self, emisor: str) -> bytes:
        return b"*3\r\n" + _texto("message") + _texto(SALA)


class RedisConAvisos(Redis):
    """Quien entra avisa a los demás, como en ChatLab/1.

    Publicar y estar suscrito a la vez solo se puede desde RESP3: por eso se pide con `HELLO`.
    """

    def entrada(self, nombre: str, recibe: bool) -> list[Paso]:
        aviso = f"* {nombre} se ha unido al chat"
        return [
            Paso(b"", _orden("HELLO", "3")),
            Paso(b"proto", _orden("SUBSCRIBE", SALA)),
            Paso(b":1\r\n", _orden("PUBLISH", SALA, aviso)),
            Paso(aviso.encode(), b""),
        ]
