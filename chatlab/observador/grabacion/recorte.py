"""Recortar una grabación: el trozo que se pide, y delante, lo que hace falta para verlo solo."""

from __future__ import annotations

from chatlab.observador.grabacion.formato import SALTO, Linea

#: Lo que se sabe siempre, aunque haya pasado antes del trozo.
SIEMPRE = frozenset({"archivo", "programa", "termina", "hilo", "hilo_termina", "listen"})


def recortar(
    cabecera: Linea, lineas: list[Linea], desde: float, hasta: float
) -> tuple[Linea, list[Linea]]:
    """La cabecera y las líneas del trozo."""
    recorte: list[Linea] = []
    t = -SALTO
    for linea in lineas:
        if linea["t"] > hasta or (linea["t"] < desde and linea["que"] not in SIEMPRE):
            continue
        t = round(max(linea["t"] - desde, t + SALTO), 6)
        recorte.append({**linea, "t": t})
    return {**cabecera, "recorte": [desde, hasta]}, recorte
