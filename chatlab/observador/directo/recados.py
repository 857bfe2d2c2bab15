"""Lo que pide una página: teclear, señales, otro cliente. Se comprueba antes de hacerle caso."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

from chatlab.observador.directo.en_pantalla import EnPantalla

#: Filas o columnas de una pantalla, como mucho.
MAX_TAMANO = 1000


class ARodar(Protocol):
    """De quién son los programas."""

    def programa(self, p: int) -> EnPantalla | None:
        """El programa con ese número; `None` si no lo hay."""

    def otro_cliente(self) -> None:
        """Arranca un cliente más."""


class RecadoMalo(ValueError):
    """No es un recado de los que sabe mandar la página."""


def hacer(recado: str, rodaje: ARodar, guardar: Callable[[], None]) -> None:
    """Hace lo que pide el recado, un objeto JSON con su `orden`. Lanza `RecadoMalo`."""
    try:
        pedido = json.loads(recado)
        if pedido["orden"] == "guardar":
            guardar()
        else:
            _ORDENES[pedido["orden"]](pedido, rodaje)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise RecadoMalo(recado[:80]) from error


def _teclear(pedido: dict[str, Any], rodaje: ARodar) -> None:
    texto = _texto(pedido["texto"])
    if programa := rodaje.programa(_entero(pedido["p"])):
        programa.teclear(texto)


def _redimensionar(pedido: dict[str, Any], rodaje: ARodar) -> None:
    filas, columnas = (_entero(pedido[que], MAX_TAMANO) for que in ("filas", "columnas"))
    if programa := rodaje.programa(_entero(pedido["p"])):
        programa.redimensionar(filas, columnas)


def _enviar_senal(pedido: dict[str, Any], rodaje: ARodar) -> None:
    senal = _texto(pedido["senal"])
    if programa := rodaje.programa(_entero(pedido["p"])):
        programa.enviar(senal)


def _otro_cliente(_pedido: dict[str, Any], rodaje: ARodar) -> None:
    rodaje.otro_cliente()


def _entero(valor: Any, maximo: int = 2**31) -> int:
    if type(valor) is not int or not 1 <= valor <= maximo:
        raise ValueError("no es un número que valga")
    return valor


def _texto(valor: Any) -> str:
    if not isinstance(valor, str):
        raise TypeError("no es un texto")
    return valor


_ORDENES: dict[str, Callable[[dict[str, Any], ARodar], None]] = {
    "tecla": _teclear,
    "tamano": _redimensionar,
    "senal": _enviar_senal,
    "otro_cliente": _otro_cliente,
}
