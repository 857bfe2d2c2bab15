"""Qué hace cada hilo según Linux: en qué llamada al sistema duerme y cuántas veces ha despertado.

El núcleo no se equivoca: ve también lo que la sonda no (leer de `sys.stdin`, un candado, un hilo
de otra biblioteca, un proceso sin sonda) y a través de la jaula. `/proc/PID/task/TID/syscall` da
el número de la llamada y sus argumentos (proc(5)); solo lo puede leer quien podría depurar el
proceso: el mismo usuario.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
#: Sin plazo, según cómo lo diga la llamada.
MENOS_UNO = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Llamada:
    """Una llamada al sistema en la que se puede dormir esperando.

    `plazo` es qué argumento lleva el plazo: en milisegundos si `en_ms` (-1 es sin plazo), o un
    puntero que es nulo cuando no hay plazo. None si no lo lleva.
    """

    que: str
    plazo: int | None = None
    en_ms: bool = False


_LEER, _HIJOS, _SENAL = Llamada("leer"), Llamada("hijos"), Llamada("señal")
_CANDADO = Llamada("candado", 3)
#: Números de arch/x86/entry/syscalls/syscall_64.tbl y de include/uapi/asm-generic/unistd.h.
TABLAS: dict[str, dict[int, Llamada]] = {
    "x86_64": {
        **dict.fromkeys((0, 19, 45, 47, 43, 288), _LEER),
        **dict.fromkeys((61, 247), _HIJOS),
        **dict.fromkeys((34, 130), _SENAL),
        202: _CANDADO,
        7: Llamada("sondear", 2, en_ms=True),
        **dict.fromkeys((232, 281), Llamada("sondear", 3, en_ms=True)),
        441: Llamada("sondear", 3),
        271: Llamada("sondear", 2),
        **dict.fromkeys((23, 270), Llamada("sondear", 4)),
    },
    "aarch64": {
        **dict.fromkeys((63, 65, 207, 212, 202, 242), _LEER),
        **dict.fromkeys((260, 95), _HIJOS),
        133: _SENAL,
        98: _CANDADO,
        22: Llamada("sondear", 3, en_ms=True),
        441: Llamada("sondear", 3),
        73: Llamada("sondear", 2),
        72: Llamada("sondear", 4),
    },
}


@dataclass(frozen=True, slots=True)
class Dormido:
    """Un hilo que espera. `tid` es el de dentro de su espacio de nombres.

    `cambios` son las veces que ha dejado la CPU: si no sube, no ha despertado.
    """

    que: str
    con_plazo: bool
    primero: int
    cambios: int
    tid: int


#: Un hilo que ya ha acabado y nadie ha recogido: no hará nada.
MUERTO = Dormido("muerto", False, 0, 0, 0)


class NoSeVe(Exception):
    """El sistema no deja mirar ese proceso."""


Foto = dict[tuple[int, int], Dormido]


def se_puede_mirar() -> bool:
    """Si este sistema es un Linux cuyas llamadas conocemos."""
    return (
        sys.platform == "linux"
        and platform.machine() in TABLAS
        and (PROC / "self/syscall").exists()
    )


def fotografiar(pids: list[int]) -> Foto | None:
    """Cada hilo de esos procesos y de sus descendientes; None si alguno no duerme esperando.

    Lanza `NoSeVe` si el sistema no deja mirar.
    """
    foto: Foto = {}
    pendientes, vistos = list(pids), set()
    while pendientes:
        pid = pendientes.pop()
        if pid in vistos:
            continue
        vistos.add(pid)
        for tarea in _tareas(pid):
            dormido = _mirar(tarea)
            if dormido is None:
                return None
            if dormido is not MUERTO:
                foto[pid, int(tarea.name)] = dormido
            pendientes.extend(int(hijo) for hijo in _leer(tarea / "children").split())
    return foto


def _tareas(pid: int) -> Iterator[Path]:
    try:
        yield from (PROC / str(pid) / "task").iterdir()
    except (FileNotFoundError, ProcessLookupError):
        return


def _mirar(tarea: Path) -> Dormido | None:
    estado = dict(
        linea.split(":\t", 1) for linea in _leer(tarea / "status").splitlines() if ":\t" in linea
    )
    letra = estado.get("State", "X")[0]
    if letra in "ZX":
        return MUERTO
    if letra != "S":
        return None  # corre, espera al disco o está parado
    llamada, *argumentos = _leer(tarea / "syscall").split() or [""]
    conocida = TABLAS[platform.machine()].get(int(llamada)) if llamada.isdecimal() else None
    if conocida is None:
        return None
    numeros = [int(argumento, 16) for argumento in argumentos]
    return Dormido(
        conocida.que,
        _con_plazo(conocida, numeros),
        numeros[0],
        int(estado["voluntary_ctxt_switches"]) + int(estado["nonvoluntary_ctxt_switches"]),
        int(estado.get("NSpid", tarea.name).split()[-1]),
    )


def _con_plazo(llamada: Llamada, argumentos: list[int]) -> bool:
    if llamada.plazo is None:
        return False
    valor = argumentos[llamada.plazo]
    return valor & MENOS_UNO != MENOS_UNO if llamada.en_ms else valor != 0


def _leer(ruta: Path) -> str:
    """El contenido; vacío si el proceso ya no está. Lanza `NoSeVe` si no dejan leerlo."""
    try:
        return ruta.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
    except PermissionError as error:
        raise NoSeVe(str(ruta)) from error


# --- La red ---

#: Estados de include/net/tcp_states.h sin nada de camino: TIME_WAIT, CLOSE y LISTEN.
PARADOS = frozenset({0x06, 0x07, 0x0A})
#: Una conexión que aún se está haciendo: SYN_SENT y SYN_RECV.
NACIENDO = frozenset({0x02, 0x03})


def hay_bytes_de_camino(pids: list[int], puertos: set[int] | range) -> bool:
    """Si en la red de esos procesos hay algo enviado que no ha llegado, por esos puertos."""
    return any(
        _de_camino(fila, puertos)
        for pid in _uno_por_red(pids)
        for tabla in ("tcp", "tcp6")
        for fila in _leer(PROC / str(pid) / "net" / tabla).splitlines()[1:]
    )


def _uno_por_red(pids: list[int]) -> list[int]:
    redes: dict[int, int] = {}
    for pid in pids:
        try:
            redes[(PROC / str(pid) / "ns/net").stat().st_ino] = pid
        except (FileNotFoundError, ProcessLookupError):
            continue
        except PermissionError as error:
            raise NoSeVe(str(pid)) from error
    return list(redes.values())


def _de_camino(fila: str, puertos: set[int] | range) -> bool:
    _, local, remoto, estado, colas, *_ = fila.split()
    extremos = {int(direccion.rpartition(":")[2], 16) for direccion in (local, remoto)}
    numero = int(estado, 16)
    if numero in PARADOS or not any(puerto in puertos for puerto in extremos):
        return False
    return numero in NACIENDO or int(colas.partition(":")[0], 16) != 0


def esta_vivo(pid: int) -> bool:
    """Si el proceso existe y no es un zombi."""
    _, _, resto = _leer(PROC / str(pid) / "stat").rpartition(")")
    return bool(resto) and resto.split()[0] not in "ZX"


def padre_de(pid: int) -> int | None:
    """El PID del padre; None si ya no está."""
    _, _, resto = _leer(PROC / str(pid) / "stat").rpartition(")")
    return int(resto.split()[1]) if resto else None


def lee_del_teclado(pid: int) -> bool:
    """Si algún hilo del proceso duerme leyendo de su entrada estándar."""
    try:
        dormidos = [_mirar(tarea) for tarea in _tareas(pid)]
    except NoSeVe:
        return False
    return any(
        dormido is not None and dormido.que == "leer" and dormido.primero == 0
        for dormido in dormidos
    )
