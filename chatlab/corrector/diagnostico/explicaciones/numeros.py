"""Los números de los errores de la red en cada sistema.

Linux, macOS y Windows los numeran a su modo; los de Windows (WSA) empiezan en 10000. Los nombres
son los de https://docs.python.org/es/3/library/errno.html
"""

from __future__ import annotations

from chatlab.corrector.diagnostico.explicaciones.caso import Explicar, Regla, regla

_NUMEROS = {
    "EBADF": (9, 10009),
    "EACCES": (13, 10013),
    "EINVAL": (22, 10022),
    "EMFILE": (24, 10024),
    "EPIPE": (32, 10058),
    "EAGAIN": (11, 35, 10035),
    "EINPROGRESS": (115, 36, 10036),
    "ENOTSOCK": (88, 38, 10038),
    "EDESTADDRREQ": (89, 39, 10039),
    "EMSGSIZE": (90, 40, 10040),
    "ENOPROTOOPT": (92, 42, 10042),
    "EOPNOTSUPP": (95, 102, 45, 10045),
    "EAFNOSUPPORT": (97, 47, 10047),
    "ENETDOWN": (100, 50, 10050),
    "EHOSTUNREACH": (113, 65, 10065),
    "EADDRINUSE": (98, 48, 10048),
    "EADDRNOTAVAIL": (99, 49, 10049),
    "ENETUNREACH": (101, 51, 10051),
    "ECONNABORTED": (103, 53, 10053),
    "ECONNRESET": (104, 54, 10054),
    "EISCONN": (106, 56, 10056),
    "ENOTCONN": (107, 57, 10057),
    "ETIMEDOUT": (110, 60, 10060),
    "ECONNREFUSED": (111, 61, 10061),
}


def de_errno(clave: str, tipos: str, explicar: Explicar) -> tuple[Regla, ...]:
    """Las reglas de un error: por su número en cualquier sistema y, si la tiene, por su clase."""
    numeros = "|".join(map(str, _NUMEROS[clave]))
    por_numero = regla("", rf"^\[(?:Errno|WinError) (?:{numeros})\]", explicar)
    return (por_numero, regla(tipos, "", explicar)) if tipos else (por_numero,)
