"""La copia de la sonda que llevan los programas de una entrega, y si alguien la ha cambiado.

En una jaula no se puede escribir en ella. Sin jaula, sí: los programas son del mismo usuario.
"""

from __future__ import annotations

import compileall
import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chatlab.sistema import ajeno

INYECTADO = Path(__file__).with_name("inyectado")
#: Lo que se copia: el código y, ya compilado, lo mismo. Los borradores que Python deja mientras
#: compila («….pyc.1234») no, que pueden desaparecer al ir a leerlos.
SE_COPIA = (".py", ".pyc")
#: pytest compila a su manera lo que importan las pruebas: eso no lo usa ningún programa.
DE_PYTEST = "-pytest-"
#: Bytes que se leen de cada archivo; los de la sonda ocupan menos.
MAXIMO = 1 << 20


@dataclass(frozen=True)
class Original:
    """Un archivo de la sonda, como está instalado."""

    datos: bytes
    huella: bytes
    modo: int
    #: Cuándo se cambió, en nanosegundos: con otra fecha, Python daría por viejo lo compilado.
    instante: int


@cache  # se hace una copia para cada corrida de cada comprobación
def originales(inyectado: Path) -> dict[Path, Original]:
    """Los archivos de la sonda, por su nombre en esa carpeta."""
    # Ya compilada, ningún programa tarda en arrancar por ella. Si no se puede escribir donde
    # está instalado chatlab, la compilará el primero.
    compileall.compile_dir(inyectado, quiet=2)
    return {
        ruta.relative_to(inyectado): _leer(ruta)
        for ruta in sorted(inyectado.rglob("*"))
        if ruta.suffix in SE_COPIA and DE_PYTEST not in ruta.name
    }


def _leer(ruta: Path) -> Original:
    datos, estado = ruta.read_bytes(), ruta.stat()
    huella = hashlib.sha256(datos).digest()
    return Original(datos, huella, estado.st_mode & 0o777, estado.st_mtime_ns)


class CopiaDeLaSonda:
    """Una copia propia: desde una jaula se ve su carpeta, y no dónde está chatlab."""

    def __init__(self, destino: Path) -> None:
        copiados = originales(INYECTADO)
        for carpeta in {destino, *((destino / nombre).parent for nombre in copiados)}:
            carpeta.mkdir(parents=True, exist_ok=True)
        for nombre, original in copiados.items():
            copia = destino / nombre
            copia.write_bytes(original.datos)
            copia.chmod(original.modo)
            os.utime(copia, ns=(original.instante, original.instante))
        self._carpeta = destino
        self._huellas = {nombre: original.huella for nombre, original in copiados.items()}

    def cambiado(self) -> Path | None:
        """Un archivo suyo que ya no es como era; `None` si está intacta."""
        for nombre, huella in self._huellas.items():
            if self._huella(nombre) != huella:
                return nombre
        return None

    def _huella(self, nombre: Path) -> bytes | None:
        datos = ajeno.leer(self._carpeta, nombre, MAXIMO)
        return None if datos is None else hashlib.sha256(datos).digest()
