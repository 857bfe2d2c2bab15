"""Programas con tuberías en lugar de terminal: así se ejecutan en Windows.

No hay guardián ni jaula. Se vigilan el reloj y la pantalla, y al cerrar se mata a cada programa
con todos los que haya arrancado. La pantalla muestra lo tecleado, como lo haría una terminal.

También funciona en los demás sistemas, donde solo sirve para probarlo.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO

from chatlab.corrector.jaula.ejecutor import Condiciones, ErrorDeJaula, Orden
from chatlab.corrector.jaula.evidencia import Vista
from chatlab.corrector.jaula.terminal import INTRO, Terminal
from chatlab.sistema.procesos import esperar_a_que_pare

#: Segundos que se espera a que un programa muerto acabe de irse.
PLAZO_DE_FIN = 10.0


class Tuberias:
    """Ejecuta programas sin encerrarlos."""

    def __init__(self, condiciones: Condiciones) -> None:
        self._condiciones = condiciones
        self._mandos: list[MandoDeTuberias] = []

    def arrancar(self, orden: Orden) -> Terminal:
        """Arranca un programa en su propio grupo de procesos."""
        try:
            mando = MandoDeTuberias(orden, self._condiciones)
        except OSError as error:
            raise ErrorDeJaula(f"«{orden.nombre}» no arranca: {error}.") from error
        self._mandos.append(mando)
        return mando.terminal

    def todos_dormidos(self, plazo: float) -> bool | None:
        return None  # desde fuera no se puede saber

    def mirar_la_red(self) -> Vista | None:
        """En Windows no se sabe mirar."""
        return None

    def leer_pantallas(self) -> None:
        pass  # cada una la lee un hilo, y no hay forma de saber si va al día

    def cerrar(self) -> None:
        """Mata todo lo que quede y espera a que no quede nada."""
        for mando in self._mandos:
            mando.cerrar()


class MandoDeTuberias:
    """Maneja un programa por sus tuberías y le pone límites de reloj y de pantalla."""

    def __init__(self, orden: Orden, condiciones: Condiciones) -> None:
        self.terminal = Terminal(orden.nombre, self, condiciones.cambio)
        self._condiciones = condiciones
        self._proceso = _arrancar(orden, condiciones)
        self._hilos = [threading.Thread(target=self._leer), threading.Thread(target=self._esperar)]
        self._reloj = threading.Timer(condiciones.limites.segundos_de_programa, self._vencer)
        for hilo in (*self._hilos, self._reloj):
            hilo.daemon = True
            hilo.start()

    @property
    def pid(self) -> int:
        return self._proceso.pid

    @staticmethod
    def _tuberia(tuberia: IO[bytes] | None) -> IO[bytes]:
        assert tuberia is not None
        return tuberia

    def _leer(self) -> None:
        leidos = 0
        while datos := self._tuberia(self._proceso.stdout).read(65536):
            leidos += len(datos)
            if leidos <= self._condiciones.limites.pantalla:
                self.terminal.ha_escrito(datos)
            elif self.terminal.exceso is None:
                self._condiciones.excederse("pantalla", self.terminal)
                self.matar()
        self.terminal.ha_cerrado_la_pantalla()

    def _esperar(self) -> None:
        codigo = self._proceso.wait()
        self._reloj.cancel()
        self.terminal.ha_terminado(codigo)

    def _vencer(self) -> None:
        self._condiciones.excederse("segundos_de_programa", self.terminal)
        self.matar()

    def teclear(self, datos: bytes) -> None:
        datos = datos.replace(INTRO, b"\n")
        self.terminal.ha_escrito(datos)
        try:
            self._tuberia(self._proceso.stdin).write(datos)
        except (OSError, ValueError):
            pass  # el programa ya no está, o se le cerró el teclado

    def ctrl_c(self, al_pulsar: Callable[[], None]) -> None:
        """Pulsa Ctrl+C; en Windows, Ctrl+Inter, lo único que se puede enviar a otro grupo."""
        al_pulsar()
        if self._proceso.poll() is None:
            if sys.platform == "win32":
                self._proceso.send_signal(signal.CTRL_BREAK_EVENT)
            else:
                _al_grupo(self._proceso.pid, signal.SIGINT)

    def ctrl_d(self) -> None:
        try:
            self._tuberia(self._proceso.stdin).close()
        except OSError:
            pass  # el programa ya no está

    def matar(self) -> None:
        """Mata el programa y los que haya arrancado."""
        if sys.platform == "win32":
            if self._proceso.poll() is None:
                orden = ["taskkill", "/F", "/T", "/PID", str(self._proceso.pid)]
                subprocess.run(orden, capture_output=True, check=False)
                self._proceso.kill()
        else:
            _al_grupo(self._proceso.pid, signal.SIGKILL)

    def pausar(self) -> None:
        if sys.platform == "win32":
            _ntdll("NtSuspendProcess", self._proceso)
        else:
            _al_grupo(self._proceso.pid, signal.SIGSTOP)
            esperar_a_que_pare(self._proceso.pid)

    def seguir(self) -> None:
        if sys.platform == "win32":
            _ntdll("NtResumeProcess", self._proceso)
        else:
            _al_grupo(self._proceso.pid, signal.SIGCONT)

    def espera_teclado(self) -> bool | None:
        return None  # con tuberías no se puede saber

    def cerrar(self) -> None:
        """Lo mata si sigue en marcha, y espera a que se haya ido."""
        self.matar()
        for hilo in self._hilos:
            hilo.join(PLAZO_DE_FIN)
        self._reloj.cancel()
        self.ctrl_d()
        self._tuberia(self._proceso.stdout).close()


def _arrancar(orden: Orden, condiciones: Condiciones) -> subprocess.Popen[bytes]:
    # En una terminal, lo escrito sale línea a línea; en una tubería habría que esperar.
    entorno = {**condiciones.entorno, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    return subprocess.Popen(
        orden.argumentos,
        cwd=orden.carpeta,
        env=entorno,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


if sys.platform == "win32":
    import ctypes

    def _ntdll(funcion: str, proceso: subprocess.Popen[bytes]) -> None:
        """Detiene o reanuda todos los hilos de un proceso. No hay orden documentada para ello."""
        getattr(ctypes.windll.ntdll, funcion)(int(proceso._handle))  # type: ignore[attr-defined]

else:

    def _al_grupo(pid: int, senal: int) -> None:
        try:
            os.killpg(pid, senal)
        except (ProcessLookupError, PermissionError):
            pass  # ya no queda nadie en él
