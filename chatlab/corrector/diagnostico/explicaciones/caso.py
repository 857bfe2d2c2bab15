"""Lo que recibe y lo que devuelve cada explicación de un error."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from chatlab.corrector.diagnostico.explicaciones.rastro import Rastro
from chatlab.corrector.diagnostico.fuente import Fuente, leer_fuentes
from chatlab.corrector.diagnostico.nodos import receptor, texto_de, ultimo_nombre

#: Lo que cada versión añade detrás de su mensaje, de «Did you mean: 'send'?» (3.11) a «Did you mean
#: '.send' instead of '.sed'?» (3.15). En `nombre` queda lo que se puede escribir en su lugar.
_SUGERENCIA = re.compile(
    r"\. Did you (?:mean:?|forget to import) (?:to use [^?]*|'?\"?(?P<nombre>[^'\"?]+)\"?'?"
    r"(?: instead of '[^']*'| \('[^']*'\))?)\?$"
    r"|\. Use d\[k\] = v\.$"
    r"| but it supports the (?:asynchronous )?context manager protocol\. Did you .*$"
    r"|\.? \((?:consider renaming|most likely due to) .*\)$"
)
#: Desde 3.14 muchos mensajes dicen de qué módulo es un tipo: «'asyncio.locks.Lock' object».
_TIPO_CON_MODULO = re.compile(
    r"(?:(?<=type )|(?<=type: )|(?<=not )|(?<=of )|(?<=and )|(?<=use )|(?<=: ))"
    r"'(?:[^\W\d]\w*\.)+(\w+)'|'(?:[^\W\d]\w*\.)+(\w+)'(?= object)"
)


@dataclass(frozen=True)
class Caso:
    """Un error y el lugar del programa del alumno en que saltó."""

    rastro: Rastro
    carpeta: Path
    #: El archivo en que saltó; sin texto si no se encontró.
    fuente: Fuente
    linea: int | None
    #: El texto de esa línea, sin sangría.
    codigo: str

    @cached_property
    def mensaje(self) -> str:
        """Lo que dice Python, sin sus sugerencias, que cambian con cada versión."""
        return _SUGERENCIA.sub("", self.rastro.mensaje)

    @cached_property
    def mensaje_corto(self) -> str:
        """El mensaje con el nombre de cada tipo a secas, como lo escribían todas las versiones."""
        if self.rastro.nombre not in ("TypeError", "AttributeError"):
            return self.mensaje
        return _TIPO_CON_MODULO.sub(lambda tipo: f"'{tipo[1] or tipo[2]}'", self.mensaje)

    @cached_property
    def sugerido(self) -> str:
        """El nombre que propone Python, o vacío. Los privados no se proponen a nadie."""
        encontrado = _SUGERENCIA.search(self.rastro.mensaje)
        # Desde 3.15 el de un atributo lleva su punto: «.upper».
        nombre = (encontrado["nombre"] or "").removeprefix(".") if encontrado else ""
        return "" if nombre.startswith("_") else nombre

    @cached_property
    def fuentes(self) -> list[Fuente]:
        """Todos los archivos del alumno, primero aquel en que saltó."""
        otras = [f for f in leer_fuentes(self.carpeta) if f.nombre != self.fuente.nombre]
        return [self.fuente, *otras] if self.fuente.texto else otras

    @cached_property
    def funcion(self) -> str:
        """La función en que saltó, o vacío si fue fuera de todas."""
        funcion = self.fuente.funcion_en(self.linea)
        return funcion.name if funcion else ""

    def receptor_de(self, atributo: str) -> str:
        """«cliente» si en la línea pone `cliente.atributo`; vacío si no se sabe."""
        for nodo in self.fuente.nodos:
            if (
                isinstance(nodo, ast.Attribute)
                and nodo.attr == atributo
                and nodo.lineno <= (self.linea or 0) <= (nodo.end_lineno or 0)
            ):
                return texto_de(nodo.value)
        escrito = re.search(rf"([\w.]+)\s*\.\s*{re.escape(atributo)}\b", self.codigo)
        return escrito[1] if escrito else ""

    def receptor_en_la_linea(self, *metodos: str) -> str:
        """«cliente» si en la línea se llama a `cliente.send(…)` y `send` es uno de los métodos."""
        for llamada in self.llamadas_en_la_linea():
            if ultimo_nombre(llamada.func) in metodos:
                return receptor(llamada)
        return ""

    def llamadas_en_la_linea(self) -> list[ast.Call]:
        """Las llamadas de la línea en que saltó, de fuera adentro."""
        return [
            llamada
            for llamada in self.fuente.llamadas
            if self.linea and llamada.lineno <= self.linea <= (llamada.end_lineno or 0)
        ]


@dataclass(frozen=True, slots=True)
class Explicacion:
    """Por qué pasa un error y cómo se arregla, en español llano.

    `archivo` y `linea` se dicen solo cuando la falta no está donde saltó el error.
    """

    explicacion: str
    arreglo: str
    archivo: str = ""
    linea: int | None = None

    def en(self, fuente: Fuente, linea: int) -> Explicacion:
        """La misma, con el lugar en que está la falta."""
        return replace(self, archivo=fuente.nombre, linea=linea)


Explicar = Callable[[Caso, re.Match[str]], Explicacion | None]


@dataclass(frozen=True, slots=True)
class Regla:
    """Qué errores explica una función: los de unos tipos cuyo mensaje encaja en un patrón."""

    tipos: frozenset[str]
    patron: re.Pattern[str]
    explicar: Explicar

    def aplicar(self, caso: Caso) -> Explicacion | None:
        """La explicación, o None si el error no es de estos."""
        if self.tipos and caso.rastro.nombre not in self.tipos:
            return None
        encaje = self.patron.search(caso.mensaje_corto)
        return self.explicar(caso, encaje) if encaje else None


def regla(tipos: str, patron: str, explicar: Explicar) -> Regla:
    """Una regla para los tipos dados, separados por espacios; ninguno quiere decir cualquiera."""
    return Regla(frozenset(tipos.split()), re.compile(patron), explicar)


def frase(explicacion: str, arreglo: str) -> Explicar:
    """Una explicación con huecos `{0}`, `{1}`… para lo que se encontró en el mensaje."""

    def explicar(caso: Caso, encaje: re.Match[str]) -> Explicacion:
        trozos = [trozo or "" for trozo in encaje.groups()]
        return Explicacion(explicacion.format(*trozos), arreglo.format(*trozos))

    return explicar


def palabras(texto: str) -> frozenset[str]:
    """Las palabras de un texto, para escribir un conjunto sin comillas ni comas."""
    return frozenset(texto.split())


def como_en_python_2(clase: str, nombre: str) -> Explicacion:
    """`except OSError, error:`, que desde Python 3.14 vale, pero quiere decir otra cosa."""
    return Explicacion(
        "Así se daba nombre al error en Python 2; la coma ahora separa dos clases de error "
        "(y sin paréntesis, desde Python 3.14).",
        f"Escribe `except {clase} as {nombre}:`.",
    )


# --- Nombres parecidos -------------------------------------------------------------------------


def parecido(nombre: str, existentes: Iterable[str], *, minimo: float = 0.7) -> str | None:
    """El nombre que más se parece, sin distinguir mayúsculas; None si ninguno se parece.

    `minimo` es el parecido de `difflib`, de 0 a 1. Un error de tecleo en una palabra corta
    cambia mucho su parecido: por eso las palabras de hasta cuatro letras piden menos.
    """
    if not 2 <= len(nombre) <= 80:
        return None
    por_clave: dict[str, str] = {}
    for existente in sorted(existentes):
        if existente != nombre and (not existente.startswith("_") or nombre.startswith("_")):
            por_clave.setdefault(existente.casefold(), existente)
    # Dos letras cambiadas de sitio es lo que más se teclea mal: «fro» es «for» antes que «from».
    for clave, existente in por_clave.items():
        if len(nombre) > 2 and sorted(clave) == sorted(nombre.casefold()):
            return existente
    cerca = difflib.get_close_matches(
        nombre.casefold(), por_clave, n=1, cutoff=min(minimo, 0.57) if len(nombre) <= 4 else minimo
    )
    return por_clave[cerca[0]] if cerca else None


def con_el_cambio(codigo: str, viejo: str, nuevo: str) -> str:
    """«: `la línea ya corregida`», o vacío si no hay nada que enseñar.

    No lo hay cuando el nombre no está en la línea, o la línea es larga o es solo el nombre.
    """
    antes = r"(?<!\w)" if viejo[:1].isidentifier() else ""  # «.lock» va siempre tras un nombre
    cambiada = re.sub(rf"{antes}{re.escape(viejo)}(?!\w)", lambda _: nuevo, codigo)
    if cambiada == codigo or not len(nuevo) + 2 < len(cambiada) <= 80:
        return ""
    return f": `{cambiada}`"
