"""El guardián: arranca los programas de una entrega, los vigila y no deja ninguno vivo.

Lo pone en marcha `celda.py`, en un proceso de Python sin más que la biblioteca estándar. Habla con
el corrector por un socket, como dice `buzon.py`. Cuando el socket se cierra, porque el corrector ha
acabado o porque alguien lo ha matado, el guardián mata todo lo que quede y termina.

Dentro de bubblewrap es el proceso 1: los programas no pueden matarlo y, si él acaba, el núcleo
acaba con todos (pid_namespaces(7)). Fuera, adopta a los que se quedan sin padre (prctl(2)).
"""

from __future__ import annotations

import os
import select
import signal
import socket
import time

from chatlab.corrector.jaula import cerca
from chatlab.corrector.jaula.buzon import Buzon
from chatlab.corrector.jaula.convertirse import (
    PR_SET_CHILD_SUBREAPER,
    PR_SET_DUMPABLE,
    convertirse_en,
    enviar_senal,
    prctl,
)
from chatlab.corrector.jaula.disco import Disco
from chatlab.corrector.jaula.recogida import Recogida
from chatlab.sistema.procesos import (
    cuantos_en_la_jaula,
    espera_teclado,
    esperar_a_que_pare,
    esta_dormido,
    gastos,
    procesos_a_cargo,
    todos_dormidos,
)
from chatlab.sistema.sock_diag import abrir_ventana
from chatlab.sistema.sockets import mirar_la_red

# `typing` solo hace falta para comprobar los tipos, y cargarlo tarda.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Segundos entre dos miradas a alguien de quien se espera que se duerma.
RITMO_DE_SIESTAS = 0.005
#: El disco se mira una de cada tantas veces: cuesta más que los procesos.
MIRADAS_POR_DISCO = 5


class Programa:
    """Un programa en marcha."""

    def __init__(self, id_: int, pid: int) -> None:
        self.id = id_
        self.pid = pid
        self.empezo = time.monotonic()


class Guardian:
    """Atiende al corrector, recoge a los que terminan y mata a quien se pasa."""

    def __init__(self, buzon: Buzon, limites: dict[str, Any]) -> None:
        self._buzon = buzon
        self._limites = limites
        self._programas: dict[int, Programa] = {}  # los vivos, por su pid
        self._sin_contestar: list[dict[str, Any]] = []  # preguntas por quien aún no duerme
        self._queda_alguien = False  # también cuenta lo que los programas arrancaron
        self._recogida = Recogida()
        self._disco = Disco(limites)
        # `{"leer": […], "escribir": […]}`, si los programas van sueltos.
        self._cerca = cerca.hacer(**limites["cerca"]) if limites["cerca"] else None
        self._miradas = 0
        self._empezo = time.monotonic()

    def trabajar(self) -> None:
        """Hasta que el corrector cierra el socket."""
        canal, despertador = self._buzon.canal, self._recogida.despertador
        cercados = 0 if self._cerca is None else cerca.version_del_nucleo()
        self._decir_que_esta_listo(cercados)
        proxima = 0.0
        while True:
            listos, _, _ = select.select([canal, despertador], [], [], self._plazo(proxima))
            if despertador in listos:
                self._recogida.seguir()
                self._contar_los_que_han_terminado()
            if canal in listos and not self._atender():
                return
            if time.monotonic() >= proxima:
                self._vigilar()
                proxima = time.monotonic() + self._limites["ritmo"]
            self._sin_contestar = [duda for duda in self._sin_contestar if not self._duerme(duda)]

    def _decir_que_esta_listo(self, cercados: int) -> None:
        """Da, adjunta, una ventana a su red: el corrector mira por ella sin preguntarle."""
        mensaje = {"pasa": "listo", "cerca": cercados}
        try:
            red = os.stat("/proc/self/ns/net").st_ino  # noqa: PTH116
            with abrir_ventana() as ventana:
                self._buzon.decir({**mensaje, "red": red}, ventana.fileno())
        except OSError:
            self._buzon.decir({**mensaje, "red": None})  # aquí no se puede mirar así

    def _plazo(self, proxima: float) -> float | None:
        """Segundos que se puede esperar a que pase algo; `None` si no hay nada que mirar."""
        if self._sin_contestar:
            return RITMO_DE_SIESTAS
        if self._programas or self._queda_alguien:
            return max(0.0, proxima - time.monotonic())
        return None

    # --- Lo que pide el corrector --------------------------------------------------------------

    def _atender(self) -> bool:
        """Hace lo que haya llegado; `False` si el corrector se ha ido."""
        mensajes = self._buzon.recoger()
        if mensajes is None:
            return False
        hacer = {
            "arrancar": self._arrancar,
            "pausar": self._pausar,
            "red": self._red,
            "senal": self._senal,
            "sueno": self._sueno,
            "teclado": self._teclado,
        }
        for mensaje in mensajes:
            hacer[mensaje["haz"]](mensaje)
        return True

    def _arrancar(self, mensaje: dict[str, Any]) -> None:
        try:
            pid, terminal = os.forkpty()
        except OSError as error:
            self._buzon.decir({"pasa": "respuesta", "n": mensaje["n"], "fallo": str(error)})
            return
        if pid == 0:
            convertirse_en(
                mensaje["orden"], mensaje["carpeta"], self._limites["del_nucleo"], self._cerca
            )
        self._programas[pid] = Programa(mensaje["n"], pid)
        self._buzon.decir({"pasa": "respuesta", "n": mensaje["n"], "pid": pid}, terminal)
        os.close(terminal)

    def _vivo(self, id_: int) -> Programa | None:
        return next((uno for uno in self._programas.values() if uno.id == id_), None)

    def _senal(self, mensaje: dict[str, Any]) -> None:
        if programa := self._vivo(mensaje["id"]):
            enviar_senal(programa.pid, mensaje["senal"])

    def _pausar(self, mensaje: dict[str, Any]) -> None:
        programa = self._vivo(mensaje["id"])
        if programa is not None:
            enviar_senal(programa.pid, signal.SIGSTOP)
            esperar_a_que_pare(programa.pid)
        self._buzon.decir({"pasa": "respuesta", "n": mensaje["n"], "es": programa is not None})

    def _red(self, mensaje: dict[str, Any]) -> None:
        # Se pregunta al acabar cada comprobación: lo que escriban en menos de una mirada, también.
        if pasado := self._disco.pasado():
            self._excederse(pasado, None)
        programas = {pid: programa.id for pid, programa in self._programas.items()}
        es = mirar_la_red(programas, propia=os.getpid() == 1)
        self._buzon.decir({"pasa": "respuesta", "n": mensaje["n"], "es": es})

    def _teclado(self, mensaje: dict[str, Any]) -> None:
        programa = self._vivo(mensaje["id"])
        espera = espera_teclado(programa.pid) if programa else False
        self._buzon.decir({"pasa": "respuesta", "n": mensaje["n"], "es": espera})

    def _sueno(self, mensaje: dict[str, Any]) -> None:
        self._sin_contestar.append({**mensaje, "limite": time.monotonic() + mensaje["plazo"]})

    def _duerme(self, duda: dict[str, Any]) -> bool:
        """Contesta si ya se ha dormido, o si no se va a saber antes de su plazo."""
        if duda["id"] is None:
            es = todos_dormidos(list(self._programas))
        else:
            programa = self._vivo(duda["id"])
            es = esta_dormido(programa.pid) if programa else True
        contestada = es is not False or time.monotonic() >= duda["limite"]
        if contestada:
            self._buzon.decir({"pasa": "respuesta", "n": duda["n"], "es": es})
        return contestada

    # --- Los que terminan ----------------------------------------------------------------------

    def _contar_los_que_han_terminado(self) -> None:
        for pid, codigo, segundos in self._recogida.recogidos():
            if programa := self._programas.pop(pid, None):
                self._contar_fin(programa, codigo, segundos)

    def _contar_fin(self, programa: Programa, codigo: int, segundos: float) -> None:
        # Quien no hace caso al aviso del límite de procesador muere poco después sin más aviso.
        sin_aviso = codigo == -signal.SIGKILL and segundos >= self._limites["cpu"]
        if codigo == -signal.SIGXCPU or sin_aviso:
            self._avisar_de_un_exceso("cpu", programa)
        self._buzon.decir({"pasa": "fin", "id": programa.id, "codigo": codigo})

    # --- Los que se pasan ----------------------------------------------------------------------

    def _vigilar(self) -> None:
        self._mirar_el_reloj()
        avalancha = self._congelar_una_avalancha()
        procesos = procesos_a_cargo()
        self._queda_alguien = bool(procesos)
        for que, por_sesion in gastos(procesos).items():
            if sum(por_sesion.values()) > self._limites[que]:
                # La sesión de un proceso es el pid del programa del que desciende.
                mayor = max(por_sesion, key=lambda sesion: por_sesion[sesion])
                self._excederse(que, self._programas.get(mayor))
                return
        self._miradas += 1
        toca_el_disco = self._miradas % MIRADAS_POR_DISCO == 0
        if toca_el_disco and (pasado := self._disco.pasado()):
            self._excederse(pasado, None)
        elif avalancha:
            enviar_senal(-1, signal.SIGCONT)  # eran muertos sin recoger: no hacen daño

    def _congelar_una_avalancha(self) -> bool:
        """Si en la jaula hay demasiados procesos los para a todos: así se dejan contar."""
        if os.getpid() != 1 or cuantos_en_la_jaula() <= self._limites["procesos"]:
            return False
        enviar_senal(-1, signal.SIGSTOP)
        return True

    def _mirar_el_reloj(self) -> None:
        ahora = time.monotonic()
        if ahora - self._empezo > self._limites["segundos_de_jaula"]:
            self._empezo = ahora  # se dice una vez
            self._excederse("segundos_de_jaula", None)
        for programa in self._programas.values():
            if ahora - programa.empezo > self._limites["segundos_de_programa"]:
                programa.empezo = ahora
                self._avisar_de_un_exceso("segundos_de_programa", programa)
                enviar_senal(programa.pid, signal.SIGKILL)

    def _excederse(self, que: str, culpable: Programa | None) -> None:
        self._avisar_de_un_exceso(que, culpable)
        self.matar_todo()

    def _avisar_de_un_exceso(self, que: str, culpable: Programa | None) -> None:
        self._buzon.decir({"pasa": "exceso", "id": culpable.id if culpable else None, "de": que})

    def matar_todo(self) -> None:
        """Mata los programas y cuanto hayan arrancado, y espera a que no quede ninguno."""
        if os.getpid() == 1:
            enviar_senal(-1, signal.SIGKILL)  # a todos a la vez: ninguno puede multiplicarse
            self._recogida.esperar_a_todos()
        else:
            for programa in self._programas.values():
                enviar_senal(programa.pid, signal.SIGKILL)
            while procesos := procesos_a_cargo():
                for pid, *_ in procesos:
                    enviar_senal(pid, signal.SIGKILL, al_grupo=False)
                self._recogida.esperar_a_uno()
        self._contar_los_que_han_terminado()


def principal(descriptor: int, limites: dict[str, Any]) -> None:
    """Vigila hasta que se cierre el socket `descriptor`.

    `limites` tiene los topes de `LimitesDeJaula`, en las mismas unidades, y además: `ritmo`, los
    segundos entre dos miradas; `del_nucleo`, los de setrlimit(2), por su nombre; `carpetas`, en
    las que pueden escribir los programas; `reparto`, aquella en la que se reparten los puertos, si
    la hay; `discos_propios`, los que solo existen en la jaula; y `cerca`, las rutas que se pueden
    leer y en las que se puede escribir, si se cercan.
    """
    # Los programas son de su mismo usuario: sin esto podrían quitarle el socket
    # (pidfd_getfd(2)) o escribir en su memoria (proc(5), ptrace(2)).
    prctl(PR_SET_DUMPABLE, 0)
    canal = socket.socket(fileno=descriptor)
    canal.set_inheritable(False)
    if os.getpid() != 1:
        prctl(PR_SET_CHILD_SUBREAPER, 1)
    guardian = Guardian(Buzon(canal), limites)
    try:
        guardian.trabajar()
    except ConnectionError:
        pass  # el corrector ya no está
    finally:
        guardian.matar_todo()
