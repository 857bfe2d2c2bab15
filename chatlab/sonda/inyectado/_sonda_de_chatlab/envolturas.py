"""Rodear una función sin que sus errores enseñen que está rodeada.

Cuando una excepción atraviesa una función, Python apunta esa función en su traceback. Pero un
`raise` a secas no apunta nada: relanza la excepción con el traceback que lleve puesto. Por eso
cada envoltura quita sus propias líneas y relanza, y quien lee el error no la ve.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from .sonda import Sonda

    Funcion = TypeVar("Funcion", bound=Callable[..., Any])
    Argumentos = tuple[Any, ...]
    Nombrados = dict[str, Any]

CARPETA = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - sin pathlib aquí
#: La biblioteca estándar: lo que pasa ahí dentro se apunta a quien la llamó.
BIBLIOTECA = os.path.dirname(getattr(os, "__file__", "")) or "<frozen"  # noqa: PTH120
NO_DEL_PROGRAMA = (CARPETA, BIBLIOTECA, "<frozen")


class Trato:
    """Qué hace la sonda alrededor de una función. Por defecto, nada.

    Si uno de estos métodos falla, el programa sigue como si no existiera.
    """

    def preparar(
        self, quien: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Any, Argumentos]:
        """Antes: devuelve una nota para los otros dos, y los argumentos que se usarán."""
        return None, argumentos

    def acabar(self, quien: Any, nota: Any, resultado: Any) -> Any:
        """Después: recibe lo que devolvió la función, y devuelve lo que verá el programa."""
        return resultado

    def fallar(self, quien: Any, nota: Any, error: BaseException) -> None:
        """La función ha lanzado este error, que el programa recibirá igual."""


class TratoQueCuenta(Trato):
    """El de una función de la que se cuenta algo a la sonda."""

    def __init__(self, sonda: Sonda) -> None:
        self._sonda = sonda


def rodear(original: Callable[..., Any], trato: Trato, modulo: str) -> Callable[..., Any]:
    """Una función o un método de `modulo` como `original`, con ese trato alrededor."""
    preparar, acabar, fallar = trato.preparar, trato.acabar, trato.fallar

    def metodo(*argumentos: Any, **nombrados: Any) -> Any:
        quien = argumentos[0] if argumentos else None
        nota = None
        try:
            try:
                nota, argumentos = preparar(quien, argumentos, nombrados)
            except Exception as error:
                if es_del_programa(error):
                    raise
            resultado = original(*argumentos, **nombrados)
            try:
                return acabar(quien, nota, resultado)
            except Exception as error:
                if es_del_programa(error):
                    raise
                return resultado
        except BaseException as error:
            try:
                fallar(quien, nota, error)
            except Exception as otro:
                if es_del_programa(otro):
                    raise
            recortar(error)
            raise

    con_los_rasgos_de(original, metodo)
    metodo.__module__ = modulo
    return metodo


def con_los_rasgos_de(original: Any, funcion: Any) -> None:
    """La función se presenta desde ahora como la original."""
    for rasgo in ("__name__", "__qualname__", "__doc__", "__module__"):
        setattr(funcion, rasgo, getattr(original, rasgo, None))


def rodear_funcion(original: Callable[..., Any], trato: Trato, modulo: str) -> Callable[..., Any]:
    """Como `rodear`, para una función de C."""
    return como_de_c(original, rodear(original, trato, modulo), modulo)


def como_de_c(original: Any, funcion: Callable[..., Any], modulo: str) -> Callable[..., Any]:
    """Una función de Python que se comporta como esa de C.

    Guardada en una clase no se convierte en método, y se escribe y se copia por su nombre: son
    cosas que las funciones de Python hacen de otra manera, y hay bibliotecas que cuentan con ello.
    """
    nombre = original.__name__
    rasgos = {
        "__slots__": (),
        "__module__": modulo,
        "__name__": nombre,
        "__doc__": original.__doc__,
        "__call__": staticmethod(funcion),
        "__repr__": lambda _: repr(original),
        "__reduce__": lambda _: nombre,
    }
    parecida: Callable[..., Any] = type(type(original).__name__, (), rasgos)()
    return parecida


def recortar(error: BaseException) -> None:
    """Quita del traceback los marcos de la sonda con los que empieza."""
    marca = error.__traceback__
    while marca is not None and marca.tb_frame.f_code.co_filename.startswith(CARPETA):
        marca = marca.tb_next
    error.__traceback__ = marca


def es_del_programa(error: Exception) -> bool:
    """Si un error que llega a la sonda lo ha lanzado el programa: entonces debe recibirlo.

    Puede estar ahí en medio: una señal llega en cualquier momento, y su manejador puede lanzar lo
    que quiera. Un fallo de la sonda, en cambio, se calla.
    """
    marca = error.__traceback__
    while marca is not None:
        if not marca.tb_frame.f_code.co_filename.startswith(NO_DEL_PROGRAMA):
            return True
        marca = marca.tb_next
    return False


def sin_romper(funcion: Funcion) -> Funcion:
    """Si la función de la sonda falla, devuelve None: el programa no debe enterarse."""

    def protegida(*argumentos: Any, **nombrados: Any) -> Any:
        try:
            return funcion(*argumentos, **nombrados)
        except Exception as error:
            if es_del_programa(error):
                raise
            return None

    return protegida  # type: ignore[return-value]
