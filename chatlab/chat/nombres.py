"""Los nombres de ChatLab/1: cuáles valen, y cuándo dos son el mismo.

En una sala se sabe quién habla por su nombre: dos distintos no se pueden leer igual. Por eso no
vale lo que no se ve, ni los signos que solo se ven sobre una letra cuando no van sobre ninguna.
"""

from __future__ import annotations

import unicodedata

#: Caracteres de un nombre.
MAX_NOMBRE = 20


class NombreNoValido(ValueError):
    """El nombre pedido no sirve; el texto del error dice por qué."""


#: Letras y signos que no se ven (Unicode los llama «Default_Ignorable»): con uno de ellos, dos
#: nombres distintos se leerían igual, y alguien podría hacerse pasar por otra persona.
INVISIBLES = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    "\u2d7f\U0001107f"  # estos unen, sin verse, las letras del tifinag y las cifras del brahmi
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)


def leer_nombre(texto: str) -> str:
    """Devuelve el nombre que se pide, en su forma normal (NFC y espacios sueltos).

    Vale de 1 a `MAX_NOMBRE` caracteres: letras de cualquier escritura, cifras, espacios por
    dentro, `_`, `-` y `.`. Lanza `NombreNoValido` con el motivo si no sirve.
    """
    nombre = " ".join(unicodedata.normalize("NFC", texto).split())
    if not nombre:
        raise NombreNoValido("El nombre está vacío.")
    if len(nombre) > MAX_NOMBRE:
        raise NombreNoValido(
            f"El nombre tiene {len(nombre)} caracteres; el máximo es {MAX_NOMBRE}."
        )
    for caracter in nombre:
        if not _cabe_en_un_nombre(caracter):
            raise NombreNoValido(
                f"Un nombre no puede llevar {_citar(caracter)}: "
                "usa letras, cifras, espacios, _ - y ."
            )
    if (suelto := signo_suelto(nombre)) is not None:
        raise NombreNoValido(f"En un nombre, {_citar(suelto)} tiene que ir sobre una letra suya.")
    if clave_de_nombre(nombre) == clave_de_nombre("Tú"):
        raise NombreNoValido("«Tú» es como cada persona ve lo suyo: elige otro nombre.")
    return nombre


def _cabe_en_un_nombre(caracter: str) -> bool:
    # L: letras. M: los signos que llevan encima las letras de muchas escrituras. Nd: cifras.
    categoria = unicodedata.category(caracter)
    es_letra_o_cifra = categoria[0] in "LM" or categoria == "Nd"
    return (es_letra_o_cifra and caracter not in INVISIBLES) or caracter in " _-."


def _citar(caracter: str) -> str:
    """«:», o «U+200B» si no se vería, o se pondría encima de las comillas."""
    se_ve = caracter.isprintable() and caracter not in INVISIBLES and not _es_signo(caracter)
    return f"«{caracter}»" if se_ve else f"«U+{ord(caracter):04X}»"


# Los signos de otras escrituras van encima, debajo o entre las letras, y cambian cómo se ven. Fuera
# de su sitio no se ven, o se ven igual que otra cosa: con ellos, dos nombres se leerían igual.

#: Los que una letra lleva como mucho: los puntos de una letra hebrea, por ejemplo, son tres.
MAX_SIGNOS_POR_LETRA = 4
#: Los que solo unen una letra con la siguiente, de su misma escritura, y no se ven (Unicode:
#: Indic_Syllabic_Category=Invisible_Stacker).
UNIONES = frozenset(
    "\u1039\u17d2\u1a60\u1bab\uaaf6\U00010a3f\U00011133\U000113d0\U0001193e\U00011a47"
    "\U00011a99\U00011d45\U00011d97\U00011f42"
)


def signo_suelto(nombre: str) -> str | None:
    """El primer signo que no va sobre una letra de su escritura, o que no se distinguiría.

    El nombre está en NFC. `None` si todos están en su sitio.
    """
    letra, signos = "", ""
    for lugar, caracter in enumerate(nombre):
        if not _es_signo(caracter):
            descompuesta = unicodedata.normalize("NFD", caracter)
            letra, signos = descompuesta[0], descompuesta[1:]
            if letra in "ijıȷ":
                signos += "\u0307"  # el punto, que ya se ve
            continue
        siguiente = nombre[lugar + 1 : lugar + 2]
        une_en_falso = caracter in UNIONES and not _misma_escritura(caracter, siguiente)
        sobran = caracter in signos or len(signos) == MAX_SIGNOS_POR_LETRA
        if sobran or une_en_falso or not _misma_escritura(caracter, letra):
            return caracter
        signos += caracter
    return None


def _es_signo(caracter: str) -> bool:
    return unicodedata.category(caracter).startswith("M")


def _misma_escritura(signo: str, letra: str) -> bool:
    """Si el signo se puede poner sobre esa letra: los «COMBINING …» valen para cualquiera."""
    if not letra or not unicodedata.category(letra).startswith("L"):
        return False
    escritura = unicodedata.name(signo, "").partition(" ")[0]
    return escritura in ("COMBINING", unicodedata.name(letra, "").partition(" ")[0])


def clave_de_nombre(nombre: str) -> str:
    """Lo que se compara: dos nombres con la misma clave son el mismo («Ana» y «ANA»)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", nombre).casefold())
