"""A ritmo de clase: cuánto más gastan unos programas de verdad, y cuánto más tarda un mensaje.

Hay dos grupos iguales a la vez, uno con la sonda y otro sin ella: el servidor y los clientes del
paso 5 de la lección 03. Ana escribe un mensaje en uno, y luego en el otro, y así todo el rato. Se
mide lo que tarda cada mensaje en estar en la pantalla de todos los demás, y el procesador que
gastan todos los programas de cada grupo, en nanosegundos (`/proc/PID/task/TID/schedstat`).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import IO

from bench.pelicula.mirador import RAIZ, mirando
from chatlab.sistema import proc

PASO = RAIZ / "lessons" / "03_difusion" / "paso5_sala"
CLIENTES = ("Ana", "Carlos", "Lucía", "Marcos")
#: Segundos entre dos mensajes del mismo grupo, y los que se espera a uno como mucho.
ENTRE_MENSAJES = 0.2
PLAZO = 20.0


@dataclass
class Medida:
    """Lo de un grupo: segundos de procesador y los que tardó cada mensaje."""

    cpu: float = 0.0
    latencias: list[float] = field(default_factory=list)

    @property
    def latencia(self) -> float:
        """La mediana, en milisegundos."""
        return 1000 * median(self.latencias)


@dataclass
class Clase:
    """Lo medido con `mensajes` mensajes en cada grupo, en `segundos`."""

    mensajes: int
    segundos: float
    sin: Medida
    mirando: Medida


class Pantalla:
    """Un programa con su teclado; un hilo lee lo que escribe, y sabe cuándo sale algo."""

    def __init__(self, archivo: str, puerto: int, variables: Mapping[str, str]) -> None:
        argumentos = [str(puerto)] if archivo == "servidor.py" else ["127.0.0.1", str(puerto)]
        self.proceso = subprocess.Popen(
            [sys.executable, "-u", archivo, *argumentos],
            cwd=PASO,
            env={**os.environ, "PYTHONUTF8": "1", **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.proceso.stdout is not None
        self._texto = b""
        self._cambio = threading.Condition()
        threading.Thread(target=self._leer, args=(self.proceso.stdout,), daemon=True).start()

    def _leer(self, salida: IO[bytes]) -> None:
        while datos := salida.read1(65536):  # type: ignore[attr-defined]
            with self._cambio:
                self._texto += datos
                self._cambio.notify_all()

    def teclear(self, texto: str) -> None:
        """Escribe una línea en su teclado."""
        assert self.proceso.stdin is not None
        self.proceso.stdin.write(f"{texto}\n".encode())
        self.proceso.stdin.flush()

    def esperar(self, texto: str) -> None:
        """Espera a que salga; lanza `TimeoutError` si tarda demasiado."""
        with self._cambio:
            if not self._cambio.wait_for(lambda: texto.encode() in self._texto, PLAZO):
                raise TimeoutError(f"no ha salido {texto!r}: {self._texto[-500:]!r}")

    def puerto(self) -> int:
        """El que dice, cuando escucha."""
        self.esperar("Esperando conexiones")
        dicho = re.search(rb"escuchando en \S+:(\d+)", self._texto)
        assert dicho is not None
        return int(dicho[1])

    def cpu(self) -> float:
        """Segundos de procesador que han gastado hasta ahora los hilos que tiene."""
        pid = self.proceso.pid
        return sum(
            int(proc.leer(f"{pid}/task/{tid}/schedstat").split()[0]) / 1e9
            for tid in proc.hilos_de(pid)
        )


class Grupo:
    """Un servidor y sus clientes, ya dentro."""

    def __init__(self, abiertos: ExitStack, variables: Mapping[str, str]) -> None:
        servidor = abiertos.enter_context(_en_marcha("servidor.py", 0, variables))
        puerto = servidor.puerto()
        self.clientes = [
            abiertos.enter_context(_en_marcha("cliente.py", puerto, variables)) for _ in CLIENTES
        ]
        for cliente, nombre in zip(self.clientes, CLIENTES, strict=True):
            cliente.esperar("Ingresa tu nombre")
            cliente.teclear(nombre)
            cliente.esperar("Bienvenido")
        self._todos = [servidor, *self.clientes]

    def cpu(self) -> float:
        """Segundos de procesador de todos."""
        return sum(uno.cpu() for uno in self._todos)

    def mandar(self, texto: str) -> float:
        """Ana lo escribe; devuelve los segundos que tarda en verse en todas las demás pantallas."""
        ana, *otros = self.clientes
        antes = time.perf_counter()
        ana.teclear(texto)
        for otro in otros:
            otro.esperar(f"Ana: {texto}")
        return time.perf_counter() - antes


@contextmanager
def _en_marcha(archivo: str, puerto: int, variables: Mapping[str, str]) -> Iterator[Pantalla]:
    pantalla = Pantalla(archivo, puerto, variables)
    try:
        yield pantalla
    finally:
        pantalla.proceso.kill()
        pantalla.proceso.communicate()


def medir(mensajes: int) -> Clase:
    """Manda esos mensajes en cada grupo, por turnos."""
    with ExitStack() as abiertos:
        mirada = abiertos.enter_context(mirando())
        grupos = [Grupo(abiertos, {}), Grupo(abiertos, mirada.variables)]
        medidas = [Medida(), Medida()]
        empezar, hasta = time.monotonic(), [grupo.cpu() for grupo in grupos]
        pausa = threading.Event()
        for numero in range(mensajes):
            # Primero uno y luego el otro, y al revés la siguiente vez.
            for cual in (0, 1) if numero % 2 else (1, 0):
                medidas[cual].latencias.append(grupos[cual].mandar(f"mensaje {numero:05}"))
                pausa.wait(ENTRE_MENSAJES / 2)
        for grupo, medida, antes in zip(grupos, medidas, hasta, strict=True):
            medida.cpu = grupo.cpu() - antes
        return Clase(mensajes, time.monotonic() - empezar, *medidas)
