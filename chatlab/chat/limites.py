"""Los límites de un servidor: cuánto se admite de cada cliente para que nadie estropee lo demás."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limites:
    """Los topes de ChatLab/1. Cada uno, salvo los dos últimos, tiene su opción en la orden."""

    #: Conexiones a la vez, con nombre o sin él.
    personas: int = 1000
    #: Veces que se puede proponer un nombre.
    intentos_de_nombre: int = 5
    #: Segundos para dar un nombre.
    segundos_para_el_nombre: float = 60.0
    #: Mensajes por segundo de un cliente; pasado este ritmo se le lee más despacio. 0: sin tope.
    mensajes_por_segundo: int = 2000
    #: Bytes en espera de un receptor con los que sus emisores dejan de leerse por un momento.
    bytes_para_frenar: int = 256 * KIB
    #: Bytes en espera de un receptor con los que se le desconecta.
    bytes_para_desconectar: int = 4 * MIB
    #: Segundos sin aceptar un solo byte, por encima de la primera marca, hasta desconectarlo.
    segundos_sin_leer: float = 3.0
    #: Segundos que una conexión ya despedida tiene para leer lo último que se le dijo.
    segundos_de_despedida: float = 60.0
    #: Segundos que tiene para colgar ella, cuando ya se le ha enviado todo y se le ha dicho adiós.
    segundos_para_colgar: float = 3.0
