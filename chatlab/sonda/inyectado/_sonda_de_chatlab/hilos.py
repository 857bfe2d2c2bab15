"""Los hilos: cuáles se crean, cuáles se arrancan y cuándo acaban."""

from __future__ import annotations

from _thread import get_ident
from itertools import count

from .candados import parchear_candados
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


class Arrancar(TratoQueCuenta):
    """`Thread.start`, que espera un momento a que el hilo nuevo esté en marcha: no se cuenta."""

    def __init__(self, sonda: Sonda, arrancan: set[int]) -> None:
        super().__init__(sonda)
        self._arrancan = arrancan

    def preparar(
        self, hilo: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[None, Argumentos]:
        self._arrancan.add(get_ident())
        return None, argumentos

    def acabar(self, hilo: Any, nota: None, resultado: Any) -> Any:
        self._arrancan.discard(get_ident())
        return resultado

    def fallar(self, hilo: Any, nota: None, error: BaseException) -> None:
        self._arrancan.discard(get_ident())


class EsperarA(TratoQueCuenta):
    """`Condition.wait`, en la que esperan también `Event`, `Semaphore`, `Barrier` y `Queue`."""

    def __init__(self, sonda: Sonda, arrancan: set[int]) -> None:
        super().__init__(sonda)
        self._arrancan = arrancan
        # Si no se cuentan los candados del programa, todo es lo mismo: esperar a otro hilo.
        self._que = "hilo" if sonda.con_candados else "candado"

    def preparar(
        self, quien: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[bool, Argumentos]:
        if get_ident() in self._arrancan:
            return False, argumentos
        self.empezar(argumentos[1] if len(argumentos) > 1 else nombrados.get("timeout"))
        return True, argumentos

    def empezar(self, plazo: float | None, resto: str = "") -> None:
        """Dice que se espera, `plazo` segundos como mucho; `resto` son más campos."""
        self._sonda.esperar(self._que, plazo, resto=resto)

    def acabar(self, quien: Any, esperaba: bool | None, resultado: Any) -> Any:
        if esperaba:
            vencido = resultado is False and self._sonda.con_candados
            self._sonda.seguir("vencido" if vencido else self._que)
        return resultado

    def fallar(self, quien: Any, esperaba: bool | None, error: BaseException) -> None:
        if esperaba:
            self._sonda.seguir(self._que)


class Unirse(EsperarA):
    """`Thread.join`. De los candados, el dueño es a quien se espera."""

    def preparar(
        self, hilo: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[bool, Argumentos]:
        if self._sonda.con_candados and not hilo.is_alive():
            return False, argumentos  # ya ha terminado: no se espera
        plazo = argumentos[1] if len(argumentos) > 1 else nombrados.get("timeout")
        self.empezar(plazo, f',"dueno":{hilo.native_id or 0}' if self._sonda.con_candados else "")
        return True, argumentos

    def acabar(self, hilo: Any, esperaba: bool | None, resultado: Any) -> Any:
        # `join` no dice si ha vencido su plazo: lo dice que el hilo siga vivo.
        super().acabar(hilo, esperaba, not hilo.is_alive())
        return resultado


class Despedirse(EsperarA):
    """Al acabar el programa principal, Python espera a los hilos que no son `daemon`."""

    def __init__(self, sonda: Sonda, arrancan: set[int], hilos: dict[int, Any]) -> None:
        super().__init__(sonda, arrancan)
        self._hilos = hilos

    def preparar(
        self, quien: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[bool, Argumentos]:
        yo = get_ident()
        otros = [hilo for quien, hilo in list(self._hilos.items()) if quien != yo]
        otros = [hilo for hilo in otros if hilo.is_alive() and not hilo.daemon]
        if otros:
            self.empezar(None, f',"dueno":{otros[0].native_id or 0}')
        return bool(otros), argumentos


def parchear_hilos(modulo: ModuleType, sonda: Sonda) -> None:
    """Pone la sonda en `threading`."""
    clase = modulo.Thread
    numeros: dict[int, int] = {}
    clase.__init__ = rodear(clase.__init__, Crear(sonda, numeros, modulo._DummyThread), "threading")
    clase._bootstrap_inner = rodear(clase._bootstrap_inner, Vivir(sonda, numeros), "threading")
    arrancan: set[int] = set()
    if sonda.con_esperas_a_hilos:
        clase.join = rodear(clase.join, Unirse(sonda, arrancan), "threading")
        condicion = modulo.Condition
        condicion.wait = rodear(condicion.wait, EsperarA(sonda, arrancan), "threading")
    if sonda.con_candados:
        clase.start = rodear(clase.start, Arrancar(sonda, arrancan), "threading")
        final = Despedirse(sonda, arrancan, modulo._active)
        propios = vars(modulo)
        propios["_shutdown"] = rodear(propios["_shutdown"], final, "threading")
        parchear_candados(modulo, sonda)
