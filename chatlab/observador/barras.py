"""Las esperas, dibujadas: una barra rayada, desde que un hilo llama hasta que la llamada vuelve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from chatlab.observador.actores import con_articulo
from chatlab.observador.esperas import Espera

#: Lo que se dice de cada clase de espera en la leyenda, y las llamadas que no son de la red.
CLASES = {
    "red": "espera a la red",
    "teclado": "espera al teclado",
    "hilo": "espera a otro hilo",
    "reloj": "espera al reloj",
}
_DE_OTRA_CLASE = {"teclado": "teclado", "candado": "hilo", "reloj": "reloj"}
#: Puntos de un carril al siguiente: los hilos que esperan a la vez van uno al lado de otro.
ANCHO_DE_CARRIL = 10
ALTO_DE_LEYENDA = 28


def clase(espera: Espera) -> str:
    """A qué espera: «red», «teclado», «hilo» o «reloj»."""
    return _DE_OTRA_CLASE.get(espera.llamada, "red")


def desvio(carril: int) -> int:
    """Los puntos a la derecha (o a la izquierda, si son menos que 0) de la línea del programa."""
    return (carril + 1) // 2 * ANCHO_DE_CARRIL * (1 if carril % 2 else -1)


def barra(espera: Espera, x: float, desde: float, hasta: float) -> Iterator[str]:
    """La barra de esa espera, con su rótulo para quien se pare encima."""
    rotulo = escape(f"{con_articulo(espera.actor)} espera {espera.donde}")
    yield f'<path class="espera espera-{clase(espera)}" d="{_tramo(x, espera, desde, hasta)}">'
    yield f"<title>{rotulo}</title></path>"


def leyenda(esperas: Sequence[Espera], y: float) -> Iterator[str]:
    """Qué quiere decir cada barra, de las clases que hay."""
    hay = {clase(espera) for espera in esperas}
    x = 12
    for una, texto in CLASES.items():
        if una in hay:
            yield f'<path class="espera espera-{una}" d="M{x} {y - 16:g}V{y + 2:g}"/>'
            yield f'<text class="texto-suave" x="{x + 12}" y="{y - 2:g}">{texto}</text>'
            x += 170


def _tramo(x: float, espera: Espera, desde: float, hasta: float) -> str:
    return f"M{x + desvio(espera.carril):g} {desde:g}V{hasta:g}"
