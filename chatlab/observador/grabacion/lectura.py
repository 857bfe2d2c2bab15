"""Una grabación ya hecha: se lee, se recorta y se guarda."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from chatlab.errores import ErrorParaPersonas
from chatlab.observador.grabacion.formato import NOMBRE, VERSION, Linea, escribir_linea
from chatlab.observador.grabacion.recorte import recortar
from chatlab.programa.archivos import guardar


class GrabacionIlegible(ErrorParaPersonas):
    """No es una grabación de chatlab, o está estropeada."""


class Grabacion:
    """Lo que hicieron unos programas: `cabecera` es su primera línea, y `lineas`, las demás."""

    def __init__(self, cabecera: Linea, lineas: list[Linea]) -> None:
        self.cabecera = cabecera
        self.lineas = lineas

    @classmethod
    def leer(cls, origen: Path | str | Iterable[str]) -> Grabacion:
        """La grabación de un archivo, de un texto con todas sus líneas, o de las líneas.

        Si la última está a medias, no cuenta. Lanza `GrabacionIlegible` si no es una grabación.
        """
        nombre = f"«{origen.name}»" if isinstance(origen, Path) else "Eso"
        texto = _texto_de(origen, nombre)
        lineas = _lineas_enteras(texto)
        if not lineas:
            que = "no tiene ninguna línea entera" if texto else "está vacío"
            raise GrabacionIlegible(f"{nombre} no es una grabación de chatlab: {que}.")
        cabecera = _comprobar_cabecera(lineas[0], nombre)
        leidas = [_leer_linea(uno, n, nombre) for n, uno in enumerate(lineas[1:], 2) if uno]
        return cls(cabecera, leidas)

    @property
    def programas(self) -> list[Linea]:
        """Las líneas «programa», en su orden."""
        return [linea for linea in self.lineas if linea["que"] == "programa"]

    @property
    def archivos(self) -> dict[str, str]:
        """El texto de cada archivo, por su ruta."""
        return {
            str(linea.get("ruta", "")): str(linea.get("texto", ""))
            for linea in self.lineas
            if linea["que"] == "archivo"
        }

    @property
    def completa(self) -> bool:
        """Si acabó por las buenas, y por eso lleva al final las cuentas de todo."""
        return bool(self.lineas) and self.lineas[-1]["que"] == "fin"

    @property
    def duracion(self) -> float:
        """Segundos desde el principio hasta su última línea."""
        return float(self.lineas[-1]["t"]) if self.lineas else 0.0

    def recortar(self, desde: float, hasta: float) -> Grabacion:
        """De un segundo a otro, con lo que hace falta para verse sola; empieza otra vez en 0."""
        return Grabacion(*recortar(self.cabecera, self.lineas, desde, hasta))

    def texto(self) -> str:
        """La grabación entera, como va en un archivo."""
        return "".join(escribir_linea(una) + "\n" for una in (self.cabecera, *self.lineas))

    def guardar(self, ruta: Path) -> None:
        """La escribe en un archivo, entera o nada; lanza `ErrorDeArchivo` si no se puede."""
        guardar(ruta, self.texto())


def _texto_de(origen: Path | str | Iterable[str], nombre: str) -> str:
    if isinstance(origen, str):
        return origen
    if isinstance(origen, Path):
        try:
            return origen.read_bytes().decode("utf-8", "replace")
        except OSError as error:
            raise GrabacionIlegible(f"No se puede leer {nombre}: {error.strerror}.") from error
    lineas = list(origen)
    if any(linea.endswith("\n") for linea in lineas):
        return "".join(lineas)
    return "".join(f"{linea}\n" for linea in lineas)


def _lineas_enteras(texto: str) -> list[str]:
    """Solo `\\n` acaba una línea; lo que haya después del último está a medias."""
    return texto.removeprefix("\ufeff").split("\n")[:-1]


def _comprobar_cabecera(linea: str, nombre: str) -> Linea:
    try:
        cabecera = _objeto(linea)
    except ValueError:
        cabecera = {}
    if cabecera.get("chatlab") != NOMBRE:
        raise GrabacionIlegible(f"{nombre} no es una grabación de chatlab.")
    version = cabecera.get("version")
    if type(version) is not int or version < 1:
        raise GrabacionIlegible(f"{nombre} está estropeado: su versión no es un número de versión.")
    if version > VERSION:
        raise GrabacionIlegible(
            f"{nombre} es de una versión más nueva de chatlab, y esta no sabe leerla. Actualízala."
        )
    return cabecera


def _leer_linea(texto: str, numero: int, nombre: str) -> Linea:
    try:
        linea = _objeto(texto)
        if not isinstance(linea["que"], str) or not _es_un_tiempo(linea["t"]):
            raise ValueError("sin clase o sin instante")
    except (ValueError, KeyError) as error:
        que = f"{nombre} está estropeado: no se entiende su línea {numero}."
        raise GrabacionIlegible(que) from error
    return linea


def _objeto(texto: str) -> Linea:
    try:
        valor: Any = json.loads(texto)
    except RecursionError as error:
        raise ValueError("demasiadas listas, unas en otras") from error
    if not isinstance(valor, dict):
        raise ValueError("no es un objeto")
    return valor


def _es_un_tiempo(valor: Any) -> bool:
    return type(valor) in (int, float) and math.isfinite(valor)
