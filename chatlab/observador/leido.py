"""Los bytes que se leen de un sentido de una conexión, cada uno en su lugar."""

from __future__ import annotations


class LoLeido:
    """Lo que va leyendo un extremo; de una lectura muy grande solo se conoce el principio."""

    __slots__ = ("_final", "_trozos")

    def __init__(self) -> None:
        #: Dónde empieza cada trozo que se conoce entero, y sus bytes.
        self._trozos: list[tuple[int, bytearray]] = []
        self._final = 0

    def anadir(self, datos: bytes, cuantos: int) -> None:
        """Se leen `cuantos` bytes más, y estos son los primeros."""
        if self._trozos and self._trozos[-1][0] + len(self._trozos[-1][1]) == self._final:
            self._trozos[-1][1].extend(datos)
        else:
            self._trozos.append((self._final, bytearray(datos)))
        self._final += cuantos

    def desde(self, lugar: int, cuantos: int) -> bytes:
        """Los bytes que hay desde ese lugar, hasta `cuantos`: los que se conocen seguidos."""
        for empieza, trozo in reversed(self._trozos):
            if empieza <= lugar:
                return bytes(trozo[lugar - empieza : lugar - empieza + cuantos])
        return b""

    def olvidar(self, hasta: int) -> None:
        """De lo que hay antes de ese lugar no se preguntará más."""
        while self._trozos and self._trozos[0][0] + len(self._trozos[0][1]) <= hasta:
            del self._trozos[0]
        if self._trozos and (sobran := hasta - self._trozos[0][0]) > 0:
            del self._trozos[0][1][:sobran]
            self._trozos[0] = (hasta, self._trozos[0][1])
