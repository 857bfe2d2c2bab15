"""Datos que se convierten para enviarlos: JSON, pickle y struct.

Por la red llegan en trozos: lo que trae un `recv` puede ser medio mensaje, o dos, y en un
archivo no pasa.
"""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla

_POR_TROZOS = "TCP no separa los mensajes: un `recv` puede traer medio, o dos juntos."
_LINEAS = 'Acaba cada mensaje con `"\\n"` y decodifica solo líneas completas.'
_CON_TAMANO = (
    'Envía antes cuántos bytes son, `struct.pack("!I", len(datos))`, y repite `recv` hasta '
    "juntarlos."
)


def _por_la_red(caso: Caso) -> bool:
    """Dice si lo que se convierte pudo llegar por un socket."""
    return (
        re.search(r"\brecv|\bread(?:line|exactly|until)?\(", caso.fuente.sin_comentarios)
        is not None
    )


# --- JSON --------------------------------------------------------------------------------------


def _json_de_mas(caso: Caso, _: re.Match[str]) -> Explicacion:
    if not _por_la_red(caso):
        return Explicacion(
            "Detrás del primer JSON hay algo más: `json.loads` entiende uno solo.",
            "Deja un solo valor en el texto, o lee línea a línea.",
        )
    return Explicacion(
        "Llegaron dos mensajes JSON pegados: TCP no separa lo que envías, y un `recv` puede "
        "dar dos envíos juntos.",
        'Acaba cada mensaje con `"\\n"` y separa las líneas antes de `json.loads`.',
    )


def _json_sin_nada(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if encaje[1] == "0" and _por_la_red(caso):
        return Explicacion(
            "Lo recibido no empieza como un JSON: está vacío, que es lo que da `recv` cuando el "
            "otro se va, o es un texto normal.",
            "Comprueba antes que hay datos (`if not datos:`), y que el otro lado envía con "
            "`json.dumps`.",
        )
    if encaje[1] == "0":
        return Explicacion(
            "El texto no empieza como un JSON: está vacío, o es un texto normal.",
            "Comprueba qué hay en él antes de `json.loads`.",
        )
    return Explicacion(
        "En el JSON falta un valor: o llegó solo un trozo, o tiene algo que no es de JSON, como "
        "`True`, `None`, unas comillas simples o una coma de más.",
        "Crea el texto con `json.dumps(…)`, y no a mano."
        + (f" {_LINEAS}" if _por_la_red(caso) else ""),
    )


def _json_cortado(caso: Caso, _: re.Match[str]) -> Explicacion:
    if not _por_la_red(caso):
        return Explicacion(
            "El JSON está mal escrito o le falta el final.",
            "Créalo con `json.dumps(…)`, y no a mano.",
        )
    return Explicacion(f"Del JSON llegó solo un trozo. {_POR_TROZOS}", _LINEAS)


# --- pickle ------------------------------------------------------------------------------------


def _pickle(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if not re.search(r"truncated|exhausted|Ran out", encaje[0]):
        return Explicacion(
            "Esos bytes no son lo que hace `pickle.dumps`: son un texto normal, o el final de otro "
            f"mensaje. {_POR_TROZOS}",
            "Envía siempre con `pickle.dumps`, y con el tamaño delante. Entre desconocidos, mejor "
            "JSON: `pickle` ejecuta lo que recibe.",
        )
    if "Ran out of input" in encaje[0]:
        return Explicacion(
            "No hay ningún byte que convertir: es lo que da `recv` cuando el otro se va, o un "
            "archivo vacío.",
            "Comprueba antes que hay datos: `if not datos:`.",
        )
    return Explicacion(f"Faltan bytes: llegó solo un trozo. {_POR_TROZOS}", _CON_TAMANO)


def _no_se_guarda(_: Caso, __: re.Match[str]) -> Explicacion:
    return Explicacion(
        "`pickle` guarda datos, y una función, un candado o un socket no lo son: no se pueden "
        "enviar por la red.",
        "Envía solo datos: textos, números, listas y diccionarios.",
    )


# --- struct ------------------------------------------------------------------------------------


def _struct_corto(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if not _por_la_red(caso):
        return Explicacion(
            f"`struct` necesita {encaje[1]} bytes, y le das otros.",
            "Dale tantos como dice su formato: `struct.calcsize(…)` los cuenta.",
        )
    return Explicacion(
        f"`struct.unpack` necesita {encaje[1]} bytes y `recv` trajo otros: un `recv` da lo que "
        'haya, no lo que pides, y `b""` cuando el otro se va.',
        f"Repite `recv` hasta juntar {encaje[1]} bytes, y entonces llama a `unpack`.",
    )


REGLAS = (
    regla("JSONDecodeError", r"^Extra data", _json_de_mas),
    regla("JSONDecodeError", r"^Expecting value: .*\(char (\d+)\)", _json_sin_nada),
    regla(
        "JSONDecodeError",
        # Desde 3.13, la coma tiene su propio mensaje.
        r"^Illegal trailing comma|^Expecting property name",
        frase(
            "Ese JSON tiene una coma de más antes de cerrar, o comillas simples, que JSON no "
            "admite.",
            "Créalo con `json.dumps(…)`, y no a mano: él pone las comillas y las comas.",
        ),
    ),
    regla("JSONDecodeError", "", _json_cortado),
    regla(
        "TypeError",
        r"^Object of type (\w+) is not JSON serializable",
        frase(
            "JSON guarda textos, números, listas y diccionarios, y aquí hay un `{0}`.",
            'Convierte antes ese valor: los bytes, con `.decode("utf-8")`; un conjunto, con '
            "`list(…)`; lo demás, con `str(…)`.",
        ),
    ),
    regla(
        "TypeError",
        r"^the JSON object must be str, bytes or bytearray, not (\w+)",
        frase(
            "`json.loads` convierte un texto, y le has dado un `{0}`.",
            "Si ya es un diccionario, úsalo sin `loads`; si es un archivo, `json.load`.",
        ),
    ),
    regla(
        "TypeError PicklingError AttributeError",
        r"(?:cannot pickle|[Cc]an't pickle|Can't get local object) '?(?:<?(?:class )?)?'?([\w.]+)",
        _no_se_guarda,
    ),
    regla("EOFError", r"^Ran out of input", _pickle),
    regla("UnpicklingError", ".*", _pickle),
    regla(
        "AttributeError",
        r"^Can't get attribute '(\w+)' on <module",
        frase(
            "Se recibió un objeto de la clase `{0}`, y este programa no la tiene: `pickle` envía "
            "los datos, no la clase.",
            "Pon la clase `{0}` en un archivo que importen los dos programas.",
        ),
    ),
    regla(
        "error",
        r"^(?:unpack|unpack_from|iter_unpack) requires a buffer of (?:at least |a multiple of )?"
        r"(\d+) bytes",
        _struct_corto,
    ),
    regla(
        "error",
        r"^iterative unpacking requires a buffer of a multiple of (\d+) bytes",
        _struct_corto,
    ),
    regla(
        "error",
        r"^pack expected (\d+) items for packing \(got (\d+)\)",
        frase(
            "El formato de `struct.pack` pide {0} valores, y le das {1}.",
            "Dale tantos valores como letras tiene el formato.",
        ),
    ),
    regla(
        "error",
        r"^argument for 's' must be a bytes object",
        frase(
            "`struct` guarda bytes, y le has dado un texto.",
            'Conviértelo antes: `texto.encode("utf-8")`.',
        ),
    ),
    regla(
        "error",
        r"^required argument is not an? (integer|float)|^argument out of range|format requires",
        frase(
            "El valor no cabe en esa letra del formato, o no es del tipo que pide.",
            "Mira qué letra es: `I` es un entero de 4 bytes sin signo; `s`, bytes.",
        ),
    ),
    regla(
        "error",
        r"^bad char in struct format|^total struct size too long",
        frase(
            "Ese formato no existe.",
            'Mira las letras en docs.python.org/es/3/library/struct.html; por ejemplo, `"!I"`.',
        ),
    ),
)
