"""El compás de una película del sitio: cuándo se ve en ella cada cosa.

Grabados, dos sucesos seguidos están a una milésima, que cada vez es otra. Aquí cada uno ocupa lo
suyo, según lo que haya que mirar, y entre lo que hace una persona y lo que hace la siguiente hay
una pausa. El orden no cambia, y las esperas largas, como un plazo que vence, se quedan.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

Linea = dict[str, Any]

#: Segundos que se mira cada cosa, antes de la siguiente. Lo que no está aquí no se mira.
SE_MIRA = {
    **dict.fromkeys(("send", "recv", "connect", "accept", "close", "shutdown", "fallo"), 0.4),
    **dict.fromkeys(("candado", "senal", "termina"), 0.4),
    **dict.fromkeys(("tecla", "pantalla", "espera"), 0.2),
}
#: De lo que no se mira, lo justo para que lo siguiente vaya después.
NADA = 0.001
#: Segundos entre lo que hace una persona y lo que hace la siguiente.
PAUSA = 1.0
#: Segundos que dura como mucho lo que causa una acción; si pasan muchas cosas, van más deprisa.
ESCENA = 12.0
#: Desde cuántos segundos una espera no es de la máquina, sino del programa; y los que se conservan.
ESPERA, ESPERA_LARGA = 1.0, 4.0


def a_compas(lineas: Sequence[Linea], cortes: Sequence[float]) -> list[Linea]:
    """Las mismas líneas, en el mismo orden, con otros tiempos.

    `cortes` son los segundos, en los tiempos de las líneas, en que empieza cada acción.
    """
    medidas: list[Linea] = []
    ahora = 0.0
    for escena in _por_escenas(lineas, cortes):
        huecos = list(_huecos(escena))
        prisa = min(1.0, ESCENA / sum(huecos)) if any(huecos) else 1.0
        for linea, hueco in zip(escena, huecos, strict=True):
            ahora += max(NADA, hueco * prisa)
            medidas.append({**linea, "t": round(ahora, 3)})
        ahora += PAUSA
    return medidas


def _por_escenas(lineas: Sequence[Linea], cortes: Sequence[float]) -> Iterator[list[Linea]]:
    """Las líneas de cada acción: una que va antes por su causa no abre otra escena."""
    escena: list[Linea] = []
    numero = 0
    for linea in lineas:
        suya = max(numero, bisect_right(cortes, linea["t"]))
        if suya != numero and escena:
            yield escena
            escena = []
        numero = suya
        escena.append(linea)
    if escena:
        yield escena


def _huecos(escena: Sequence[Linea]) -> Iterator[float]:
    """Los segundos que pasan delante de cada línea: lo que se mira la anterior, o lo que esperó."""
    anterior: Linea | None = None
    for linea in escena:
        if anterior is None:
            yield 0.0
        else:
            esperado = linea["t"] - anterior["t"]
            de_verdad = min(esperado, ESPERA_LARGA) if esperado >= ESPERA else 0.0
            yield max(SE_MIRA.get(anterior["que"], 0.0), round(de_verdad, 1))
        anterior = linea
