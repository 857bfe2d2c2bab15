"""ChatLab/1: una línea, un mensaje. Lo hablan nuestros servidores y los dos ingenuos."""

from __future__ import annotations

from bench.idiomas.idioma import Paso


class Chatlab:
    tamano = 64
    delante = b""
    detras = b"\n"
    latido = b""

    def entrada(self, nombre: str, recibe: bool) -> list[Paso]:
        return [Paso(b"* Bienvenido", nombre.encode() + b"\n"), Paso(b"* Hola", b"")]

    def comienzo(self, emisor: str) -> bytes:
        return f"{emisor}: ".encode()
