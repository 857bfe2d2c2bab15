"""Lo que aquí funciona y en Windows no: no quita puntos, pero hay que saberlo.

Quien lo sabe y lo trata (`hasattr`, `sys.platform`, `os.name`, un `try`) no necesita el aviso.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import texto_de, ultimo_nombre

#: Con más, el informe hablaría más de Windows que del programa.
MAX_FRASES = 4
#: Señales de que el programa mira en qué sistema está.
_LO_MIRA = ("sys.platform", "os.name", "platform.system", "hasattr(")
#: Módulos de la biblioteca que en Windows no están, y qué hacer sin ellos.
_MODULOS = {
    "curses": "instala `windows-curses`, o escribe sin él",
    "fcntl": "usa `setblocking(False)` en los sockets",
    "pty": "usa `subprocess`",
    "readline": "quítalo: `input` funciona sin él",
    "termios": "lee con `input`, en un hilo",
    "tty": "lee con `input`, en un hilo",
}
#: Nombres de `os`, `signal` y `socket` que en Windows no están.
_NOMBRES = {
    "os.fork": "usa `threading.Thread`",
    "signal.SIGALRM": "usa `settimeout` en el socket, o `threading.Timer`",
    "signal.alarm": "usa `settimeout` en el socket, o `threading.Timer`",
    "signal.pause": "usa `threading.Event().wait()`",
    "signal.SIGUSR1": "usa una cola o un `threading.Event`",
    "signal.SIGHUP": "atiende solo a `SIGINT`, que es Ctrl+C",
    "socket.AF_UNIX": "usa `AF_INET` y `localhost`",
    "socket.SO_REUSEPORT": "usa `SO_REUSEADDR`",
}
_CUALQUIERA = ("", "0.0.0.0")


def avisos_de_windows(fuentes: Iterable[Fuente]) -> list[str]:
    """Una frase por cada cosa que en Windows no funcionaría, con su lugar; ninguna, si nada."""
    frases: dict[str, None] = {}
    for fuente in fuentes:
        if any(senal in fuente.sin_comentarios for senal in _LO_MIRA):
            continue
        for linea, que in _lo_que_no_esta(fuente):
            if not _en_un_intento(fuente, linea):
                lugar = f"{Path(fuente.nombre).as_posix()}, línea {linea}"
                frases.setdefault(limpiar(f"Aquí funciona, pero en Windows no: {lugar}: {que}"))
    return list(frases)[:MAX_FRASES]


def _lo_que_no_esta(fuente: Fuente) -> Iterator[tuple[int, str]]:
    for llamada in fuente.llamadas:
        metodo = ultimo_nombre(llamada.func)
        if metodo in ("select", "register") and _mira_el_teclado(llamada):
            yield (
                llamada.lineno,
                f"`{metodo}` solo admite sockets, y no el teclado (WinError 10038). Lee el teclado "
                "con `input`, en un hilo.",
            )
        elif metodo == "add_reader" and _mira_el_teclado(llamada):
            yield (
                llamada.lineno,
                "`add_reader` no admite el teclado. Usa `await asyncio.to_thread(input)`.",
            )
        elif metodo == "add_signal_handler":
            yield (
                llamada.lineno,
                "`add_signal_handler` no existe (NotImplementedError). Atrapa `KeyboardInterrupt` "
                "alrededor de `asyncio.run`.",
            )
        elif metodo in ("connect", "connect_ex", "create_connection"):
            yield from _llama_a_todas(fuente, llamada)
    for nombre, arreglo in _NOMBRES.items():
        for nodo in fuente.nodos:
            if isinstance(nodo, ast.Attribute) and _es(fuente, nodo, nombre):
                yield nodo.lineno, f"no hay `{nombre}`: {arreglo}."
                break
    for nodo in fuente.nodos:
        if isinstance(nodo, ast.Import | ast.ImportFrom):
            modulos = [nodo.module or ""] if isinstance(nodo, ast.ImportFrom) else []
            modulos += [alias.name for alias in nodo.names]
            for modulo in modulos:
                if modulo in _MODULOS:
                    yield nodo.lineno, f"no hay módulo `{modulo}`: {_MODULOS[modulo]}."


def _mira_el_teclado(llamada: ast.Call) -> bool:
    return any(
        isinstance(nodo, ast.Attribute | ast.Name) and texto_de(nodo) in ("sys.stdin", "stdin")
        for dado in llamada.args
        for nodo in ast.walk(dado)
    ) or any(
        texto_de(dado) in ("sys.stdin.fileno()", "0") and ultimo_nombre(llamada.func) != "select"
        for dado in llamada.args[:1]
    )


def _llama_a_todas(fuente: Fuente, llamada: ast.Call) -> Iterator[tuple[int, str]]:
    """`connect(("0.0.0.0", …))`: en Linux es este ordenador; en Windows, un error."""
    match llamada.args[:1]:
        case [ast.Tuple(elts=[host, _])]:
            destino = _valor(fuente, host)
        case [ast.Name() as direccion]:
            destino = _primero_de(fuente, direccion.id)
        case _:
            return
    if destino in _CUALQUIERA and "SOCK_DGRAM" not in fuente.sin_comentarios:
        yield (
            llamada.lineno,
            f'no se puede llamar a `"{destino}"` (WinError 10049): con esa dirección se escucha. '
            'Llama a `"localhost"`, o a la IP del servidor.',
        )


def _valor(fuente: Fuente, nodo: ast.expr) -> object:
    if isinstance(nodo, ast.Constant):
        return nodo.value
    if isinstance(nodo, ast.Name):
        for asignacion in fuente.nodos:
            match asignacion:
                case ast.Assign(targets=[ast.Name(id=nombre)], value=ast.Constant(value=valor)):
                    if nombre == nodo.id:
                        return valor
    return None


def _primero_de(fuente: Fuente, nombre: str) -> object:
    for nodo in fuente.nodos:
        match nodo:
            case ast.Assign(targets=[ast.Name(id=suyo)], value=ast.Tuple(elts=[host, _])):
                if suyo == nombre:
                    return _valor(fuente, host)
    return None


def _es(fuente: Fuente, nodo: ast.Attribute, nombre: str) -> bool:
    modulo, _, atributo = nombre.partition(".")
    return nodo.attr == atributo and fuente.importados.get(texto_de(nodo.value)) == modulo


def _en_un_intento(fuente: Fuente, linea: int) -> bool:
    """Dice si la línea está en un `try` que atrapa que aquello no exista."""
    return any(
        isinstance(nodo, ast.Try)
        and nodo.body[0].lineno <= linea <= (nodo.body[-1].end_lineno or 0)
        and any(
            manejador.type is None
            or any(
                tipo in texto_de(manejador.type)
                for tipo in ("AttributeError", "ImportError", "ModuleNotFound", "NotImplemented")
            )
            for manejador in nodo.handlers
        )
        for nodo in fuente.nodos
    )
