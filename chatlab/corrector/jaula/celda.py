"""La celda de una entrega, vista desde fuera: pone al guardián y habla con él.

Lo que se dicen está en `buzon.py`. Un hilo oye lo que cuenta el guardián y lee lo que sale en
todas las pantallas, y se lo pasa a cada `Terminal`.
"""

from __future__ import annotations

import itertools
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from chatlab.corrector.jaula.bubblewrap import Muros
from chatlab.corrector.jaula.canal import CanalDelGuardian, Mensaje
from chatlab.corrector.jaula.ejecutor import Condiciones, ErrorDeJaula, Orden
from chatlab.corrector.jaula.evidencia import Contadores, SocketVisto, Vista
from chatlab.corrector.jaula.lector import Lector
from chatlab.corrector.jaula.limites import limite_negado
from chatlab.corrector.jaula.nucleo import (
    adoptar_huerfanos,
    dar_prioridad,
    hijos,
    matar_grupo,
    matar_huerfanos,
)
from chatlab.corrector.jaula.poner_guardian import poner_guardian
from chatlab.corrector.jaula.pseudoterminal import MandoDePty
from chatlab.corrector.jaula.terminal import Terminal

#: Segundos que se espera a que el guardián conteste o termine. Solo se agotan si algo va mal.
PLAZO_DEL_GUARDIAN = 10.0
#: Segundos que se espera una respuesta que puede quedar en «no se sabe».
PLAZO_DE_PREGUNTA = 2.0


@dataclass(frozen=True, slots=True)
class _Preso:
    terminal: Terminal
    mando: MandoDePty


class Celda:
    """Ejecuta programas en pseudoterminales; con `muros`, encerrados.

    `escribibles` son las carpetas en las que pueden escribir, `{como ellos la ven: la de verdad}`:
    sin muros, la misma. `reparto` es aquella en la que la sonda reparte los puertos; `legibles`, lo
    único que leen sin muros, donde se les puede cercar; `None` es no intentarlo. Lanza
    `ErrorDeJaula`, con el motivo, si no se puede abrir. Acaba como muy tarde con el hilo que la
    abrió: así lo hace bubblewrap.
    """

    def __init__(
        self,
        condiciones: Condiciones,
        escribibles: Mapping[Path, Path],
        muros: Muros | None,
        reparto: Path | None = None,
        legibles: Sequence[Path] | None = None,
    ) -> None:
        #: La versión de la cerca que llevan los programas sueltos (`cerca.py`); 0 si ninguna.
        self.cerca = 0
        self._condiciones = condiciones
        self._encerrada = muros is not None
        self._conocidos: set[int] = set()
        if sys.platform == "linux" and muros is None:
            adoptar_huerfanos()
            self._conocidos = hijos()
        self._numeros = itertools.count(1)
        self._presos: dict[int, _Preso] = {}
        self._listo = threading.Event()
        nuestro, suyo = socket.socketpair()
        self._linea = CanalDelGuardian(nuestro)
        with suyo:
            self._guardian = poner_guardian(
                condiciones, suyo, escribibles, muros, reparto, legibles
            )
        self._con_guardian = True
        self._cerrando = False
        self._lector = Lector()
        self._lector.anadir(nuestro.fileno(), self._oir_al_guardian)
        self._lector.empezar()
        self._listo.wait(PLAZO_DEL_GUARDIAN)
        if not (self._listo.is_set() and self._con_guardian):
            raise ErrorDeJaula(self._cerrar_sin_estrenar())
        dar_prioridad(self._guardian.pid, hijo=self._encerrada)

    def arrancar(self, orden: Orden) -> Terminal:
        """Arranca un programa en su propia pseudoterminal."""
        numero = next(self._numeros)
        mando = MandoDePty(numero, self)
        terminal = Terminal(orden.nombre, mando, self._condiciones.cambio)
        self._presos[numero] = _Preso(terminal, mando)
        pedido = {"haz": "arrancar", "orden": orden.argumentos, "carpeta": str(orden.carpeta)}
        try:
            respuesta = self._linea.preguntar(numero, pedido, PLAZO_DEL_GUARDIAN)
        except TimeoutError:
            raise ErrorDeJaula(f"«{orden.nombre}» no arranca: el guardián no contesta.") from None
        if "fallo" in respuesta:
            raise ErrorDeJaula(f"«{orden.nombre}» no arranca: {respuesta['fallo']}.")
        return terminal

    def enviar_senal(self, numero: int, senal: int) -> None:
        """Envía la señal a ese programa, si sigue en marcha."""
        self._linea.decir({"haz": "senal", "id": numero, "senal": senal})

    def pausar(self, numero: int) -> None:
        """Detiene ese programa; cuando vuelve, ya no hace nada."""
        self._preguntar({"haz": "pausar", "id": numero})

    def espera_teclado(self, numero: int) -> bool | None:
        """Si ese programa está parado leyendo del teclado; `None` si no se sabe."""
        return self._preguntar({"haz": "teclado", "id": numero})

    def todos_dormidos(self, plazo: float) -> bool | None:
        """Si en `plazo` segundos no queda nadie trabajando; `None` si no se sabe."""
        return self._preguntar({"haz": "sueno", "id": None, "plazo": plazo}, plazo)

    def esta_dormido(self, numero: int, plazo: float) -> bool | None:
        """Si ese programa se para a esperar algo en `plazo` segundos; `None` si no se sabe."""
        return self._preguntar({"haz": "sueno", "id": numero, "plazo": plazo}, plazo)

    def mirar_la_red(self) -> Vista | None:
        """Los sockets de todos los programas, según el sistema; `None` si no se pueden ver."""
        try:
            respuesta = self._linea.preguntar(
                next(self._numeros), {"haz": "red"}, PLAZO_DE_PREGUNTA
            )
        except (ErrorDeJaula, TimeoutError):
            return None
        if respuesta["es"] is None:
            return None
        contadores = respuesta["es"]["contadores"]
        sockets = [
            SocketVisto(tuple(map(self._terminal, de)), *puertos_y_bytes)
            for puertos_y_bytes, de in respuesta["es"]["sockets"]
        ]
        return Vista(tuple(sockets), Contadores(**contadores) if contadores else None)

    def _terminal(self, numero: int) -> Terminal | None:
        preso = self._presos.get(numero)
        return preso.terminal if preso else None

    def _preguntar(self, pregunta: Mensaje, plazo: float = 0.0) -> bool | None:
        plazo += PLAZO_DE_PREGUNTA
        try:
            respuesta = self._linea.preguntar(next(self._numeros), pregunta, plazo)
        except (ErrorDeJaula, TimeoutError):
            return None
        es: bool | None = respuesta["es"]
        return es

    def leer_pantallas(self) -> None:
        """Vuelve cuando está leído todo lo que los programas ya habían escrito."""
        self._lector.vuelta(PLAZO_DE_PREGUNTA)

    def cerrar(self) -> None:
        """Mata todo lo que quede y espera a que no quede nada."""
        self._cerrando = True
        try:
            self._linea.canal.shutdown(socket.SHUT_WR)  # el guardián lo ve, y mata a todos
        except OSError:
            pass  # ya se había ido
        try:
            self._guardian.wait(PLAZO_DEL_GUARDIAN)
        except subprocess.TimeoutExpired:
            self._guardian.kill()
            self._guardian.wait()
        self._lector.cerrar(PLAZO_DEL_GUARDIAN)
        for preso in self._presos.values():
            preso.mando.desconectar()
        self._linea.canal.close()
        assert self._guardian.stderr is not None
        self._guardian.stderr.close()

    def _cerrar_sin_estrenar(self) -> str:
        """Cierra una celda que no se ha podido abrir, y devuelve el motivo."""
        self._guardian.kill()
        assert self._guardian.stderr is not None
        lineas = self._guardian.stderr.read().decode(errors="replace").splitlines()
        self.cerrar()
        return lineas[-1] if lineas else "no contesta"

    # --- Lo que se lee: todo esto ocurre en el hilo del lector -----------------------------------

    def _oir_al_guardian(self) -> bool:
        mensajes = self._linea.oir()
        if mensajes is None:
            self._se_ha_ido_el_guardian()
            return False
        for mensaje in mensajes:
            self._ha_dicho(mensaje)
        return bool(mensajes)

    def _ha_dicho(self, mensaje: Mensaje) -> None:
        match mensaje["pasa"]:
            case "listo":
                self.cerca = mensaje["cerca"]
                if mensaje["red"] is not None:
                    ventana = socket.socket(fileno=self._linea.siguiente_adjunto())
                    self._condiciones.asomarse(mensaje["red"], ventana)
                self._listo.set()
            case "respuesta":
                if "pid" in mensaje:
                    self._ha_arrancado(self._presos[mensaje["n"]], mensaje["pid"])
                self._linea.contestar(mensaje)
            case "fin":
                self._ha_terminado(self._presos[mensaje["id"]], mensaje["codigo"])
            case "exceso":
                preso = self._presos.get(mensaje["id"])
                self._condiciones.excederse(mensaje["de"], preso.terminal if preso else None)

    def _ha_arrancado(self, preso: _Preso, pid: int) -> None:
        pty = self._linea.siguiente_adjunto()
        preso.mando.conectar(pid, pty)
        self._lector.anadir(pty, partial(self._leer_pantalla, preso))

    def _leer_pantalla(self, preso: _Preso) -> bool:
        datos = preso.mando.leer()
        if datos is None:
            self._cerrar_pantalla(preso)
        elif preso.mando.bytes_leidos <= self._condiciones.limites.pantalla:
            preso.terminal.ha_escrito(datos)
        elif preso.terminal.exceso is None:
            self._condiciones.excederse("pantalla", preso.terminal)
            preso.mando.matar()
        return bool(datos)

    def _cerrar_pantalla(self, preso: _Preso) -> None:
        if preso.mando.pty is not None:
            self._lector.quitar(preso.mando.pty)
            preso.mando.desconectar()
        preso.terminal.ha_cerrado_la_pantalla()

    def _ha_terminado(self, preso: _Preso, codigo: int) -> None:
        # Quien haya heredado su terminal ya no puede escribir en ella: el sistema la cuelga
        # cuando acaba el primer programa (setsid(2)). Lo que falte por leer ya está ahí.
        while preso.mando.pty is not None and self._leer_pantalla(preso):
            pass
        with self._condiciones.cambio:
            self._cerrar_pantalla(preso)
            preso.terminal.ha_terminado(codigo)
            negado = limite_negado(preso.terminal.pantalla) if codigo else None
            if negado is not None and preso.terminal.exceso is None:
                self._condiciones.excederse(negado, preso.terminal)

    def _se_ha_ido_el_guardian(self) -> None:
        self._lector.quitar(self._linea.canal.fileno())
        self._lector.acabar()
        self._con_guardian = False
        self._linea.cortar()
        self._listo.set()
        sueltos = not (self._encerrada or self._cerrando)  # alguien ha matado al guardián
        for preso in list(self._presos.values()):
            if preso.terminal.vivo:
                if sueltos and preso.mando.pid is not None:
                    matar_grupo(preso.mando.pid)
                self._ha_terminado(preso, -signal.SIGKILL)
        if sueltos and sys.platform == "linux":
            matar_huerfanos(self._conocidos | {self._guardian.pid})
