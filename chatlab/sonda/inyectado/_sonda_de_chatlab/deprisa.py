"""`send`, `sendall`, `recv` y `recv_into` sin apenas coste, para mirar programas en marcha.

En vez de preguntar antes si la llamada va a esperar, se hace sin esperar (MSG_DONTWAIT, recv(2)):
si el sistema dice que habría que esperar, se dice y se espera. Así se sabe con certeza quién
espera, y cuesta menos. Lo que no es una llamada corriente (con flags, con plazo, de algo que no son
bytes) va por el camino de siempre.
"""

from __future__ import annotations

import _socket
from _thread import get_ident
from time import monotonic

from .conexiones import plazo_de
from .envolturas import con_los_rasgos_de, recortar, sin_romper
from .trafico import BASTANTES_VACIAS, LEER, PRONTO, SIN_ESPERAR, sondear

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

    from .conexiones import Conexion
    from .resumen import Resumen
    from .sonda import Sonda

    Llamada = Callable[..., Any]

#: De cada 16 llamadas que se suman, una mira el reloj.
DE_CADA = 15


def acelerar(modulo: ModuleType, sonda: Sonda, resumen: Resumen) -> None:
    """Pone delante de las envolturas de `socket` las que no cuestan, donde se puede."""
    if not SIN_ESPERAR:
        return  # en Windows
    clase = modulo.socket
    for nombre in ("send", "sendall"):
        setattr(clase, nombre, _enviar(sonda, resumen, nombre, getattr(clase, nombre)))
    for nombre in ("recv", "recv_into"):
        setattr(clase, nombre, _recibir(sonda, resumen, nombre, getattr(clase, nombre)))


def _enviar(sonda: Sonda, resumen: Resumen, nombre: str, general: Llamada) -> Llamada:
    conocidas, contar = sonda.conexiones.conocidas, sin_romper(sonda.contar_datos)
    enviar: Llamada = _socket.socket.send
    terminar = _Terminar(sonda, getattr(_socket.socket, nombre))
    entero = nombre == "sendall"

    def metodo(*argumentos: Any, **nombrados: Any) -> Any:
        try:
            if len(argumentos) != 2 or nombrados:
                return general(*argumentos, **nombrados)
            socket_, datos = argumentos
            conexion = conocidas.get(id(socket_))
            if (
                conexion is None
                or conexion.pendiente is not None
                or type(datos) is not bytes
                or plazo_de(socket_) is not None
            ):
                return general(socket_, datos)
            try:
                enviados = enviar(socket_, datos, SIN_ESPERAR)
            except BlockingIOError:
                enviados = 0
            except OSError as error:
                terminar.fallo(socket_, "send", error)
                raise
            if enviados != len(datos):
                enviados = terminar(socket_, conexion, datos, enviados)
            if resumen.activo:
                quien = get_ident()
                try:
                    suma = conexion.enviando[quien]  # desde aquí, sin llamar a nadie
                    suma.cuantos += enviados
                    suma.veces += 1
                except KeyError:
                    contar("send", conexion, enviados, datos)
                else:
                    if not suma.veces & DE_CADA and monotonic() > resumen.hasta:
                        resumen.cambiar_de_turno()
            else:
                contar("send", conexion, enviados, datos)
            return None if entero else enviados
        except BaseException as error:
            recortar(error)
            raise

    con_los_rasgos_de(general, metodo)
    return metodo


class _Terminar:
    """Lo que falta de un envío que no cupo: se dice que se espera, y se espera."""

    def __init__(self, sonda: Sonda, llamada: Llamada) -> None:
        self._esperar = sin_romper(sonda.esperar)
        self.fallo = sin_romper(sonda.fallo)
        self._llamada = llamada

    def __call__(self, socket_: Any, conexion: Conexion, datos: bytes, enviados: int) -> int:
        """Devuelve cuántos bytes han salido en total."""
        self._esperar("send", None, conexion, cuantos=len(datos))
        try:
            mas = self._llamada(socket_, datos[enviados:])
        except OSError as error:
            # Como el sistema: `send` dice lo que salió, y el error lo dará la siguiente vez.
            if enviados and self._llamada is _socket.socket.send:
                return enviados
            self.fallo(socket_, "send", error)
            raise
        return len(datos) if mas is None else enviados + mas


def _recibir(sonda: Sonda, resumen: Resumen, nombre: str, general: Llamada) -> Llamada:
    conocidas, contar = sonda.conexiones.conocidas, sin_romper(sonda.contar_datos)
    esperar, fallo = sin_romper(sonda.esperar), sin_romper(sonda.fallo)
    llega_pronto = sin_romper(_llega_pronto)
    recibir: Llamada = getattr(_socket.socket, nombre)
    # `recv_into(buffer, 0)` lo llena entero.
    sin_esperar = (0, SIN_ESPERAR) if nombre == "recv_into" else (SIN_ESPERAR,)
    corrientes = {bytearray, memoryview} if nombre == "recv_into" else {int}

    def metodo(*argumentos: Any, **nombrados: Any) -> Any:
        try:
            if len(argumentos) != 2 or nombrados:
                return general(*argumentos, **nombrados)
            socket_, donde = argumentos
            conexion = conocidas.get(id(socket_))
            if (
                conexion is None
                or conexion.pendiente is not None
                or conexion.vacias > BASTANTES_VACIAS
                or type(donde) not in corrientes
                or not donde
                or plazo_de(socket_) is not None
            ):
                return general(socket_, donde)
            try:
                try:
                    dado = recibir(socket_, donde, *sin_esperar)
                except BlockingIOError:
                    dado = None
                if dado is None:
                    # A quien va muy deprisa, lo que espera le llega enseguida: no se cuenta.
                    if not (resumen.activo and llega_pronto(socket_)):
                        esperar("recv", None, conexion)
                    dado = recibir(socket_, donde)
            except OSError as error:
                fallo(socket_, "recv", error)
                raise
            cuantos = dado if type(dado) is int else len(dado)
            if resumen.activo and cuantos:
                quien = get_ident()
                try:
                    suma = conexion.leyendo[quien]
                    suma.cuantos += cuantos
                    suma.veces += 1
                except KeyError:
                    contar("recv", conexion, cuantos, donde if type(dado) is int else dado)
                else:
                    if not suma.veces & DE_CADA and monotonic() > resumen.hasta:
                        resumen.cambiar_de_turno()
                return dado
            if not cuantos:
                conexion.vacias += 1
            contar("recv", conexion, cuantos, donde if type(dado) is int else dado)
            return dado
        except BaseException as error:
            recortar(error)
            raise

    con_los_rasgos_de(general, metodo)
    return metodo


def _llega_pronto(socket_: Any) -> bool:
    """Si en un momento hay algo que leer; espera, como mucho, ese momento."""
    return sondear(socket_, LEER, PRONTO) is True
