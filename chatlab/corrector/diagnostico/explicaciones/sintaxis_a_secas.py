"""«invalid syntax», sin más: qué habrá querido escribir, a la vista de la línea."""

from __future__ import annotations

import keyword
import re

from chatlab.corrector.diagnostico.explicaciones import casi_sentencias
from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, palabras, parecido
from chatlab.corrector.diagnostico.explicaciones.versiones import escritura_de_otra_version

#: Las palabras con que empieza una sentencia.
_INICIALES = palabras(
    "import from def class while for if elif else try except finally with return break continue "
    "pass raise global async await match print"
)
_CON_DOS_PUNTOS = palabras("if elif else while for def class try except finally with match case")
#: Lo de otros lenguajes que no es de este: cómo se reconoce, por qué no vale y cómo se dice aquí.
_DE_OTROS_LENGUAJES = (
    (r"(\w+)\s*\+\+", "Python no tiene `++`.", "Escribe `{0} += 1`."),
    (r"(\w+)\s*--(?!\w)", "Python no tiene `--`.", "Escribe `{0} -= 1`."),
    (r"\+\+(\w+)", "Python no tiene `++`.", "Escribe `{0} += 1`."),
    (r"&&", "Python no usa `&&`.", "Escribe `and` donde pone `&&`."),
    (r"\|\|", "Python no usa `||`.", "Escribe `or` donde pone `||`."),
    (r"(?<![=!<>])!(?!=)", "Python no usa `!` para negar.", "Escribe `not` donde pone `!`."),
    (r"=>", "La comparación se escribe al revés.", "Escribe `>=` donde pone `=>`."),
    (r"=<", "La comparación se escribe al revés.", "Escribe `<=` donde pone `=<`."),
    (r"<>", "«Distinto de» se escribe de otro modo.", "Escribe `!=` donde pone `<>`."),
    (r"^else if\b", "En Python es una sola palabra.", "Escribe `elif` donde pone `else if`."),
    (r"^(?:elseif|elsif|elsi)\b", "En Python se escribe de otro modo.", "Escribe `elif`."),
    (
        r"^for\s*\(?\s*(?:int |let |var )?(\w+)\s*=[^=]",
        "El `for` de Python recorre una lista, o los números que da `range`.",
        "Escribe `for {0} in range(n):`.",
    ),
    (
        r"\blambda\b[^:]*:\s*return\b",
        "Una `lambda` devuelve su expresión: no lleva `return`.",
        "Quita `return`; si necesitas más de una línea, escribe una función con `def`.",
    ),
    (
        r"^for\s+(\w+)\s+(range\(.*|\w+)\s*:",
        "Entre la variable de un `for` y lo que recorre va `in`.",
        "Escribe `for {0} in {1}:`.",
    ),
    (
        r"^raise\s+(\w+)\s*,",
        "Así se lanzaba un error en Python 2.",
        'Escribe `raise {0}("…")`.',
    ),
    (r"^switch\b", "Python no tiene `switch`.", "Usa `if` y `elif`, o `match`."),
    (
        r"^(?:var|let|const|int|string|char|float)\s+\w+\s*=",
        "En Python una variable no se declara: nace cuando recibe un valor.",
        "Deja solo `nombre = valor`.",
    ),
    (
        r"^(?:function|func|fun|void)\s+\w+",
        "En Python las funciones empiezan por `def`.",
        "Escribe `def nombre(…):`.",
    ),
    (
        r"\w\s*\?\s*[^:]+:\s*\w",
        "Python no tiene `condición ? a : b`.",
        "Escribe `a if condición else b`.",
    ),
    (r"^\w.*\{$", "En Python los bloques no llevan llaves.", "Cambia la `{{` por `:`."),
    (r"^\}", "En Python los bloques no llevan llaves.", "Quita la `}}`: cuenta la sangría."),
    (r"^//|\s//\s", "En Python los comentarios empiezan por `#`.", "Escribe `#` donde pone `//`."),
)
_FUNCIONES = "input|len|int|str|float|range|open|exec|list|dict|set|sorted|reversed|enumerate"


def adivinar(caso: Caso, _: re.Match[str]) -> Explicacion:
    """Explica una línea de la que Python solo dice que no la entiende."""
    intentos = (
        escritura_de_otra_version,
        de_otro_lenguaje,
        prefijos_que_no_se_juntan,
        comillas_dentro,
        _palabra_mal_escrita,
        _reservada,
        _alias_con_puntos,
        _a_medio_decidir,
        _sin_parentesis,
    )
    for intento in intentos:
        if explicacion := intento(caso.codigo):
            return explicacion
    for otro in (tras_el_else, *casi_sentencias.INTENTOS, _suelta, _a_medias):
        if explicacion := otro(caso):
            return explicacion
    if "Is this intended to be part of the string" in caso.mensaje:
        return COMILLAS_DENTRO
    mira = " Mira también el final de la anterior." if (caso.linea or 1) > 1 else ""
    return Explicacion(
        f"Python no entiende cómo está escrita esta línea, y no puede empezar el programa.{mira}",
        "Revisa la línea: suele faltar (o sobrar) una coma, unas comillas, un paréntesis o `:`.",
    )


def de_otro_lenguaje(codigo: str) -> Explicacion | None:
    """Lo que se escribe así en otro lenguaje; None si no se reconoce."""
    sin_textos = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", codigo)
    for patron, porque, arreglo in _DE_OTROS_LENGUAJES:
        if escrito := re.search(patron, sin_textos):
            return Explicacion(porque, arreglo.format(*escrito.groups()))
    return None


COMILLAS_DENTRO = Explicacion(
    "Hay unas comillas dentro de otras iguales: el texto acaba en las segundas, y lo que sigue ya "
    "no es parte de él.",
    "Pon el texto entre comillas distintas de las de dentro: `'…\"…\"…'`.",
)


def comillas_dentro(codigo: str) -> Explicacion | None:
    """`print("dijo "hola" y se fue")`; None si no es el caso."""
    for comilla, otra in (('"', "'"), ("'", '"')):
        dentro = re.search(
            rf"({comilla}[^{comilla}]*){comilla}(\w[\w ]*){comilla}([^{comilla}]*{comilla})", codigo
        )
        if dentro and otra not in codigo:
            bien = f"{otra}{dentro[1][1:]}{comilla}{dentro[2]}{comilla}{dentro[3][:-1]}{otra}"
            return Explicacion(
                COMILLAS_DENTRO.explicacion,
                f"Pon el texto entre comillas distintas de las de dentro: `{bien}`.",
            )
    return None


def prefijos_que_no_se_juntan(codigo: str) -> Explicacion | None:
    """`bf"hola"`: unos bytes que llevaran huecos; None si no es el caso."""
    prefijo = re.search(r"(?<![\w\"'])([bfurt]{2,3})(?=[\"'])", codigo, re.IGNORECASE)
    if prefijo is None:
        return None
    letras = set(prefijo[1].lower())
    if letras <= {"b", "r"} or letras <= {"f", "r"} or letras <= {"t", "r"}:
        return None
    if letras == {"b", "f"}:
        return Explicacion(
            "No hay bytes con huecos: la `b` y la `f` no se pueden juntar.",
            'Haz el texto y conviértelo: `f"Hola {nombre}".encode("utf-8")`.',
        )
    return Explicacion(
        f"Las letras de delante del texto, `{prefijo[1]}`, no se pueden juntar.",
        "Deja una sola: `f` si el texto tiene huecos, `b` si son bytes.",
    )


def tras_el_else(caso: Caso) -> Explicacion | None:
    """Un `elif` detrás del `else` de su mismo `if`; None si no es el caso."""
    linea = caso.linea or 0
    if not caso.codigo.startswith("elif"):
        return None
    sangria = _sangria(caso.fuente.lineas[linea - 1 : linea])
    for numero in range(linea - 1, 0, -1):
        texto = caso.fuente.linea(numero)
        if texto and _sangria([caso.fuente.lineas[numero - 1]]) <= sangria:
            if not re.match(r"else\s*:", texto):
                return None
            return Explicacion(
                f"Este `elif` va detrás del `else` de la línea {numero}, y el `else` es siempre el "
                "último.",
                f"Pon el `else` de la línea {numero} al final, detrás de este `elif`.",
            )
    return None


def _sangria(lineas: list[str]) -> int:
    return len(lineas[0]) - len(lineas[0].lstrip()) if lineas else 0


def _alias_con_puntos(codigo: str) -> Explicacion | None:
    if re.search(r"^(?:import|from)\b.*\bas\s+[\"']", codigo):
        return Explicacion("Detrás de `as` va un nombre, no un texto.", "Quita las comillas.")
    alias = re.search(r"\bas\s+(\w+\.[\w.]+)", codigo)
    if alias is None:
        return None
    return Explicacion(
        f"Detrás de `as` va un nombre nuevo, y `{alias[1]}` tiene puntos.",
        f"Escribe un nombre solo: `as {alias[1].rpartition('.')[2]}`.",
    )


def _a_medio_decidir(codigo: str) -> Explicacion | None:
    """`x = 1 if ok`, sin `else`, o con una orden detrás del `else`."""
    orden = re.search(r"\S\s+if\s.+\selse\s+(pass|break|continue|return|raise|print)\b", codigo)
    if orden and re.match(r"[\w.]+\s*=", codigo):
        return Explicacion(
            f"En `a if condición else b` va un valor detrás del `else`, y `{orden[1]}` no lo es.",
            "Pon un valor, por ejemplo `None`, o escribe un `if` de varias líneas.",
        )
    return None


def _sin_parentesis(codigo: str) -> Explicacion | None:
    """`x = input "Nombre: "`."""
    escrito = re.search(rf"(?<![.\w])({_FUNCIONES})\s+([\"'][^\"']*[\"']|\w+)$", codigo)
    if escrito is None:
        return None
    return Explicacion(
        f"`{escrito[1]}` es una función: lo que recibe va entre paréntesis.",
        f"Escribe `{escrito[1]}({escrito[2]})`, con paréntesis.",
    )


def _palabra_mal_escrita(codigo: str) -> Explicacion | None:
    primera = re.match(r"([^\W\d]+)(?=[\s:(]|$)", codigo)
    if primera is None or keyword.iskeyword(primera[1]):
        return _segunda_mal_escrita(codigo)
    buena = parecido(primera[1], _INICIALES, minimo=0.6)
    if buena is None or re.match(rf"{primera[1]}\s*[=(]", codigo):
        return None
    return _cambia(primera[1], buena)


def _segunda_mal_escrita(codigo: str) -> Explicacion | None:
    """`from socket impor socket`: la palabra mal escrita no es la primera."""
    escrita = re.match(r"(?:from\s+[\w.]+|for\s+\w+)\s+(\w+)", codigo)
    buena = parecido(escrita[1], ["import", "in"]) if escrita else None
    return _cambia(escrita[1], buena) if escrita and buena else None


def _cambia(escrita: str, buena: str) -> Explicacion:
    return Explicacion(
        f"Python no conoce aquí la palabra `{escrita}`; la que más se parece es `{buena}`.",
        f"Escribe `{buena}` donde pone `{escrita}`.",
    )


def _reservada(codigo: str) -> Explicacion | None:
    nombre = re.match(r"(\w+)\s*=(?!=)", codigo)
    if nombre is None or not keyword.iskeyword(nombre[1]):
        return None
    return Explicacion(
        f"`{nombre[1]}` es una palabra de Python y no puede ser el nombre de una variable.",
        f"Llama a la variable de otro modo: `{nombre[1]}_`.",
    )


def _suelta(caso: Caso) -> Explicacion | None:
    codigo = caso.codigo
    palabra = re.match(r"(elif|else|except|finally)\b", codigo)
    if palabra is not None:
        pareja = "try" if palabra[1] in ("except", "finally") else "if"
        return Explicacion(
            f"Este `{palabra[1]}` no tiene su `{pareja}` encima: o falta, o no tiene la misma "
            "sangría, o hay otra cosa en medio.",
            f"Pon `{palabra[1]}` justo detrás del bloque de su `{pareja}`, con su misma sangría.",
        )
    if codigo.split(" ")[0] in _CON_DOS_PUNTOS and ":" not in codigo:
        return Explicacion(
            "La línea que abre un bloque acaba en dos puntos, y no tiene ninguno.",
            "Añade `:` antes de lo que va dentro del bloque.",
        )
    return None


def _a_medias(caso: Caso) -> Explicacion | None:
    if not re.search(r"(?:[=+\-*/,]|\b(?:and|or|not|in|is|import|from|as|await))\s*$", caso.codigo):
        return None
    return Explicacion(
        "La línea acaba a medias: falta lo que va detrás.", "Completa el final de la línea."
    )
