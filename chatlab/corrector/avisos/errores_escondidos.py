"""`except: pass`: el programa falla y no lo dice."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from chatlab.corrector.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.fuente import Fuente, ultimo_nombre

#: Cerrar lo que quizá ya está cerrado es lo único que se puede intentar sin mirar.
_DE_CIERRE = frozenset({"close", "shutdown", "remove"})


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada `except` que calla cualquier error."""
    for nodo in fuente.nodos:
        if isinstance(nodo, ast.Try) and not _solo_cierra(nodo):
            for manejador in nodo.handlers:
                if _captura_todo(manejador) and _calla(manejador):
                    como = f"except {ultimo_nombre(manejador.type)}" if manejador.type else "except"
                    yield Aviso(
                        fuente.nombre,
                        manejador.lineno,
                        Gravedad.FALLARA,
                        f"este `{como}:` esconde cualquier error, también los de escribir mal un "
                        "nombre. Captura solo lo que esperas, `except OSError:`, o muéstralo.",
                    )


def _captura_todo(manejador: ast.ExceptHandler) -> bool:
    return manejador.type is None or ultimo_nombre(manejador.type) in ("Exception", "BaseException")


def _calla(manejador: ast.ExceptHandler) -> bool:
    """Dice si no hace nada con el error: ni lo muestra, ni avisa a nadie."""
    return all(
        isinstance(sentencia, ast.Pass | ast.Continue | ast.Break)
        or (isinstance(sentencia, ast.Expr) and isinstance(sentencia.value, ast.Constant))
        or (isinstance(sentencia, ast.Return) and sentencia.value is None)
        for sentencia in manejador.body
    )


def _solo_cierra(intento: ast.Try) -> bool:
    return all(
        isinstance(sentencia, ast.Expr)
        and isinstance(sentencia.value, ast.Call)
        and ultimo_nombre(sentencia.value.func) in _DE_CIERRE
        for sentencia in intento.body
    )
