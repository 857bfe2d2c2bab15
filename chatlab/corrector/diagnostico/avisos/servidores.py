"""Lo que le falta a un servidor: aceptar a todos, soltar el puerto, olvidar a quien se va."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import islice

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.avisos.colecciones import con_conexiones, llamadas_a
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import receptor, texto_de, ultimo_nombre
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.textos import contar

#: Colecciones de un archivo que se miran: de cada una se busca en todo él quién quita.
MAX_LISTAS = 20
_BUCLES = (ast.While, ast.For, ast.AsyncFor, ast.ListComp, ast.GeneratorExp)


#: Quienes aceptan por uno: el socket se les da hecho.
_ACEPTAN_POR_TI = frozenset({"start_server", "create_server", "start_accepting", "serve_forever"})


def avisar(fuentes: Sequence[Fuente], *, varios: bool) -> Iterator[Aviso]:
    """Los avisos de una entrega, con todos los archivos de sus programas.

    `varios` dice si el servidor debe atender a más de un cliente.
    """
    texto = "\n".join(fuente.sin_comentarios for fuente in fuentes)
    acepta = any(_acepta(fuente) for fuente in fuentes)
    if "SOCK_DGRAM" in texto and not acepta and "listen" not in texto:
        return  # UDP: no hay conexiones que aceptar
    reutiliza = any(palabra in texto for palabra in ("REUSEADDR", "REUSEPORT", "reuse_address"))
    for fuente in fuentes:
        if not acepta:
            yield from _nunca_acepta(fuente)
        if varios:
            yield from _acepta_una_vez(fuente, fuentes)
        if not reutiliza:
            yield from _no_suelta_el_puerto(fuente)
        if acepta:
            yield from _nadie_sale(fuente, fuentes)


# --- Aceptar -----------------------------------------------------------------------------------


def _acepta(fuente: Fuente) -> bool:
    """Dice si se acepta: con `accept`, con el de `asyncio`, dándoselo a otro, o lo hace otro."""
    if llamadas_a(fuente, "accept", "sock_accept"):
        return True
    return any(_se_da_a_otro(fuente, nodo) for nodo in fuente.nodos) or any(
        ultimo_nombre(llamada.func) in _ACEPTAN_POR_TI for llamada in fuente.llamadas
    )


def _se_da_a_otro(fuente: Fuente, nodo: ast.AST) -> bool:
    """`asyncio.to_thread(servidor.accept)`: lo llamará quien lo recibe."""
    return (
        isinstance(nodo, ast.Attribute)
        and nodo.attr in ("accept", "sock_accept")
        and isinstance(fuente.padres.get(nodo), ast.Call | ast.keyword | ast.Tuple | ast.List)
    )


def _nunca_acepta(fuente: Fuente) -> Iterator[Aviso]:
    for llamada in llamadas_a(fuente, "listen")[:1]:
        servidor = receptor(llamada)
        sin_llamar = any(
            isinstance(nodo, ast.Attribute) and nodo.attr == "accept" for nodo in fuente.nodos
        )
        yield Aviso(
            fuente.nombre,
            llamada.lineno,
            Gravedad.NO_FUNCIONA,
            f"a `{servidor}.accept` le faltan los paréntesis: `{servidor}.accept()`."
            if sin_llamar
            else f"`{servidor}` escucha, pero nunca se llama a `accept`: nadie podrá entrar. Añade "
            f"`conexion, direccion = {servidor}.accept()`.",
        )


def _acepta_una_vez(fuente: Fuente, fuentes: Sequence[Fuente]) -> Iterator[Aviso]:
    aceptan = llamadas_a(fuente, "accept")
    if not aceptan or any(_se_repite(fuente, fuentes, llamada) for llamada in aceptan[:MAX_LISTAS]):
        return
    servidor, uno = receptor(aceptan[0]), len(aceptan) == 1
    yield Aviso(
        fuente.nombre,
        aceptan[0].lineno,
        Gravedad.NO_FUNCIONA,
        f"`accept` está fuera de un bucle: solo {'entrará' if uno else 'entrarán'} "
        f"{contar(len(aceptan), 'cliente')}. Mete `{servidor}.accept()` en un `while True:`.",
    )


def _se_repite(fuente: Fuente, fuentes: Sequence[Fuente], llamada: ast.Call) -> bool:
    """Dice si una llamada puede ocurrir más de una vez."""
    nodo: ast.AST | None = llamada
    while nodo is not None:
        if isinstance(nodo, _BUCLES):
            return True
        if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef):
            return any(_se_usa_en_un_bucle(otra, nodo.name) for otra in fuentes)
        nodo = fuente.padres.get(nodo)
    return False


def _se_usa_en_un_bucle(fuente: Fuente, funcion: str) -> bool:
    """Dice si una función se llama dentro de un bucle, o si otro decide cuándo llamarla."""
    for uso in fuente.nodos:
        if not isinstance(uso, ast.Name | ast.Attribute) or ultimo_nombre(uso) != funcion:
            continue
        nodo = fuente.padres.get(uso)
        if not (isinstance(nodo, ast.Call) and nodo.func is uso):
            return True  # se pasa como valor: a un hilo, a `selectors`…
        while nodo is not None:
            if isinstance(nodo, _BUCLES):
                return True
            if isinstance(nodo, ast.FunctionDef) and nodo.name == funcion:
                return True  # se llama a sí misma
            nodo = fuente.padres.get(nodo)
    return False


# --- El puerto ---------------------------------------------------------------------------------


def _no_suelta_el_puerto(fuente: Fuente) -> Iterator[Aviso]:
    for llamada in llamadas_a(fuente, "bind")[:1]:
        servidor, modulo = receptor(llamada), fuente.delante_de("socket")
        yield Aviso(
            fuente.nombre,
            llamada.lineno,
            Gravedad.MEJORABLE,
            "sin SO_REUSEADDR, al volver a arrancar el servidor su puerto seguirá ocupado unos "
            f"segundos. Antes de `bind`, añade "
            f"`{servidor}.setsockopt({modulo}SOL_SOCKET, {modulo}SO_REUSEADDR, 1)`.",
            solo_explica=Pasa.VUELVE_A_ARRANCAR,
        )


# --- La lista de clientes ----------------------------------------------------------------------


def _nadie_sale(fuente: Fuente, fuentes: Sequence[Fuente]) -> Iterator[Aviso]:
    for lista, linea in islice(con_conexiones(fuente).items(), MAX_LISTAS):
        if not any(_se_quita(otra, lista) for otra in fuentes):
            yield Aviso(
                fuente.nombre,
                linea,
                Gravedad.FALLARA,
                f"en `{lista}` entran los clientes y de ella no sale nadie: al irse uno, se le "
                f"seguirá enviando. Cuando se vaya, quítalo de `{lista}`.",
                solo_explica=Pasa.ALGUIEN_SE_VA,
            )


def _se_quita(fuente: Fuente, lista: str) -> bool:
    for nodo in fuente.nodos:
        match nodo:
            case ast.Call(
                func=ast.Attribute(
                    attr="remove" | "pop" | "discard" | "clear" | "popitem", value=de
                )
            ) if texto_de(de) == lista:
                return True
            case ast.Delete(targets=quitados):
                if any(
                    isinstance(q, ast.Subscript) and texto_de(q.value) == lista for q in quitados
                ):
                    return True
            case ast.Assign(targets=[destino], value=valor) if _rehace(destino, valor, lista):
                return True
    return False


def _rehace(destino: ast.expr, valor: ast.expr, lista: str) -> bool:
    """`clientes = [c for c in clientes if …]` también quita."""
    de_nuevo = destino.value if isinstance(destino, ast.Subscript) else destino
    return texto_de(de_nuevo) == lista and any(
        texto_de(nodo) == lista for nodo in ast.walk(valor) if isinstance(nodo, ast.expr)
    )
