"""Lo que comparten todos los avisos."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from enum import IntEnum

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo, Lugar
from chatlab.corrector.diagnostico.nodos import Funcion, contiene
from chatlab.corrector.diagnostico.que_pasa import Pasa


class Gravedad(IntEnum):
    """Cuánto estorba lo que se avisa: lo primero es lo que no deja funcionar al programa."""

    NO_FUNCIONA = 0
    FALLARA = 1
    MEJORABLE = 2


@dataclass(frozen=True, slots=True)
class Aviso:
    """Algo sospechoso en una línea de un archivo, y qué hacer.

    `solo_explica` es lo que tiene que pasar en una comprobación para que su fallo venga de ahí; sin
    ello, de cualquiera. El `grado` dice si del código se sigue el fallo o si es una sospecha, que
    es lo corriente.
    """

    archivo: str
    linea: int
    gravedad: Gravedad
    texto: str
    solo_explica: Pasa | None = None
    grado: Grado = Grado.PUEDE_AYUDAR
    #: Qué hacer, si no va dicho en el texto: lo lleva lo que es seguro.
    arreglo: str = ""

    def hallazgo(self, codigo: str) -> Hallazgo:
        """Lo mismo, limpio y sin decidir cómo se escribe; `codigo` es el de su línea."""
        return Hallazgo(
            self.grado,
            causa=limpiar(f"{self.texto[:1].upper()}{self.texto[1:]}"),
            arreglo=limpiar(self.arreglo),
            lugar=Lugar(limpiar(self.archivo), self.linea, limpiar(codigo)),
        )


def ambito_de(fuente: Fuente, nodo: ast.expr) -> Funcion | ast.Module:
    """La función en que está un nodo, o el módulo entero."""
    dentro = [f for f in fuente.funciones if contiene(f, nodo.lineno)]
    interior = max(dentro, key=lambda f: f.lineno, default=None)
    assert fuente.arbol is not None, "un nodo sale siempre de un árbol"
    return interior or fuente.arbol
