"""No leer: alguien que está conectado y no recoge lo que le envían."""

from __future__ import annotations

from typing import ClassVar

from chatlab.espia.faltas.tope import ConTope


class NoLeer(ConTope):
    """Deja pasar `valor` bytes y no lee ni uno más.

    Lo demás se queda en los `buffer` del sistema. Cuando se llenan, `send` bloquea a quien envía.
    """

    resumen: ClassVar[str] = "pasan {valor} bytes, y después no se lee más"
    por_defecto: ClassVar[int] = 200
    # Lo que se quiere ver casi siempre: un cliente que no lee lo que le envía el servidor.
    sentido: ClassVar[str] = "bajada"

    def __init__(self, valor: int = por_defecto) -> None:
        super().__init__(valor)

    @property
    def no_lee_mas(self) -> bool:
        return self._quedan == 0
