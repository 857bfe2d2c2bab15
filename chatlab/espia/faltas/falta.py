"""Lo que toda falta sabe hacer: tomar los bytes que llegan y decir cuáles salen, y cuándo.

Una falta no lee ni envía nada: el `Sentido` le da lo que ha leído (`entra`) y envía lo que ella va
soltando (`sale`). Por eso cada una cabe en unas líneas. Esta, la de base, no estropea nada: lo que
entra sale en cuanto se puede.
"""

from __future__ import annotations

from typing import ClassVar

#: Bytes que una falta guarda como mucho. Con ellos dentro no se lee más, y el sistema acaba por
#: frenar a quien envía: es lo mismo que ocurriría sin espía por medio.
MAX_GUARDADO = 256 * 1024


class Falta:
    """Ninguna falta: deja pasar todo. `ahora` son siempre segundos de `time.monotonic()`."""

    #: Qué hace, en una frase con el valor dentro: «envía cada byte solo, uno cada {valor} ms».
    resumen: ClassVar[str] = "ninguna"
    #: El valor que se usa si no se dice otro, y el menor que tiene sentido.
    por_defecto: ClassVar[int] = 0
    minimo: ClassVar[int] = 0
    #: En qué sentido actúa si no se dice otra cosa: «subida», «bajada» o «ambos».
    sentido: ClassVar[str] = "ambos"
    #: Si lo que sale no sale como entró, y hay que contar cómo; y si ni siquiera son los mismos
    #: bytes, y hay que enseñarlos.
    cambia_envios: ClassVar[bool] = False
    cambia_bytes: ClassVar[bool] = False

    def __init__(self, valor: int = 0) -> None:
        self.valor = valor
        self._guardado = bytearray()

    def entra(self, trozo: bytes, ahora: float) -> None:
        """Toma un trozo recién leído, de `cabe` bytes como mucho."""
        self._guardado += trozo

    def acaba(self) -> None:
        """Ya no entrará nada más: quien enviaba ha terminado."""

    def sale(self, ahora: float) -> bytes:
        """Lo que hay que enviar ya, en un solo envío; nada (`b""`) si aún no toca."""
        return self._tomar(len(self._guardado))

    def cuando(self) -> float | None:
        """Desde qué momento puede salir algo; `None` si no hay nada guardado."""
        return 0.0 if self._guardado else None

    @property
    def guardados(self) -> int:
        """Los bytes que han entrado y no han salido."""
        return len(self._guardado)

    @property
    def cabe(self) -> int:
        """Los bytes que acepta ahora; con 0, no se lee."""
        return MAX_GUARDADO - len(self._guardado)

    @property
    def no_lee_mas(self) -> bool:
        """Si ya no va a aceptar nada nunca."""
        return False

    @property
    def corta(self) -> bool:
        """Si la conversación debe cortarse ahora mismo."""
        return False

    def _tomar(self, cuantos: int) -> bytes:
        tomados = bytes(self._guardado[:cuantos])
        del self._guardado[:cuantos]
        return tomados
