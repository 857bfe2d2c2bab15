"""Los procesos, como los cuenta /proc (proc(5)): quién hay, cuánto gasta y a qué espera."""

# Como en `proc.py`: el guardián arranca con cada entrega, y aquí no se carga nada que tarde.

from __future__ import annotations

import os
import select
import sys

from chatlab.sistema.llamadas import TABLAS
from chatlab.sistema.proc import (
    DETENIDO,
    DORMIDO,
    MUERTO,
    PROC,
    ficha_de,
    hilos_de,
    leer,
    procesos,
    sockets_abiertos,
)
from chatlab.sistema.sock_diag import abrir_ventana, sockets_tcp


def cuantos_en_la_jaula() -> int:
    """Los procesos que se ven, contando a los muertos sin recoger."""
    return len(procesos())


def procesos_a_cargo() -> list[tuple[int, int, int]]:
    """El pid, la sesión y los hilos de cada descendiente vivo. En macOS no se pueden ver."""
    if sys.platform != "linux":
        return []
    todos = {}
    for pid in procesos():
        try:
            campos = ficha_de(str(pid)).split()
        except OSError:
            continue  # ha terminado mientras se miraba
        if campos[0] not in MUERTO:
            todos[pid] = (int(campos[1]), int(campos[3]), int(campos[17]))
    a_cargo = {os.getpid()}
    # Un hijo puede tener un número menor que su padre: se repite hasta que no aparece nadie más.
    while nuevos := {pid for pid, (padre, *_) in todos.items() if padre in a_cargo} - a_cargo:
        a_cargo |= nuevos
    return [(pid, *todos[pid][1:]) for pid in a_cargo if pid != os.getpid()]


def gastos(suyos: list[tuple[int, int, int]]) -> dict[str, dict[int, int]]:
    """Cuántos procesos, hilos y bytes de memoria hay en cada sesión."""
    total: dict[str, dict[int, int]] = {"procesos": {}, "hilos": {}, "memoria": {}}
    for pid, sesion, hilos in suyos:
        for que, cuanto in (("procesos", 1), ("hilos", hilos), ("memoria", memoria_de(pid))):
            total[que][sesion] = total[que].get(sesion, 0) + cuanto
    return total


def memoria_de(pid: int) -> int:
    """Bytes de memoria que son solo suyos: sin el intérprete, que comparten todos."""
    try:
        _, residente, compartida, *_ = map(int, leer(f"{pid}/statm").split())
    except OSError:
        return 0
    return (residente - compartida) * os.sysconf("SC_PAGE_SIZE")


def espera_teclado(pid: int) -> bool | None:
    """Si algún hilo está parado leyendo de la terminal; `None` si no se puede saber."""
    conocidas = TABLAS.get(os.uname().machine, {})
    dudas = not conocidas
    entregar_lo_tecleado(pid)
    try:
        for hilo in hilos_de(pid):
            numero, *argumentos = leer(f"{pid}/task/{hilo}/syscall").split()
            llamada = conocidas.get(int(numero)) if numero.isdigit() else None
            if llamada is None:
                continue  # «running»: está trabajando
            if llamada.que == "leer":
                if es_terminal(f"{PROC}/{pid}/fd/{int(argumentos[0], 16)}"):
                    return True
            elif llamada.que == "sondear":
                dudas = True  # puede que el teclado sea una de las cosas que espera
    except OSError:
        return None
    return None if dudas else False


def es_terminal(ruta: str) -> bool:
    """Si ese archivo abierto es una terminal."""
    try:
        return os.readlink(ruta).startswith(("/dev/pts/", "/dev/tty"))  # noqa: PTH115
    except OSError:
        return False


def entregar_lo_tecleado(pid: int) -> None:
    """Hace que a la terminal de un programa le llegue lo que se haya tecleado y esté de camino.

    Si alguien leía de ella, ya no está dormido. Basta con preguntarle si hay algo (n_tty.c).
    """
    entrada = f"{PROC}/{pid}/fd/0"
    if es_terminal(entrada):
        try:
            terminal = os.open(entrada, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            return  # acaba de terminar
        pregunta = select.poll()
        pregunta.register(terminal, select.POLLIN)
        pregunta.poll(0)
        os.close(terminal)


def todos_dormidos(programas: list[int]) -> bool | None:
    """Si ningún hilo puede seguir hasta que se le teclee algo o pase un tiempo que él ha pedido.

    `None` si no se puede saber.
    """
    if sys.platform != "linux":
        return None
    for pid in programas:
        entregar_lo_tecleado(pid)
    # Mirar lleva un rato: puede despertarse uno ya mirado. Si en la segunda vuelta todos duermen
    # la misma siesta, entre las dos nadie estaba despierto.
    suyos = procesos_a_cargo()
    antes = siestas(suyos)
    if None in antes.values():
        return False
    try:
        if algo_en_camino(suyos):
            return False
    except OSError:
        return None
    # De quien acaba de morir aún no se ha contado el final: algo va a pasar.
    return siestas(procesos_a_cargo()) == antes and not any(map(ha_muerto, programas))


def ha_muerto(pid: int) -> bool:
    """Si un hijo ha terminado, se le haya recogido o no."""
    try:
        return ficha_de(str(pid))[0] in MUERTO
    except OSError:
        return True


def esta_dormido(pid: int) -> bool | None:
    """Si todos los hilos de un programa esperan algo; `None` si no se puede saber."""
    if sys.platform != "linux":
        return None
    entregar_lo_tecleado(pid)
    antes = siestas([(pid, 0, 0)])
    return None not in antes.values() and siestas([(pid, 0, 0)]) == antes


def algo_en_camino(suyos: list[tuple[int, int, int]]) -> bool:
    """Si entre los sockets de unos procesos hay bytes enviados que quizá no han llegado.

    TCP puede retener un mensaje corto hasta 40 ms (RFC 896; RFC 1122, 4.2.3.2). Lo que espera a un
    proceso detenido no está en camino: no hay sitio, y no lo habrá mientras no lea. Lanza `OSError`
    si el núcleo no contesta.
    """
    with abrir_ventana() as ventana:
        conexiones = {(uno.local, uno.remoto): uno for uno in sockets_tcp(ventana)}
    if not any(uno.por_salir for uno in conexiones.values()):
        return False  # casi siempre, y entonces da igual de quién sea cada uno
    inodos = inodos_de(suyos)
    propias = {extremos for extremos, uno in conexiones.items() if uno.inodo in inodos}
    # Quien envía y termina ya no es dueño de su socket, pero quien lo recibe sí lo es del suyo.
    propias |= {(remoto, local) for local, remoto in propias}
    detenidos = inodos_de([proceso for proceso in suyos if esta_detenido(proceso[0])])
    propias -= {
        (remoto, local) for (local, remoto), uno in conexiones.items() if uno.inodo in detenidos
    }
    return any(uno.por_salir for extremos, uno in conexiones.items() if extremos in propias)


def inodos_de(suyos: list[tuple[int, int, int]]) -> set[int]:
    """Los números de inodo de los sockets que tienen abiertos unos procesos."""
    return {inodo for pid, *_ in suyos for inodo in sockets_abiertos(pid)}


def siestas(suyos: list[tuple[int, int, int]]) -> dict[tuple[int, int], str | None]:
    """De cada hilo, cuántas veces se ha dormido; `None` si está despierto."""
    quietos = {DORMIDO, *DETENIDO, *MUERTO}
    vistas: dict[tuple[int, int], str | None] = {}
    for pid, *_ in suyos:
        for hilo, (letra, veces) in estados(pid).items():
            vistas[pid, hilo] = veces if letra in quietos else None
    return vistas


def estados(pid: int) -> dict[int, tuple[str, str]]:
    """De cada hilo de un proceso, la letra de su estado y las veces que ha dejado de trabajar."""
    vistos = {}
    try:
        for hilo in hilos_de(pid):
            estado = leer(f"{pid}/task/{hilo}/status")
            _, _, letra = estado.partition("\nState:\t")
            vistos[hilo] = (letra[:1], estado.partition("\nvoluntary_")[2])
    except OSError:
        vistos[0] = ("R", "")  # está terminando: aún puede pasar algo
    return vistos


def esta_detenido(pid: int) -> bool:
    """Si una señal lo tiene parado."""
    return any(letra in DETENIDO for letra, _ in estados(pid).values())


def esperar_a_que_pare(pid: int) -> None:
    """Vuelve cuando todos los hilos de un hijo han notado una SIGSTOP, o ha terminado."""
    if sys.platform == "linux":
        os.waitid(os.P_PID, pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
