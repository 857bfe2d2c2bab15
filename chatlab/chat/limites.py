"""Los límites de un servidor: cuánto se admite de cada cliente para que nadie estropee lo demás.

Por qué esos números, y cuáles traen otros de fábrica (Redis 7.0, en su redis.conf; NATS 2, en su
documentación; ngIRCd 26, en su ngircd.conf):

    personas                 Caben en los 1024 descriptores que Linux suele dar a un programa.
                             ngIRCd, 500; Redis, 10 000.
    mensajes_por_segundo     Nadie teclea tanto, y un texto pegado de mil líneas no lo nota. En IRC,
                             un mensaje cada dos segundos (RFC 1459, apartado 8.10).
    bytes_para_frenar        Sesenta y cuatro líneas de las más largas: se frena pronto porque
                             frenar no pierde nada.
    bytes_para_desconectar   Mil clientes así serían 4 GiB, y antes los frena la otra marca. Redis,
                             32 MB o más de 8 MB durante 60 s; NATS, 64 MB.
    segundos_sin_leer        Mientras tanto, los demás le esperan: por eso tan pocos. NATS, que no
                             hace esperar a nadie, 10.
"""

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
