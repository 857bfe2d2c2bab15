"""Quien mira, en su propio proceso: recibe lo que cuenta la sonda y lo graba en un archivo.

    python -m bench.pelicula.mirador ARCHIVO

Escribe una línea, las variables que necesitan los programas, y mira hasta que se cierra su entrada.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from chatlab.observador.grabacion import Grabacion, Grabadora
from chatlab.sonda import Testigo

RAIZ = Path(__file__).resolve().parents[2]


def mirar(archivo: Path) -> None:
    """Mira y graba hasta que se cierre la entrada."""
    grabadora = Grabadora(archivo, titulo="El banco")
    with Testigo(
        con_lugares=True, con_candados=True, puertos_de_verdad=True, oidor=grabadora.sucesos
    ) as testigo:
        sys.stdout.write(json.dumps(testigo.entorno()) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    grabadora.cerrar()


class Mirada:
    """Lo que se sabe de una grabación cuando ha acabado."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = dict(variables)
        #: Llamadas a `send` que cuenta la grabación, líneas que tiene y bytes que ocupa.
        self.envios = 0
        self.lineas = 0
        self.bytes = 0


@contextmanager
def mirando() -> Iterator[Mirada]:
    """Arranca a quien mira; al salir, lee lo que ha grabado."""
    with tempfile.TemporaryDirectory() as carpeta:
        archivo = Path(carpeta) / "banco.chatlab"
        proceso = subprocess.Popen(
            [sys.executable, "-m", "bench.pelicula.mirador", str(archivo)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=RAIZ,
        )
        assert proceso.stdin is not None
        assert proceso.stdout is not None
        with proceso, proceso.stdout as dicho:
            mirada = Mirada(json.loads(dicho.readline()))
            try:
                yield mirada
            finally:
                proceso.stdin.close()
                proceso.wait()
        grabacion = Grabacion.leer(archivo)
        mirada.bytes = archivo.stat().st_size
        mirada.lineas = len(grabacion.lineas)
        fin = grabacion.lineas[-1] if grabacion.completa else {}
        mirada.envios = fin.get("cuentas", {}).get("send", 0)


@contextmanager
def con_variables(variables: Mapping[str, str]) -> Iterator[None]:
    """Mientras dura, lo que se arranque las lleva."""
    antes = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(antes)


if __name__ == "__main__":
    mirar(Path(sys.argv[1]))
