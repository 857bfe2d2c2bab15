"""Leer /proc (proc(5)): qué procesos e hilos hay, y lo que el núcleo escribe de cada uno.

Se lee mucho y muy deprisa, y el guardián arranca con cada entrega: aquí no se usan `pathlib`,
`typing` ni `dataclasses`, que costarían tanto como todo lo demás junto.
"""

# ruff: noqa: PTH123, PTH208

from __future__ import annotations

import os

PROC = "/proc"
#: Letras de proc(5): quien duerme hasta que pase algo, quien ya no existe y a quien han detenido.
DORMIDO, MUERTO, DETENIDO = "S", frozenset("ZX"), frozenset("Tt")


def procesos() -> list[int]:
    """Los procesos que se ven, contando a los muertos sin recoger."""
    return [int(nombre) for nombre in os.listdir(PROC) if nombre.isdigit()]


def hilos_de(pid: int) -> list[int]:
    """Los hilos de un proceso. Lanza `OSError` si ya no está."""
    return [int(tid) for tid in os.listdir(f"{PROC}/{pid}/task")]


def leer(ruta: str) -> str:
    """El contenido de un archivo: «1234/status». Lanza `OSError` si no está o no dejan leerlo."""
    with open(f"{PROC}/{ruta}", "rb", buffering=0) as archivo:
        return archivo.read().decode(errors="replace")


def ficha_de(quien: str) -> str:
    """Lo que dice `stat` de un proceso o de un hilo, desde la letra de su estado.

    Son los campos que proc_pid_stat(5) numera desde el 3. Lanza `OSError` si ya no está.
    """
    # El nombre del programa va entre paréntesis y puede tener de todo: se empieza tras el último.
    return leer(f"{quien}/stat").rpartition(") ")[2]


def sockets_abiertos(pid: int) -> list[int]:
    """Los inodos de los sockets que tiene abiertos un proceso; ninguno si no se deja mirar."""
    try:
        abiertos = os.listdir(f"{PROC}/{pid}/fd")
    except OSError:
        return []  # ha terminado, o no se deja mirar
    inodos = []
    for descriptor in abiertos:
        try:
            destino = os.readlink(f"{PROC}/{pid}/fd/{descriptor}")  # noqa: PTH115
        except OSError:
            continue  # lo acaba de cerrar
        if destino.startswith("socket:["):
            inodos.append(int(destino[len("socket:[") : -1]))
    return inodos
