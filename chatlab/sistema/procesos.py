"""Los procesos, como los cuenta /proc (proc(5)): quién hay, cuánto gasta y a qué espera."""

# ruff: noqa: PTH115, PTH123, PTH208
# Sin `pathlib`, `typing` ni `dataclasses`: el guardián arranca con cada entrega, y cargarlas
# costaría tanto como todo lo demás junto.

from __future__ import annotations

import os
import resource
import select
import sys

from chatlab.sistema.sock_diag import abrir_ventana, sockets_tcp

#: Números de las llamadas al sistema que leen, y de las que esperan a varias cosas a la vez.
LEER = {"x86_64": {0}, "aarch64": {63}}
ESPERAR_A_VARIAS = {"x86_64": {7, 23, 232, 270, 271, 281}, "aarch64": {22, 72, 73}}


def cuantos_en_la_jaula() -> int:
    """Los procesos que se ven, contando a los muertos sin recoger."""
    return sum(map(str.isdigit, os.listdir("/proc")))


def procesos_a_cargo() -> list[tuple[int, int, int]]:
    """El pid, la sesión y los hilos de cada descendiente vivo. En macOS no se pueden ver."""
    if sys.platform != "linux":
        return []
    todos = {}
    for nombre in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{nombre}/stat", "rb") as archivo:
                # El nombre del programa va entre paréntesis y puede tener de todo.
                campos = archivo.read().rpartition(b")")[2].split()
        except OSError:
            continue  # ha terminado mientras se miraba
        if campos[0] not in (b"Z", b"X"):
            todos[int(nombre)] = (int(campos[1]), int(campos[3]), int(campos[17]))
    a_cargo = {os.getpid()}
    # Un hijo puede tener un número menor que su padre: se repite hasta que no aparece nadie más.
    while nuevos := {pid for pid, (padre, *_) in todos.items() if padre in a_cargo} - a_cargo:
        a_cargo |= nuevos
    return [(pid, *todos[pid][1:]) for pid in a_cargo if pid != os.getpid()]


def gastos(procesos: list[tuple[int, int, int]]) -> dict[str, dict[int, int]]:
    """Cuántos procesos, hilos y bytes de memoria hay en cada sesión."""
    total: dict[str, dict[int, int]] = {"procesos": {}, "hilos": {}, "memoria": {}}
    for pid, sesion, hilos in procesos:
        for que, cuanto in (("procesos", 1), ("hilos", hilos), ("memoria", memoria_de(pid))):
            total[que][sesion] = total[que].get(sesion, 0) + cuanto
    return total


def memoria_de(pid: int) -> int:
    """Bytes de memoria que son solo suyos: sin el intérprete, que comparten todos."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as archivo:
            _, residente, compartida, *_ = map(int, archivo.read().split())
    except OSError:
        return 0
    return (residente - compartida) * resource.getpagesize()


def espera_teclado(pid: int) -> bool | None:
    """Si algún hilo está parado leyendo de la terminal; `None` si no se puede saber."""
    maquina = os.uname().machine
    dudas = maquina not in LEER
    entregar_lo_tecleado(pid)
    try:
        for hilo in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{hilo}/syscall", encoding="ascii") as archivo:
                llamada, *argumentos = archivo.read().split()
            if not llamada.isdigit() or dudas:
                continue  # «running»: está trabajando
            if int(llamada) in LEER[maquina]:
                if es_terminal(f"/proc/{pid}/fd/{int(argumentos[0], 16)}"):
                    return True
            elif int(llamada) in ESPERAR_A_VARIAS[maquina]:
                dudas = True  # puede que el teclado sea una de ellas
    except OSError:
        return None
    return None if dudas else False


def es_terminal(ruta: str) -> bool:
    """Si ese archivo abierto es una terminal."""
    try:
        return os.readlink(ruta).startswith(("/dev/pts/", "/dev/tty"))
    except OSError:
        return False


def entregar_lo_tecleado(pid: int) -> None:
    """Hace que a la terminal de un programa le llegue lo que se haya tecleado y esté de camino.

    Si alguien leía de ella, ya no está dormido. Basta con preguntarle si hay algo (n_tty.c).
    """
    entrada = f"/proc/{pid}/fd/0"
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
    procesos = procesos_a_cargo()
    antes = siestas(procesos)
    if None in antes.values():
        return False
    try:
        if algo_en_camino(procesos):
            return False
    except OSError:
        return None
    return siestas(procesos_a_cargo()) == antes


def esta_dormido(pid: int) -> bool | None:
    """Si todos los hilos de un programa esperan algo; `None` si no se puede saber."""
    if sys.platform != "linux":
        return None
    entregar_lo_tecleado(pid)
    antes = siestas([(pid, 0, 0)])
    return None not in antes.values() and siestas([(pid, 0, 0)]) == antes


def algo_en_camino(procesos: list[tuple[int, int, int]]) -> bool:
    """Si entre los sockets de unos procesos hay bytes enviados que quizá no han llegado.

    TCP puede retener un mensaje corto hasta 40 ms (RFC 896; RFC 1122, 4.2.3.2). Lo que espera a un
    proceso detenido no está en camino: no hay sitio, y no lo habrá mientras no lea. Lanza `OSError`
    si el núcleo no contesta.
    """
    with abrir_ventana() as ventana:
        conexiones = {(uno.local, uno.remoto): uno for uno in sockets_tcp(ventana)}
    suyos = inodos_de(procesos)
    propias = {extremos for extremos, uno in conexiones.items() if uno.inodo in suyos}
    # Quien envía y termina ya no es dueño de su socket, pero quien lo recibe sí lo es del suyo.
    propias |= {(remoto, local) for local, remoto in propias}
    detenidos = inodos_de([proceso for proceso in procesos if esta_detenido(proceso[0])])
    propias -= {
        (remoto, local) for (local, remoto), uno in conexiones.items() if uno.inodo in detenidos
    }
    return any(uno.por_salir for extremos, uno in conexiones.items() if extremos in propias)


def inodos_de(procesos: list[tuple[int, int, int]]) -> set[int]:
    """Los números de inodo de los sockets que tienen abiertos."""
    return {inodo for pid, *_ in procesos for inodo in sockets_abiertos(pid)}


def sockets_abiertos(pid: int) -> list[int]:
    """Los inodos de los sockets que tiene abiertos un proceso; ninguno si no se deja mirar."""
    try:
        abiertos = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        return []  # ha terminado, o no se deja mirar
    inodos = []
    for descriptor in abiertos:
        try:
            destino = os.readlink(f"/proc/{pid}/fd/{descriptor}")
        except OSError:
            continue
        if destino.startswith("socket:["):
            inodos.append(int(destino[len("socket:[") : -1]))
    return inodos


def siestas(procesos: list[tuple[int, int, int]]) -> dict[tuple[int, str], bytes | None]:
    """De cada hilo, cuántas veces se ha dormido; `None` si está despierto."""
    vistas: dict[tuple[int, str], bytes | None] = {}
    for pid, *_ in procesos:
        for hilo, (letra, veces) in estados(pid).items():
            vistas[pid, hilo] = veces if letra in (b"S", b"T", b"t", b"Z", b"X") else None
    return vistas


def estados(pid: int) -> dict[str, tuple[bytes, bytes]]:
    """De cada hilo de un proceso, la letra de su estado y las veces que ha dejado de trabajar."""
    vistos = {}
    try:
        for hilo in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{hilo}/status", "rb") as archivo:
                estado = archivo.read()
            _, _, letra = estado.partition(b"\nState:\t")
            vistos[hilo] = (letra[:1], estado.partition(b"\nvoluntary_")[2])
    except OSError:
        vistos[""] = (b"R", b"")  # está terminando: aún puede pasar algo
    return vistos


def esta_detenido(pid: int) -> bool:
    """Si una señal lo tiene parado."""
    return any(letra in (b"T", b"t") for letra, _ in estados(pid).values())


def esperar_a_que_pare(pid: int) -> None:
    """Vuelve cuando todos los hilos de un hijo han notado una SIGSTOP, o ha terminado."""
    if sys.platform == "linux":
        os.waitid(os.P_PID, pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
