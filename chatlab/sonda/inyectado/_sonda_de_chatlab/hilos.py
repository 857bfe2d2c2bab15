"""Los hilos: cuáles se crean, cuáles se arrancan y cuándo acaban."""

from __future__ import annotations

from itertools import count

from .envolturas import TratoQueCuenta, rodear
from .lugares import lugar
from .texto import citar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType
    from typing import Any

    from .envolturas import Argumentos, Nombrados
    from .sonda import Sonda


class Crear(TratoQueCuenta):
    """`Thread(...)`. Numera los hilos: dos pueden llamarse igual."""

    def __init__(self, sonda: Sonda, numeros: dict[int, int], de_paso: Any) -> None:
        super().__init__(sonda)
        self._numeros = numeros
        #: La clase de los hilos que `threading` inventa para quien no creó: esos no cuentan.
        self._de_paso = de_paso
        self._siguiente: Iterator[int] = count(1)

    def acabar(self, hilo: Any, nota: None, resultado: Any) -> Any:
        if isinstance(hilo, self._de_paso):
            return resultado
        numero = next(self._siguiente)
        self._numeros[id(hilo)] = numero
        self._sonda.canal.emitir(
            "hilo_creado",
            f',"cuantos":{numero},"detalle":{citar(hilo.name)},"lugar":{citar(lugar())}',
        )
        return resultado


class Vivir(TratoQueCuenta):
    """La vida de un hilo, contada desde dentro del hilo."""

    def __init__(self, sonda: Sonda, numeros: dict[int, int]) -> None:
        super().__init__(sonda)
        self._numeros = numeros

    def preparar(
        self, hilo: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[str, Argumentos]:
        numero = self._numeros.pop(id(hilo), 0)
        campos = f',"cuantos":{numero},"detalle":{citar(hilo.name)}'
        self._sonda.canal.emitir("hilo_arrancado", campos)
        return campos, argumentos

    def acabar(self, hilo: Any, campos: str | None, resultado: Any) -> Any:
        self._sonda.canal.emitir("hilo_terminado", campos or "")
        return resultado


class EsperarCandado(TratoQueCuenta):
    """`Thread.join` y `Condition.wait`: esperar a otro hilo."""

    def preparar(
        self, quien: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[None, Argumentos]:
        plazo = argumentos[1] if len(argumentos) > 1 else nombrados.get("timeout")
        self._sonda.esperar("candado", plazo)
        return None, argumentos

    def acabar(self, quien: Any, nota: None, resultado: Any) -> Any:
        self._sonda.seguir("candado")
        return resultado

    def fallar(self, quien: Any, nota: None, error: BaseException) -> None:
        self._sonda.seguir("candado")


def parchear_hilos(modulo: ModuleType, sonda: Sonda) -> None:
    """Pone la sonda en `threading`."""
    clase = modulo.Thread
    numeros: dict[int, int] = {}
    clase.__init__ = rodear(clase.__init__, Crear(sonda, numeros, modulo._DummyThread), "threading")
    clase._bootstrap_inner = rodear(clase._bootstrap_inner, Vivir(sonda, numeros), "threading")
    if sonda.con_candados:
        clase.join = rodear(clase.join, EsperarCandado(sonda), "threading")
        condicion = modulo.Condition
        condicion.wait = rodear(condicion.wait, EsperarCandado(sonda), "threading")
