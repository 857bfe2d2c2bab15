"""Un candado que se toma dos veces: el hilo se queda esperándose a sí mismo.

`threading.Lock` no se puede volver a tomar, ni siquiera por quien ya lo tiene. Pasa cuando hay un
`with candado:` dentro de otro, o cuando con el candado tomado se llama a una función que lo toma.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import islice

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import (
    bloques,
    los_que_guardan,
    mismo_ambito,
    receptor,
    texto_de,
    ultimo_nombre,
)

#: Veces que se toma un candado en una función: nadie lo toma más, y cada una se mira entera.
MAX_TRAMOS = 20


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada lugar en que se toma un candado ya tomado."""
    candados = los_que_guardan(fuente.nodos, {"Lock"})
    if candados:
        yield from _Buscador(fuente, candados).avisos()


class _Buscador:
    """Sigue qué candados toma cada función de un archivo."""

    def __init__(self, fuente: Fuente, candados: set[str]) -> None:
        self._fuente = fuente
        self._candados = candados
        self._funciones = {funcion.name: funcion for funcion in fuente.funciones}
        self._vistas: dict[str, tuple[set[str], set[str]]] = {}

    def avisos(self) -> Iterator[Aviso]:
        vistos: set[int] = set()
        for funcion in self._fuente.funciones:
            for candado, dentro in islice(self._tramos(funcion.body), MAX_TRAMOS):
                for linea, texto in self._faltas(candado, dentro):
                    if linea not in vistos:
                        vistos.add(linea)
                        yield Aviso(self._fuente.nombre, linea, Gravedad.NO_FUNCIONA, texto)

    def _tramos(self, cuerpo: list[ast.stmt]) -> Iterator[tuple[str, list[ast.stmt]]]:
        """Cada candado que se toma en un bloque, y lo que se ejecuta con él tomado."""
        for nodo in mismo_ambito(cuerpo):
            if isinstance(nodo, ast.With):
                for candado in self._del_with(nodo):
                    yield candado, nodo.body
        for bloque in bloques(cuerpo):
            yield from self._entre_acquire_y_release(bloque)

    def _del_with(self, nodo: ast.With) -> list[str]:
        nombres = (texto_de(cosa.context_expr) for cosa in nodo.items)
        return [nombre for nombre in nombres if nombre in self._candados]

    def _entre_acquire_y_release(
        self, bloque: Sequence[ast.stmt]
    ) -> Iterator[tuple[str, list[ast.stmt]]]:
        for posicion, sentencia in enumerate(bloque):
            candado = self._metodo_suelto(sentencia, "acquire")
            if candado:
                resto = bloque[posicion + 1 :]
                sueltas = (
                    i for i, s in enumerate(resto) if self._metodo_suelto(s, "release") == candado
                )
                yield candado, list(resto[: next(sueltas, len(resto))])

    def _metodo_suelto(self, sentencia: ast.stmt, metodo: str) -> str | None:
        """El candado de una línea `candado.acquire()`; None si no lo es."""
        match sentencia:
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr=nombre, value=objeto))):
                candado = texto_de(objeto)
                return candado if nombre == metodo and candado in self._candados else None
            case _:
                return None

    def _faltas(self, candado: str, dentro: list[ast.stmt]) -> Iterator[tuple[int, str]]:
        if self._se_suelta(candado, dentro):
            return
        for nodo in mismo_ambito(dentro):
            if isinstance(nodo, ast.With) and candado in self._del_with(nodo):
                yield nodo.lineno, self._dos_veces(candado, f"quita este `with {candado}:`")
            elif isinstance(nodo, ast.Call):
                if receptor(nodo) == candado and ultimo_nombre(nodo.func) == "acquire":
                    yield nodo.lineno, self._dos_veces(candado, "quita este `acquire()`")
                elif candado in self._toma(self._llamada(nodo)):
                    funcion = ultimo_nombre(nodo.func)
                    yield (
                        nodo.lineno,
                        f"llamas a `{funcion}`, que toma `{candado}`, cuando ya lo tienes tomado: "
                        "el hilo se queda esperándose a sí mismo. Llámala fuera del `with`, o usa "
                        f"`{self._reentrante}`.",
                    )

    @property
    def _reentrante(self) -> str:
        return f"{self._fuente.delante_de('threading')}RLock()"

    def _dos_veces(self, candado: str, arreglo: str) -> str:
        return (
            f"`{candado}` ya está tomado aquí: un `Lock` no se toma dos veces, y el hilo se queda "
            f"esperándose a sí mismo. Para arreglarlo, {arreglo}, o usa `{self._reentrante}`."
        )

    def _se_suelta(self, candado: str, dentro: list[ast.stmt]) -> bool:
        """Dice si el tramo suelta el candado en medio: entonces no se sabe qué queda tomado."""
        return any(
            isinstance(nodo, ast.Call)
            and receptor(nodo) == candado
            and ultimo_nombre(nodo.func) == "release"
            for sentencia in dentro
            if not isinstance(sentencia, ast.Try)
            for nodo in mismo_ambito([sentencia])
        )

    def _llamada(self, llamada: ast.Call) -> str:
        """El nombre de la función del alumno a la que se llama; vacío si no es suya."""
        es_suya = isinstance(llamada.func, ast.Name) or receptor(llamada) == "self"
        nombre = ultimo_nombre(llamada.func)
        return nombre if es_suya and nombre in self._funciones else ""

    def _toma(self, nombre: str) -> set[str]:
        """Los candados que toma una función, ella o las que llama."""
        tomados: set[str] = set()
        vistas: set[str] = set()
        pendientes = [nombre]
        while pendientes:
            actual = pendientes.pop()
            if actual and actual not in vistas:
                vistas.add(actual)
                suyos, llamadas = self._de_una_funcion(actual)
                tomados |= suyos
                pendientes += llamadas
        return tomados

    def _de_una_funcion(self, nombre: str) -> tuple[set[str], set[str]]:
        """Los candados que toma una función, y las del alumno a las que llama."""
        if nombre not in self._vistas:
            suyos: set[str] = set()
            llamadas: set[str] = set()
            for nodo in mismo_ambito(self._funciones[nombre].body):
                if isinstance(nodo, ast.With):
                    suyos.update(self._del_with(nodo))
                elif isinstance(nodo, ast.Call):
                    llamadas.add(self._llamada(nodo))
                    if (
                        ultimo_nombre(nodo.func) == "acquire"
                        and not nodo.args
                        and not nodo.keywords
                    ):
                        suyos.update({receptor(nodo)} & self._candados)
            self._vistas[nombre] = suyos, llamadas
        return self._vistas[nombre]
