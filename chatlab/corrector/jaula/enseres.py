"""Lo que hay en una jaula además de la entrega y de Python: un /etc y unos módulos de chatlab.

Los archivos de /etc son inventados: dentro no hace falta saber quién usa esta máquina ni cómo está
puesta. De chatlab va lo que allí se ejecuta, el guardián y el espía, y ninguna lección.
"""

from __future__ import annotations

import compileall
import os
import shutil
from importlib.util import cache_from_source
from pathlib import Path

from chatlab.programa.entorno import PAQUETE

#: Los módulos del guardián: los que importa y los paquetes en que están.
_GUARDIAN = (
    *("", "sistema"),
    *(f"sistema.{nombre}" for nombre in ("llamadas", "proc", "procesos", "sock_diag", "sockets")),
    *("corrector", "corrector.jaula"),
    "corrector.jaula.guardian",
    *(
        f"corrector.jaula.{nombre}"
        for nombre in ("buzon", "cerca", "convertirse", "disco", "recogida")
    ),
)
#: Los del espía: los suyos y lo que usa cualquier programa de la red.
_ESPIA = (
    *("*.py", "ordenes/__init__.py", "ordenes/espia.py"),
    *(f"sistema/{nombre}.py" for nombre in ("__init__", "proc", "sock_diag")),
    *(f"{carpeta}/**/*.py" for carpeta in ("espia", "chat", "programa", "red", "terminal")),
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


def guardian(dentro: Path) -> dict[Path, Path]:
    """Los archivos que el guardián importa desde la carpeta `dentro`, `{dentro: fuera}`."""
    archivos = {}
    for nombre in _GUARDIAN:
        modulo = _archivo_de(nombre)
        visto = dentro / "chatlab" / modulo.relative_to(PAQUETE)
        archivos[visto] = modulo
        if compilado := _compilado(modulo):
            archivos[visto.parent / "__pycache__" / compilado.name] = compilado
    return archivos


def poner_espia(carpeta: Path) -> None:
    """Copia en la carpeta, que existe, los módulos de chatlab que necesita el espía."""
    for modulo in (modulo for patron in _ESPIA for modulo in PAQUETE.glob(patron)):
        destino = carpeta / "chatlab" / modulo.relative_to(PAQUETE)
        destino.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modulo, destino)


def _archivo_de(nombre: str) -> Path:
    ruta = PAQUETE.joinpath(*nombre.split("."))
    return ruta / "__init__.py" if ruta.is_dir() else ruta.with_suffix(".py")


def _compilado(modulo: Path) -> Path | None:
    """El módulo ya compilado; si no lo está y no se puede, se compilará al usarlo."""
    compilado = Path(cache_from_source(str(modulo)))
    try:
        compileall.compile_file(modulo, quiet=2)  # no hace nada si ya lo está
    except OSError:
        return None
    return compilado if compilado.exists() else None
