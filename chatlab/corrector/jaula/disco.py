"""Lo que el guardián mira de los archivos que escriben los programas: cuánto ocupan y qué son."""

from __future__ import annotations

import os
import stat

# `typing` solo hace falta para comprobar los tipos, y cargarlo tarda.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Bytes de sobra para uno de los archivos con los que se reparten los puertos.
MAX_DE_REPARTO = 64
#: Archivos que puede haber en ese reparto: una entrega usa uno o dos puertos.
MAX_REPARTIDOS = 1000
#: Cuántas veces el límite tiene que ocupar el disco para parar a todos. Un solo archivo no llega a
#: tanto: el núcleo no deja que pase del límite (RLIMIT_FSIZE), y así se sabe de quién es.
HOLGURA_DEL_DISCO = 1.1
_SIN_TOPES = dict.fromkeys(("hondura", "entradas"), float("inf"))
#: Abrir una carpeta, y solo si es una carpeta.
_CARPETA = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Disco:
    """Las carpetas en las que escriben los programas, con los topes de `guardian.principal`."""

    def __init__(self, limites: dict[str, Any]) -> None:
        # Abiertas ahora: luego se miran las mismas, aunque les den su nombre a otras.
        self._carpetas = [os.open(carpeta, _CARPETA) for carpeta in limites["carpetas"]]
        self._reparto = os.open(limites["reparto"], _CARPETA) if limites["reparto"] else None
        self._discos_propios = limites["discos_propios"]
        de_antes = self._gasto(_SIN_TOPES)  # la copia de la entrega no la han escrito ellos
        self._topes = {
            "hondura": de_antes.hondura + limites["hondura"],
            "entradas": de_antes.entradas + limites["entradas"],
            "disco": de_antes.disco + HOLGURA_DEL_DISCO * limites["disco"],
        }

    def pasado(self) -> str | None:
        """El límite que pasa lo que los programas han escrito; `None` si ninguno."""
        if self._reparto is not None and not es_buen_reparto(self._reparto):
            return "reparto"
        gasto = self._gasto(self._topes)
        return next((que for que, tope in self._topes.items() if getattr(gasto, que) > tope), None)

    def _gasto(self, topes: dict[str, float]) -> Gasto:
        gasto = Gasto()
        for carpeta in self._carpetas:
            gasto.sumar(carpeta, topes)
        for montaje in self._discos_propios:
            gasto.sumar_disco(montaje)
        return gasto


class Gasto:
    """Lo que hay en unas carpetas: bytes, archivos y carpetas, y cuánto se meten unas en otras."""

    def __init__(self) -> None:
        self.disco = self.entradas = self.hondura = 0

    def sumar(self, carpeta: int, topes: dict[str, float], hondura: int = 0) -> None:
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

    def _sumar_dentro(self, nombre: str, donde: int, topes: dict[str, float], hondura: int) -> None:
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
