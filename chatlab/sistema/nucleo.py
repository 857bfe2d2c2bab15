"""Qué hace cada hilo según Linux: en qué llamada al sistema duerme y cuántas veces ha despertado.

El núcleo no se equivoca: ve también lo que la sonda no (leer de `sys.stdin`, un candado, un hilo
de otra biblioteca, un proceso sin sonda) y a través de la jaula. `/proc/PID/task/TID/syscall` da
el número de la llamada y sus argumentos (proc(5)); solo lo puede leer quien podría depurar el
proceso: el mismo usuario.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from chatlab.sistema import proc
from chatlab.sistema.llamadas import TABLAS
from chatlab.sistema.proc import DETENIDO, DORMIDO, MUERTO, PROC

_Quien = TypeVar("_Quien")
_Leido = TypeVar("_Leido")


@dataclass(frozen=True, slots=True)
class Dormido:
    """Un hilo que espera.

    `turnos` son las veces que ha tenido la CPU: si no sube, no ha despertado.
    """

    que: str
    con_plazo: bool
    turnos: int


class NoSeVe(Exception):
    """El sistema no deja mirar ese proceso."""


#: Por PID y TID, vistos desde aquí.
Foto = dict[tuple[int, int], Dormido]


def se_puede_mirar() -> bool:
    """Si este sistema es un Linux cuyas llamadas conocemos."""
    return (
        sys.platform == "linux"
        and platform.machine() in TABLAS
        and os.path.exists(f"{PROC}/self/syscall")  # noqa: PTH110
    )


def fotografiar(pids: Iterable[int]) -> Foto | None:
    """Cada hilo de esos procesos y de sus descendientes; None si alguno no duerme esperando.

    Lanza `NoSeVe` si el sistema no deja mirar.
    """
    foto: Foto = {}
    pendientes, vistos = list(pids), set[int]()
    while pendientes:
        pid = pendientes.pop()
        if pid in vistos or estado_de(pid) in MUERTO:
            continue
        vistos.add(pid)
        for tid in _hilos(pid):
            dormido = _mirar(pid, tid)
            if dormido is None:
                return None
            foto[pid, tid] = dormido
            pendientes += map(int, leer_de_proc(f"{pid}/task/{tid}/children").split())
    return foto


def repartir(pids: Iterable[int]) -> tuple[Foto, dict[tuple[int, int], float]]:
    """Los hilos que duermen, y los segundos de procesador que ha gastado cada uno de los demás.

    Son los de esos procesos y los de sus descendientes; los que alguien ha detenido no se cuentan.
    Lanza `NoSeVe` si el sistema no deja mirar.
    """
    foto: Foto = {}
    despiertos: dict[tuple[int, int], float] = {}
    pendientes, vistos = list(pids), set[int]()
    while pendientes:
        pid = pendientes.pop()
        if pid in vistos or estado_de(pid) in MUERTO | DETENIDO:
            continue
        vistos.add(pid)
        for tid in _hilos(pid):
            dormido = _mirar(pid, tid)
            if dormido is None:
                despiertos[pid, tid] = _gasto(pid, tid)
            else:
                foto[pid, tid] = dormido
            pendientes += map(int, leer_de_proc(f"{pid}/task/{tid}/children").split())
    return foto, despiertos


def colas_del_procesador(pids: Iterable[int]) -> dict[tuple[int, int], float]:
    """Segundos que cada hilo de esos procesos ha esperado, listo, a que le tocara el procesador.

    Vacío en un núcleo que no lleva esa cuenta (es el segundo campo de schedstat).
    """
    return {
        (pid, tid): int(campos[1]) / 1e9
        for pid in pids
        for tid in _hilos(pid)
        if len(campos := leer_de_proc(f"{pid}/task/{tid}/schedstat").split()) > 1
    }


def siguen_dormidos(foto: Foto) -> bool:
    """Si nadie de la foto ha despertado desde que se hizo, salvo quien espera con plazo.

    Entonces hubo un instante en que todos dormían a la vez. Lanza `NoSeVe` si no dejan mirar.
    """
    if {(pid, tid) for pid in {pid for pid, _ in foto} for tid in _hilos(pid)} != foto.keys():
        return False
    return all(antes.con_plazo or _mirar(pid, tid) == antes for (pid, tid), antes in foto.items())


def _hilos(pid: int) -> list[int]:
    return _si_esta(proc.hilos_de, pid, [])


def _mirar(pid: int, tid: int) -> Dormido | None:
    if not _ficha(f"{pid}/task/{tid}").startswith(DORMIDO):
        return None  # corre, espera al disco o está parado
    llamada, *argumentos = leer_de_proc(f"{pid}/task/{tid}/syscall").split() or [""]
    conocida = TABLAS[platform.machine()].get(int(llamada)) if llamada.isdecimal() else None
    if conocida is None:
        return None
    numeros = [int(argumento, 16) for argumento in argumentos]
    return Dormido(conocida.que, conocida.lleva_plazo(numeros), _turnos(pid, tid))


def _gasto(pid: int, tid: int) -> float:
    """Segundos de procesador de un hilo; 0 si ya no está, o si este núcleo no lleva esa cuenta."""
    corriendo, *_ = leer_de_proc(f"{pid}/task/{tid}/schedstat").split() or ["0"]
    return int(corriendo) / 1e9


def _turnos(pid: int, tid: int) -> int:
    corriendo, *_, turnos = leer_de_proc(f"{pid}/task/{tid}/schedstat").split() or ["0", "0"]
    if corriendo != "0":
        return int(turnos)
    # Un núcleo sin esa cuenta. La de los cambios de contexto está siempre, y tarda más en leerse.
    cambios = [
        linea.partition(":")[2]
        for linea in leer_de_proc(f"{pid}/task/{tid}/status").splitlines()
        if "voluntary_ctxt_switches:" in linea
    ]
    return sum(map(int, cambios))


def tid_de_dentro(pid: int, tid: int) -> int:
    """El número del hilo en su espacio de nombres: el que él ve."""
    return int((_campo(pid, tid, "NSpid") or str(tid)).split()[-1])


def _campo(pid: int, tid: int, nombre: str) -> str:
    for linea in leer_de_proc(f"{pid}/task/{tid}/status").splitlines():
        if linea.startswith(f"{nombre}:"):
            return linea.partition(":")[2].strip()
    return ""


def leer_de_proc(ruta: str) -> str:
    """El contenido; vacío si el proceso ya no está. Lanza `NoSeVe` si no dejan leerlo."""
    return _si_esta(proc.leer, ruta, "")


def _si_esta(leer: Callable[[_Quien], _Leido], quien: _Quien, si_no: _Leido) -> _Leido:
    try:
        return leer(quien)
    except (FileNotFoundError, ProcessLookupError):
        return si_no
    except PermissionError as error:
        raise NoSeVe(str(quien)) from error


# --- Los procesos ---


def estado_de(pid: int) -> str:
    """La letra de su estado; «X» si ya no está."""
    return (_ficha(str(pid)) or "X")[0]


def nacio(pid: int) -> float:
    """El instante (`time.monotonic`) en que arrancó. Lanza `IndexError` si ya no está."""
    desde_el_arranque = int(_ficha(str(pid)).split()[19]) / os.sysconf("SC_CLK_TCK")
    # El reloj de /proc cuenta también lo que la máquina ha dormido.
    return desde_el_arranque - time.clock_gettime(time.CLOCK_BOOTTIME) + time.monotonic()


def padre_de(pid: int) -> int | None:
    """El PID del padre; None si ya no está."""
    ficha = _ficha(str(pid))
    return int(ficha.split()[1]) if ficha else None


def atrapa(pid: int, senal: int) -> bool:
    """Si ese proceso tiene un manejador para la señal: a los demás, los terminaría."""
    for linea in leer_de_proc(f"{pid}/status").splitlines():
        if linea.startswith("SigCgt:"):
            return bool(int(linea.split()[1], 16) >> (senal - 1) & 1)
    return False


def _ficha(quien: str) -> str:
    return _si_esta(proc.ficha_de, quien, "")


def espera_un_candado_con_plazo(pid: int) -> bool:
    """Si algún hilo del proceso espera a otro, y solo por un tiempo. Lanza `NoSeVe`."""
    dormidos = [_mirar(pid, tid) for tid in _hilos(pid)]
    return any(
        dormido is not None and dormido.que == "candado" and dormido.con_plazo
        for dormido in dormidos
    )
