"""Arrancar un servidor en un puerto libre, y pararlo al acabar."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from chatlab.medidor.objetivos import PLAZO_DE_ARRANQUE, NoArranca, ServidorMedido
from chatlab.sistema.consumo import quien_escucha

ESTA = "127.0.0.1"
#: Segundos entre una llamada y la siguiente a un servidor que aún no escucha.
ENTRE_LLAMADAS = 0.02


@contextmanager
def arrancar_programa(
    orden: Callable[[str, str], list[str]], ajustes: Callable[[str], str]
) -> Iterator[ServidorMedido]:
    """Un servidor que no es nuestro. `orden` recibe el puerto y la ruta de sus ajustes.

    Lanza `NoArranca`, con lo último que haya dicho, si no llega a escuchar.
    """
    puerto = _puerto_libre()
    with tempfile.TemporaryDirectory() as carpeta:
        archivo = Path(carpeta) / "ajustes.conf"
        Path(carpeta).chmod(0o755)  # hay servidores que dejan de ser root antes de leerlo
        archivo.write_text(ajustes(str(puerto)), encoding="utf-8")
        salida = Path(carpeta) / "salida.txt"
        argumentos = orden(str(puerto), str(archivo))
        with salida.open("wb") as escrita:
            proceso = subprocess.Popen(
                argumentos,
                stdin=subprocess.DEVNULL,
                stdout=escrita,
                stderr=subprocess.STDOUT,
                cwd=carpeta,
            )
        try:
            if not _escucha(puerto, proceso):
                raise NoArranca(
                    f"{Path(argumentos[0]).name} no ha arrancado:\n"
                    + salida.read_text(encoding="utf-8", errors="replace")[-1000:]
                )
            # Lo que se ha arrancado puede ser otro programa que arranca el servidor.
            yield ServidorMedido(ESTA, puerto, quien_escucha(puerto) or proceso.pid)
        finally:
            proceso.terminate()
            try:
                proceso.wait(5)
            except subprocess.TimeoutExpired:
                proceso.kill()
                proceso.wait()


def _puerto_libre() -> int:
    with socket.create_server((ESTA, 0)) as sonda:
        return int(sonda.getsockname()[1])


def _escucha(puerto: int, proceso: subprocess.Popen[bytes]) -> bool:
    """Llama hasta que contesta; no, si el programa termina o pasa el plazo."""
    limite = time.monotonic() + PLAZO_DE_ARRANQUE
    espera = threading.Event()
    while proceso.poll() is None and time.monotonic() < limite:
        try:
            socket.create_connection((ESTA, puerto)).close()
            return True
        except OSError:
            espera.wait(ENTRE_LLAMADAS)
    return False
