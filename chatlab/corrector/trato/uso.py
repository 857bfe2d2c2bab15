"""Lo que se va aprendiendo de cómo se usa una entrega: se averigua una vez y vale para todas.

declarado     lo que dice `como_se_usa.toml`, o quien corrige con `--responde`
argumentos    con qué se arranca cada programa, si él mismo ha dicho que los necesita
receta        lo que hay que teclear, después de contestar lo que se entiende, para poder hablar
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from chatlab.corrector.entrega.como_se_usa import ComoSeUsa
from chatlab.corrector.escenario.fallos import NoSeSabeUsar

#: En una receta, el sitio en que cada persona teclea su nombre.
SU_NOMBRE = "{nombre}"


@dataclass(slots=True)
class Uso:
    """Lo dicho y lo averiguado de una entrega."""

    declarado: ComoSeUsa = field(default_factory=ComoSeUsa)
    #: En un chat, alguien tiene que decir cómo se llama aunque nadie se lo pregunte.
    con_nombres: bool = False
    #: Por el papel: «servidor» o «cliente». Llevan `{nombre}` donde va el de cada persona.
    argumentos: dict[str, list[str]] = field(default_factory=dict)
    #: Lo que se teclea en el cliente cuando ya no pide nada que se entienda; `None` si no se sabe.
    receta: tuple[str, ...] | None = None
    #: Lo mismo en el servidor, antes de que escuche.
    receta_del_servidor: tuple[str, ...] = ()
    #: Si el código del cliente lee el teclado; `None` si aún no se ha mirado.
    lee_el_teclado: bool | None = None
    #: Por el papel, por qué ya se sabe que no se va a saber usar ese programa.
    sin_remedio: dict[str, NoSeSabeUsar] = field(default_factory=dict)

    def argumentos_de(self, papel: str, nombre: str) -> list[str]:
        """Con qué argumentos arranca ese programa esa persona."""
        dichos = (
            self.declarado.argumentos_del_servidor
            if papel == "servidor"
            else self.declarado.argumentos_del_cliente
        )
        aprendidos = dichos or self.argumentos.get(papel, ())
        return [uno.replace(SU_NOMBRE, nombre) for uno in aprendidos]

    def para_ensayar(self, receta: tuple[str, ...]) -> Uso:
        """El mismo, con una receta que se va a probar."""
        return Uso(
            self.declarado, self.con_nombres, self.argumentos, receta, self.receta_del_servidor
        )


@dataclass(frozen=True, slots=True)
class Duda:
    """Por qué no se sabe si lo que se teclee será un mensaje.

    `pregunta` es la que no se ha entendido, y `ordenes`, las que el código entiende.
    """

    pregunta: str = ""
    ordenes: tuple[str, ...] = ()


#: Ensaya hasta saber cómo se usa el cliente, y devuelve su receta.
Ensayar = Callable[[Uso, "Duda"], tuple[str, ...]]


def sin_ensayar(uso: Uso, duda: Duda) -> tuple[str, ...]:
    """Nada que teclear: para quien no necesita averiguarlo."""
    return ()
