"""Quién está en la escena, y qué ha escrito cada programa en la historia que se cuenta ahora.

Varias historias comparten los mismos programas. De lo que se ve en una pantalla, a una historia
solo le toca lo escrito mientras duraba; y de quien ya se ha ido, nada.
"""

from __future__ import annotations

from collections.abc import Iterator

from chatlab.corrector.jaula.terminal import Terminal


class Elenco:
    """Los programas de la entrega que hay en marcha, por el nombre de quien los usa."""

    def __init__(self) -> None:
        self._terminales: dict[str, Terminal] = {}
        #: Lo que medía cada pantalla cuando empezó la historia.
        self._marcas: dict[str, int] = {}
        self._se_fueron: set[str] = set()

    def entra(self, nombre: str, terminal: Terminal) -> None:
        """Alguien arranca un programa de la entrega; si tenía otro, ya no cuenta."""
        self._terminales[nombre] = terminal
        self._marcas.pop(nombre, None)
        self._se_fueron.discard(nombre)

    def se_va(self, nombre: str) -> None:
        """Alguien se va, o lo matan: lo que quede en su pantalla no explica lo que venga."""
        self._se_fueron.add(nombre)

    def empieza_otra_historia(self) -> None:
        """Lo escrito hasta ahora es de historias anteriores."""
        self._marcas = {n: len(uno.pantalla) for n, uno in self._terminales.items()}

    def presentes(self) -> Iterator[tuple[str, Terminal]]:
        """Los que no se han ido, en el orden en que entraron."""
        for nombre, terminal in self._terminales.items():
            if nombre not in self._se_fueron:
                yield nombre, terminal

    def escrito_ahora(self, nombre: str) -> str:
        """Lo que ha salido en su pantalla en esta historia."""
        return self._terminales[nombre].desde(self._marcas.get(nombre, 0))
