"""WebSocket: el saludo de HTTP y, después, tramas con su longitud.

Fuente: RFC 6455, apartados 1.3 (el saludo) y 5.2 (la trama).
"""

from __future__ import annotations

from bench.idiomas.idioma import Paso

_TEXTO_ENTERO = b"\x81"
#: Quien llama debe enmascarar lo que envía. Con esta máscara, los bytes quedan como están.
_MASCARA = bytes(4)
_CON_MASCARA = 0x80


class WebSocket:
    #: Con el `\n`, que aquí forma parte del texto, son 64.
    tamano = 63
    detras = b"\n"
    latido = b""
    delante = _TEXTO_ENTERO + bytes([_CON_MASCARA | (tamano + len(detras))]) + _MASCARA

    def entrada(self, nombre: str, recibe: bool) -> list[Paso]:
        # La clave solo sirve para saber que al otro lado hay un WebSocket: vale cualquiera.
        peticion = (
            f"GET /{'recibo' if recibe else 'envio'} HTTP/1.1\r\n"
            "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: Y2hhdGxhYiBlbiBlbCBiYQ==\r\n\r\n"
        )
        return [Paso(b"", peticion.encode()), Paso(b"\r\n\r\n", b"")]

    def comienzo(self, emisor: str) -> bytes:
        return _TEXTO_ENTERO + bytes([self.tamano + len(self.detras)])
