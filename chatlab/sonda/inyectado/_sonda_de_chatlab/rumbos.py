"""Adónde lleva una dirección escrita: al bucle local y a otro puerto, o adonde dice.

Al corregir se traduce: treinta programas que dicen «puerto 9000» caben en una máquina, y ninguno
sale de ella. Al observar no: los programas van adonde irían solos.
"""

from __future__ import annotations

from .direcciones import Destino, para_conectar, para_escuchar, partes, sin_salir

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .registro import Registro


class AlBucleLocal:
    """Todo va al bucle local, con el puerto que le tocó en el registro."""

    traduce = True

    def __init__(self, registro: Registro) -> None:
        self._registro = registro

    def para_escuchar(self, direccion: Any, familia: int, solo_ipv6: bool) -> Destino | None:
        """Dónde escuchar de verdad; None si está mal escrita. Lanza `OSError`."""
        return para_escuchar(direccion, familia, solo_ipv6, self._registro)

    def para_conectar(self, direccion: Any, familia: int) -> Destino | None:
        """Adónde conectar de verdad; None si está mal escrita."""
        return para_conectar(direccion, familia, self._registro)

    def sin_salir(self, direccion: Any, familia: int) -> tuple[Any, bool]:
        """La misma dirección, o el bucle local si es de otra máquina; y si lo era."""
        return sin_salir(direccion, familia)


class TalComoSeEscribe:
    """Cada dirección va adonde dice: ni se traduce ni se prohíbe."""

    traduce = False

    def para_escuchar(self, direccion: Any, familia: int, solo_ipv6: bool) -> Destino | None:
        return self.para_conectar(direccion, familia)

    def para_conectar(self, direccion: Any, familia: int) -> Destino | None:
        escritas = partes(direccion, familia)
        if escritas is None:
            return None
        return Destino(direccion, None, f"{escritas[0]}:{escritas[1]}", False)

    def sin_salir(self, direccion: Any, familia: int) -> tuple[Any, bool]:
        return direccion, False
