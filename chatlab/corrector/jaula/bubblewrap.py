"""La orden de bubblewrap que encierra una entrega (bwrap(1)).

Dentro no hay más red que la de bucle local, ni más procesos que los suyos. El sistema de archivos
empieza vacío, y en él se pone solo lo que Python necesita, de solo lectura. Se puede escribir en
las carpetas que se digan y en un /tmp nuevo, que desaparece al acabar.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from chatlab.programa.entorno import PAQUETE

#: Lo que se puede escribir y no está en ninguna carpeta de fuera.
DISCOS_PROPIOS = ("/tmp", "/dev/shm")
#: De las bibliotecas del sistema; las dos últimas, donde las ponen Nix y Guix.
BIBLIOTECAS = (
    *("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib32", "/lib64", "/usr/local/lib"),
    *("/nix/store", "/gnu/store"),
)
#: Lo que usan la biblioteca estándar, las terminales y tkinter.
DATOS = ("/usr/share/zoneinfo", "/usr/share/terminfo", "/usr/share/tcltk", "/usr/share/X11/locale")
#: Las órdenes que un programa de consola suele pedir: `os.system("clear")`.
ORDENES = ("/bin/sh", "/usr/bin/env", "/usr/bin/clear", "/usr/bin/tput", "/usr/bin/stty")
#: Donde está chatlab: el clon, o la carpeta en que se instaló.
_CLON = PAQUETE.parent
#: Carpetas en las que hay órdenes de todo el sistema: de ellas no se ve nada más.
_CON_ORDENES = ("/bin", "/usr/bin", "/usr/local/bin")


def buscar() -> str | None:
    """La ruta de bubblewrap, si está instalado."""
    return shutil.which("bwrap")


@dataclass(frozen=True, slots=True)
class Muros:
    """Una jaula de bubblewrap: además de Python, qué se ve.

    `visibles` son carpetas y archivos que se ven en su misma ruta; `prestados`, los que se ven en
    otra: `{dentro: fuera}`. De lo que se ve, `tapar` parece vacío.
    """

    bwrap: str
    visibles: tuple[Path, ...] = ()
    prestados: Mapping[Path, Path] = field(default_factory=dict)
    tapar: tuple[Path, ...] = ()

    def encerrar(self, orden: Sequence[str], escribibles: Mapping[Path, Path]) -> list[str]:
        """La orden que ejecuta `orden` dentro y deja escribir en `escribibles`, `{dentro: fuera}`.

        Todas las rutas de fuera existen.
        """
        suyo = {ruta.resolve(): ("--ro-bind", ruta.resolve()) for ruta in self.visibles}
        suyo |= {dentro: ("--ro-bind", fuera) for dentro, fuera in self.prestados.items()}
        suyo |= {dentro: ("--bind", fuera) for dentro, fuera in escribibles.items()}
        partes = [self.bwrap, *_AISLAR, *_lo_de_siempre(), *_montar(suyo)]
        partes += _enlazar(self.visibles, list(suyo))
        for tapada in self.tapar:
            if tapada.is_dir() and _esta_en(tapada, [*lo_necesario(), *suyo]):
                partes += ["--tmpfs", str(tapada), "--remount-ro", str(tapada)]
        return [*partes, "--remount-ro", "/", "--", *orden]


_AISLAR = (
    "--unshare-all",  # red, procesos, usuarios y comunicación entre procesos
    "--die-with-parent",
    "--as-pid-1",
    "--new-session",
    *("--cap-drop", "ALL"),
    # Muchos servidores buscan su dirección con el nombre de la máquina; aquí no hay DNS.
    *("--hostname", "localhost"),
    *("--dev", "/dev"),
    *("--proc", "/proc"),
    # Sin esto, root podría cambiar desde dentro los ajustes del núcleo que hay en /proc/sys.
    *("--remount-ro", "/proc"),
    *("--tmpfs", "/tmp"),
)
#: De cada ruta de dentro, cómo se monta y qué hay de fuera.
Montajes = dict[Path, tuple[str, Path]]


@cache  # buscarlo en el disco tarda tanto como montarlo
def _lo_de_siempre() -> tuple[str, ...]:
    """Los montajes del sistema y de Python, y los enlaces por los que se llega a ellos."""
    visibles = lo_necesario()
    montajes = {ruta: ("--ro-bind", ruta) for ruta in visibles}
    enlaces = _enlazar([*_del_sistema(), *_de_python()], visibles)
    return (*_montar(montajes), *enlaces, *_vacia(_CLON, visibles))


def _vacia(carpeta: Path, a_la_vista: Sequence[Path]) -> list[str]:
    """Una carpeta sin nada en el sitio de otra que no se ve.

    Instalado con `--editable` en un entorno de fuera del clon, un `.pth` lo nombra. Desde Python
    3.15, si no existe, cada programa lo dice en su pantalla.
    """
    return [] if _esta_en(carpeta, a_la_vista) else ["--dir", str(carpeta)]


@cache
def lo_necesario() -> tuple[Path, ...]:
    """Lo necesario, sin enlaces ni lo que ya está dentro de otra carpeta."""
    todas = sorted({ruta.resolve() for ruta in (*_del_sistema(), *_de_python())})
    return tuple(ruta for ruta in todas if not _esta_en(ruta.parent, todas))


def _montar(montajes: Montajes) -> list[str]:
    # Primero lo de fuera: montar una carpeta tapa lo que ya hubiera montado dentro de ella.
    en_orden = sorted(montajes.items(), key=lambda montaje: len(montaje[0].parts))
    return [
        parte for dentro, (como, fuera) in en_orden for parte in (como, str(fuera), str(dentro))
    ]


def _enlazar(rutas: Iterable[Path], a_la_vista: Sequence[Path]) -> list[str]:
    """Los enlaces por los que se llega a unas rutas, si no están ya en algo que se ve."""
    enlaces = {enlace: a for ruta in rutas for enlace, a in _enlaces_hasta(ruta).items()}
    return [
        parte
        for enlace, destino in enlaces.items()
        if not _esta_en(enlace, a_la_vista)
        for parte in ("--symlink", str(destino), str(enlace))
    ]


def _del_sistema() -> Iterator[Path]:
    return (ruta for ruta in map(Path, (*BIBLIOTECAS, *DATOS, *ORDENES)) if ruta.exists())


def _de_python() -> Iterator[Path]:
    """Lo que necesita este mismo intérprete: lo suyo y lo del entorno virtual."""
    yield Path(sys.executable)
    yield Path(os.__file__).parent
    yield Path(sysconfig.get_path("platstdlib"))
    for prefijo in dict.fromkeys((sys.prefix, sys.exec_prefix, sys.base_prefix)):
        # No el prefijo entero: un entorno virtual puede estar en la carpeta de un proyecto.
        for nombre in ("bin", "lib", "lib64", "pyvenv.cfg"):
            ruta = Path(prefijo, nombre)
            if ruta.exists() and str(ruta.resolve()) not in _CON_ORDENES:
                yield ruta


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
