"""Los archivos de los programas: cómo se llaman en la grabación, y lo que dicen.

Un programa puede decir que está en cualquier archivo de la máquina, aunque no sea verdad: solo se
leen los de su carpeta, y los del propio chatlab.
"""

from __future__ import annotations

from pathlib import Path, PurePath

import chatlab
from chatlab.observador.grabacion.formato import Linea
from chatlab.sistema import ajeno
from chatlab.sonda import Suceso

#: Bytes de un archivo que se guardan, y archivos distintos de una grabación.
MAXIMO = 256 * 1024
MAXIMO_DE_ARCHIVOS = 200
#: chatlab se puede leer entero: sus modos usan archivos de varias carpetas.
PAQUETE = Path(chatlab.__file__).resolve().parent


class Fuentes:
    """Los archivos ya nombrados, y los que faltan por escribir en la grabación."""

    def __init__(self) -> None:
        self._rutas: dict[Path, str] = {}
        self._textos: dict[str, str | None] = {}
        #: Por la carpeta de un programa y lo que dijo la sonda: el mismo se pregunta mil veces.
        self._ya_dichos: dict[tuple[Path | None, str], str] = {}
        self._por_escribir: list[tuple[str, str]] = []

    def principal(self, archivo: Path) -> str:
        """La ruta con que se nombra el archivo de un programa: corta, y de ninguna máquina."""
        entero = archivo.resolve()
        return self._nombrar(entero, entero.parent)

    def lugar(self, lugar: str, archivo: Path | None) -> str:
        """«servidor.py:12», de lo que dijo la sonda de un programa; vacío si no dijo nada."""
        if not lugar:
            return ""
        nombre, _, linea = lugar.rpartition(":")
        carpeta = archivo.resolve().parent if archivo is not None else None
        clave = (carpeta, nombre)
        if clave not in self._ya_dichos:
            self._ya_dichos[clave] = self._ruta_de(nombre, carpeta, archivo)
        return f"{self._ya_dichos[clave]}:{linea}"

    def con_lugar(self, linea: Linea, suceso: Suceso, archivo: Path | None) -> Linea:
        """La línea, con el lugar del programa en que pasó, si se sabe."""
        if suceso.lugar:
            linea["lugar"] = self.lugar(suceso.lugar, archivo)
        return linea

    def recoger(self) -> list[tuple[str, str]]:
        """Ruta y texto de los archivos nombrados desde la última vez."""
        por_escribir, self._por_escribir = self._por_escribir, []
        return por_escribir

    def _ruta_de(self, nombre: str, carpeta: Path | None, archivo: Path | None) -> str:
        dicho = PurePath(nombre)
        if carpeta is None or archivo is None:
            return dicho.name
        entero = Path(nombre) if dicho.is_absolute() else carpeta / nombre
        for raiz in (carpeta, PAQUETE.parent if entero.is_relative_to(PAQUETE) else None):
            if raiz is not None and entero.is_relative_to(raiz) and ".." not in dicho.parts:
                return self._nombrar(entero, raiz)
        if dicho.name == archivo.name:
            return self.principal(archivo)  # el mismo, visto desde dentro de una jaula
        return dicho.name

    def _nombrar(self, entero: Path, raiz: Path) -> str:
        if entero in self._rutas:
            return self._rutas[entero]
        relativa = entero.relative_to(raiz).as_posix()
        ruta, carpeta = relativa, raiz
        while ruta in self._textos and carpeta.name:
            ruta, carpeta = f"{carpeta.name}/{ruta}", carpeta.parent
        if len(self._rutas) >= MAXIMO_DE_ARCHIVOS:
            return relativa
        self._rutas[entero] = ruta
        self._textos[ruta] = None
        datos = ajeno.leer(raiz, relativa, MAXIMO)
        if datos is not None:
            self._por_escribir.append((ruta, datos.decode("utf-8", "replace")))
        return ruta
