"""Cuenta los mensajes que llegan en un flujo de bytes, sin decodificarlos.

Los mensajes de una medición ocupan todos lo mismo, así que sus finales de línea están cada tantos
bytes. Se toma el byte que debe haber en cada uno de esos sitios, y se cuentan los `\\n` de esa
muestra: si lo son todos, hay tantos mensajes como bytes tiene. Mirar uno de cada setenta bytes es
lo que deja al medidor seguir a un servidor muy rápido.

Si alguno no está en su sitio es que hay otra cosa por medio (el aviso de que alguien entra, una
queja): ese trozo se mira línea a línea, y solo se cuentan los mensajes de los emisores.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from chatlab.chat.protocolo import ERROR
from chatlab.medidor.encargo import CIFRAS_DEL_SELLO

_QUEJA = ERROR.encode()


class Contador:
    """Los mensajes recibidos por un cliente, y cuánto han tardado algunos.

    `principio` es lo que solo empieza los mensajes de los emisores; `antes_del_sello`, los bytes
    que hay en ellos hasta su instante; `largo`, los que ocupa cada uno con su final de línea. Se
    toma una muestra de cada `paso` mensajes, y la primera es el número `primera`.
    """

    __slots__ = (
        "_antes_del_sello",
        "_hasta_la_muestra",
        "_largo",
        "_paso",
        "_principio",
        "_reloj",
        "cola",
        "contados",
        "muestras",
        "queja",
    )

    def __init__(
        self,
        principio: bytes,
        antes_del_sello: int,
        largo: int,
        *,
        paso: int = 1,
        primera: int = 0,
        reloj: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._principio = principio
        self._antes_del_sello = antes_del_sello
        self._largo = largo
        self._paso = paso
        self._hasta_la_muestra = primera
        self._reloj = reloj
        self.contados = 0
        #: Nanosegundos desde que un mensaje salió hasta que llegó.
        self.muestras: list[int] = []
        #: Lo último que ha llegado: el principio de una línea que aún no ha terminado.
        self.cola = b""
        #: La última línea de error del servidor.
        self.queja = b""

    def contar(self, buffer: bytearray, cuantos: int) -> None:
        """Cuenta lo que hay en los primeros `cuantos` bytes del buffer, que acaban de llegar."""
        largo = self._largo
        empezados = len(self.cola)
        if empezados >= largo:
            self._contar_con_cuidado(buffer, cuantos)
            return
        finales = buffer[largo - 1 - empezados : cuantos : largo]
        completos = len(finales)
        if finales.count(b"\n") != completos:
            self._contar_con_cuidado(buffer, cuantos)
            return
        if self._hasta_la_muestra < completos:
            self._tomar_muestras(buffer, -empezados, completos)
        self._hasta_la_muestra -= completos
        self.contados += completos
        if completos:
            self.cola = bytes(buffer[completos * largo - empezados : cuantos])
        else:
            self.cola += buffer[:cuantos]

    def _tomar_muestras(self, buffer: bytearray, inicio: int, completos: int) -> None:
        """Mira el sello de los mensajes que tocan; el primero empieza en `inicio`."""
        cual = self._hasta_la_muestra
        if cual == 0 and inicio < 0:
            cual = 1  # empezó en la lectura anterior: se toma el siguiente
        ahora = self._reloj()
        while cual < completos:
            sello = inicio + cual * self._largo + self._antes_del_sello
            self._anotar(ahora, buffer[sello : sello + CIFRAS_DEL_SELLO])
            cual += self._paso
        self._hasta_la_muestra = cual

    def _anotar(self, ahora: int, sello: bytes | bytearray) -> None:
        try:
            self.muestras.append(ahora - int(sello, 16))
        except ValueError:
            pass  # el servidor ha cambiado el texto: el mensaje se cuenta, su tiempo no

    def _contar_con_cuidado(self, buffer: bytearray, cuantos: int) -> None:
        *lineas, self.cola = (self.cola + buffer[:cuantos]).split(b"\n")
        self.contar_lineas(lineas)

    def contar_lineas(self, lineas: Iterable[bytes]) -> None:
        """Cuenta, de esas líneas enteras, las que son mensajes de los emisores."""
        ahora = self._reloj()
        for linea in lineas:
            if linea.startswith(self._principio):
                self.contados += 1
                if self._hasta_la_muestra <= 0:
                    sello = linea[self._antes_del_sello :][:CIFRAS_DEL_SELLO]
                    self._anotar(ahora, sello)
                    self._hasta_la_muestra = self._paso
                self._hasta_la_muestra -= 1
            elif linea.startswith(_QUEJA):
                self.queja = linea
