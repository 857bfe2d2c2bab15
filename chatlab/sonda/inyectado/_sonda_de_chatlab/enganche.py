"""Poner cada parche cuando el programa importa el módulo, y ni un momento antes.

Importarlos al empezar cambiaría el programa: quien guarda su chat en un archivo `socket.py` debe
seguir encontrándose el suyo, y el error que eso causa.
"""

from __future__ import annotations

import os
import sys

from .conectar import Connect, ConnectEx, Getsockopt
from .deprisa import acelerar
from .envolturas import BIBLIOTECA, rodear, rodear_funcion
from .escuchar import Accept, Bind, Listen, Preguntar
from .esperas import parchear_select, parchear_selectores
from .hilos import parchear_hilos
from .nombres import (
    Getaddrinfo,
    Gethostbyaddr,
    Gethostbyname,
    GethostbynameEx,
    Getnameinfo,
)
from .trafico import Apagar, Cerrar, Enviar, EnviarTrozos, Recibir, Soltar
from .udp import EnviarA, EnviarTrozosA
from .windows import parchear_proactor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

    from .sonda import Sonda

    Parche = Callable[[ModuleType, Sonda], None]

#: Dónde están los módulos de la biblioteca; en Windows, los compilados van aparte.
CARPETAS = (BIBLIOTECA, os.path.join(sys.base_prefix, "DLLs"))  # noqa: PTH118


def enganchar(sonda: Sonda) -> None:
    """Parchea lo que ya esté importado, y lo demás cuando se importe."""
    parches: dict[str, Parche] = {
        "asyncio.windows_events": parchear_proactor,
        "select": parchear_select,
        "selectors": parchear_selectores,
        "socket": parchear_socket,
        "threading": parchear_hilos,
    }
    for nombre in [nombre for nombre in parches if nombre in sys.modules]:
        parches.pop(nombre)(sys.modules[nombre], sonda)
    sys.meta_path.insert(0, _Buscador(parches, sonda))


class _Buscador:
    """Encuentra los módulos como los demás buscadores, y deja puesto el parche al cargarlos."""

    def __init__(self, parches: dict[str, Parche], sonda: Sonda) -> None:
        self._parches = parches
        self._sonda = sonda

    def find_spec(
        self, nombre: str, ruta: Sequence[str] | None = None, destino: ModuleType | None = None
    ) -> ModuleSpec | None:
        parche = self._parches.get(nombre)
        if parche is None:
            return None
        ficha = self._preguntar_a_los_demas(nombre, ruta, destino)
        if ficha is not None and ficha.loader is not None and _es_de_la_biblioteca(ficha):
            ficha.loader = _Cargador(ficha.loader, parche, self._sonda)  # type: ignore[assignment]
        return ficha

    def _preguntar_a_los_demas(
        self, nombre: str, ruta: Sequence[str] | None, destino: ModuleType | None
    ) -> ModuleSpec | None:
        for buscador in sys.meta_path:
            buscar = getattr(buscador, "find_spec", None)
            if buscador is not self and buscar is not None:
                ficha: ModuleSpec | None = buscar(nombre, ruta, destino)
                if ficha is not None:
                    return ficha
        return None


def _es_de_la_biblioteca(ficha: ModuleSpec) -> bool:
    return ficha.origin in ("built-in", "frozen") or str(ficha.origin).startswith(CARPETAS)


class _Cargador:
    """Carga un módulo con su cargador de siempre, y después le pone el parche."""

    def __init__(self, original: Any, parche: Parche, sonda: Sonda) -> None:
        self._original = original
        self._parche = parche
        self._sonda = sonda

    def create_module(self, ficha: ModuleSpec) -> ModuleType | None:
        modulo: ModuleType | None = self._original.create_module(ficha)
        return modulo

    def exec_module(self, modulo: ModuleType) -> None:
        modulo.__loader__ = self._original
        if modulo.__spec__ is not None:
            modulo.__spec__.loader = self._original
        self._original.exec_module(modulo)
        try:
            self._parche(modulo, self._sonda)
        except Exception:  # noqa: BLE001 - una biblioteca distinta de las conocidas
            pass


def parchear_socket(modulo: ModuleType, sonda: Sonda) -> None:
    """Pone la sonda en `socket.socket`, y así en todo lo que se construye con él."""
    connect = Connect(sonda)
    enviar, trozos = Enviar(sonda, connect), EnviarTrozos(sonda, connect)
    tratos = {
        "bind": Bind(sonda),
        "listen": Listen(sonda),
        "accept": Accept(sonda),
        "connect": connect,
        "connect_ex": ConnectEx(sonda),
        "getsockopt": Getsockopt(sonda, connect),
        "recv": Recibir(sonda, connect, lambda dado, _, __: (len(dado), dado), 2),
        "recvfrom": Recibir(sonda, connect, lambda dado, _, __: (len(dado[0]), dado[0]), 2),
        "recv_into": Recibir(sonda, connect, _en_el_buffer, 3),
        "recvfrom_into": Recibir(sonda, connect, _en_el_buffer, 3),
        "recvmsg": Recibir(sonda, connect, lambda dado, _, __: (len(dado[0]), dado[0]), 3),
        "recvmsg_into": Recibir(sonda, connect, _en_los_buffers, 3),
        "send": enviar,
        "sendall": enviar,
        "sendto": EnviarA(sonda, enviar),
        "sendmsg": EnviarTrozosA(sonda, trozos),
        "shutdown": Apagar(sonda),
        "detach": Soltar(sonda),
        "_real_close": Cerrar(sonda),
    }
    if sonda.rumbo.traduce:
        tratos["getsockname"] = Preguntar(sonda, "local")
        tratos["getpeername"] = Preguntar(sonda, "remoto")
    for nombre, trato in tratos.items():
        if hasattr(modulo.socket, nombre):  # en Windows no hay sendmsg ni recvmsg
            original = getattr(modulo.socket, nombre)
            setattr(modulo.socket, nombre, rodear(original, trato, "socket"))
    if sonda.tandas is not None:
        acelerar(modulo, sonda, sonda.tandas.resumen)
    if sonda.rumbo.traduce:
        _parchear_nombres(modulo, sonda)


def _parchear_nombres(modulo: ModuleType, sonda: Sonda) -> None:
    tratos = {
        "getaddrinfo": Getaddrinfo(sonda),
        "gethostbyname": Gethostbyname(),
        "gethostbyname_ex": GethostbynameEx(),
        "gethostbyaddr": Gethostbyaddr(),
        "getnameinfo": Getnameinfo(),
    }
    for nombre, trato in tratos.items():
        original = getattr(modulo, nombre)
        # getaddrinfo es de Python; las demás, de C.
        poner = rodear if nombre == "getaddrinfo" else rodear_funcion
        setattr(modulo, nombre, poner(original, trato, "socket"))


def _en_el_buffer(dado: Any, argumentos: tuple[Any, ...], nombrados: dict[str, Any]) -> Any:
    """recv_into y recvfrom_into: los datos están en el buffer que dio el programa."""
    cuantos = dado[0] if isinstance(dado, tuple) else dado
    buffer = argumentos[1] if len(argumentos) > 1 else nombrados["buffer"]
    with memoryview(buffer) as vista:
        return cuantos, bytes(vista.cast("B")[: min(cuantos, 16384)])


def _en_los_buffers(dado: Any, argumentos: tuple[Any, ...], nombrados: dict[str, Any]) -> Any:
    """recvmsg_into: los datos llenan los buffers uno detrás de otro."""
    return dado[0], b"".join(bytes(buffer) for buffer in argumentos[1])[: dado[0]]
