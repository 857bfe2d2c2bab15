"""Una cosa usada como si fuera otra: lo que queda de `TypeError`."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.explicaciones.textos_y_bytes import SIN_LLAMAR
from chatlab.corrector.fuente import receptor, texto_de, ultimo_nombre

_CON_PUERTO = frozenset({"bind", "connect", "connect_ex", "create_connection", "create_server"})


# --- Números -----------------------------------------------------------------------------------


def _texto_por_numero(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    que = {"str": "un texto", "tuple": "una tupla"}.get(encaje[1], f"un `{encaje[1]}`")
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
        if nombre == "socket" and llamada.args:
            return Explicacion(
                "La familia y el tipo del socket son constantes del módulo `socket`, no textos.",
                "Sin comillas: `socket.socket(socket.AF_INET, socket.SOCK_STREAM)`.",
            )
        if nombre == "listen":
            return Explicacion(
                "`listen` recibe, como mucho, cuántas conexiones pueden esperar. La dirección es "
                "de `bind`.",
                f"Escribe `{receptor(llamada)}.listen()`.",
            )
    return Explicacion(
        f"Aquí hace falta un número entero y le has dado {que}.", "Conviértelo con `int(…)`."
    )


def _puerto(llamada: ast.Call) -> str:
    match llamada.args[:1]:
        case [ast.Tuple(elts=[_, puerto, *_])]:
            return texto_de(puerto)
        case _:
            return "puerto"


def _comparados(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    uno, otro = encaje[2], encaje[3]
    arreglo = "Compara dos cosas del mismo tipo."
    if {uno, otro} <= {"str", "int", "float"}:
        arreglo = "Convierte el texto en número antes de comparar: `int(…)`."
    return Explicacion(
        f"`{encaje[1]}` no sabe comparar un `{uno}` con un `{otro}`: lo que da `input()` es texto.",
        arreglo,
    )


# --- Listas, diccionarios y tuplas -------------------------------------------------------------


def _lista_como_diccionario(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    escrito = re.search(r"([\w.]+)\s*\[", caso.codigo)
    nombre = escrito[1] if escrito else "lista"
    que, clave = ("una lista", "un número") if encaje[1] == "list" else ("una tupla", "un número")
    if encaje[1] == "string":
        return Explicacion(
            f"`{nombre}` es un texto, no un diccionario: de un texto solo se saca una letra, por "
            "su posición.",
            f"Comprueba qué guarda `{nombre}`: ¿recorres las claves y no los valores? "
            "Usa `.values()` o `.items()`.",
        )
    return Explicacion(
        f"`{nombre}` es {que}, y sus elementos se piden por su posición, {clave}; lo de buscar por "
        "un nombre o por un socket es de los diccionarios.",
        f"Crea `{nombre}` como diccionario: `{nombre} = {{}}`.",
    )


def _sin_corchetes(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    tipo = encaje[1]
    if tipo in ("function", "method", "builtin_function_or_method", "type"):
        return Explicacion(
            "Detrás de una función van paréntesis, y aquí hay corchetes.",
            "Cambia los corchetes por paréntesis: `funcion(…)`.",
        )
    if tipo == "socket":
        return Explicacion(
            "Esa variable ya es el socket, y no una tupla o una lista que lo contenga.",
            "Quita los corchetes: usa la variable sola.",
        )
    return Explicacion(
        f"Los corchetes sacan un elemento de una lista, un diccionario o un texto, y esto es un "
        f"`{tipo}`.",
        "Comprueba qué guarda esa variable: no es lo que esperabas.",
    )


def _no_cambia(_: Caso, encaje: re.Match[str]) -> Explicacion:
    que = {"str": "Un texto", "tuple": "Una tupla", "bytes": "Un `bytes`"}.get(encaje[1])
    if que is None:
        return Explicacion(
            f"A un `{encaje[1]}` no se le puede dar valor con corchetes.",
            "Comprueba qué guarda esa variable: no es una lista ni un diccionario.",
        )
    return Explicacion(
        f"{que} no se puede cambiar por partes: hay que crear otro.",
        "Usa una lista, o crea un texto nuevo con `replace`.",
    )


def _no_se_recorre(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    tipo = encaje[1]
    if tipo == "int":
        return Explicacion(
            "Un número no se recorre: para repetir algo unas veces se recorre `range`.",
            "Escribe `for i in range(n):`.",
        )
    if tipo == "socket":
        return Explicacion(
            "Un socket no se recorre: o querías la lista de clientes, o leer de él con `recv`.",
            "Usa la lista (`for cliente in clientes:`) o lee con `recv(1024)`.",
        )
    return Explicacion(
        f"Un `{tipo}` no se puede recorrer: no tiene elementos.",
        "Comprueba qué guarda esa variable: debería ser una lista.",
    )


def _no_se_reparte(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if encaje[1] == "coroutine":
        return Explicacion(
            "Una función `async` no hace nada hasta que se espera con `await`.",
            "Añade `await` detrás del `=`.",
        )
    if encaje[1] in SIN_LLAMAR:
        return Explicacion(
            "A la derecha del `=` está la función y no su resultado: faltan los paréntesis.",
            "Pon los paréntesis al final: `accept()`."
            if "accept" in caso.codigo
            else "Pon los paréntesis al final.",
        )
    if caso.codigo.startswith("for ") or " for " in caso.codigo:
        return Explicacion(
            f"Cada elemento que se recorre es un solo `{encaje[1]}`, y se piden varias cosas.",
            "Deja una sola variable: `for cliente in clientes:`.",
        )
    if encaje[1] == "socket":
        return Explicacion(
            "A la izquierda del `=` hay varias variables y a la derecha un solo socket: la pareja "
            "la da `accept()`.",
            "Escribe `conexion, direccion = servidor.accept()`.",
        )
    return Explicacion(
        f"A la izquierda del `=` hay varias variables y a la derecha un solo `{encaje[1]}`.",
        "Deja una variable, o haz que lo de la derecha sea una tupla.",
    )


def _contexto(_: Caso, encaje: re.Match[str]) -> Explicacion:
    return Explicacion(
        f"`with` necesita algo que se abra y se cierre, como un socket, un archivo o un candado; "
        f"esto es un `{encaje[1]}`.",
        "Comprueba qué va detrás de `with`.",
    )


REGLAS = (
    regla(
        "TypeError",
        r"^'(\w+)' object cannot be interpreted as an integer|^an integer is required",
        _texto_por_numero,
    ),
    regla(
        "TypeError",
        r"^'([<>]=?)' not supported between instances of '(\w+)' and '(\w+)'",
        _comparados,
    ),
    regla(
        "TypeError",
        r"^(list|tuple|string) ind(?:ices|exes) must be integers",
        _lista_como_diccionario,
    ),
    regla("TypeError", r"^'(\w+)' object is not subscriptable", _sin_corchetes),
    regla("TypeError", r"^'(\w+)' object does(?:n't| not) support item", _no_cambia),
    regla("TypeError", r"^cannot unpack non-iterable (\w+) object", _no_se_reparte),
    regla("TypeError", r"^'(\w+)' object is not iterable", _no_se_recorre),
    regla("TypeError", r"^'(\w+)' object does not support the context manager", _contexto),
    regla(
        "TypeError",
        r"^argument of type '(\w+)' is not (?:iterable|a container)",
        frase(
            "`in` busca dentro de una lista, un diccionario o un texto, y aquí hay un `{0}`.",
            "Comprueba qué hay a la derecha de `in`.",
        ),
    ),
    regla(
        "TypeError",
        r"^unhashable type: '(\w+)'",
        frase(
            "La clave de un diccionario no puede ser algo que cambia, como un `{0}`.",
            "Usa de clave un texto, un número, una tupla o el propio socket.",
        ),
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
        r"^object of type '(\w+)' has no len\(\)",
        frase("Un `{0}` no tiene longitud.", "Usa `len` con un texto, una lista o un diccionario."),
    ),
    regla(
        "TypeError",
        r"^int\(\) argument must be a string.* not '(\w+)'",
        frase(
            "`int` convierte un texto en número, y le has dado un `{0}`.", "Dale un texto a `int`."
        ),
    ),
    regla(
        "TypeError",
        r"^can only concatenate (list|tuple) \(not \"(\w+)\"\)",
        frase(
            "Con `+` se juntan dos cosas del mismo tipo, y aquí hay un `{0}` y un `{1}`.",
            "A una lista se añade con `append`; para hacer un texto, usa un f-string.",
        ),
    ),
    regla(
        "TypeError",
        r"^object (\w+) can't be used in 'await' expression",
        frase(
            "`await` espera a una función `async`, y lo que hay detrás es un `{0}` ya terminado.",
            "Quita el `await`.",
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
        r"unsupported operand type\(s\) for ([^:]+): '([\w.]+)' and '([\w.]+)'",
        frase(
            "`{0}` no funciona entre un `{1}` y un `{2}`.",
            "Convierte uno de los dos: `int(…)` para un número, `str(…)` para un texto.",
        ),
    ),
    regla(
        "TypeError",
        r"^Object of type (\w+) is not JSON serializable",
        frase(
            "JSON guarda textos, números, listas y diccionarios, y aquí hay un `{0}`.",
            'Convierte antes ese valor: los bytes, con `.decode("utf-8")`.',
        ),
    ),
)
