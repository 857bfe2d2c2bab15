"""MQTT 3.1.1, con la entrega más ligera que tiene (QoS 0).

Fuente: «MQTT Version 3.1.1», norma de OASIS, apartados 2.2, 3.1, 3.3 y 3.8.
"""

from __future__ import annotations

from bench.idiomas.idioma import SALA, Paso

_CONNECT, _CONNACK, _PUBLISH, _SUBSCRIBE, _SUBACK = b"\x10", b"\x20", b"\x30", b"\x82", b"\x90"
_SESION_LIMPIA = b"\x02"
_SIN_LATIDO = b"\x00\x00"


def _texto(texto: str) -> bytes:
    return len(texto).to_bytes(2, "big") + texto.encode()


def _paquete(tipo: bytes, cuerpo: bytes) -> bytes:
    return tipo + _largo(len(cuerpo)) + cuerpo


def _largo(bytes_del_cuerpo: int) -> bytes:
    """El largo en un solo byte, que es como se escribe si no llega a 128."""
    if bytes_del_cuerpo > 127:
        raise ValueError(f"un paquete de {bytes_del_cuerpo} bytes no cabe en un byte de largo")
    return bytes([bytes_del_cuerpo])


class Mqtt:
    #: Con el `\n`, que aquí forma parte del texto, son 64.
    tamano = 63
    detras = b"\n"
    latido = b""
    delante = _PUBLISH + _largo(len(_texto(SALA)) + tamano + len(detras)) + _texto(SALA)

    def entrada(self, nombre: str, recibe: bool) -> list[Paso]:
        version = _texto("MQTT") + b"\x04"
        conectar = _paquete(_CONNECT, version + _SESION_LIMPIA + _SIN_LATIDO + _texto(nombre))
        if not recibe:
            return [Paso(b"", conectar), Paso(_CONNACK + b"\x02\x00\x00", b"")]
        suscribirse = _paquete(_SUBSCRIBE, b"\x00\x01" + _texto(SALA) + b"\x00")
        return [Paso(b"", conectar + suscribirse), Paso(_SUBACK + b"\x03\x00\x01\x00", b"")]

    def comienzo(self, emisor: str) -> bytes:
        return self.delante
