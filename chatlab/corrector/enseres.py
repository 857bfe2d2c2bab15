"""Lo que hay en una jaula además de la entrega y de Python: cuatro archivos de /etc y un chatlab.

Los archivos de /etc son inventados: dentro no hace falta saber quién usa esta máquina ni cómo está
puesta. De chatlab va lo que allí se ejecuta, el guardián y el espía, y ninguna lección.
"""

from __future__ import annotations

import os
import py_compile
import shutil
from collections.abc import Iterator
from importlib.util import cache_from_source
from pathlib import Path

PAQUETE = Path(__file__).resolve().parents[1]
#: Lo que se ejecuta dentro, además de los módulos sueltos del paquete.
_SE_EJECUTA = (
    "espia/**/*.py",
    *("corrector/__init__.py", "corrector/disco.py"),
    *("corrector/guardian.py", "corrector/procesos.py"),
)
#: Lo que se toma de la máquina: dónde están sus bibliotecas y qué hora es.
_DE_VERDAD = ("ld.so.cache", "localtime")


def poner_etc(carpeta: Path) -> None:
    """Crea la carpeta con los archivos de /etc que Python y las bibliotecas consultan."""
    carpeta.mkdir()
    usuario, grupo = os.getuid(), os.getgid()
    inventados = {
        "passwd": f"estudiante:x:{usuario}:{grupo}::/tmp:/bin/sh\n",
        "group": f"estudiante:x:{grupo}:\n",
        "hosts": "127.0.0.1 localhost\n::1 ip6-localhost\n",
        "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\nservices: files\n",
        "host.conf": "multi on\n",
    }
    for nombre, texto in inventados.items():
        (carpeta / nombre).write_text(texto, encoding="ascii")
    for nombre in _DE_VERDAD:
        original = Path("/etc", nombre)
        if original.is_file():
            shutil.copyfile(original, carpeta / nombre)


def poner_chatlab(carpeta: Path) -> None:
    """Copia en la carpeta, que se crea, los módulos de chatlab que se ejecutan dentro."""
    for modulo in _modulos():
        destino = carpeta / "chatlab" / modulo.relative_to(PAQUETE)
        destino.parent.mkdir(parents=True, exist_ok=True)
        # Con su fecha: así vale la compilación que ya estuviera hecha.
        shutil.copy2(modulo, destino)
        if compilado := _compilado(modulo):
            Path(cache_from_source(str(destino))).parent.mkdir(exist_ok=True)
            shutil.copy2(compilado, cache_from_source(str(destino)))


def _modulos() -> Iterator[Path]:
    yield from PAQUETE.glob("*.py")
    for patron in _SE_EJECUTA:
        yield from PAQUETE.glob(patron)


def _compilado(modulo: Path) -> Path | None:
    """El módulo ya compilado; si no lo está y no se puede, se compilará al usarlo."""
    compilado = Path(cache_from_source(str(modulo)))
    if not compilado.exists():
        try:
            py_compile.compile(str(modulo), quiet=2)
        except OSError:
            return None
    return compilado if compilado.exists() else None
