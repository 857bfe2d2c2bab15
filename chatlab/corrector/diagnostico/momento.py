"""El momento que conviene mirar de lo que pasó: por él se abre la película de un fallo."""

from __future__ import annotations

from typing import NamedTuple

#: El instante de lo que se ve cuando ya no pasa nada más: cómo se quedaron los programas.
AL_FINAL = float("inf")


class Momento(NamedTuple):
    """Cuándo pasó algo, y qué.

    `instante` son segundos de `time.monotonic()`, como los de la sonda. `frase` se lee al lado de
    lo que pasa: «Aquí `recv` devolvió dos mensajes juntos.». `de` es quien usa el programa al que
    le pasó, «servidor» o «Ana»; vacío si a ninguno en particular.
    """

    instante: float
    frase: str
    de: str = ""


class Dicho(NamedTuple):
    """Una frase sobre lo que pasó y, si pasó en un momento, cuál."""

    frase: str
    momento: Momento | None = None
