"""La tabla de estados de una conexión y su dibujo, sacados de la que usan las pruebas de la sala.

Cada fila es una flecha que sale de su estado hacia la derecha: hasta «fuera», o de vuelta si no
cambia nada. Solo lo que lleva al estado siguiente va hacia abajo. El dibujo no trae colores: usa
las clases de la página, como los demás.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from chatlab.chat.estados import TRANSICIONES, Estado, Transicion
from docs.taller.guion import GRABACIONES

CARPETA = GRABACIONES / "estados"
#: Puntos: el ancho del dibujo, las cajas, lo que ocupa cada fila y lo que separa dos estados.
ANCHO = 720
CAJA_IZQUIERDA, CAJA_DERECHA = 16, 156
FINAL_IZQUIERDA, FINAL_DERECHA = 604, 704
FILA = 34
HUECO = 52
#: Hasta dónde llega la flecha de lo que se queda en el mismo estado.
VUELTA = 196


def estados() -> dict[Path, str]:
    """La tabla y el dibujo, por la ruta en que se guardan."""
    return {CARPETA / "tabla.md": tabla(), CARPETA / "dibujo.svg": dibujo()}


def tabla() -> str:
    """La tabla, en Markdown: los estados, qué ocurre y lo que lee cada cual."""
    filas = [
        f"| {fila.desde.value} | {fila.ocurre} | {fila.hasta.value} "
        f"| {_cita(fila.lee_ana)} | {_cita(fila.lee_carlos)} |"
        for fila in TRANSICIONES
    ]
    cabecera = "| Ana está | qué ocurre | pasa a estar | lee Ana | lee Carlos |"
    return "\n".join([cabecera, "| --- | --- | --- | --- | --- |", *filas]) + "\n"


def _cita(linea: str) -> str:
    return f"`{linea}`" if linea else "nada"


def dibujo() -> str:
    """El dibujo, como un elemento `<svg>` sin líneas en blanco."""
    cuerpo: list[str] = []
    y = 12
    for estado in Estado:
        cuerpo += _estado(estado, y)
        y += _alto(estado) + HUECO
    alto = y - HUECO + 12
    final = [
        f'<rect class="relleno" x="{FINAL_IZQUIERDA}" y="12" '
        f'width="{FINAL_DERECHA - FINAL_IZQUIERDA}" height="{alto - 24}" rx="6"/>',
        _rotulo((FINAL_IZQUIERDA + FINAL_DERECHA) / 2, alto // 2 + 5, Estado.FUERA.value),
    ]
    return "\n".join([*_principio(alto), *final, *cuerpo, "</svg>"]) + "\n"


def _principio(alto: int) -> Iterator[str]:
    yield (
        f'<svg class="secuencia" viewBox="0 0 {ANCHO} {alto}" role="img" '
        'aria-labelledby="estados-titulo estados-descripcion" xmlns="http://www.w3.org/2000/svg">'
    )
    yield '<title id="estados-titulo">Los estados de una conexión</title>'
    caminos = "; ".join(
        f"{fila.desde.value}, {fila.ocurre}: {fila.hasta.value}" for fila in TRANSICIONES
    )
    yield f'<desc id="estados-descripcion">{escape(caminos)}.</desc>'


def _estado(estado: Estado, y: int) -> Iterator[str]:
    """La caja de un estado, con sus flechas."""
    alto = _alto(estado)
    yield (
        f'<rect class="acento-suave" x="{CAJA_IZQUIERDA}" y="{y}" '
        f'width="{CAJA_DERECHA - CAJA_IZQUIERDA}" height="{alto}" rx="6"/>'
    )
    yield _rotulo((CAJA_IZQUIERDA + CAJA_DERECHA) / 2, y + alto // 2 + 5, estado.value)
    for puesto, fila in enumerate(_a_la_derecha(estado)):
        yield from _flecha(fila, y + puesto * FILA + FILA - 8)
    for fila in _hacia_abajo(estado):
        yield from _bajada(fila, y + alto)


def _a_la_derecha(estado: Estado) -> list[Transicion]:
    return [
        fila
        for fila in TRANSICIONES
        if fila.desde is estado and fila.hasta in (estado, Estado.FUERA)
    ]


def _hacia_abajo(estado: Estado) -> list[Transicion]:
    return [
        fila
        for fila in TRANSICIONES
        if fila.desde is estado and fila.hasta not in (estado, Estado.FUERA)
    ]


def _alto(estado: Estado) -> int:
    return len(_a_la_derecha(estado)) * FILA + 8


def _flecha(fila: Transicion, y: int) -> Iterator[str]:
    if fila.hasta is fila.desde:
        yield (
            f'<path class="trazo" d="M{CAJA_DERECHA} {y - 10}H{VUELTA - 7}'
            f'a7 7 0 0 1 0 14H{CAJA_DERECHA + 9}"/>'
        )
        yield f'<path class="punta" d="M{CAJA_DERECHA} {y + 4}l10 -5v10z"/>'
        yield _rotulo(VUELTA + 10, y + 2, fila.ocurre, ancla="start")
        return
    yield f'<path class="trazo" d="M{CAJA_DERECHA} {y}H{FINAL_IZQUIERDA - 9}"/>'
    yield f'<path class="punta" d="M{FINAL_IZQUIERDA} {y}l-10 -5v10z"/>'
    yield _rotulo((VUELTA + FINAL_IZQUIERDA) / 2, y - 6, fila.ocurre)


def _bajada(fila: Transicion, y: int) -> Iterator[str]:
    x = (CAJA_IZQUIERDA + CAJA_DERECHA) / 2
    yield f'<path class="acento" d="M{x:g} {y}V{y + HUECO - 9}"/>'
    yield f'<path class="punta-acento" d="M{x:g} {y + HUECO}l-5 -10h10z"/>'
    yield _rotulo(x + 14, y + HUECO // 2 + 4, fila.ocurre, ancla="start")


def _rotulo(x: float, y: int, texto: str, *, ancla: str = "middle") -> str:
    return f'<text class="texto" x="{x:g}" y="{y}" text-anchor="{ancla}">{escape(texto)}</text>'
