"""Las películas de un informe: cuáles caben, y cómo se guardan dentro de su única página.

Cada una va comprimida y en base 64, en una etiqueta que el navegador no ejecuta ni muestra: nada de
lo que dijo un programa llega a ser HTML. El código de los programas, que se repite en todas las de
una entrega, se guarda una vez, y en las películas queda su huella.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from chatlab.corrector.informes.causas import por_arreglar
from chatlab.corrector.modelo import Informe
from chatlab.observador.grabacion import Grabacion, GrabacionIlegible
from chatlab.observador.pagina.empaquetar import (
    comprimido,
    estilo_del_reproductor,
    guion_del_reproductor,
)

#: Bytes de la página entera: más, y no se puede enviar por correo ni subir a un aula virtual.
MAX_PAGINA = 10 * 1024 * 1024
#: Los que ocupa, como mucho, la etiqueta de una película, sin ella.
ETIQUETA = 200
#: La clave de la marca por la que se abre una película, y la de las demás.
PRINCIPAL, OTRA = "principal", "otra"


@dataclass(frozen=True, slots=True)
class Pelicula:
    """Una película ya guardada en la página: se abre en `momento`, en segundos, donde `frase`."""

    identificador: str
    momento: float
    frase: str
    datos: str


@dataclass(slots=True)
class Cartelera:
    """Las películas de una página, por el número de su informe y la clave de su comprobación."""

    peliculas: dict[tuple[int, str], Pelicula] = field(default_factory=dict)
    #: El código de los programas, comprimido y en base 64, por su huella.
    fuentes: dict[str, str] = field(default_factory=dict)
    #: Las que no caben.
    sin_sitio: set[tuple[int, str]] = field(default_factory=set)

    @property
    def reproductor(self) -> dict[str, str]:
        """Quien las enseña, una vez para todas: su guion y su estilo, como las películas."""
        if not self.peliculas:
            return {}
        return _reproductor()

    def _proyectar(self, cual: tuple[int, str], pelicula: Pelicula, fuentes: dict[str, str]) -> int:
        """La añade, y devuelve los bytes que ocupa de más."""
        nuevas = {huella: texto for huella, texto in fuentes.items() if huella not in self.fuentes}
        self.fuentes |= nuevas
        self.peliculas[cual] = pelicula
        return len(pelicula.datos) + sum(ETIQUETA + len(texto) for texto in nuevas.values())


def hacer_cartelera(informes: Sequence[Informe], ocupado: int = 0) -> Cartelera:
    """Las que caben en una página en la que ya hay `ocupado` bytes.

    Primero, de cada entrega, la de lo que hay que arreglar antes; después, las segundas, y así.
    """
    cartelera = Cartelera()
    queda = MAX_PAGINA - ocupado
    if any(informe.peliculas for informe in informes):
        queda -= sum(map(len, _reproductor().values()))
    for numero, clave, comprimida in _por_importancia(informes):
        try:
            pelicula, fuentes = _preparar(f"pelicula-{numero}-{clave}", comprimida)
        except (GrabacionIlegible, OSError, EOFError):
            continue
        nuevas = sum(len(uno) for huella, uno in fuentes.items() if huella not in cartelera.fuentes)
        if len(pelicula.datos) + nuevas + ETIQUETA * (1 + len(fuentes)) > queda:
            cartelera.sin_sitio.add((numero, clave))
            continue
        queda -= ETIQUETA + cartelera._proyectar((numero, clave), pelicula, fuentes)
    return cartelera


def momento_de(grabacion: Grabacion) -> tuple[float, str]:
    """En qué segundo se abre, y qué se ve en él."""
    marcas = [linea for linea in grabacion.lineas if linea["que"] == "marca"]
    marcas.sort(key=lambda linea: linea.get("clave") != PRINCIPAL)
    return (float(marcas[0]["t"]), str(marcas[0].get("texto", ""))) if marcas else (0.0, "")


@cache  # comprimirlo tarda, y hace falta para saber cuánto ocupa y para ponerlo
def _reproductor() -> dict[str, str]:
    partes = {"guion": guion_del_reproductor(), "estilo": estilo_del_reproductor()}
    return {nombre: comprimido(texto) for nombre, texto in partes.items()}


def _por_importancia(informes: Sequence[Informe]) -> Iterator[tuple[int, str, bytes]]:
    filas = [
        [
            (numero, resultado.comprobacion.clave, informe.peliculas[resultado.comprobacion.clave])
            for resultado in por_arreglar(informe)
            if resultado.comprobacion.clave in informe.peliculas
        ]
        for numero, informe in enumerate(informes)
    ]
    for ronda in zip_longest(*filas):
        yield from (una for una in ronda if una is not None)


def _preparar(identificador: str, comprimida: bytes) -> tuple[Pelicula, dict[str, str]]:
    """La película sin el código de los programas, y este, por su huella."""
    grabacion = Grabacion.leer(gzip.decompress(comprimida).decode("utf-8", "replace"))
    momento, frase = momento_de(grabacion)
    fuentes = {}
    for linea in grabacion.lineas:
        if linea["que"] == "archivo":
            texto = str(linea.pop("texto", ""))
            linea["huella"] = hashlib.sha256(texto.encode("utf-8", "replace")).hexdigest()[:32]
            fuentes[linea["huella"]] = comprimido(texto)
    pelicula = Pelicula(identificador, momento, frase, comprimido(grabacion.texto()))
    return pelicula, fuentes
