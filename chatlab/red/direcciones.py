"""Con qué direcciones se llega a esta máquina, y cómo se escribe una."""

from __future__ import annotations

import socket

#: Direcciones para los ejemplos de los documentos (RFC 5737 y RFC 3849): nadie las tiene.
_DE_EJEMPLO = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
#: Así empiezan las que solo valen dentro de la máquina, las de un solo cable (que en cada máquina
#: se escriben de otra manera) y las de nadie.
_NO_SIRVEN = ("127.", "0.", "169.254.", "::", "fe80:")
#: Así ve un socket de IPv6 a quien llega por IPv4 (RFC 4291, apartado 2.5.5.2).
_IPV4_EN_IPV6 = "::ffff:"


def direccion(punto: tuple[str, int] | tuple[str, int, int, int]) -> str:
    """«127.0.0.1:8000», o «[::1]:8000» si es IPv6."""
    host, puerto = punto[0].removeprefix(_IPV4_EN_IPV6), punto[1]
    return f"[{host}]:{puerto}" if ":" in host else f"{host}:{puerto}"


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
