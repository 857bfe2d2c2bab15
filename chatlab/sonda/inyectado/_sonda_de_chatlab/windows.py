"""asyncio en Windows: su bucle de siempre conecta sin pasar por `socket.socket.connect`.

Usa `ConnectEx` por debajo de Python. Aquí se traduce la dirección; lo que envía y recibe no se
cuenta, así que un programa de asyncio en Windows nunca se da por quieto: solo se tarda más.
"""

from __future__ import annotations

from .conexiones import es_tcp, familia_de
from .envolturas import TratoQueCuenta, rodear

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from .envolturas import Argumentos, Nombrados
    from .sonda import Sonda


class ConnectDelProactor(TratoQueCuenta):
    """IocpProactor.connect(conexion, direccion)."""

    def preparar(
        self, proactor: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[None, Argumentos]:
        socket_, direccion = argumentos[1:]
        familia = familia_de(socket_)
        destino = None
        if es_tcp(socket_):
            destino = self._sonda.rumbo.para_conectar(direccion, familia)
        if destino is None:
            return None, (proactor, socket_, self._sonda.rumbo.sin_salir(direccion, familia)[0])
        conexion = self._sonda.conexiones.de(socket_)
        if conexion is not None:
            conexion.remoto = destino.visible
            self._sonda.contar("connect", conexion, remoto=destino.visible, detalle=destino.escrita)
        return None, (proactor, socket_, destino.real)


def parchear_proactor(modulo: ModuleType, sonda: Sonda) -> None:
    """Pone la sonda en el bucle de asyncio de Windows."""
    proactor = modulo.IocpProactor
    proactor.connect = rodear(proactor.connect, ConnectDelProactor(sonda), "asyncio.windows_events")
