"""Ejecuta un guion con programas de verdad, en terminales de verdad, y guarda lo que se ve."""

from __future__ import annotations

import shlex
import shutil
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from chatlab.corrector.jaula.celda import Celda
from chatlab.corrector.jaula.ejecutor import Condiciones, Orden
from chatlab.corrector.jaula.limites import LimitesDeJaula
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.observador.secuencia import Secuencia, leer_secuencia
from chatlab.sonda import Testigo
from docs.taller.filmar import EnEscena, filmar
from docs.taller.guion import RAIZ, Accion, Guion, GuionMal
from docs.taller.marcha import Escena
from docs.taller.pantalla import COLUMNAS, como_se_ve
from docs.taller.revelado import Grabacion

#: Los que un programa puede abrir: sitio para las mil personas de un servidor de chatlab, que si no
#: avisaría de que no caben. Es el tope blando de casi todos los Linux, y el duro es mayor.
DESCRIPTORES = 1024
#: Segundos que se espera a que no se mueva nada. Solo se agotan si un programa escribe sin parar.
PLAZO = 15.0
#: Segundos sin que se mueva nada que bastan: a quien solo espera con un plazo, y a todos los demás.
REPOSO, SILENCIO = 0.6, 3.0
#: Segundos que se espera a que termine quien recibe Ctrl+C o Ctrl+D, que casi siempre termina.
PLAZO_DE_FIN = 2.0
#: Segundos entre dos miradas, la primera vez y como mucho: quien tarda en parar, tarda en mirarse.
MIRADA, MIRADA_LARGA = 0.02, 0.2
#: Lo que un hilo espera de otro de su programa: en el diagrama, que es de la red, no cabe.
ENTRE_HILOS = frozenset({"hilo", "candado"})
LECCIONES = RAIZ / "lessons"
#: Da a la terminal sus columnas y, en el mismo proceso, ejecuta lo que sigue.
_EN_SU_TERMINAL = ("/bin/sh", "-c", f'stty cols {COLUMNAS}; exec "$@"', "sh")
#: Lo mismo que `python -m`, como si prompt_toolkit no estuviera: así lo ve quien no ha instalado
#: nada.
_SIN_EXTRAS = """
import runpy, sys
sys.modules["prompt_toolkit"] = None
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True, slots=True)
class _EnMarcha:
    """Un programa arrancado, con la orden que se tecleó."""

    orden: str
    terminal: Terminal

    @property
    def con_sonda(self) -> bool:
        return self.orden.startswith("python")


def grabar(guion: Guion) -> Grabacion:
    """Ejecuta el guion; lanza `GuionMal` si teclea donde no hay programa."""
    with _Rodaje(guion) as rodaje:
        for accion in guion.acciones:
            rodaje.hacer(accion)
            rodaje.esperar_calma()
            if guion.en_marcha:
                rodaje.fotografiar()
        return rodaje.grabacion()


class _Rodaje:
    """Los programas de un guion en marcha."""

    def __init__(self, guion: Guion) -> None:
        self._guion = guion
        self._al_salir = ExitStack()
        self._programas: dict[str, list[_EnMarcha]] = {}
        self._arrancados: list[_EnMarcha] = []
        self._excesos: list[str] = []
        self._cortes: list[float] = []
        self._escenas: list[Escena] = []

    def __enter__(self) -> _Rodaje:
        with ExitStack() as si_falla:
            self._casa = Path(si_falla.enter_context(tempfile.TemporaryDirectory()))
            self._carpeta = self._preparar_carpeta()
            testigo = Testigo(con_lugares=True, con_candados=True)
            self._testigo = si_falla.enter_context(testigo)
            condiciones = Condiciones(
                self._entorno(),
                LimitesDeJaula(archivos=DESCRIPTORES),
                threading.Condition(),
                self._excesos.append,
            )
            self._celda = Celda(condiciones, {self._casa: self._casa}, None)
            si_falla.callback(self._celda.cerrar)
            self._al_salir = si_falla.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self._al_salir.close()

    @property
    def _rutas(self) -> dict[str, str]:
        """Las rutas de esta máquina, y lo que se muestra en su lugar."""
        biblioteca = sysconfig.get_path("stdlib")
        return {
            str(self._carpeta): f"…/{self._carpeta.name}",
            str(self._casa): "…",
            biblioteca: f"/usr/lib/{Path(biblioteca).name}",
            str(RAIZ): "…/chatlab",
        }

    def _preparar_carpeta(self) -> Path:
        """Una copia, para que lo que escriban los programas no quede en el clon.

        De un paso se copia la lección entera: puede arrancar un programa de otro, con `..`.
        """
        carpeta = self._guion.carpeta
        copia = self._casa / carpeta.name
        if carpeta == RAIZ:
            copia.mkdir()
            return copia
        es_paso = carpeta.is_relative_to(LECCIONES) and carpeta.parent != LECCIONES
        origen = carpeta.parent if es_paso else carpeta
        destino = self._casa / origen.name
        shutil.copytree(origen, destino, ignore=shutil.ignore_patterns("__pycache__"))
        return destino / carpeta.name if es_paso else destino

    def _entorno(self) -> dict[str, str]:
        sonda = self._testigo.entorno()
        return sonda | {
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "PYTHONPATH": f"{sonda['PYTHONPATH']}:{RAIZ}",
            "HOME": str(self._casa),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "NO_COLOR": "1",
            "PYTHON_BASIC_REPL": "1",
        }

    # --- Hacer lo que dice el guion ---

    def hacer(self, accion: Accion) -> None:
        """Lo que dice el guion; antes de cada cosa no se mueve nada."""
        self._cortes.append(time.monotonic())
        if accion.orden:
            self._arrancar(accion)
            return
        terminal = self._terminal_de(accion)
        if accion.texto == "^C":
            terminal.ctrl_c()
            terminal.esperar_fin(PLAZO_DE_FIN)
        elif accion.texto == "^D":
            terminal.ctrl_d()
            terminal.esperar_fin(PLAZO_DE_FIN)
        else:
            terminal.escribir(accion.texto)

    def _arrancar(self, accion: Accion) -> None:
        anteriores = self._programas.setdefault(accion.quien, [])
        if anteriores and anteriores[-1].terminal.esperar_fin(PLAZO_DE_FIN) is None:
            raise GuionMal(f"{self._guion.nombre}: {accion.quien} aún tiene un programa en marcha.")
        palabras = tuple(self._argumentos(shlex.split(accion.texto)))
        orden = Orden(accion.quien, (*_EN_SU_TERMINAL, *palabras), self._carpeta)
        nuevo = _EnMarcha(accion.texto, self._celda.arrancar(orden))
        anteriores.append(nuevo)
        self._arrancados.append(nuevo)

    def _argumentos(self, palabras: list[str]) -> Iterator[str]:
        programa, *argumentos = palabras
        if programa == "python":
            yield sys.executable
            if argumentos[:1] == ["-m"]:
                yield from ("-c", _SIN_EXTRAS, *argumentos[1:])
            else:
                yield from argumentos
            return
        encontrado = shutil.which(programa)
        if encontrado is None:
            raise GuionMal(f"{self._guion.nombre}: no está instalado «{programa}».")
        yield encontrado
        for argumento in argumentos:
            # Quien no lleva la sonda no sabe en qué puerto de verdad está el que se escribe.
            real = self._testigo.puerto_real(int(argumento)) if argumento.isdigit() else None
            yield str(real or argumento)

    def _terminal_de(self, accion: Accion) -> Terminal:
        programas = self._programas.get(accion.quien)
        if not programas:
            raise GuionMal(f"{self._guion.nombre}: {accion.quien} teclea sin haber arrancado nada.")
        return programas[-1].terminal

    def esperar_calma(self) -> None:
        """Vuelve cuando los programas solo esperan, o cuando se ve que no van a parar."""
        limite = time.monotonic() + PLAZO
        pausa = MIRADA
        while (
            not self._quietos()
            and self._parados() < SILENCIO
            and time.monotonic() < limite
            and not self._excesos
        ):
            self._testigo.esperar_cambio(pausa)
            pausa = min(pausa * 1.2, MIRADA_LARGA)
        self._celda.leer_pantallas()

    def _quietos(self) -> bool:
        if not self._celda.todos_dormidos(0):
            return False
        vivos = [
            programa.terminal.pid
            for programas in self._programas.values()
            for programa in programas
            if programa.con_sonda and programa.terminal.vivo and programa.terminal.pid is not None
        ]
        if not vivos or self._testigo.todo_quieto(vivos):
            return True
        return self._parados() > REPOSO and self._testigo.todo_quieto(vivos, con_prisa=True)

    def _parados(self) -> float:
        """Los segundos que hace que no se mueve nada, desde la última acción."""
        return time.monotonic() - max(self._testigo.ultimo_movimiento(), self._cortes[-1])

    # --- Lo que se ha visto ---

    def grabacion(self) -> Grabacion:
        """Lo visto hasta ahora, y después termina con todo."""
        return Grabacion(self._pantallas(), self._secuencia(), self._escenas, self._pelicula())

    def _pelicula(self) -> str:
        programas = [
            EnEscena(
                quien=programa.terminal.nombre,
                orden=programa.orden,
                archivo=self._archivo_de(programa),
                pid=programa.terminal.pid,
                codigo=programa.terminal.codigo,
                trazos=programa.terminal.rollo.trazos,
            )
            for programa in self._arrancados
        ]
        sucesos = self._testigo.sucesos()
        return filmar(self._guion, programas, sucesos, self._cortes, self._rutas)

    def _archivo_de(self, programa: _EnMarcha) -> Path | None:
        """El del programa que se ha arrancado, si es un archivo de la carpeta."""
        archivo = next((una for una in programa.orden.split(" ") if una.endswith(".py")), None)
        if archivo is None or not (ruta := self._carpeta / archivo).is_file():
            return None
        return ruta

    def fotografiar(self) -> None:
        """Guarda lo que se ve ahora en cada terminal."""
        self._escenas.append(self._pantallas())

    def _pantallas(self) -> Escena:
        """La de cada persona que ya ha arrancado algo."""
        return {quien: self._pantalla_de(quien) for quien in self._programas}

    def _pantalla_de(self, quien: str) -> str:
        trozos = []
        for programa in self._programas[quien]:
            # Antes de dibujarla: una ruta de esta máquina puede partirse donde no cabe.
            crudo = programa.terminal.crudo
            for ruta, mostrada in self._rutas.items():
                crudo = crudo.replace(ruta.encode(), mostrada.encode())
            pantalla = como_se_ve(crudo)
            trozos.append(f"$ {programa.orden}\n{pantalla}".rstrip("\n"))
        return "\n".join(linea.rstrip() for linea in "\n".join(trozos).split("\n")) + "\n"

    def _secuencia(self) -> Secuencia:
        nombres = {
            programa.terminal.pid: quien
            for quien in self._guion.personas
            for programa in self._programas[quien]
            if programa.con_sonda and programa.terminal.pid is not None
        }
        sin_sonda = [
            quien
            for quien in self._guion.personas
            if not any(programa.con_sonda for programa in self._programas[quien])
        ]
        de_la_red = [
            suceso
            for suceso in self._testigo.sucesos()
            if suceso.tipo != "espera" or suceso.detalle not in ENTRE_HILOS
        ]
        return leer_secuencia(de_la_red, nombres, sin_sonda, self._cortes)
