"""Lo que sale en una pantalla, sin partir letras: media letra espera a su otra mitad."""

from __future__ import annotations

from chatlab.observador.grabacion.formato import Linea, con_datos, sin_letra_partida

#: Bytes de una pantalla que van en una línea: si escribe un millón de golpe, son varias.
EN_UNA_LINEA = 64 * 1024


class LetrasEnteras:
    """Los bytes de un programa, según llegan, y lo que queda por decir de ellos."""

    def __init__(self) -> None:
        self._resto = b""

    def llegan(self, datos: bytes) -> list[Linea]:
        """Los campos de las líneas que ya se pueden escribir."""
        datos = self._resto + datos
        campos = []
        while len(datos) > EN_UNA_LINEA:
            trozo = sin_letra_partida(datos[:EN_UNA_LINEA])
            campos.append(con_datos(trozo))
            datos = datos[len(trozo) :]
        enteros = sin_letra_partida(datos)
        self._resto = datos[len(enteros) :]
        if enteros:
            campos.append(con_datos(enteros))
        return campos

    def acaban(self) -> list[Linea]:
        """No vendrá su otra mitad: lo que quedaba, como esté."""
        resto, self._resto = self._resto, b""
        return [con_datos(resto)] if resto else []
