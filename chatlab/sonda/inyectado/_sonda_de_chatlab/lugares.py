"""Por qué línea va el programa: la suya, no la de la biblioteca ni la de la sonda."""

from __future__ import annotations

import sys

from .envolturas import NO_DEL_PROGRAMA
from .texto import citar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType

#: Lugares que se cuentan, como mucho, de cómo se llegó a una línea.
MAXIMO_DE_PILA = 12
#: Funciones de las que se recuerda dónde están sus líneas: quien las crea sin parar no nos llena.
BASTANTES_FUNCIONES = 5000


def lugar() -> str:
    """El archivo y la línea del programa que hicieron la llamada: `servidor.py:12`."""
    return lugar_de(sys._getframe(1))


def lugar_de(marco: FrameType | None) -> str:
    """El archivo y la línea del programa más cercanos a un marco; vacío si no hay ninguno."""
    while marco is not None:
        archivo = marco.f_code.co_filename
        if not archivo.startswith(NO_DEL_PROGRAMA):
            return f"{archivo}:{marco.f_lineno}"
        marco = marco.f_back
    return ""


def pila_de(marco: FrameType | None) -> list[str]:
    """Los lugares del programa por los que se llegó a un marco, de dentro afuera."""
    lugares: list[str] = []
    while marco is not None and len(lugares) < MAXIMO_DE_PILA:
        archivo = marco.f_code.co_filename
        if not archivo.startswith(NO_DEL_PROGRAMA):
            lugares.append(f"{archivo}:{marco.f_lineno}")
        marco = marco.f_back
    return lugares


class Lugares:
    """Como `lugar`, ya escrito en JSON y recordado: se pregunta en cada envío y cada lectura."""

    def __init__(self) -> None:
        #: De cada función, por su número: ella misma, que así no se lo dan a otra; y lo que se
        #: escribe en cada instrucción suya por la que se ha pasado. None si no es del programa.
        self._vistas: dict[int, tuple[CodeType, dict[int, str] | None]] = {}

    def campo(self) -> str:
        """`,"lugar":"servidor.py:12"`, de quien está haciendo la llamada; vacío si no se sabe."""
        marco: FrameType | None = sys._getframe(1)
        while marco is not None:
            funcion = marco.f_code
            vista = self._vistas.get(id(funcion)) or self._ver(funcion)
            if vista[1] is not None:
                campo = vista[1].get(marco.f_lasti)
                if campo is None:
                    texto = citar(f"{funcion.co_filename}:{marco.f_lineno}")
                    campo = vista[1][marco.f_lasti] = f',"lugar":{texto}'
                return campo
            marco = marco.f_back
        return ""

    def _ver(self, funcion: CodeType) -> tuple[CodeType, dict[int, str] | None]:
        if len(self._vistas) > BASTANTES_FUNCIONES:
            self._vistas.clear()
        ajena = funcion.co_filename.startswith(NO_DEL_PROGRAMA)
        vista = self._vistas[id(funcion)] = (funcion, None if ajena else {})
        return vista
