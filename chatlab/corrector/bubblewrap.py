"""La orden de bubblewrap que encierra una entrega (bwrap(1)).

Dentro no hay más red que la de bucle local, ni más procesos que los suyos. El sistema de archivos
es el de fuera, de solo lectura, sin las carpetas personales ni las temporales: de ellas se ve lo
justo para que Python funcione. Solo se puede escribir en las carpetas que se digan y en un /tmp
nuevo, que desaparece al acabar.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Donde hay archivos de personas, o sockets por los que se llega a otros programas.
PRIVADAS = ("/home", "/root", "/media", "/mnt", "/run", "/tmp", "/var/tmp")
#: Lo que no se tapa nunca, aunque sea la carpeta personal de alguien.
DEL_SISTEMA = ("/usr", "/etc", "/bin", "/sbin", "/lib", "/lib64", "/dev", "/proc", "/sys")
#: Lo que se puede escribir y no está en ninguna carpeta de fuera.
DISCOS_PROPIOS = ("/tmp", "/dev/shm")


def buscar() -> str | None:
    """La ruta de bubblewrap, si está instalado."""
    return shutil.which("bwrap")


@dataclass(frozen=True, slots=True)
class Muros:
    """Una jaula de bubblewrap: además de lo de siempre, qué se ve y qué se tapa.

    `visibles` son carpetas y archivos que se ven, en su misma ruta, aunque estén en una carpeta
    tapada. Lo tapado parece vacío.
    """

    bwrap: str
    visibles: tuple[Path, ...] = ()
    tapar: tuple[Path, ...] = ()

    def encerrar(
        self, orden: Sequence[str], *, escribibles: Sequence[Path], visibles: Sequence[Path] = ()
    ) -> list[str]:
        """La orden que ejecuta `orden` dentro, y deja escribir en las carpetas `escribibles`."""
        tapadas = _sin_repetir([*map(Path, PRIVADAS), Path.home(), *self.tapar])
        partes = [self.bwrap, *_AISLAR, *_SISTEMA]
        for tapada in tapadas:
            partes += ["--tmpfs", str(tapada)]
        partes += _destapar(tapadas, escribibles, [*self.visibles, *visibles, *_de_python()])
        for tapada in tapadas:
            if str(tapada) not in DISCOS_PROPIOS:
                partes += ["--remount-ro", str(tapada)]
        return [*partes, "--", *orden]


def _destapar(
    tapadas: Sequence[Path], escribibles: Sequence[Path], necesarias: Sequence[Path]
) -> list[str]:
    montajes = {ruta.resolve(): "--ro-bind" for ruta in necesarias}
    montajes |= {ruta.resolve(): "--bind" for ruta in escribibles}
    enlaces = [par for ruta in necesarias for par in _enlaces_hasta(ruta).items()]
    a_la_vista: list[Path] = []
    partes: list[str] = []
    # Primero lo de fuera: montar una carpeta tapa lo que ya hubiera montado dentro de ella.
    for ruta, como in sorted(montajes.items(), key=lambda montaje: len(montaje[0].parts)):
        if como == "--bind" or (_esta_en(ruta, tapadas) and not _esta_en(ruta, a_la_vista)):
            a_la_vista.append(ruta)
            partes += [como, str(ruta), str(ruta)]
    for enlace, destino in enlaces:
        if _esta_en(enlace, tapadas) and not _esta_en(enlace, a_la_vista):
            a_la_vista.append(enlace)
            partes += ["--symlink", str(destino), str(enlace)]
    return partes


_AISLAR = (
    "--unshare-all",  # red, procesos, usuarios y comunicación entre procesos
    "--die-with-parent",
    "--as-pid-1",
    "--new-session",
    *("--cap-drop", "ALL"),
    # Muchos servidores buscan su dirección con el nombre de la máquina; aquí no hay DNS.
    *("--hostname", "localhost"),
)
_SISTEMA = (
    *("--ro-bind", "/", "/"),
    *("--dev", "/dev"),
    *("--proc", "/proc"),
    # Sin esto, root podría cambiar desde dentro los ajustes del núcleo que hay en /proc/sys.
    *("--remount-ro", "/proc"),
)


def _sin_repetir(carpetas: Iterable[Path]) -> list[Path]:
    """Las que existen y se pueden tapar sin estropear el sistema, y no están dentro de otra."""
    existentes = {carpeta.resolve() for carpeta in carpetas if carpeta.is_dir()}
    tapables = {
        carpeta
        for carpeta in existentes
        if not any(
            sistema.is_relative_to(carpeta) or carpeta.is_relative_to(sistema)
            for sistema in map(Path, DEL_SISTEMA)
        )
    }
    return sorted(una for una in tapables if not _esta_en(una.parent, tapables))


def _de_python() -> list[Path]:
    """Lo que necesita este mismo intérprete: el suyo y el del entorno virtual."""
    return [
        Path(sys.prefix),
        Path(sys.base_prefix),
        Path(os.__file__).parent,
        Path(sys.executable),
    ]


def _esta_en(ruta: Path, carpetas: Iterable[Path]) -> bool:
    return any(ruta.is_relative_to(carpeta) for carpeta in carpetas)


def _enlaces_hasta(ruta: Path) -> dict[Path, Path]:
    """Los enlaces simbólicos por los que pasa una ruta, y adónde lleva cada uno.

    `.venv/bin/python` suele llevar a otra carpeta personal, y en ella aún puede haber otro.
    """
    enlaces: dict[Path, Path] = {}
    pendientes = [ruta.absolute()]
    while pendientes:
        actual = pendientes.pop()
        for tramo in [*reversed(actual.parents), actual]:
            if tramo.is_symlink() and tramo not in enlaces:
                enlaces[tramo] = tramo.readlink()
                destino = tramo.parent / enlaces[tramo] / actual.relative_to(tramo)
                pendientes.append(Path(os.path.normpath(destino)))
                break
    return enlaces
