"""Un mensaje que llega, pero no como se escribió: en mayúsculas, del revés, cortado…"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from chatlab.corrector.historias.lectura import llana

#: De una frase más larga se sabe por otros caminos que ha llegado cortada.
MAX_FRASE = 200
#: Letras que tiene que conservar, y qué parte de ellas, para reconocerla.
MIN_LETRAS, MIN_PARTE = 6, 0.6

#: Letras del principio con las que se reconoce una frase cortada.
CORTADA = 8


def como_ha_llegado(frase: str, pantalla: str, otras: Iterable[str]) -> str:
    """La línea de la pantalla en la que está la frase cambiada; vacío si no hay ninguna.

    `otras` son las demás frases que se han dicho: una que se parezca no es la misma.
    """
    letras = _letras(frase)
    if len(frase) > MAX_FRASE or len(letras) < MIN_LETRAS:
        return ""
    dichas = [otra for otra in otras if otra != frase]
    lineas = [
        linea.strip()
        for linea in pantalla.split("\n")
        if linea.strip() and not any(otra in linea for otra in dichas)
    ]
    parecidos = {linea: _parecido(letras, _letras(linea)) for linea in reversed(lineas)}
    mejor = max(parecidos, key=lambda linea: parecidos[linea], default="")
    return mejor if mejor and parecidos[mejor] >= MIN_PARTE else ""


def _letras(texto: str) -> str:
    return "".join(filter(str.isalnum, llana(texto)))


def _parecido(letras: str, otras: str) -> float:
    """Qué parte de las letras está en las otras, en el mismo orden o justo en el contrario."""
    if not otras or _esta_cortada(letras, otras):
        return float(bool(otras))
    return max(_conservadas(letras, otras), _conservadas(letras[::-1], otras)) / len(letras)


def _esta_cortada(letras: str, otras: str) -> bool:
    """Si las otras acaban con un buen principio de las letras: «Ana: Hola desde la»."""
    return any(otras.endswith(letras[:cuantas]) for cuantas in range(CORTADA, len(letras) + 1))


def _conservadas(letras: str, otras: str) -> int:
    # Trozos de una o dos letras seguidas los hay en cualquier parte.
    trozos = SequenceMatcher(None, letras, otras, autojunk=False).get_matching_blocks()
    return sum(trozo.size for trozo in trozos if trozo.size > 2)
