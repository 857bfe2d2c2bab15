"""`except: pass`, o con un texto fijo: el programa falla y no dice qué pasó."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import cabecera, ultimo_nombre

#: Cerrar lo que quizá ya está cerrado es lo único que se puede intentar sin mirar.
_DE_CIERRE = frozenset({"close", "shutdown", "remove"})


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada `except` que calla cualquier error."""
    for nodo in fuente.nodos:
        if isinstance(nodo, ast.Try) and not _solo_cierra(nodo):
            for manejador in nodo.handlers:
                como = cabecera(manejador)
                if _captura_todo(manejador) and _no_dice_cual(fuente, manejador):
                    yield Aviso(
                        fuente.nombre,
                        manejador.lineno,
                        Gravedad.MEJORABLE,
                        f"este `{como}` no dice qué error hubo, y puede ser una errata. "
                        "Muéstralo: `except Exception as error:` y `print(error)`.",
                    )
                elif _captura_todo(manejador) and _calla(manejador):
                    yield Aviso(
                        fuente.nombre,
                        manejador.lineno,
                        Gravedad.FALLARA,
                        f"este `{como}` esconde cualquier error, también los de escribir mal un "
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


def _no_dice_cual(fuente: Fuente, manejador: ast.ExceptHandler) -> bool:
    """Dice si escribe siempre lo mismo, sea el error que sea, y el bucle sigue como si nada."""
    dentro = [nodo for sentencia in manejador.body for nodo in ast.walk(sentencia)]
    escribe = [n for n in dentro if isinstance(n, ast.Call) and ultimo_nombre(n.func) == "print"]
    lo_cuentan = (manejador.name, "traceback", "logging", "sys", "exit", "quit")
    return (
        bool(escribe)
        and all(isinstance(dado, ast.Constant) for llamada in escribe for dado in llamada.args)
        and not any(isinstance(n, ast.Raise | ast.Break | ast.Return) for n in dentro)
        and not any(isinstance(n, ast.Name) and n.id in lo_cuentan for n in dentro)
        and fuente.en_un_bucle(manejador)
    )


def _solo_cierra(intento: ast.Try) -> bool:
    return all(
        isinstance(sentencia, ast.Expr)
        and isinstance(sentencia.value, ast.Call)
        and ultimo_nombre(sentencia.value.func) in _DE_CIERRE
        for sentencia in intento.body
    )
