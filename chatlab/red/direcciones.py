"""Cómo se escribe y se lee una dirección, y con cuáles se llega a esta máquina."""

from __future__ import annotations

import re
import socket
from argparse import ArgumentTypeError

from chatlab.programa.opciones import HOST

#: Direcciones para los ejemplos de los documentos (RFC 5737 y RFC 3849): nadie las tiene.
_DE_EJEMPLO = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
#: Así empiezan las que solo valen dentro de la máquina, las de un solo cable (que en cada máquina
#: se escriben de otra manera) y las de nadie.
_NO_SIRVEN = ("127.", "0.", "169.254.", "::", "fe80:")
#: Así ve un socket de IPv6 a quien llega por IPv4 (RFC 4291, apartado 2.5.5.2).
_IPV4_EN_IPV6 = "::ffff:"

#: «localhost:8000», «[::1]:8000» (RFC 3986, apartado 3.2.2) o «8000».
_ESCRITA = re.compile(r"(?:(?:\[([^][\s]+)\]|([^][:\s]+)):)?([0-9]{1,5})")


def direccion(punto: tuple[str, int] | tuple[str, int, int, int]) -> str:
    """«127.0.0.1:8000», o «[::1]:8000» si es IPv6."""
    host, puerto = punto[0].removeprefix(_IPV4_EN_IPV6), punto[1]
    return f"[{host}]:{puerto}" if ":" in host else f"{host}:{puerto}"


def leer_direccion(texto: str) -> tuple[str, int]:
    """Un tipo de opción: «localhost:8000», «[::1]:8000» o solo el puerto, de esta máquina."""
    maquina, dos_puntos, _ = texto.strip().rpartition(":")
    if dos_puntos and maquina in ("", "[]"):
        raise ArgumentTypeError(f"a «{texto}» le falta la máquina; por ejemplo, localhost:8000")
    partes = _ESCRITA.fullmatch(texto.strip())
    if partes is None or not 1 <= int(partes[3]) <= 65535:
        raise ArgumentTypeError(
            f"«{texto}» no es una dirección; por ejemplo, localhost:8000 o [::1]:8000"
        )
    return partes[1] or partes[2] or HOST, int(partes[3])


def direcciones_de_esta_maquina(familia: socket.AddressFamily = socket.AF_INET) -> list[str]:
    """Las direcciones IPv4, o IPv6, con que otra máquina puede encontrar a esta."""
    candidatas: set[str] = set()
    try:
        nombre = socket.gethostname()
        candidatas.update(str(info[4][0]) for info in socket.getaddrinfo(nombre, None, familia))
    except OSError:
        pass  # hay máquinas que no saben resolver su propio nombre
    try:
        with socket.socket(familia, socket.SOCK_DGRAM) as sonda:
            # «Conectar» un socket UDP no envía nada: solo elige la dirección desde la que saldría.
            sonda.connect((_DE_EJEMPLO[familia], 9))
            candidatas.add(sonda.getsockname()[0])
    except OSError:
        pass  # sin red no hay por dónde salir
    return sorted(ip for ip in candidatas if not ip.startswith(_NO_SIRVEN))
