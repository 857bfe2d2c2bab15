"""Lo que el guardián mira de los archivos que escriben los programas: cuánto ocupan y qué son."""

from __future__ import annotations

import os
import stat

#: Bytes de sobra para uno de los archivos con los que se reparten los puertos.
MAX_DE_REPARTO = 64
#: Archivos que puede haber en ese reparto: una entrega usa uno o dos puertos.
MAX_REPARTIDOS = 1000
#: Abrir una carpeta, y solo si es una carpeta.
_CARPETA = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Gasto:
    """Lo que hay en unas carpetas: bytes, archivos y carpetas, y cuánto se meten unas en otras."""

    def __init__(self) -> None:
        self.disco = self.entradas = self.hondura = 0

    def sumar(self, carpeta: int, topes: dict[str, int], hondura: int = 0) -> None:
        """Suma lo que hay en una carpeta abierta; deja de mirar en cuanto se pasa un tope."""
        self.hondura = max(self.hondura, hondura)
        if self.hondura > topes["hondura"]:
            return
        for entrada in os.scandir(carpeta):
            self.entradas += 1
            if self.entradas > topes["entradas"] or self.hondura > topes["hondura"]:
                return
            try:
                estado = entrada.stat(follow_symlinks=False)
                self.disco += estado.st_blocks * 512
                if stat.S_ISDIR(estado.st_mode):
                    self._sumar_dentro(entrada.name, carpeta, topes, hondura + 1)
            except OSError:
                pass  # lo han borrado mientras tanto

    def _sumar_dentro(self, nombre: str, donde: int, topes: dict[str, int], hondura: int) -> None:
        try:
            dentro = os.open(nombre, _CARPETA, dir_fd=donde)
        except PermissionError:
            os.chmod(nombre, 0o700, dir_fd=donde)  # quitar el permiso no esconde lo que ocupa
            dentro = os.open(nombre, _CARPETA, dir_fd=donde)
        try:
            self.sumar(dentro, topes, hondura)
        finally:
            os.close(dentro)

    def sumar_disco(self, montaje: str) -> None:
        """Suma lo que se ha escrito en un disco que solo existe en la jaula."""
        disco = os.statvfs(montaje)
        self.disco += (disco.f_blocks - disco.f_bfree) * disco.f_frsize
        self.entradas += disco.f_files - disco.f_ffree


def abrir_carpeta(ruta: str) -> int:
    """El descriptor con el que mirarla siempre, aunque le den su nombre a otra."""
    return os.open(ruta, _CARPETA)


def es_buen_reparto(carpeta: int) -> bool:
    """Si en la carpeta de los puertos solo hay archivos pequeños, como los que deja la sonda."""
    with os.scandir(carpeta) as entradas:
        for cuantas, entrada in enumerate(entradas):
            try:
                estado = entrada.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # un borrador que ya tiene su nombre
            if not stat.S_ISREG(estado.st_mode) or estado.st_size > MAX_DE_REPARTO:
                return False
            if cuantas > MAX_REPARTIDOS:
                return False
    return True
