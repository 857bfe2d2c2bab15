"""El banco de pruebas del corrector: programas de los que se sabe qué debe decir.

    variantes/   chats correctos, escritos de maneras distintas, como los escriben alumnos de
                 verdad; en variantes/notas, programas correctos de la lección 04
    mutantes/    faltas de alumnos: un cambio en unos programas buenos, y qué comprobación lo caza;
                 un archivo para cada lección

En un mutante, `base` es la carpeta de los programas que cambia: «solucion» (si no se dice otra) o
un paso de su lección, o «variantes/NOMBRE». `antes` es un texto que está una sola vez en `archivo`;
`ademas`, otros cambios. `caza` es la primera comprobación, por el orden de `CLAVES`, que la base
pasa y el mutante no. `causa`, si está, es una expresión de `re`, sin distinguir mayúsculas: lo que
deben decir las dos primeras líneas del informe, porque acertar con la comprobación no es acertar
con el porqué. `no_hace` dice qué comprobaciones no pasa cada base que no es la solución.
"""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatlab.curso.lecciones import lecciones
from chatlab.curso.pistas import leer_pistas
from tests.apoyo.programa import RAIZ

BANCO = Path(__file__).parent

#: Las comprobaciones de cada lección, de la primera a la última.
CLAVES = {leccion.nombre: tuple(leer_pistas(leccion.pistas)) for leccion in lecciones()}


class ErrorDelBanco(Exception):
    """El banco no cuadra con los programas de los que parte."""


@dataclass(frozen=True, slots=True)
class Variante:
    """Un chat correcto. `no_cumple` son las comprobaciones que no pasa, y es legítimo.

    `pide` y `servidor_pide` son lo que preguntan sus programas por la pantalla, por orden:
    «nombre», «host», «puerto». `salida` está vacía si no hay palabra con la que irse.
    """

    nombre: str
    como: str
    no_cumple: frozenset[str]
    pide: tuple[str, ...]
    servidor_pide: tuple[str, ...] = ()
    salida: str = ""
    solo_unix: bool = False

    @property
    def carpeta(self) -> Path:
        return BANCO / "variantes" / self.nombre

    @property
    def servidor(self) -> str:
        """El nombre del archivo."""
        return self._archivo("servidor.py", "server.py")

    @property
    def cliente(self) -> str:
        """El nombre del archivo."""
        return self._archivo("cliente.py", "client.py")

    def _archivo(self, *nombres: str) -> str:
        for nombre in nombres:
            if (self.carpeta / nombre).is_file():
                return nombre
        raise ErrorDelBanco(f"En «{self.carpeta}» no está {' ni '.join(nombres)}.")


@dataclass(frozen=True, slots=True)
class Cambio:
    """Una sustitución exacta en un archivo."""

    archivo: str
    antes: str
    despues: str

    def aplicar(self, carpeta: Path) -> None:
        """Cambia el archivo; lanza `ErrorDelBanco` si el texto no está exactamente una vez."""
        archivo = carpeta / self.archivo
        codigo = archivo.read_text(encoding="utf-8")
        veces = codigo.count(self.antes)
        if veces != 1:
            raise ErrorDelBanco(
                f"En {self.archivo} debe estar una vez, y está {veces}:\n{self.antes}"
            )
        archivo.write_text(codigo.replace(self.antes, self.despues), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Mutante:
    """Unos programas con una sola falta, y la comprobación que debe cazarla.

    `ya_falla` son las comprobaciones que tampoco pasa la base. `causa` es una expresión que está en
    las dos primeras líneas del informe, que dicen la causa de verdad; vacía si no se pide.
    """

    nombre: str
    leccion: str
    base: Path
    cambios: tuple[Cambio, ...]
    caza: str
    ya_falla: frozenset[str]
    causa: str = ""

    def preparar(self, carpeta: Path) -> Path:
        """Deja en esa carpeta los programas con la falta, y la devuelve.

        Lanza `ErrorDelBanco` si la base no existe o ya no es como dice el mutante.
        """
        if not self.base.is_dir():
            raise ErrorDelBanco(f"«{self.nombre}» parte de «{self.base}», que no existe.")
        carpeta.mkdir(parents=True, exist_ok=True)
        for programa in self.base.glob("*.py"):
            shutil.copy(programa, carpeta)
        for cambio in self.cambios:
            try:
                cambio.aplicar(carpeta)
            except (ErrorDelBanco, FileNotFoundError) as error:
                raise ErrorDelBanco(f"«{self.nombre}», desde «{self.base}»: {error}") from None
        return carpeta


def variantes() -> list[Variante]:
    """Los chats correctos."""
    return [_variante(nombre, datos) for nombre, datos in _leer("variantes.toml").items()]


def mutantes() -> list[Mutante]:
    """Los programas con una falta, de todas las lecciones."""
    return [mutante for leccion in CLAVES for mutante in _mutantes_de(leccion)]


def no_hacen(leccion: str) -> dict[str, frozenset[str]]:
    """De cada base de esa lección que no es la solución, las comprobaciones que no pasa."""
    bases = _leer(f"mutantes/{leccion}.toml").get("no_hace", {})
    return {base: frozenset(claves) for base, claves in bases.items()}


def _leer(nombre: str) -> dict[str, Any]:
    return tomllib.loads((BANCO / nombre).read_text(encoding="utf-8"))


def _variante(nombre: str, datos: dict[str, Any]) -> Variante:
    return Variante(
        nombre=nombre,
        **{
            **datos,
            "no_cumple": frozenset(datos["no_cumple"]),
            "pide": tuple(datos["pide"]),
            "servidor_pide": tuple(datos.get("servidor_pide", ())),
        },
    )


def _mutantes_de(leccion: str) -> list[Mutante]:
    no_hace = {"solucion": frozenset[str](), **no_hacen(leccion)}
    for nombre, datos in _leer("variantes.toml").items():
        no_hace[f"variantes/{nombre}"] = frozenset(datos["no_cumple"])
    mutantes_suyos = _leer(f"mutantes/{leccion}.toml")["mutante"]
    return [_mutante(leccion, datos, no_hace) for datos in mutantes_suyos]


def _mutante(leccion: str, datos: dict[str, Any], no_hace: dict[str, frozenset[str]]) -> Mutante:
    cambio = {clave: datos[clave] for clave in ("archivo", "antes", "despues")}
    base = datos.get("base", "solucion")
    de_variante = base.startswith("variantes/")
    return Mutante(
        nombre=datos["nombre"],
        leccion=leccion,
        base=(BANCO if de_variante else RAIZ / "lessons" / leccion) / base,
        cambios=tuple(Cambio(**uno) for uno in (cambio, *datos.get("ademas", ()))),
        caza=datos["caza"],
        ya_falla=no_hace[base],
        causa=datos.get("causa", ""),
    )
