"""Los retos: en cada paso, un cambio de dos minutos que se comprueba al momento.

Están en `lessons/NN_tema/retos.toml`, cada uno en la tabla que se llama como la carpeta de su paso:

    [paso2_bucle]
    titulo = "Pégalos tú"
    consigna = "Cambia `cliente.py` para que…"
    pista = "Por dónde empezar."
    conclusion = "Lo que se aprende al hacerlo."

    [paso2_bucle.prediccion]             si antes de hacerlo se pregunta qué va a pasar
    pregunta = "¿Qué muestra el servidor?"
    opciones = ["Un mensaje", "Dos"]
    acierto = 1
    porque = "La razón, que se lee después."

Lo que se comprueba está al lado, en `retos.py`, en una función que se llama `test_` y el paso.
"""

from __future__ import annotations

import re
import tomllib
from argparse import ArgumentTypeError
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatlab.curso.lecciones import Leccion, lecciones
from chatlab.errores import ErrorDeArchivo

#: Lo que se tarda en hacer uno.
MINUTOS = 2

#: Con más cifras no hay ninguno, y Python se niega a leer las que son miles.
_NUMERO = re.compile(r"(\d{1,3})[.,](\d{1,3})")
_PASO = re.compile(r"paso(\d+)_\w+")


@dataclass(frozen=True, slots=True)
class Prediccion:
    """Lo que se pregunta antes: `acierto` es el número, desde 1, de la opción buena."""

    pregunta: str
    opciones: tuple[str, ...]
    acierto: int
    porque: str


@dataclass(frozen=True, slots=True)
class Reto:
    """Un cambio en los programas de un paso; `paso` es el nombre de su carpeta."""

    leccion: Leccion
    paso: str
    titulo: str
    consigna: str
    pista: str
    conclusion: str
    prediccion: Prediccion | None

    @property
    def numero(self) -> str:
        """«01.2»: la lección y el paso."""
        return f"{self.leccion.numero}.{_numero_de(self.paso)}"

    @property
    def programas(self) -> list[Path]:
        """Los archivos de Python del paso, tal como se entregan."""
        return sorted((self.leccion.carpeta / self.paso).glob("*.py"))

    @property
    def prueba(self) -> str:
        """Cómo lo llama pytest, dentro de la lección."""
        return f"{self.leccion.retos.name}::test_{self.paso}"


def leer_retos(leccion: Leccion) -> list[Reto]:
    """Los retos de una lección, en el orden de sus pasos; ninguno si no existe el archivo.

    Lanza `ErrorDeArchivo` si el archivo no se entiende.
    """
    archivo = leccion.carpeta / "retos.toml"
    if not archivo.is_file():
        return []
    try:
        tablas = tomllib.loads(archivo.read_text(encoding="utf-8"))
        retos = [_reto(leccion, paso, tabla) for paso, tabla in tablas.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ErrorDeArchivo(f"No entiendo los retos de «{archivo}»: {error}.") from error
    return sorted(retos, key=lambda reto: _numero_de(reto.paso))


def todos_los_retos() -> list[Reto]:
    """Los de todas las lecciones, en el orden en que se hacen."""
    return [reto for leccion in lecciones() for reto in leer_retos(leccion)]


def leer_reto(texto: str) -> Reto:
    """Un tipo de opción: el reto, dicho como «01.2» o «1.2»."""
    todos = todos_los_retos()
    if dicho := _NUMERO.fullmatch(texto.strip()):
        for reto in todos:
            if (int(reto.leccion.numero), _numero_de(reto.paso)) == tuple(map(int, dicho.groups())):
                return reto
    suyos = [reto.numero for reto in todos if _nombra(texto.strip(), reto.leccion)]
    if suyos:
        raise ArgumentTypeError(f"hay uno en cada paso; di cuál: {', '.join(suyos)}")
    ejemplo = todos[0].numero if todos else "01.1"
    raise ArgumentTypeError(
        f"no conozco el reto «{texto}»; se dice con la lección y el paso: {ejemplo}"
    )


def _nombra(texto: str, leccion: Leccion) -> bool:
    """Si dice la lección sin decir el paso: «01», «1» o «01_bitacora»."""
    return texto == leccion.nombre or texto.zfill(2) == leccion.numero


def _reto(leccion: Leccion, paso: str, tabla: dict[str, Any]) -> Reto:
    if not _PASO.fullmatch(paso):
        raise ValueError(f"«{paso}» no es el nombre de un paso")
    campos = {
        nombre: " ".join(tabla[nombre].split())
        for nombre in ("titulo", "consigna", "pista", "conclusion")
    }
    dicha = tabla.get("prediccion")
    return Reto(leccion, paso, **campos, prediccion=_prediccion(dicha) if dicha else None)


def _prediccion(tabla: dict[str, Any]) -> Prediccion:
    opciones = tuple(map(str, tabla["opciones"]))
    acierto = int(tabla["acierto"])
    if not 1 <= acierto <= len(opciones):
        raise ValueError(f"no hay opción {acierto}")
    return Prediccion(str(tabla["pregunta"]), opciones, acierto, str(tabla["porque"]))


def _numero_de(paso: str) -> int:
    encontrado = _PASO.fullmatch(paso)
    return int(encontrado[1]) if encontrado else 0
