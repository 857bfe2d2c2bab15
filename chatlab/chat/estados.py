"""Los estados de una conexión de ChatLab/1 y lo que la lleva de uno a otro, como una tabla.

Es la misma para las personas y para los programas: `tests/test_sala_estados.py` hace ocurrir cada
fila en una `Sala` de verdad, y la página del protocolo saca de aquí su tabla y su dibujo.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Estado(Enum):
    """Dónde está una conexión; el valor es cómo se dice."""

    FUERA = "fuera"
    SIN_NOMBRE = "sin nombre"
    EN_LA_SALA = "en la sala"


@dataclass(frozen=True, slots=True)
class Transicion:
    """Una fila: en `desde` ocurre algo, y la conexión pasa a `hasta`.

    En los ejemplos, la conexión es la de Ana, y en la sala está Carlos. `lee_ana` y `lee_carlos`
    son la línea que recibe cada cual; vacía si no recibe nada.
    """

    desde: Estado
    ocurre: str
    hasta: Estado
    lee_ana: str = ""
    lee_carlos: str = ""


_FUERA, _SIN_NOMBRE, _EN_LA_SALA = Estado

#: Todos los caminos: lo que no está aquí no puede ocurrir. Los números son los de `Limites()`.
TRANSICIONES = (
    Transicion(
        _FUERA,
        "se conecta",
        _SIN_NOMBRE,
        "* Bienvenido a chatlab. Dentro tienes /ayuda. Escribe tu nombre:",
    ),
    Transicion(
        _FUERA,
        "se conecta y no hay sitio",
        _FUERA,
        "! La sala está completa (1000). Prueba más tarde.",
    ),
    Transicion(_FUERA, "cualquier otra cosa", _FUERA),
    Transicion(
        _SIN_NOMBRE,
        "da un nombre libre que sirve",
        _EN_LA_SALA,
        "* Hola, Ana. En la sala: Carlos.",
        "* Ana se ha unido al chat",
    ),
    Transicion(
        _SIN_NOMBRE,
        "da otra cosa",
        _SIN_NOMBRE,
        "! Ya hay alguien que se llama «Carlos». Escribe otro nombre (4 intentos):",
    ),
    Transicion(
        _SIN_NOMBRE,
        "pide /ayuda",
        _SIN_NOMBRE,
        "* /ayuda sirve cuando ya estás dentro. Escribe tu nombre:",
    ),
    Transicion(
        _SIN_NOMBRE,
        "da otra cosa por quinta vez",
        _FUERA,
        "! Ya hay alguien que se llama «Carlos». No quedan intentos: vuelve a conectarte.",
    ),
    Transicion(
        _SIN_NOMBRE,
        "pasa un minuto sin nombre",
        _FUERA,
        "! Han pasado 60 s sin un nombre. Vuelve a conectarte.",
    ),
    Transicion(_SIN_NOMBRE, "se despide", _FUERA),
    Transicion(_SIN_NOMBRE, "se corta", _FUERA),
    Transicion(
        _SIN_NOMBRE,
        "se cierra el servidor",
        _FUERA,
        "* El servidor se cierra. ¡Hasta pronto!",
        "* El servidor se cierra. ¡Hasta pronto!",
    ),
    Transicion(_EN_LA_SALA, "envía un mensaje", _EN_LA_SALA, lee_carlos="Ana: ¡Hola a todos!"),
    Transicion(
        _EN_LA_SALA,
        "envía una línea que no vale",
        _EN_LA_SALA,
        "! La línea no es UTF-8: el byte 1 es 0xff.",
    ),
    Transicion(_EN_LA_SALA, "envía una línea vacía", _EN_LA_SALA),
    Transicion(_EN_LA_SALA, "se despide", _FUERA, lee_carlos="* Ana ha salido del chat"),
    Transicion(_EN_LA_SALA, "se corta", _FUERA, lee_carlos="* Ana se ha desconectado"),
    Transicion(
        _EN_LA_SALA,
        "no lee lo que le llega",
        _FUERA,
        "! Te desconecto: no lees lo que te llega.",
        "* Ana se ha desconectado",
    ),
    Transicion(
        _EN_LA_SALA,
        "se cierra el servidor",
        _FUERA,
        "* El servidor se cierra. ¡Hasta pronto!",
        "* El servidor se cierra. ¡Hasta pronto!",
    ),
)
