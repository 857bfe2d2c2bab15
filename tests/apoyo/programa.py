"""Un programa de verdad en su propio proceso: se le escribe y se lee su pantalla."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.apoyo.transcripcion import PLAZO, Transcripcion

RAIZ = Path(__file__).resolve().parents[2]
AL_ARRANCAR = Path(__file__).with_name("al_arrancar")


def como_en_una_terminal() -> dict[str, str]:
    """Las variables con que un programa de Python escribe en una tubería como en una terminal."""
    rutas = [str(AL_ARRANCAR), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, rutas)),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }


class Programa:
    """Un proceso con su teclado y su pantalla.

    No es `chatlab.programa.en_marcha`, que es de lo que se prueba: aquí se miran bytes, también a
    medias, y los errores aparte de la salida.

    `orden` son los argumentos de Python: `["-m", "chatlab.difusion.servidor"]` o
    `["servidor.py", "0"]` con `carpeta`. Con `ejecutable`, los de otro programa.
    """

    def __init__(
        self,
        orden: Sequence[str],
        *,
        carpeta: Path = RAIZ,
        entorno: Mapping[str, str] | None = None,
        ejecutable: str = sys.executable,
    ) -> None:
        self.orden = [ejecutable, *orden]
        self.salida = Transcripcion()
        self.errores = Transcripcion()
        self.proceso = subprocess.Popen(
            self.orden,
            cwd=carpeta,
            env={**como_en_una_terminal(), **(entorno or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        assert self.proceso.stdout is not None
        assert self.proceso.stderr is not None
        self._lectores = [
            self._leer_de(self.proceso.stdout, self.salida),
            self._leer_de(self.proceso.stderr, self.errores),
        ]

    @staticmethod
    def _leer_de(tuberia: IO[bytes], destino: Transcripcion) -> threading.Thread:
        def leer() -> None:
            with tuberia:
                while datos := tuberia.read(65536):
                    destino.anadir(datos)
            destino.terminar()

        hilo = threading.Thread(target=leer, daemon=True)
        hilo.start()
        return hilo

    @property
    def pantalla(self) -> str:
        """Todo lo que ha escrito hasta ahora en su salida estándar."""
        return self.salida.texto

    def escribir(self, *lineas: str) -> None:
        """Teclea las líneas, cada una con su Intro."""
        assert self.proceso.stdin is not None
        self.proceso.stdin.write("".join(f"{linea}\n" for linea in lineas).encode())

    def cerrar_teclado(self) -> None:
        """Fin de la entrada (Ctrl+D)."""
        assert self.proceso.stdin is not None
        self.proceso.stdin.close()

    def esperar(self, texto: str, *, veces: int = 1, plazo: float = PLAZO) -> str:
        """Espera a que el texto esté en pantalla `veces` veces, y devuelve la pantalla."""
        if not self.salida.esperar_texto(texto.encode(), veces, plazo):
            raise AssertionError(f"No llegó {texto!r} ({veces} veces).\n{self.transcripcion()}")
        return self.pantalla

    def puerto(self) -> int:
        """Espera a que anuncie su puerto (`…:8000`) y lo devuelve."""
        anuncio = re.compile(rb":(\d+)\b(?!\])")  # en «[::1]:8000», el puerto no es el 1
        if not self.salida.esperar(lambda datos: anuncio.search(datos) is not None):
            raise AssertionError(f"No anunció su puerto.\n{self.transcripcion()}")
        encontrado = anuncio.search(self.salida.datos)
        assert encontrado is not None
        return int(encontrado[1])

    def ctrl_c(self) -> None:
        """Pulsa Ctrl+C."""
        ctrl_c_de_windows: signal.Signals | None = getattr(signal, "CTRL_BREAK_EVENT", None)
        self.proceso.send_signal(ctrl_c_de_windows or signal.SIGINT)

    def matar(self) -> None:
        """Lo mata sin avisar, como `kill -9`."""
        self.proceso.kill()

    def esperar_fin(self, plazo: float = PLAZO) -> int:
        """Espera a que termine y a que esté leído todo lo que escribió; devuelve su código."""
        try:
            codigo = self.proceso.wait(plazo)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"No terminó en {plazo} s.\n{self.transcripcion()}") from None
        self.salida.esperar_fin()
        self.errores.esperar_fin()
        return codigo

    def insistir_con_ctrl_c(self) -> None:
        """Pulsa Ctrl+C, y otra vez si hace falta, hasta que el programa termina.

        Si llega justo antes de que Python se ponga a esperar (en `accept` o en `input`), no lo
        atiende hasta que acaba esa espera. A una persona no le pasa: nunca es tan rápida.
        """
        while not self.salida.terminada:
            self.ctrl_c()
            self.salida.esperar_fin(2)

    def termina_bien(self) -> bool:
        """Espera a que termine; dice si lo hace sin quejarse de nada."""
        return self.esperar_fin() == 0 and self.errores.texto == ""

    def transcripcion(self) -> str:
        """Todo lo visto, para el mensaje de una prueba que falla."""
        return (
            f"--- {' '.join(self.orden)} (código {self.proceso.poll()})\n"
            f"{self.pantalla[-4000:]}\n--- errores\n{self.errores.texto[-4000:]}"
        )

    def cerrar(self) -> None:
        """Lo mata si sigue vivo y recoge lo que quede de él."""
        self.proceso.kill()
        self.proceso.wait()
        for lector in self._lectores:
            lector.join(PLAZO)
        assert self.proceso.stdin is not None
        try:
            self.proceso.stdin.close()
        except BrokenPipeError:
            pass  # ya no hay nadie que lea lo que quedó por escribir


@contextmanager
def con_head(*orden: str, lineas: int = 1) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Arranca un programa, lee sus primeras líneas y cierra la tubería: `… | head -1`.

    Da la última línea leída y el proceso, que sigue en marcha.
    """
    proceso = subprocess.Popen(
        [sys.executable, *orden],
        cwd=RAIZ,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert proceso.stdout is not None
        with proceso.stdout:
            *_, ultima = (proceso.stdout.readline() for _ in range(lineas))
        yield ultima, proceso
    finally:
        proceso.kill()
        proceso.communicate()
