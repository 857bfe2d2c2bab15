"""Las notas que hay en una pantalla, por poco que se sepa de quién las ha puesto ahí.

De cada una se espera una línea con la palabra «Nota» y su número y, debajo, las suyas. Lo que haya
a los lados de una línea, un marco o una hora, no importa mientras el texto acabe donde debe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

#: «Nota 2 (3 líneas)», «[NOTA 2]», «--- Nota nº 2 ---», «Nota número 2:». No «Nota (3 líneas)».
_ENCABEZADO = re.compile(
    r"\bnota[\W_]{0,3}(?:n[úu]m(?:ero)?|n[.º°o]*)?\W{0,3}(\d{1,6})\b(?!\s*l[íi]nea)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NotaVista:
    """Una nota: su número, y las líneas desde su encabezado hasta el de la siguiente."""

    numero: int
    lineas: list[str] = field(default_factory=list)

    def contiene(self, esperadas: Sequence[str]) -> bool:
        """Si esas líneas están en ella, seguidas y en orden. La primera no puede estar vacía."""
        cuantas = len(esperadas)
        return any(
            _son_las_lineas(self.lineas[desde : desde + cuantas], esperadas)
            for desde in range(len(self.lineas) - cuantas + 1)
        )

    def menciona(self, lineas: Sequence[str]) -> bool:
        """Si en alguna de las suyas está el texto de alguna de esas."""
        return any(linea and linea in vista for linea in lineas for vista in self.lineas)


def notas_en(pantalla: str) -> list[NotaVista]:
    """Las notas de una pantalla, por orden.

    Dos encabezados seguidos con el mismo número son de la misma nota: hay quien lo escribe delante
    de cada línea, o al principio y al final.
    """
    notas: list[NotaVista] = []
    for linea in pantalla.split("\n"):
        encabezado = _ENCABEZADO.search(linea)
        if encabezado and not (notas and notas[-1].numero == int(encabezado[1])):
            notas.append(NotaVista(int(encabezado[1])))
        if notas:
            notas[-1].lineas.append(linea)
    return notas


def _son_las_lineas(vistas: Sequence[str], esperadas: Sequence[str]) -> bool:
    marco, hay, _ = vistas[0].partition(esperadas[0])
    return bool(hay) and all(
        _acaba_en(vista, esperada) if esperada else _esta_vacia(vista, marco)
        for vista, esperada in zip(vistas, esperadas, strict=True)
    )


def _acaba_en(vista: str, esperada: str) -> bool:
    """Si está el texto y detrás no hay más: como mucho, el borde de un marco."""
    _, hay, detras = vista.partition(esperada)
    return bool(hay) and not any(map(str.isalnum, detras))


def _esta_vacia(vista: str, marco: str) -> bool:
    """Si no hay texto, o hay solo lo que va delante de todas las líneas."""
    return not any(map(str.isalnum, vista)) or _sin_numeros(vista) == _sin_numeros(marco)


def _sin_numeros(texto: str) -> str:
    """Sin lo que cambia de una línea a otra: su número, o la hora."""
    return re.sub(r"\d+", "", texto).strip()
