"""Lo que sale en una vuelta del bucle: un bloque de bytes que leen todos, y lo que es de cada uno.

Casi todo lo que se dice en una sala es para casi todos. Por eso no se apunta en una lista por
cliente: se apunta una vez, en un bloque, y a cada cliente se le envían los mismos bytes. Quien no
lee el bloque tal cual tiene una receta, con los tramos que le tocan y lo que va entre ellos:

    bloque           │ Luis: hola │ Ana: ¿qué tal? │ Luis: bien │
    Eva              └──────────────────────────────────────────┘  todo
    Ana              └────────────┘                └────────────┘  menos lo suyo
    Luis, con acuse  + entregado a 2, └────────────────┘, + entregado a 2

Los tramos son `memoryview`: trozos del bloque que no copian nada. Los tiene también el cliente
lento, así que su atraso no ocupa más porque sean muchos los lentos.

Este módulo no sabe de sockets.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

#: Unos bytes para enviar, siempre líneas enteras.
Trozo = bytes | bytearray | memoryview

Lector = TypeVar("Lector", bound=Hashable)


class Reparto(Generic[Lector]):
    """Quién lee lo que se dice en la sala, y lo que se ha dicho desde la última entrega."""

    def __init__(self) -> None:
        self._lectores: dict[Lector, None] = {}  # un conjunto que recuerda el orden
        self._partes: list[bytes] = []
        self._largo = 0
        self._recetas: dict[Lector, _Receta] = {}
        #: Bytes apuntados desde la última entrega.
        self.bytes = 0

    def entra(self, lector: Lector) -> None:
        """Desde ahora lee lo que se dice en la sala."""
        self._receta(lector).seguir_desde(self._largo)
        self._lectores[lector] = None

    def sale(self, lector: Lector) -> None:
        """Desde ahora ya no lee lo que se dice en la sala; lo anterior, sí."""
        if lector in self._lectores:
            self._receta(lector).leer_hasta(self._largo)
            del self._lectores[lector]

    def olvidar(self, lector: Lector) -> None:
        """Ya no se le puede entregar nada."""
        self._lectores.pop(lector, None)
        self._recetas.pop(lector, None)

    def a_todos(self, datos: bytes, *, menos: Lector | None = None) -> None:
        """Apunta unas líneas para toda la sala menos, quizá, quien las dice."""
        receta = self._receta(menos) if menos in self._lectores and menos is not None else None
        if receta:
            receta.leer_hasta(self._largo)
        self._partes.append(datos)
        self._largo += len(datos)
        self.bytes += len(datos)
        if receta:
            receta.seguir_desde(self._largo)

    def a_uno(self, lector: Lector, datos: bytes) -> None:
        """Apunta unas líneas para un solo lector, esté o no en la sala."""
        receta = self._receta(lector)
        if lector in self._lectores:
            receta.leer_hasta(self._largo)
            receta.seguir_desde(self._largo)
        receta.intercalar(datos)
        self.bytes += len(datos)

    def entregar(self) -> Iterator[tuple[Lector, list[Trozo]]]:
        """Da lo que le toca a cada cual, y empieza un bloque nuevo."""
        bloque = b"".join(self._partes)
        recetas = self._recetas
        self._partes, self._largo, self._recetas, self.bytes = [], 0, {}, 0
        if bloque:
            todo: list[Trozo] = [bloque]
            for lector in self._lectores:
                if lector not in recetas:
                    yield lector, todo
        # Después, lo de cada uno: así, un acuse sale cuando el mensaje ya ha salido para los que
        # lo leen todo. Si dos hablan en la misma vuelta, el de uno puede salir un instante antes.
        vista = memoryview(bloque)
        for lector, receta in recetas.items():
            if trozos := receta.trozos(vista):
                yield lector, trozos

    def _receta(self, lector: Lector) -> _Receta:
        if lector not in self._recetas:
            self._recetas[lector] = _Receta(0 if lector in self._lectores else None)
        return self._recetas[lector]


class _Receta:
    """Qué lee de un bloque quien no lo lee entero, y lo que va en medio."""

    __slots__ = ("_desde", "_pasos")

    def __init__(self, desde: int | None) -> None:
        self._pasos: list[tuple[int, int] | bytearray] = []
        self._desde = desde  # donde empieza el tramo que está leyendo, si lee

    def seguir_desde(self, posicion: int) -> None:
        self._desde = posicion

    def leer_hasta(self, posicion: int) -> None:
        if self._desde is not None and self._desde < posicion:
            self._pasos.append((self._desde, posicion))
        self._desde = None

    def intercalar(self, datos: bytes) -> None:
        ultimo = self._pasos[-1] if self._pasos else None
        if isinstance(ultimo, bytearray):
            ultimo += datos
        else:
            self._pasos.append(bytearray(datos))

    def trozos(self, bloque: memoryview) -> list[Trozo]:
        self.leer_hasta(len(bloque))
        return [
            bloque[paso[0] : paso[1]] if isinstance(paso, tuple) else paso for paso in self._pasos
        ]
