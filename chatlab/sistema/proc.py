"""Leer /proc (proc(5)): qué procesos, hilos y conexiones hay, y lo que el núcleo escribe de ellos.

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


# --- Las conexiones de una red -------------------------------------------------------------------

#: Sus tablas, en la carpeta de un proceso o en la raíz: de IPv4 y, si la hay, de IPv6.
TABLAS_DE_TCP = ("net/tcp", "net/tcp6")


class FilaDeTcp:
    """Lo que Linux dice de un socket TCP (proc_net_tcp(5)).

    `por_salir` y `por_leer` son bytes; el número de `estado` es el de net/tcp_states.h.
    """

    __slots__ = ("estado", "inodo", "por_leer", "por_salir", "puertos")

    def __init__(
        self, puertos: tuple[int, int], estado: int, por_salir: int, por_leer: int, inodo: int
    ) -> None:
        self.puertos, self.estado = puertos, estado
        self.por_salir, self.por_leer = por_salir, por_leer
        self.inodo = inodo

    @classmethod
    def leer(cls, linea: str) -> FilaDeTcp:
        """La de una línea de la tabla; sus números están en base 16, menos el inodo."""
        _, local, remoto, estado, colas, _, _, _, _, inodo, *_ = linea.split()
        uno, otro = (int(extremo.rpartition(":")[2], 16) for extremo in (local, remoto))
        por_salir, por_leer = (int(cola, 16) for cola in colas.split(":"))
        return cls((uno, otro), int(estado, 16), por_salir, por_leer, int(inodo))


def filas_de_tcp(tabla: str) -> list[FilaDeTcp]:
    """Las de una tabla ya leída; ninguna si está vacía."""
    return [FilaDeTcp.leer(linea) for linea in tabla.splitlines()[1:]]


def conexiones_de_esta_red() -> list[FilaDeTcp]:
    """Las de la red de quien pregunta; ninguna donde no hay /proc."""
    filas: list[FilaDeTcp] = []
    for tabla in TABLAS_DE_TCP:
        try:
            filas += filas_de_tcp(leer(tabla))
        except OSError:
            continue  # no es Linux, o no tiene IPv6
    return filas
