"""Los candados que crea el programa: quién espera uno, y quién lo tiene.

Tomar uno libre no cuenta nada: solo se apunta de quién es. Los que crea la biblioteca para sus
cosas son los de siempre; de quien espera en ellas (`Event`, `Queue`…) se sabe por `hilos.py`.
"""

from __future__ import annotations

import sys
from _thread import get_ident
from itertools import count

from .envolturas import NO_DEL_PROGRAMA, como_de_c, con_los_rasgos_de, recortar, sin_romper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

    from .sonda import Sonda

#: Disputas de un candado que se cuentan por cortas que sean. Después, y si el programa va muy
#: deprisa, solo las que pasan de estos segundos.
BASTANTES_DISPUTAS = 1000
CORTA = 0.02


class Disputas:
    """Cuenta quién espera cada candado."""

    def __init__(self, sonda: Sonda, hilos: dict[int, Any]) -> None:
        self._sonda = sonda
        #: Los hilos de `threading`, por cómo los llama Python.
        self._hilos = hilos
        self._numeros = count(1)

    def siguiente(self) -> int:
        """El número de un candado nuevo."""
        return next(self._numeros)

    def esperar(self, candado: Candado, plazo: float) -> bool:
        """Espera un candado que tiene otro, y dice si lo ha tomado; `plazo` es -1 si no lo hay."""
        if self._se_calla(candado):
            corta = CORTA if plazo < 0 else min(CORTA, plazo)
            if candado._tomar(True, corta):
                return True
            if plazo >= 0:
                plazo -= corta
                if plazo <= 0:
                    return False
        candado._esperan += 1
        candado._disputas += 1
        candado._se_cuenta = True
        que = "KeyboardInterrupt"
        try:
            self._empezar(candado, plazo)
            tomado = candado._tomar(True, plazo)
            que = "" if tomado else "vencido"
        finally:
            candado._esperan -= 1
            self._acabar(candado, que)
        return tomado

    def _se_calla(self, candado: Candado) -> bool:
        tandas = self._sonda.tandas
        deprisa = tandas is not None and tandas.resumen.contar_una()
        return deprisa or candado._disputas > BASTANTES_DISPUTAS

    @sin_romper
    def _empezar(self, candado: Candado, plazo: float) -> None:
        dueno = getattr(self._hilos.get(candado._dueno), "native_id", None) or 0
        resto = f',"candado":{candado._numero},"dueno":{dueno}'
        self._sonda.esperar("candado", None if plazo < 0 else plazo, resto=resto)

    @sin_romper
    def _acabar(self, candado: Candado, que: str) -> None:
        if que:
            self._sonda.seguir(que)
        else:
            candado._se_cuenta = True  # y también cuándo lo suelta
            self._contar(candado, "toma")

    @sin_romper
    def soltar(self, candado: Candado) -> None:
        """Se va a soltar un candado del que se contó que alguien lo esperaba, o que lo tomó."""
        cuantas = repr(candado._real)
        if "count=" in cuantas and "count=1 " not in cuantas:
            return  # un RLock que se ha tomado varias veces: todavía no
        candado._se_cuenta = candado._esperan > 0
        self._contar(candado, "suelta")

    def _contar(self, candado: Candado, que: str) -> None:
        numero = f',"candado":{candado._numero},"detalle":"{que}"'
        self._sonda.canal.emitir("candado", numero + self._sonda.lugar_si_se_pide())


class Candado:
    """Un candado del programa, con el de verdad dentro: lo que no está aquí es cosa de él."""

    __slots__ = (
        "__weakref__",
        "_cuenta",
        "_disputas",
        "_dueno",
        "_esperan",
        "_numero",
        "_real",
        "_se_cuenta",
        "_soltar",
        "_tomar",
    )

    def __init__(self, real: Any, disputas: Disputas) -> None:
        self._real = real
        self._cuenta = disputas
        self._tomar: Callable[..., bool] = real.acquire
        self._soltar: Callable[[], None] = real.release
        self._numero = disputas.siguiente()
        #: Cómo llama Python al último hilo que lo tomó; cuántos lo esperan ahora, cuántos ha habido
        #: que esperar, y si hay que decir que se suelta.
        self._dueno = 0
        self._esperan = 0
        self._disputas = 0
        self._se_cuenta = False

    def acquire(self, *argumentos: Any, **nombrados: Any) -> bool:
        try:
            plazo = _plazo(argumentos, nombrados) if argumentos or nombrados else -1
            if plazo is None:
                tomado = self._tomar(*argumentos, **nombrados)
            else:
                tomado = self._tomar(False) or self._cuenta.esperar(self, plazo)
            if tomado:
                self._dueno = get_ident()
            return tomado
        except BaseException as error:
            recortar(error)
            raise

    def __enter__(self) -> bool:
        try:
            if self._tomar(False) or self._cuenta.esperar(self, -1):
                self._dueno = get_ident()
            return True
        except BaseException as error:
            recortar(error)
            raise

    def release(self) -> None:
        try:
            if self._se_cuenta:
                self._cuenta.soltar(self)
            self._soltar()
        except BaseException as error:
            recortar(error)
            raise

    def __exit__(self, *_error: object) -> None:
        try:
            if self._se_cuenta:
                self._cuenta.soltar(self)
            self._soltar()
        except BaseException as error:
            recortar(error)
            raise

    def __getattr__(self, nombre: str) -> Any:
        try:
            return getattr(self._real, nombre)
        except BaseException as error:
            recortar(error)
            raise

    def __repr__(self) -> str:
        return repr(self._real)

    def __reduce_ex__(self, version: Any) -> Any:
        try:
            return self._real.__reduce_ex__(version)
        except BaseException as error:
            recortar(error)
            raise


def _plazo(argumentos: tuple[Any, ...], nombrados: dict[str, Any]) -> float | None:
    """Los segundos que `acquire` esperará, -1 si son todos; None si no espera o están mal."""
    valores = dict(zip(("blocking", "timeout"), argumentos, strict=False)) | nombrados
    if len(valores) != len(argumentos) + len(nombrados):
        return None
    plazo = valores.pop("timeout", -1)
    if not valores.pop("blocking", True) or valores or type(plazo) not in (int, float):
        return None
    return float(plazo) if plazo > 0 or plazo == -1 else None


def parchear_candados(modulo: ModuleType, sonda: Sonda) -> None:
    """Pone la sonda en `threading.Lock` y `threading.RLock`."""
    disputas = Disputas(sonda, modulo._active)
    for nombre in ("Lock", "RLock"):
        original = getattr(modulo, nombre)
        # Hasta Python 3.12, `Lock` es una función; después, la clase. `RLock` es una función.
        poner = _clase if isinstance(original, type) else _funcion
        setattr(modulo, nombre, poner(original, disputas))


def _funcion(original: Any, disputas: Disputas) -> Any:
    clase = type(type(original()).__name__, (Candado,), _rasgos(original()))

    def fabrica(*argumentos: Any, **nombrados: Any) -> Any:
        try:
            real = original(*argumentos, **nombrados)
            return clase(real, disputas) if _del_programa() else real
        except BaseException as error:
            recortar(error)
            raise

    con_los_rasgos_de(original, fabrica)
    return fabrica if hasattr(original, "__code__") else como_de_c(original, fabrica, "_thread")


def _clase(original: Any, disputas: Disputas) -> Any:
    class Clase(type):
        """Una clase que da los candados de verdad a la biblioteca, y dice que son suyos."""

        def __call__(cls, *argumentos: Any, **nombrados: Any) -> Any:
            try:
                real = original(*argumentos, **nombrados)
                return super().__call__(real, disputas) if _del_programa() else real
            except BaseException as error:
                recortar(error)
                raise

        def __instancecheck__(cls, uno: Any) -> bool:
            return isinstance(uno, original) or super().__instancecheck__(uno)

    return Clase(original.__name__, (Candado,), _rasgos(original()))


def _rasgos(real: Any) -> dict[str, Any]:
    """Lo que tiene en común con la clase de verdad la de los que se cuentan."""
    clase = type(real)
    return {"__slots__": (), "__module__": clase.__module__, "__doc__": clase.__doc__}


def _del_programa() -> bool:
    """Si quien ha pedido el candado es el programa: dos llamadas más afuera."""
    return not sys._getframe(2).f_code.co_filename.startswith(NO_DEL_PROGRAMA)
