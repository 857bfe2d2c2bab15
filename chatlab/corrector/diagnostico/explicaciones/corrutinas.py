"""`asyncio` mal usado: corrutinas sin `await`, bucles de eventos que no hay o que sobran."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.diagnostico.explicaciones.caso import (
    Caso,
    Explicacion,
    con_el_cambio,
    frase,
    palabras,
    regla,
)
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import texto_de, ultimo_nombre

_NO_HACE_NADA = (
    "Una función `async` no hace nada al llamarla: da una corrutina, que hay que esperar"
)


def _falta_await(caso: Caso, _: re.Match[str]) -> Explicacion:
    """Una corrutina donde debía estar lo que devuelve."""
    if "context manager" in caso.mensaje and "open_connection" in caso.codigo:
        return Explicacion(
            "`open_connection` no se abre con `with`: da dos cosas, y hay que esperarla.",
            "Escribe `lector, escritor = await asyncio.open_connection(HOST, PORT)`.",
        )
    for fuente, llamada in _sin_esperar(caso):
        lugar = texto_de(llamada)
        codigo = fuente.linea(llamada.lineno)
        entre = (
            f"(await {lugar})"
            if isinstance(fuente.padres.get(llamada), ast.Attribute | ast.Subscript)
            else ""
        )
        nueva = con_el_cambio(codigo, lugar, entre or f"await {lugar}")
        return Explicacion(
            f"{_NO_HACE_NADA} con `await`. Aquí se usa la corrutina y no su resultado.",
            f"Añade `await` delante de `{_corta(llamada)}`{nueva}.",
        ).en(fuente, llamada.lineno)
    return Explicacion(
        f"{_NO_HACE_NADA} con `await`. Aquí se usa la corrutina y no su resultado.",
        "Añade `await` delante de la llamada a la función `async`.",
    )


def _corta(llamada: ast.Call) -> str:
    return f"{texto_de(llamada.func)}({'…' if llamada.args or llamada.keywords else ''})"


#: Lo de `asyncio` que hay que esperar, y que se confunde con lo de los sockets.
_SE_ESPERAN = palabras(
    "open_connection start_server read readline readexactly readuntil drain wait_closed sleep "
    "sock_recv sock_sendall sock_accept sock_connect gather wait_for serve_forever"
)


def _sin_esperar(caso: Caso) -> list[tuple[Fuente, ast.Call]]:
    """Las llamadas a funciones `async` sin `await`: primero las de la línea en que saltó."""
    propias = {
        funcion.name
        for fuente in caso.fuentes
        for funcion in fuente.funciones
        if isinstance(funcion, ast.AsyncFunctionDef)
    }
    con_asyncio = any("asyncio" in fuente.texto for fuente in caso.fuentes)
    nombres = propias | (_SE_ESPERAN if con_asyncio else frozenset())
    halladas = [
        (fuente, llamada)
        for fuente in caso.fuentes
        for llamada in fuente.llamadas
        if ultimo_nombre(llamada.func) in nombres
        and not _la_espera_alguien(fuente.padres.get(llamada))
        and not texto_de(llamada.func).startswith("time.")
    ]
    aqui = [par for par in halladas if par[0] is caso.fuente and par[1].lineno == caso.linea]
    nombrados = [
        par for par in halladas if par[0] is caso.fuente and _da_valor_a_la_linea(caso, *par)
    ]
    return aqui or nombrados or halladas


_ESPERAN = palabras("run create_task ensure_future gather wait_for run_until_complete shield wait")


def _la_espera_alguien(padre: ast.AST | None) -> bool:
    """Dice si quien recibe una corrutina la espera: `await`, `asyncio.run(…)`, una tarea…"""
    if isinstance(padre, ast.Call):
        return ultimo_nombre(padre.func) in _ESPERAN
    return isinstance(padre, ast.Await | ast.Return | ast.Starred | ast.List | ast.GeneratorExp)


def _da_valor_a_la_linea(caso: Caso, fuente: Fuente, llamada: ast.Call) -> bool:
    """Dice si la llamada da valor a una variable que aparece en la línea del error."""
    padre = fuente.padres.get(llamada)
    return isinstance(padre, ast.Assign) and any(
        re.search(rf"\b{re.escape(texto_de(destino))}\b", caso.codigo) for destino in padre.targets
    )


def _olvidada(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    nombre = encaje[1].rpartition(".")[2]
    explicacion = Explicacion(
        f"`{nombre}` es una función `async`: llamarla no la ejecuta, hay que esperarla.",
        f"Añade `await` delante de la llamada a `{nombre}`.",
    )
    for fuente, llamada in _sin_esperar(caso):
        if ultimo_nombre(llamada.func) == nombre:
            if fuente.funcion_en(llamada.lineno) is None:
                explicacion = Explicacion(
                    explicacion.explicacion, f"Arráncala con `asyncio.run({texto_de(llamada)})`."
                )
            return explicacion.en(fuente, llamada.lineno)
    return explicacion


def _run(caso: Caso, _: re.Match[str]) -> Explicacion:
    """`asyncio.run(principal)`, sin paréntesis, o con una función que no es `async`."""
    for llamada in caso.llamadas_en_la_linea():
        if ultimo_nombre(llamada.func) not in ("run", "run_until_complete") or not llamada.args:
            continue
        dado, metodo = llamada.args[0], texto_de(llamada.func)
        if isinstance(dado, ast.Call):
            return Explicacion(
                f"`{texto_de(dado.func)}` no es una función `async`: se ejecuta al llamarla, y "
                f"`{metodo}` recibe lo que devuelve.",
                f"Escribe `async def` donde se define `{texto_de(dado.func)}`.",
            )
        return Explicacion(
            f"`{metodo}` recibe la corrutina, la función ya llamada, y no la función.",
            f"Ponle paréntesis: `{metodo}({texto_de(dado)}())`.",
        )
    return Explicacion(
        "Ahí va una corrutina: lo que da una función `async` al llamarla.",
        "Llama a la función `async`, con sus paréntesis: `principal()`.",
    )


def _sin_bucle(caso: Caso, _: re.Match[str]) -> Explicacion:
    usa = next(
        (m for m in ("get_event_loop", "create_task", "ensure_future") if m in caso.codigo), ""
    )
    porque = "`asyncio` se usa dentro de una función `async` que ha arrancado `asyncio.run`."
    if usa == "get_event_loop":
        porque = (
            "Desde Python 3.14, `asyncio.get_event_loop()` ya no crea un bucle: da el que está en "
            "marcha, y aquí no hay ninguno."
        )
    elif usa:
        porque = f"`{usa}` necesita un bucle en marcha, y aquí no hay ninguno: {porque}"
    principal = next(
        (
            texto_de(llamada.args[0])
            for llamada in caso.fuente.llamadas
            if ultimo_nombre(llamada.func) == "run_until_complete" and llamada.args
        ),
        "principal()",
    )
    return Explicacion(porque, f"Arranca el programa con un solo `asyncio.run({principal})`.")


_CORRUTINA = r"'coroutine'|coroutine object|not coroutine"

REGLAS = (
    regla("TypeError AttributeError", _CORRUTINA, _falta_await),
    regla("RuntimeWarning", r"^coroutine '([\w.<>]+)' was never awaited", _olvidada),
    # Hasta 3.13 lo primero; desde 3.14, lo segundo.
    regla("ValueError TypeError", r"a coroutine was expected, got|coroutine or an awaitable", _run),
    regla(
        "TypeError",
        r"^'(?:async_generator|StreamReader)' object is not iterable",
        frase(
            "Eso se recorre esperando cada elemento: llega poco a poco.",
            "Escribe `async for` donde pone `for`.",
        ),
    ),
    regla(
        "TypeError",
        r"^'async for' requires an object with __aiter__ method, got ([\w.]+)",
        frase(
            "`async for` recorre lo que llega poco a poco, y esto es un `{0}`, que ya está entero.",
            "Quita `async`: escribe `for`.",
        ),
    ),
    regla(
        "TypeError",
        r"^(?:object (\w+)|'(\w+)' object) can't be (?:used in 'await' expression|awaited)",
        frase(
            "`await` espera a una función `async`, y lo de detrás es un `{0}{1}` ya terminado.",
            "Quita el `await`.",
        ),
    ),
    regla(
        "RuntimeError",
        r"cannot be called from a running event loop|loop is already running"
        r"|while another loop is running",
        frase(
            "Ya hay un bucle de `asyncio` en marcha: dentro de una función `async` no se arranca "
            "otro.",
            "Escribe `await` donde pone `asyncio.run(…)`, y deja un solo `asyncio.run` en el "
            "programa.",
        ),
    ),
    regla(
        "RuntimeError",
        r"different (?:event )?loop",
        frase(
            "Algo se creó en un bucle de `asyncio` y se usa en otro: cada `asyncio.run` crea uno.",
            "Créalo dentro de la función `async`, y deja un solo `asyncio.run` en el programa.",
        ),
    ),
    regla(
        "RuntimeError",
        r"[Ee]vent loop is closed",
        frase(
            "El bucle de `asyncio` ya ha terminado, y algo quiere usarlo todavía.",
            "Cierra las conexiones y espera las tareas antes de que acabe `asyncio.run`.",
        ),
    ),
    regla("RuntimeError", r"event loop|running loop", _sin_bucle),
    regla(
        "RuntimeError",
        r"called while another coroutine is already waiting",
        frase(
            "Dos tareas leen a la vez de la misma conexión, y `asyncio` solo deja a una.",
            "Lee de cada conexión en una sola tarea.",
        ),
    ),
)
