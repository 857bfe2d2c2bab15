"""Qué hace un bucle con un `recv` vacío: seguir dando vueltas, o acabar de alguna manera."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import mismo_ambito, texto_de, ultimo_nombre

#: Con algo vacío lanzan un error, que acaba el bucle si nadie lo atrapa dentro.
_FALLAN_VACIAS = frozenset({"loads", "load", "unpack", "unpack_from", "int", "float", "from_bytes"})
#: Preguntan por un texto que no es el vacío.
_NO_LO_MIRAN = frozenset({"startswith", "endswith"})
_SALIDAS = frozenset({"exit", "_exit", "quit"})

_Asignacion = ast.Assign | ast.AugAssign | ast.NamedExpr | ast.AnnAssign
_ASIGNAN = (ast.Assign, ast.AugAssign, ast.NamedExpr, ast.AnnAssign)


class Recibido:
    """Lo que trae un `recv` de un bucle, y los nombres que lo guardan."""

    def __init__(self, fuente: Fuente, recv: ast.Call, dentro: list[ast.AST]) -> None:
        self.fuente = fuente
        self.recv = recv
        self.dentro = dentro

    @cached_property
    def nombre(self) -> str:
        """El nombre que guarda justo lo recibido, y está vacío si y solo si llegó vacío.

        Vacío si ninguno: con `texto = conexion.recv(99).decode().strip()`, una línea en blanco
        también lo deja vacío.
        """
        for nodo in self.dentro:
            match nodo:
                case ast.Assign(value=valor) | ast.NamedExpr(value=valor):
                    if _sin_descifrar(valor) is self.recv:
                        return next(_destinos(nodo), "")
        return ""

    @cached_property
    def nombres(self) -> dict[str, None]:
        """Los que guardan lo recibido, o algo hecho con ello; ese, el primero."""
        nombres: dict[str, None] = {}
        asignaciones = [nodo for nodo in self.dentro if isinstance(nodo, _ASIGNAN) and nodo.value]
        for _ in range(3):  # datos → texto → partes: más pasos no se dan en un chat
            for nodo in asignaciones:
                if nodo.value is not None and self._menciona(nodo.value, nombres):
                    nombres |= dict.fromkeys(_destinos(nodo))
        return nombres

    @cached_property
    def acumulados(self) -> set[str]:
        """Los nombres a los que se va sumando: lo vacío no los cambia."""
        return {
            nombre
            for nodo in self.dentro
            if isinstance(nodo, _ASIGNAN)
            for nombre in _destinos(nodo)
            if isinstance(nodo, ast.AugAssign) or _esta_en(nombre, nodo.value)
        }

    def menciona(self, expresion: ast.AST) -> bool:
        """Si en esa expresión está el `recv`, o un nombre que guarda lo que dio."""
        return self._menciona(expresion, self.nombres)

    def _menciona(self, expresion: ast.AST, nombres: dict[str, None]) -> bool:
        return any(
            nodo is self.recv
            or (isinstance(nodo, ast.Name | ast.Attribute) and texto_de(nodo) in nombres)
            for nodo in ast.walk(expresion)
        )


def _sin_descifrar(valor: ast.expr) -> ast.expr:
    """El `recv` de `recv(…).decode()`."""
    match valor:
        case ast.Call(func=ast.Attribute(attr="decode", value=dentro)):
            return dentro
        case ast.Call(func=ast.Name(id="str"), args=[dentro, *_]):
            return dentro
        case _:
            return valor


def _esta_en(nombre: str, valor: ast.expr | None) -> bool:
    return valor is not None and any(
        texto_de(nodo) == nombre for nodo in ast.walk(valor) if isinstance(nodo, ast.expr)
    )


def _destinos(nodo: _Asignacion) -> Iterator[str]:
    """Los nombres, sueltos o en una tupla, a los que se da valor."""
    for destino in nodo.targets if isinstance(nodo, ast.Assign) else [nodo.target]:
        for parte in destino.elts if isinstance(destino, ast.Tuple) else [destino]:
            if isinstance(parte, ast.Name | ast.Attribute):
                yield texto_de(parte)


def acaba_con_lo_vacio(recibido: Recibido) -> bool:
    """Dice si el bucle mira si lo recibido está vacío, o acaba por sí solo cuando lo está."""
    return any(_mira_si_vacio(prueba, recibido) for prueba in _pruebas(recibido.dentro)) or any(
        _falla_vacio(nodo, recibido)
        or _sale_de_todo(nodo, recibido)
        or _acaba_si_no(nodo, recibido)
        for nodo in recibido.dentro
    )


def _pruebas(dentro: list[ast.AST]) -> Iterator[ast.expr]:
    """Las condiciones de un bucle."""
    for nodo in dentro:
        if isinstance(nodo, ast.If | ast.While | ast.IfExp | ast.Assert):
            yield nodo.test
        elif isinstance(nodo, ast.Match):
            yield nodo.subject


def _mira_si_vacio(prueba: ast.expr, recibido: Recibido) -> bool:
    """Dice si una condición distingue lo vacío: `not datos`, `datos == b""`, `len(datos) == 0`."""
    match prueba:
        case ast.UnaryOp(op=ast.Not(), operand=dentro):
            return _mira_si_vacio(dentro, recibido)
        case ast.BoolOp(values=partes):
            return any(_mira_si_vacio(parte, recibido) for parte in partes)
        case ast.Compare(left=izquierda, comparators=derechas):
            lados = [izquierda, *derechas]
            return any(recibido.menciona(lado) for lado in lados) and any(
                _es_vacio(lado) or _es_su_largo(lado, recibido) for lado in lados
            )
        case ast.Call(func=ast.Attribute(attr=metodo)) if metodo in _NO_LO_MIRAN:
            return False
        case _:
            # `if datos`, `if datos.strip()`, `if es_el_final(datos)`: cualquiera puede mirarlo.
            return recibido.menciona(prueba)


def _es_vacio(nodo: ast.expr) -> bool:
    match nodo:
        case ast.Constant(value=valor):
            return not valor
        case ast.List(elts=partes) | ast.Tuple(elts=partes) | ast.Set(elts=partes):
            return any(_es_vacio(parte) for parte in partes)
        case ast.Call():
            return ultimo_nombre(nodo.func) == "bytes" and not nodo.args
        case _:
            return False


def _es_su_largo(nodo: ast.expr, recibido: Recibido) -> bool:
    """`len(datos) < 4`: se nota lo vacío, salvo que se mida lo que se va juntando."""
    return (
        isinstance(nodo, ast.Call)
        and ultimo_nombre(nodo.func) == "len"
        and recibido.menciona(nodo)
        and not any(texto_de(dado) in recibido.acumulados for dado in nodo.args)
    )


def _falla_vacio(nodo: ast.AST, recibido: Recibido) -> bool:
    """`json.loads(datos)`, `datos[0]`, `nombre, texto = datos.split(":")`: con lo vacío, error."""
    match nodo:
        case ast.Call(args=[primero, *resto]) if ultimo_nombre(nodo.func) in _FALLAN_VACIAS:
            return any(recibido.menciona(dado) for dado in (primero, *resto))
        case ast.Subscript(value=valor, slice=clave) if not isinstance(clave, ast.Slice):
            return recibido.menciona(valor) or recibido.menciona(clave)
        case ast.Assign(targets=[ast.Tuple()], value=ast.Call(func=ast.Attribute(attr="split"))):
            return recibido.menciona(nodo.value)
        case _:
            return False


def _sale_de_todo(nodo: ast.AST, recibido: Recibido) -> bool:
    """Se lo da a una función del alumno que puede acabar el bucle: lanza algo, o sale."""
    if not isinstance(nodo, ast.Call) or not any(recibido.menciona(dado) for dado in nodo.args):
        return False
    nombre = ultimo_nombre(nodo.func)
    return any(
        isinstance(dentro, ast.Raise)
        or (isinstance(dentro, ast.Call) and ultimo_nombre(dentro.func) in _SALIDAS)
        for funcion in recibido.fuente.funciones
        if funcion.name == nombre
        for dentro in mismo_ambito(funcion.body)
    )


def _acaba_si_no(nodo: ast.AST, recibido: Recibido) -> bool:
    """`if datos == b"…": … else: break`: lo vacío no es ninguno de los casos."""
    return (
        isinstance(nodo, ast.If)
        and recibido.menciona(nodo.test)
        and any(
            isinstance(dentro, ast.Break | ast.Return | ast.Raise)
            for dentro in mismo_ambito(nodo.orelse)
        )
        and not any(isinstance(dentro, ast.If) for dentro in nodo.orelse)
    )
