"""Entregas de mentira con programas de verdad, y jaulas en las que ejecutarlas."""

from __future__ import annotations

import os
import shutil
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

import psutil
import pytest

from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.jaula.jaula import Jaula
from chatlab.corrector.jaula.limites import LimitesDeJaula
from tests.apoyo.transcripcion import PLAZO

#: Un programa que espera sin hacer nada.
ESPERA = 'input("esperando\\n")\n'

con_bubblewrap = pytest.mark.skipif(
    shutil.which("bwrap") is None and "CHATLAB_SIN_SALTOS" not in os.environ,
    reason="no está instalado bubblewrap",
)
#: Con jaula y sin ella.
de_las_dos_formas = pytest.mark.parametrize(
    "aislar",
    [pytest.param(True, marks=con_bubblewrap, id="encerrados"), pytest.param(False, id="sueltos")],
)


class FalsoTestigo:
    """Lo que la jaula necesita de un testigo. Sus programas se reconocen por una variable."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        self.escribible = carpeta / "puertos"
        self.marca = uuid.uuid4().hex
        self.escribible.mkdir(parents=True)

    def asomarse_a_su_red(self, red: int, ventana: socket.socket) -> None:
        ventana.close()

    def entorno(self) -> dict[str, str]:
        return {"PRUEBA_DE_CHATLAB": self.marca}

    def vivos(self) -> list[str]:
        """Las órdenes de los procesos de sus programas que siguen vivos en la máquina."""
        ordenes = []
        for proceso in psutil.process_iter():
            try:
                if proceso.environ().get("PRUEBA_DE_CHATLAB") == self.marca:
                    ordenes.append(" ".join(proceso.cmdline()))
            except psutil.Error:
                pass  # ha terminado, o es de otra persona
        return ordenes


def crear_entrega(
    carpeta: Path, servidor: str = ESPERA, cliente: str = ESPERA, nombre: str = "Ana García"
) -> Entrega:
    """Una entrega con esos dos programas."""
    (carpeta / nombre).mkdir(parents=True, exist_ok=True)
    for papel, programa in (("servidor", servidor), ("cliente", cliente)):
        (carpeta / nombre / f"{papel}.py").write_text(dedent(programa), encoding="utf-8")
    return Entrega.buscar(carpeta / nombre)


@contextmanager
def jaula_con(
    carpeta: Path,
    *,
    servidor: str = ESPERA,
    cliente: str = ESPERA,
    limites: LimitesDeJaula | None = None,
    aislar: bool = True,
    tuberias: bool = False,
) -> Iterator[Jaula]:
    """Una jaula con esos programas. Al salir comprueba que no ha quedado nada de ellos."""
    entrega = crear_entrega(carpeta, servidor, cliente)
    testigo = FalsoTestigo(carpeta / "testigo")
    with Jaula(entrega, testigo, limites, aislar=aislar, tuberias=tuberias) as jaula:
        if aislar and not tuberias:
            assert jaula.aislamiento == "completo"
        yield jaula
    assert testigo.vivos() == []
    assert not jaula.carpeta.parents[1].exists()


def lo_que_escribe(carpeta: Path, cliente: str, *, aislar: bool = True) -> str:
    """La pantalla de un programa que termina solo."""
    with jaula_con(carpeta, cliente=cliente, aislar=aislar) as jaula:
        terminal = jaula.arrancar("cliente")
        assert terminal.esperar_fin(PLAZO) == 0, terminal.pantalla
        return terminal.pantalla
