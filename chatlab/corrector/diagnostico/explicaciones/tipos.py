"""Una cosa usada como si fuera otra: lo que queda de `TypeError`."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.explicaciones.confundidos import SIN_CREAR_EL_CANDADO, que_es
from chatlab.corrector.diagnostico.explicaciones.nada import explicar_none
from chatlab.corrector.diagnostico.nodos import receptor, texto_de, ultimo_nombre

#: Lo de `asyncio` que va con `async with`.
_DE_ASYNCIO = frozenset({"Lock", "Semaphore", "BoundedSemaphore", "Condition", "TaskGroup"})
_CON_PUERTO = frozenset({"bind", "connect", "connect_ex", "create_connection", "create_server"})


# --- Números -----------------------------------------------------------------------------------


def _texto_por_numero(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if encaje[1] == "NoneType":
        return explicar_none(caso, "")
    que = que_es(encaje[1])
    for llamada in caso.llamadas_en_la_linea():
        nombre = ultimo_nombre(llamada.func)
        if nombre in _CON_PUERTO:
            puerto = _puerto(llamada)
            return Explicacion(
                f"El puerto debe ser un número, y es {que}: lo que da `input()` o va entre "
                "comillas es texto.",
                f"Conviértelo en número: `int({puerto})`."
                if not re.fullmatch(r"'\d+'", puerto)
                else f"Quita las comillas del puerto: `{puerto[1:-1]}`.",
            )
        if nombre in ("sleep", "settimeout", "wait_for"):
            # Desde 3.15, Python lo dice de otro modo: «must be real number».
            return Explicacion(
                f"Los segundos que espera `{nombre}` son un número, y le has dado {que}.",
                "Si es un texto, quítale las comillas o conviértelo con `float(…)`.",
            )
        if nombre == "socket" and llamada.args:
            return Explicacion(
                "La familia y el tipo del socket son constantes del módulo `socket`, no textos.",
                "Sin comillas: `socket.socket(socket.AF_INET, socket.SOCK_STREAM)`.",
            )
        if nombre == "listen":
            return Explicacion(
                "`listen` recibe, como mucho, cuántas conexiones pueden esperar, en número."
                + (" La dirección es de `bind`." if encaje[1] == "tuple" else ""),
                f"Escribe `{receptor(llamada)}.listen()`.",
            )
    return Explicacion(
        f"Aquí hace falta un número entero y le has dado {que}.", "Conviértelo con `int(…)`."
    )


def _valor_de_opcion(_: Caso, encaje: re.Match[str]) -> Explicacion:
    return Explicacion(
        f"El valor de una opción de `setsockopt` es un número, y le has dado {que_es(encaje[1])}.",
        "Escribe `setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`, con el `1` sin comillas.",
    )


def _puerto(llamada: ast.Call) -> str:
    match llamada.args[:1]:
        case [ast.Tuple(elts=[_, puerto, *_])]:
            return texto_de(puerto)
        case _:
            return "puerto"


def _comparados(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    uno, otro = encaje[2], encaje[3]
    que = f"`{encaje[1]}` no sabe comparar {que_es(uno)} con {que_es(otro)}"
    if {uno, otro} <= {"str", "int", "float"}:
        return Explicacion(
            f"{que}: lo que da `input()` es texto.",
            "Convierte el texto en número antes de comparar: `int(…)`.",
        )
    if "NoneType" in (uno, otro):
        return Explicacion(
            f"{que}: uno de los dos no ha recibido ningún valor.",
            "Mira cuál de los dos vale `None`, y dale un valor antes.",
        )
    if {uno, otro} & {"list", "tuple", "dict", "set"} and "int" in (uno, otro):
        return Explicacion(f"{que}.", "Si quieres comparar cuántos hay, usa `len(…)`.")
    return Explicacion(f"{que}.", "Compara dos cosas del mismo tipo.")


def _contexto(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    tipo = encaje[1]
    if tipo == "NoneType":
        return explicar_none(caso, "")
    if tipo in ("function", "method", "builtin_function_or_method", "type"):
        escrito = re.search(r"\bwith\s+([\w.]+)", caso.codigo)
        que = escrito[1] if escrito else "funcion"
        if re.search(rf"\b{re.escape(que)}\s*=\s*[\w.]*Lock\s*$", caso.fuente.texto, re.M):
            return Explicacion(
                SIN_CREAR_EL_CANDADO, f"Crea el candado con paréntesis: `{que} = threading.Lock()`."
            )
        return Explicacion(
            f"`{que}` es una función, y no su resultado: para llamarla hacen falta los paréntesis.",
            f"Pon los paréntesis: `with {que}(…):`.",
        )
    if encaje[2]:
        return Explicacion(
            f"`async with` es para lo de `asyncio`, y un `{tipo}` no lo es.",
            "Quita `async`: escribe `with`. Y si es para tareas de `asyncio`, usa `asyncio.Lock()`."
            if tipo.lower() in ("lock", "rlock")
            else "Quita `async`: escribe `with`.",
        )
    # Hasta 3.13 no decía de qué módulo era: «'Lock' object», con mayúscula, es el de asyncio.
    if "asynchronous context manager" in caso.rastro.mensaje or tipo in _DE_ASYNCIO:
        return Explicacion(
            f"Un `{tipo}` de `asyncio` se toma esperando, y `with` a secas no espera.",
            "Escribe `async with` donde pone `with`, dentro de una función `async`.",
        )
    if tipo == "coroutine":
        return Explicacion(
            "Una función `async` no hace nada hasta que se espera.", "Añade `await` tras el `with`."
        )
    return Explicacion(
        f"`with` necesita algo que se abra y se cierre, como un socket, un archivo o un candado; "
        f"esto es {que_es(tipo)}.",
        "Comprueba qué va detrás de `with`.",
    )


def _operandos(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    operacion, uno, otro = encaje.groups()
    if operacion == ">>" and re.match(r"print\s*>>", caso.codigo):
        return Explicacion(
            "Así se escribía en otro sitio con Python 2.",
            "Escribe `print(…, file=sys.stderr)`.",
        )
    if "NoneType" in (uno, otro):
        return explicar_none(caso, _operando(caso, primero=uno == "NoneType"))
    arreglo = "Convierte uno de los dos: `int(…)` para un número, `str(…)` para un texto."
    if {uno, otro} & {"list", "tuple", "dict", "set"}:
        arreglo = "Comprueba qué guarda cada variable: a una lista se añade con `append`."
    elif {uno, otro} == {"str"}:
        arreglo = "Los dos son textos: si son números, conviértelos con `int(…)`."
    return Explicacion(f"`{operacion}` no funciona entre {que_es(uno)} y {que_es(otro)}.", arreglo)


def _operando(caso: Caso, *, primero: bool) -> str:
    """El nombre de la variable que va delante o detrás del operador de la línea."""
    for nodo in caso.fuente.nodos:
        if isinstance(nodo, ast.BinOp) and nodo.lineno == caso.linea:
            return texto_de(nodo.left if primero else nodo.right)
        if isinstance(nodo, ast.AugAssign) and nodo.lineno == caso.linea:
            return texto_de(nodo.target if primero else nodo.value)
    return ""


REGLAS = (
    regla(
        "TypeError",
        r"^'(\w+)' object cannot be interpreted as an integer|^an integer is required",
        _texto_por_numero,
    ),
    regla(
        "TypeError",
        r"^must be real number, not (\w+)",
        frase(
            "Aquí hace falta un número, y le has dado un `{0}`.",
            "Si es un texto, quítale las comillas o conviértelo con `float(…)`.",
        ),
    ),
    regla(
        "ValueError",
        r"^Timeout value out of range|^timeout value must be",
        frase("Un plazo no puede ser negativo.", "Pon los segundos que quieras esperar: `5`."),
    ),
    regla(
        "TypeError",
        r"^can't multiply sequence by non-int of type '(\w+)'",
        frase(
            "Un texto o una lista solo se multiplican por un número, y hay un `{0}`.",
            "Convierte los dos en números, `int(…)`, si es una cuenta.",
        ),
    ),
    regla(
        "TypeError",
        r"^(end|sep) must be None or a string, not (\w+)",
        frase(
            "En `print`, `{0}` es un texto, y le has dado un `{1}`.",
            'Ponlo entre comillas: `{0}=""`.',
        ),
    ),
    regla(
        "TypeError",
        r"^AF_INET6? address must be a pair",
        frase(
            "La dirección de un socket es una tupla con dos cosas: el host y el puerto.",
            "Escribe las dos: `((HOST, PORT))`.",
        ),
    ),
    regla(
        "TypeError",
        r"^argument must be an int, or have a fileno\(\) method",
        frase(
            "`select` vigila sockets, y en sus listas hay otra cosa.",
            "Pon en las tres listas solo sockets: los de los clientes y el que escucha.",
        ),
    ),
    regla(
        "ValueError",
        r"^Invalid events",
        frase(
            "Al apuntar un socket en el selector hay que decir qué se espera de él.",
            "Escribe `register(socket, selectors.EVENT_READ)`.",
        ),
    ),
    # Hasta 3.14 pedía bytes, que aquí despista.
    regla("TypeError", r"^socket option should be int.* \(got (\w+)\)", _valor_de_opcion),
    regla(
        "TypeError",
        r"^'([<>]=?)' not supported between instances of '(\w+)' and '(\w+)'",
        _comparados,
    ),
    regla(
        "TypeError",
        r"^'([\w.]+)' object does not support the (asynchronous )?context manager",
        _contexto,
    ),
    regla(
        "TypeError",
        r"^str, bytes or bytearray expected, not (?:function|method|builtin_function_or_method)",
        frase(
            "El host es la función y no su resultado: sin paréntesis no se la llama.",
            "Pon los paréntesis donde das valor al host: `socket.gethostname()`.",
        ),
    ),
    regla(
        "TypeError",
        r"^str, bytes or bytearray expected, not (\w+)",
        frase(
            "El host debe ser un texto, y le has dado un `{0}`.",
            'Pon primero el host, entre comillas, y después el puerto: `("localhost", 8000)`.',
        ),
    ),
    regla(
        "TypeError",
        r"^int\(\) argument must be a string.* not '(\w+)'",
        lambda caso, encaje: (
            explicar_none(caso, "")
            if encaje[1] == "NoneType"
            else Explicacion(
                f"`int` convierte un texto en número, y le has dado {que_es(encaje[1])}.",
                "Dale un texto a `int`.",
            )
        ),
    ),
    regla(
        "TypeError",
        r"^exceptions must derive from BaseException",
        frase(
            "`raise` lanza excepciones, y eso no lo es.",
            'Lanza una: `raise ValueError("qué ha pasado")`.',
        ),
    ),
    regla(
        "TypeError",
        r"unsupported operand type\(s\) for ([^:]+): '(\w+)' and '(\w+)'",
        _operandos,
    ),
)
