"""Lo que se ve en una terminal: el texto que queda de todo lo que ha escrito un programa."""

from __future__ import annotations

import pyte

#: Las columnas y las filas de la terminal, y las líneas que se recuerdan de las que suben. Ochenta
#: columnas son las de siempre, y las que caben en la página.
COLUMNAS, FILAS = 80, 50
MAX_LINEAS = 2000


def como_se_ve(datos: bytes) -> str:
    """La pantalla, con lo que ya subió por arriba, como queda al final en una terminal."""
    pantalla = pyte.HistoryScreen(COLUMNAS, FILAS, history=MAX_LINEAS, ratio=1)
    pyte.ByteStream(pantalla).feed(datos)
    subidas = [
        "".join(linea[columna].data for columna in range(COLUMNAS))
        for linea in pantalla.history.top
    ]
    return "\n".join(linea.rstrip() for linea in [*subidas, *pantalla.display]).rstrip("\n")
