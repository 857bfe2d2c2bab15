"""Lo que la sala pide que se haga a quien tiene los sockets."""

from __future__ import annotations

from dataclasses import dataclass

#: El número con que se conoce una conexión. Lo pone quien tiene los sockets.
Numero = int


@dataclass(frozen=True, slots=True)
class Enviar:
    """Hay que enviar esta línea a estas conexiones."""

    a: tuple[Numero, ...]
    linea: str


@dataclass(frozen=True, slots=True)
class Difundir:
    """Hay que enviar esta línea a todas las `personas` de la sala, menos a quien la causa.

    No las nombra una a una: con miles, solo hacer la lista ya costaría más que todo lo demás.
    """

    menos: Numero
    linea: str


@dataclass(frozen=True, slots=True)
class DifundirLote:
    """Lo mismo, con varias líneas ya en bytes.

    Son mensajes: cada una se puede mostrar en la pantalla del servidor.
    """

    menos: Numero
    lineas: bytes


@dataclass(frozen=True, slots=True)
class Desconectar:
    """Hay que cerrar esta conexión cuando haya recibido lo que tiene pendiente."""

    numero: Numero


@dataclass(frozen=True, slots=True)
class Anotar:
    """Esto ha ocurrido; se puede mostrar en la pantalla del servidor."""

    texto: str
    es_mensaje: bool = False


Tarea = Enviar | Difundir | DifundirLote | Desconectar | Anotar
