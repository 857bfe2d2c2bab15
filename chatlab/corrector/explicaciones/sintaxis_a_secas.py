"""«invalid syntax», sin más: qué habrá querido escribir, a la vista de la línea."""

from __future__ import annotations

import keyword
import re

from chatlab.corrector.explicaciones.caso import Caso, Explicacion, palabras, parecido

#: Las palabras con que empieza una sentencia.
_INICIALES = palabras(
    "import from def class while for if elif else try except finally with return break continue "
    "pass raise global async await match print"
)
_CON_DOS_PUNTOS = palabras("if elif else while for def class try except finally with match case")
#: Lo de otros lenguajes que no es de este: cómo se reconoce, por qué no vale y cómo se dice aquí.
_DE_OTROS_LENGUAJES = (
    (r"\+\+|--(?!\w)", "Python no tiene `++` ni `--`.", "Escribe `contador += 1`."),
    (r"&&", "Python no usa `&&`.", "Escribe `and` donde pone `&&`."),
    (r"\|\|", "Python no usa `||`.", "Escribe `or` donde pone `||`."),
    (r"(?<![=!<>])!(?!=)", "Python no usa `!` para negar.", "Escribe `not` donde pone `!`."),
    (r"=>", "La comparación se escribe al revés.", "Escribe `>=` donde pone `=>`."),
    (r"=<", "La comparación se escribe al revés.", "Escribe `<=` donde pone `=<`."),
    (r"<>", "«Distinto de» se escribe de otro modo.", "Escribe `!=` donde pone `<>`."),
    (r"^else if\b", "En Python es una sola palabra.", "Escribe `elif` donde pone `else if`."),
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
)


def adivinar(caso: Caso, _: re.Match[str]) -> Explicacion:
    """Explica una línea de la que Python solo dice que no la entiende."""
    for intento in (de_otro_lenguaje, _palabra_mal_escrita, _reservada, _suelta, _a_medias):
        if explicacion := intento(caso.codigo):
            return explicacion
    mira = " Mira también el final de la anterior." if (caso.linea or 1) > 1 else ""
    return Explicacion(
        f"Python no entiende cómo está escrita esta línea, y no puede empezar el programa.{mira}",
        "Revisa la línea: suele faltar (o sobrar) una coma, unas comillas, un paréntesis o `:`.",
    )


def de_otro_lenguaje(codigo: str) -> Explicacion | None:
    """Lo que se escribe así en otro lenguaje; None si no se reconoce."""
    sin_textos = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", codigo)
    for patron, porque, arreglo in _DE_OTROS_LENGUAJES:
        if re.search(patron, sin_textos):
            return Explicacion(porque, arreglo)
    return None


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


def _suelta(codigo: str) -> Explicacion | None:
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


def _a_medias(codigo: str) -> Explicacion | None:
    if not re.search(r"(?:[=+\-*/,]|\b(?:and|or|not|in|import))\s*$", codigo):
        return None
    return Explicacion(
        "La línea acaba a medias: falta lo que va detrás.", "Completa el final de la línea."
    )
