"""La copia de la sonda que llevan los programas de una entrega, y si alguien la ha cambiado.

En una jaula no se puede escribir en ella. Sin jaula, sí: los programas son del mismo usuario.
"""

from __future__ import annotations

import compileall
import hashlib
import shutil
from pathlib import Path

from chatlab.sistema import ajeno

INYECTADO = Path(__file__).with_name("inyectado")
#: Los borradores que Python deja mientras compila: si otro lo hace, desaparecen al ir a copiarlos.
A_MEDIO_COMPILAR = shutil.ignore_patterns("*.pyc.*")
#: Bytes que se leen de cada archivo; los de la sonda ocupan menos.
MAXIMO = 1 << 20


class CopiaDeLaSonda:
    """Una copia propia: desde una jaula se ve su carpeta, y no dónde está chatlab."""

    def __init__(self, destino: Path) -> None:
        # Ya compilada, ningún programa tarda en arrancar por ella. Si no se puede escribir donde
        # está instalado chatlab, la compilará el primero.
        compileall.compile_dir(INYECTADO, quiet=2)
        shutil.copytree(INYECTADO, destino, ignore=A_MEDIO_COMPILAR)
        self._carpeta = destino
        nombres = [una.relative_to(destino) for una in destino.rglob("*.py*") if una.is_file()]
        self._huellas = {nombre: self._huella(nombre) for nombre in nombres}

    def cambiado(self) -> Path | None:
        """Un archivo suyo que ya no es como era; `None` si está intacta."""
        for nombre, huella in self._huellas.items():
            if self._huella(nombre) != huella:
                return nombre
        return None

    def _huella(self, nombre: Path) -> bytes | None:
        datos = ajeno.leer(self._carpeta, nombre, MAXIMO)
        return None if datos is None else hashlib.sha256(datos).digest()
