"""El tipo es bueno y el valor no: `ValueError`, `IndexError`, `KeyError` y parecidos."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.fuente import receptor, texto_de, ultimo_nombre


def _no_es_numero(_: Caso, encaje: re.Match[str]) -> Explicacion:
    funcion, texto = ("int" if "int()" in encaje[0] else "float"), encaje[1]
    vacio = texto in ("''", '""', "b''")
    return Explicacion(
        f"`{funcion}` solo entiende textos que son números, y le ha llegado "
        + ("un texto vacío." if vacio else f"{texto}."),
        "Comprueba el texto antes, o rodea la línea con `try:` y `except ValueError:` y vuelve a "
        "preguntar.",
    )


def _no_hay_para_repartir(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    esperados = encaje[1]
    llegaron = encaje[2] if encaje.lastindex and encaje.lastindex > 1 else None
    porque = f"A la izquierda del `=` hay {esperados} variables y a la derecha " + (
        f"{llegaron} valor{'' if llegaron == '1' else 'es'}." if llegaron else "más valores."
    )
    if partido := re.search(r"([\w.]+)\.split\(([^(),]*)", caso.codigo):
        texto, separador = partido[1], partido[2] or "None"
        return Explicacion(
            f"{porque} Depende de lo que haya escrito la persona, o de que el mensaje llegase "
            "entero.",
            "Parte el texto con un máximo y comprueba cuántos trozos hay: "
            f"`partes = {texto}.split({separador}, 1)`.",
        )
    if re.search(r"\bfor\b.*\bin\b", caso.codigo):
        return Explicacion(
            porque, "Si recorres un diccionario, usa `.items()` para tener dos cosas."
        )
    return Explicacion(porque, "Pon tantas variables como valores hay.")


def _no_esta_en_la_lista(caso: Caso, _: re.Match[str]) -> Explicacion:
    for llamada in caso.llamadas_en_la_linea():
        if ultimo_nombre(llamada.func) == "remove" and llamada.args:
            lista, que = receptor(llamada), texto_de(llamada.args[0])
            return Explicacion(
                f"`{que}` ya no estaba en `{lista}`: otro hilo u otra línea lo quitó antes.",
                f"Compruébalo antes: `if {que} in {lista}:`, con el candado cogido.",
            )
    return Explicacion(
        "Lo que se quiere quitar o buscar no está en la lista.", "Comprueba antes con `in` si está."
    )


def _fuera_de_la_lista(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if "argv" in caso.codigo:
        return Explicacion(
            "`sys.argv` guarda lo que se escribe detrás del nombre del programa, y no se escribió "
            "nada.",
            "Comprueba antes `len(sys.argv)`, o da un valor por defecto.",
        )
    if "split" in caso.codigo or _viene_de_split(caso):
        return Explicacion(
            "El texto se partió en menos trozos de los que pides: la persona escribió menos "
            "palabras, o el mensaje llegó incompleto.",
            "Comprueba antes cuántos trozos hay: `if len(partes) > 1:`.",
        )
    if encaje[1] == "pop from empty":
        return Explicacion(
            "La lista está vacía y no hay nada que sacar.", "Comprueba antes `if lista:`."
        )
    return Explicacion(
        "Pides una posición que no existe: se cuentan desde 0, y la última es `len(lista) - 1`.",
        "Comprueba antes cuántos elementos hay con `len(…)`.",
    )


def _viene_de_split(caso: Caso) -> bool:
    escrito = re.search(r"(\w+)\s*\[", caso.codigo)
    return escrito is not None and any(
        isinstance(nodo, ast.Assign)
        and ".split(" in texto_de(nodo.value)
        and any(texto_de(destino) == escrito[1] for destino in nodo.targets)
        for nodo in caso.fuente.nodos
    )


def _falta_la_clave(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    clave = "ese socket" if encaje[1].startswith("<socket") else f"la clave {encaje[1]}"
    borrado = re.match(r"del\s+([\w.]+)\[(.+)\]|.*?([\w.]+)\.pop\((\w+)\)", caso.codigo)
    if borrado:
        diccionario, cual = borrado[1] or borrado[3], borrado[2] or borrado[4]
        return Explicacion(
            f"`{diccionario}` ya no tiene {clave}: otro hilo u otra línea lo quitó antes.",
            f"Quítalo solo si está: `{diccionario}.pop({cual}, None)`.",
        )
    escrito = re.search(r"([\w.]+)\[([^\[\]]+)\]", caso.codigo)
    nombre, cual = (escrito[1], escrito[2]) if escrito else ("diccionario", "clave")
    return Explicacion(
        f"`{nombre}` no tiene {clave}.",
        f"Comprueba antes con `if {cual} in {nombre}:`, o pide con `{nombre}.get({cual})`.",
    )


def _json(_: Caso, encaje: re.Match[str]) -> Explicacion:
    if encaje[1].startswith("Extra data"):
        return Explicacion(
            "Llegaron dos mensajes JSON pegados: TCP no separa lo que envías, y un `recv` puede "
            "dar dos envíos juntos.",
            'Acaba cada mensaje con `"\\n"` y separa las líneas antes de `json.loads`.',
        )
    return Explicacion(
        "Lo recibido no es un JSON completo: puede estar vacío o haber llegado solo un trozo.",
        'Acaba cada mensaje con `"\\n"` y decodifica solo líneas completas.',
    )


REGLAS = (
    regla("ValueError", r"invalid literal for int\(\) with base \d+: (.*)", _no_es_numero),
    regla("ValueError", r"could not convert string to float: (.*)", _no_es_numero),
    regla(
        "ValueError",
        r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)",
        _no_hay_para_repartir,
    ),
    regla(
        "ValueError",
        r"too many values to unpack \(expected (\d+)(?:, got (\d+))?\)",
        _no_hay_para_repartir,
    ),
    regla(
        "ValueError",
        r"x not in (?:list|deque)|is not in list|substring not found",
        _no_esta_en_la_lista,
    ),
    regla(
        "ValueError",
        r"I/O operation on closed file",
        frase(
            "El archivo ya está cerrado: al salir del `with` se cierra solo.",
            "Usa el archivo dentro del `with`, o ábrelo otra vez.",
        ),
    ),
    regla(
        "ValueError",
        r"file descriptor cannot be a negative|Invalid file (?:descriptor|object)",
        frase(
            "Uno de los sockets que se vigilan ya está cerrado.",
            "Quítalo de la lista (o con `unregister`) antes de cerrarlo.",
        ),
    ),
    regla(
        "ValueError",
        r"negative buffersize",
        frase("`recv` no puede leer un número negativo de bytes.", "Escribe `recv(1024)`."),
    ),
    regla(
        "ValueError",
        r"a coroutine was expected",
        frase(
            "`asyncio.run` recibe la función ya llamada.",
            "Ponle paréntesis: `asyncio.run(principal())`.",
        ),
    ),
    regla("IndexError", r"(pop from empty)?", _fuera_de_la_lista),
    regla("KeyError", r"(.*)", _falta_la_clave),
    regla("JSONDecodeError", r"(.*)", _json),
    regla(
        "error",
        r"^unpack requires a buffer of (\d+) bytes",
        frase(
            "`struct.unpack` necesita {0} bytes y `recv` trajo otros: un `recv` da lo que haya, no "
            "lo que pides.",
            "Repite `recv` hasta juntar {0} bytes, y entonces llama a `unpack`.",
        ),
    ),
)
