"""Lo que un servidor dice al empezar: dónde escucha, y qué deben teclear los demás."""

from __future__ import annotations

import socket

from chatlab.programa.opciones import (
    TODAS_LAS_INTERFACES,
    TODAS_LAS_INTERFACES_IPV6,
    orden_chatlab,
)
from chatlab.red.direcciones import direccion, direcciones_de_esta_maquina
from chatlab.terminal.salida import escribir


def anunciar(escucha: socket.socket, modo: str) -> None:
    """Escribe dónde escucha el servidor y, si es en toda la red, qué deben teclear los demás."""
    host, puerto = escucha.getsockname()[:2]
    escribir(f"Escuchando en {direccion(escucha.getsockname())}\n")
    if host not in (TODAS_LAS_INTERFACES, TODAS_LAS_INTERFACES_IPV6):
        return
    propias = direcciones_de_esta_maquina(escucha.family)
    if escucha.family == socket.AF_INET6 and _tambien_ipv4(escucha):
        propias = [*direcciones_de_esta_maquina(), *propias]
    if not propias:
        escribir("Esta máquina no está en ninguna red: solo puedes entrar desde ella.\n")
        return
    escribir("Desde otro ordenador de tu red, teclea:\n")
    for propia in propias:
        orden = orden_chatlab(f"cliente {modo} --host {propia} --puerto {puerto}")
        escribir(f"    {orden}\n")


def _tambien_ipv4(escucha: socket.socket) -> bool:
    return not escucha.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)
