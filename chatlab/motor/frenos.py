"""A quién se deja de leer mientras un cliente lento se pone al día.

Un cliente está lleno cuando lo que espera para él pasa de la primera marca. Quien le escribe
entonces, a él o a toda la sala, no puede seguir: no se le lee, su ordenador nota que no cabe
más y espera (es la contrapresión de TCP). En cuanto el lento baja de la marca, o se va, se sigue
leyendo a quienes lo esperaban. Nadie pierde nada, y la memoria tiene un tope.
"""

from __future__ import annotations

from chatlab.motor.conexion import Cliente


class Frenos:
    """Los clientes llenos y, de cada uno, quiénes esperan por él."""

    def __init__(self) -> None:
        self._esperan_a: dict[Cliente, set[Cliente]] = {}
        # Quién ha hablado desde la última vez que se aplicaron: a toda la sala, y a cada uno.
        self._a_todos: set[Cliente] = set()
        self._a_uno: dict[Cliente, set[Cliente]] = {}

    @property
    def llenos(self) -> list[Cliente]:
        """Los que están por encima de la marca."""
        return list(self._esperan_a)

    def estorban_a(self, emisor: Cliente) -> bool:
        """Dice si hay algún lleno que no sea él."""
        return len(self._esperan_a) > (emisor in self._esperan_a)

    def hablo_a_todos(self, emisor: Cliente) -> None:
        """Algo que ha enviado ese cliente lo leerá toda la sala."""
        self._a_todos.add(emisor)

    def hablo_a_uno(self, emisor: Cliente, receptor: Cliente) -> None:
        """Algo que ha enviado ese cliente lo leerá otro; o él mismo, si es una respuesta."""
        self._a_uno.setdefault(receptor, set()).add(emisor)

    def llenar(self, cliente: Cliente) -> bool:
        """Ese cliente está por encima de la marca; dice si no lo estaba ya."""
        ya_lo_estaba = cliente in self._esperan_a
        self._esperan_a.setdefault(cliente, set())
        return not ya_lo_estaba

    def aplicar(self) -> set[Cliente]:
        """Frena a quienes han hablado a un cliente lleno, y los devuelve."""
        frenados: set[Cliente] = set()
        for lleno, esperan in self._esperan_a.items():
            hablaron = (self._a_todos - {lleno}) | self._a_uno.get(lleno, set())
            for emisor in hablaron - esperan:
                emisor.frenos += 1
            esperan |= hablaron
            frenados |= hablaron
        self._a_todos.clear()
        self._a_uno.clear()
        return frenados

    def soltar(self, cliente: Cliente) -> set[Cliente]:
        """Ese cliente ya no está lleno, o se va; devuelve a quienes lo esperaban."""
        esperaban = self._esperan_a.pop(cliente, set())
        for emisor in esperaban:
            emisor.frenos -= 1
        return esperaban
