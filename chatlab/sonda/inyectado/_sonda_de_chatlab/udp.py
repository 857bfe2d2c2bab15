"""UDP se deja en paz, pero no sale de esta máquina.

Muchos programas averiguan su dirección «conectando» un socket UDP con una de Internet, sin
enviar nada: debe seguir funcionando. Lo que se envíe a otra máquina va al bucle local.
"""

from __future__ import annotations

from .conexiones import es_de_internet, es_tcp, familia_de
from .envolturas import TratoQueCuenta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .envolturas import Argumentos, Nombrados
    from .sonda import Sonda
    from .trafico import Enviar


class EnviarA(TratoQueCuenta):
    """sendto: la dirección es el último argumento."""

    def __init__(self, sonda: Sonda, tcp: Enviar) -> None:
        super().__init__(sonda)
        self._tcp = tcp

    def lugar_de_la_direccion(self, argumentos: Argumentos) -> int | None:
        """En qué posición está la dirección; None si no hay."""
        return len(argumentos) - 1 if len(argumentos) > 2 else None

    def preparar(
        self, socket_: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Any, Argumentos]:
        lugar = self.lugar_de_la_direccion(argumentos)
        if lugar is not None and es_de_internet(socket_):
            direccion, fuera = self._sonda.rumbo.sin_salir(argumentos[lugar], familia_de(socket_))
            if fuera:
                self._tcp.prohibir(socket_, argumentos[lugar])
            argumentos = (*argumentos[:lugar], direccion, *argumentos[lugar + 1 :])
        if not es_tcp(socket_):
            return None, argumentos
        return self._tcp.preparar(socket_, argumentos, nombrados)

    def acabar(self, socket_: Any, nota: Any, resultado: Any) -> Any:
        return self._tcp.acabar(socket_, nota, resultado)

    def fallar(self, socket_: Any, nota: Any, error: BaseException) -> None:
        self._tcp.fallar(socket_, nota, error)


class EnviarTrozosA(EnviarA):
    """sendmsg(trozos, auxiliares, flags, dirección)."""

    def lugar_de_la_direccion(self, argumentos: Argumentos) -> int | None:
        return 4 if len(argumentos) > 4 and argumentos[4] is not None else None
