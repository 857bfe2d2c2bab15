"""Las esperas que no son de un socket solo: select, los selectores y el reloj."""

from __future__ import annotations

import time

from .envolturas import TratoQueCuenta, rodear, rodear_funcion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from .envolturas import Argumentos, Nombrados
    from .sonda import Sonda


class Espera(TratoQueCuenta):
    """Cuenta que empieza y que acaba una espera, y si acabó porque venció el plazo."""

    def __init__(self, sonda: Sonda, que: str) -> None:
        super().__init__(sonda)
        self._que = que

    def empezar(self, plazo: float | None) -> bool:
        """Dice que se espera, salvo que el plazo sea cero; devuelve si se ha dicho."""
        if plazo is not None and plazo <= 0:
            return False
        self._sonda.esperar(self._que, plazo)
        return True

    def acabar(self, quien: Any, esperaba: bool | None, resultado: Any) -> Any:
        if esperaba:
            vacio = not resultado or resultado == ([], [], [])
            self._sonda.seguir("vencido" if vacio else self._que)
        return resultado

    def fallar(self, quien: Any, esperaba: bool | None, error: BaseException) -> None:
        if esperaba:
            self._sonda.seguir(type(error).__name__)


class Select(Espera):
    """select.select(lectura, escritura, errores, plazo)."""

    def preparar(
        self, quien: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[bool, Argumentos]:
        # Sin nada que vigilar es una siesta, y una siesta no es esperar a nadie.
        if not any(argumentos[:3]):
            return False, argumentos
        return self.empezar(argumentos[3] if len(argumentos) > 3 else None), argumentos


class Selector(Espera):
    """El método `select(plazo)` de los selectores, que usa también asyncio."""

    def preparar(
        self, quien: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[bool, Argumentos]:
        plazo = argumentos[1] if len(argumentos) > 1 else nombrados.get("timeout")
        return self.empezar(plazo), argumentos


class Siesta(Espera):
    """time.sleep(segundos)."""

    def preparar(
        self, quien: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[bool, Argumentos]:
        return self.empezar(float(argumentos[0])), argumentos


def vigilar_siestas(sonda: Sonda) -> None:
    """Pone la sonda en `time.sleep`."""
    time.sleep = rodear_funcion(time.sleep, Siesta(sonda, "reloj"), "time")


def parchear_select(modulo: ModuleType, sonda: Sonda) -> None:
    espera = Select(sonda, "select")
    modulo.__dict__["select"] = rodear_funcion(modulo.__dict__["select"], espera, "select")


def parchear_selectores(modulo: ModuleType, sonda: Sonda) -> None:
    # SelectSelector no está: por debajo llama a `select.select`, que ya la lleva.
    for nombre in ("PollSelector", "_PollLikeSelector", "EpollSelector", "KqueueSelector"):
        clase = getattr(modulo, nombre, None)
        if clase is not None and "select" in vars(clase):
            clase.select = rodear(clase.select, Selector(sonda, "select"), "selectors")
