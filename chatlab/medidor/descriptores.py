"""Sitio para tantos sockets: cada uno gasta un descriptor, y el sistema pone un tope."""

from __future__ import annotations

import sys

from chatlab.errores import ErrorParaPersonas
from chatlab.red import aforo

#: Los que se usan además: la terminal, el selector, las tuberías del servidor…
DE_SOBRA = 64
#: Los sockets que `select`, lo único que hay en Windows, puede vigilar.
MAXIMO_EN_WINDOWS = 500


class FaltanDescriptores(ErrorParaPersonas):
    """El sistema no deja abrir tantas conexiones."""


def hacer_sitio(conexiones: int) -> None:
    """Sube el límite blando de descriptores si hace falta; lo hereda el servidor que se arranque.

    Lanza `FaltanDescriptores` si no se puede.
    """
    if sys.platform == "win32":
        if conexiones > MAXIMO_EN_WINDOWS:
            raise FaltanDescriptores(
                f"Son {conexiones} conexiones, y en Windows no puedo vigilar más de "
                f"{MAXIMO_EN_WINDOWS}: pide menos clientes."
            )
        return
    caben = aforo.hacer_sitio(conexiones + DE_SOBRA)
    if caben < conexiones + DE_SOBRA:
        raise faltan_descriptores(conexiones, int(caben) + aforo.DE_SOBRA)


def faltan_descriptores(conexiones: int, tope: int | None = None) -> FaltanDescriptores:
    """El error que lo cuenta; `tope` son los descriptores que el sistema deja, si se sabe."""
    deja = f" y el sistema solo deja {tope}" if tope is not None else " y el sistema no deja más"
    return FaltanDescriptores(
        f"Demasiados descriptores: para {conexiones} conexiones hacen falta "
        f"{conexiones + DE_SOBRA},{deja}. Pide menos clientes, o sube el tope (ulimit -n)."
    )
