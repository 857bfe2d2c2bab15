"""IRC: las líneas de siempre, con un canal.

Fuente: RFC 2812, apartados 3.1, 3.2.1 y 3.3.1.
"""

from __future__ import annotations

from bench.idiomas.idioma import SALA, Paso


class Irc:
    tamano = 64
    delante = f"PRIVMSG #{SALA} :".encode()
    detras = b"\r\n"
    latido = b""

    def entrada(self, nombre: str, recibe: bool) -> list[Paso]:
        presentarse = f"NICK {nombre}\r\nUSER {nombre} 0 * :{nombre}\r\n".encode()
        # 376: el final del saludo. 366: el final de la lista de quienes están en el canal.
        return [
            Paso(b"", presentarse),
            Paso(b" 376 ", f"JOIN #{SALA}\r\n".encode()),
            Paso(b" 366 ", b""),
        ]

    def comienzo(self, emisor: str) -> bytes:
        return f":{emisor}!".encode()
