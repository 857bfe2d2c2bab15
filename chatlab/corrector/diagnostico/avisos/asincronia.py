"""`input()` dentro de `async def`: mientras se teclea, el bucle de eventos no atiende a nadie."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado
from chatlab.corrector.diagnostico.nodos import Funcion, texto_de, ultimo_nombre

#: Lo que espera sin dejar a los demás, y cómo se espera dejándolos.
_PARAN = {
    "input": "await asyncio.to_thread(input)",
    "sys.stdin.readline": "await asyncio.to_thread(sys.stdin.readline)",
    "time.sleep": "await asyncio.sleep(…)",
}


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada espera de las de siempre en un bucle de una función `async`."""
    for llamada in fuente.llamadas:
        escrita = texto_de(llamada.func)
        if escrita in _PARAN and _en_un_bucle_asincrono(fuente, llamada):
            bien = _PARAN[escrita].replace("asyncio.", fuente.delante_de("asyncio"))
            yield Aviso(
                fuente.nombre,
                llamada.lineno,
                Gravedad.NO_FUNCIONA,
                f"`{escrita}` para todo el bucle de `asyncio`: mientras espera, ninguna otra tarea "
                "lee ni escribe.",
                grado=Grado.SE_SIGUE,
                arreglo=f"Usa `{bien}`.",
            )


def _en_un_bucle_asincrono(fuente: Fuente, nodo: ast.AST) -> bool:
    """Dice si está en un bucle de una función `async`; una sola vez, al empezar, no estorba."""
    en_bucle = False
    padre = fuente.padres.get(nodo)
    while padre is not None and not isinstance(padre, Funcion | ast.Lambda):
        en_bucle = en_bucle or isinstance(padre, ast.While | ast.For | ast.AsyncFor)
        if isinstance(padre, ast.Call) and ultimo_nombre(padre.func) == "to_thread":
            return False
        padre = fuente.padres.get(padre)
    return en_bucle and isinstance(padre, ast.AsyncFunctionDef)
