"""Un lote: muchas líneas seguidas de la misma persona, comprobadas de una vez.

Quien envía deprisa hace llegar miles de líneas en cada lectura. Leerlas una a una le cuesta a
Python unos microsegundos por línea; mirar el lote entero con las búsquedas de `bytes`, que
recorren la memoria a la velocidad de la máquina, sale cien veces más barato.

Aquí solo se responde a una pregunta: ¿son todas mensajes corrientes, que se reenvían tal como han
llegado? Con que una no lo sea (un comando, una despedida, algo que limpiar, algo que no vale), el
lote se lee línea a línea con el `Decodificador`, que sabe qué hacer con cada una. Por eso aquí no
hay ninguna regla nueva: en la duda, se dice que no.
"""

from __future__ import annotations

import re

from chatlab.chat.protocolo import CARACTERES_DE_CONTROL, MAX_LINEA, PALABRAS_DE_SALIDA

#: Los caracteres de control que caben en un byte. El final de línea es el único que se espera.
_CONTROLES = tuple(letra.encode() for letra in CARACTERES_DE_CONTROL if letra.isascii())
_CONTROLES_SUELTOS = tuple(control for control in _CONTROLES if control != b"\n")

_DESPEDIDAS = "|".join(sorted(palabra.lstrip("/") for palabra in PALABRAS_DE_SALIDA))
#: Un principio de línea que pide mirarla aparte: un espacio (quizá esté vacía), una barra (un
#: comando, o un mensaje que empieza por ella) o una palabra de salida que ocupa la línea entera.
_APARTE = re.compile(rf"\n(?:[\s/]|(?:{_DESPEDIDAS})\s*\n)".encode(), re.IGNORECASE)


def son_mensajes(lineas: bytes) -> bool:
    """Dice si todas esas líneas, enteras y con su final, son mensajes que nada hay que cambiar."""
    return _caben(lineas) and _no_hay_que_limpiar(lineas) and not _APARTE.search(b"\n" + lineas)


def _caben(lineas: bytes) -> bool:
    """Dice si ninguna pasa de `MAX_LINEA` bytes, sin buscar el final de cada una.

    Se avanza a saltos: si en los próximos `MAX_LINEA` bytes hay algún final de línea, todas las
    que terminan ahí caben, y se salta al último.
    """
    principio = 0
    while len(lineas) - principio > MAX_LINEA:
        principio = lineas.rfind(b"\n", principio, principio + MAX_LINEA) + 1
        if not principio:
            return False
    return True


def _no_hay_que_limpiar(lineas: bytes) -> bool:
    if lineas.isascii():
        # En ASCII lo único que se limpia son los controles: se busca cada uno en todo el lote.
        return not any(control in lineas for control in _CONTROLES_SUELTOS)
    try:
        texto = lineas.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # La misma pregunta que hace `protocolo.limpiar`: lo imprimible no hay que mirarlo.
    return texto.replace("\n", " ").isprintable()
