"""Programas que comparten memoria entre procesos: sin bubblewrap no se les deja, y no es su culpa.

En Linux, `multiprocessing.Lock`, `Queue` y `SharedMemory` escriben en `/dev/shm`, que es de todos
los programas de esa persona. Dentro de bubblewrap tienen uno propio; con la cerca sola, no
(`cerca.py`).
"""

from __future__ import annotations

import re

#: El error, y de dónde sale: de los módulos que la usan o de esa carpeta.
_NEGADO = re.compile(r"^PermissionError: \[Errno 13\] ", re.MULTILINE)
_DE_LA_MEMORIA = re.compile(r"multiprocessing/(?:synchronize|shared_memory|heap)\.py|/dev/shm/")


def se_le_niega(pantalla: str) -> bool:
    """Si un programa ha acabado porque no se le deja usarla."""
    return bool(_NEGADO.search(pantalla) and _DE_LA_MEMORIA.search(pantalla))


def por_que_no_se_prueba(archivo: str) -> str:
    """La frase que lo cuenta."""
    return (
        f"{archivo} comparte memoria entre procesos (`multiprocessing`), y sin bubblewrap no se le "
        "deja: estaría fuera de su carpeta. Instala bubblewrap para corregirlo."
    )
