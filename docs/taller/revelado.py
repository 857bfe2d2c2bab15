"""Lo que queda de un guion ejecutado: sus consolas, su diagrama, su película y sus escenas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from chatlab.observador.dibujo import dibujar
from chatlab.observador.palabras import contar_esperas, contar_secuencia
from chatlab.observador.secuencia import Secuencia
from docs.taller.guion import Guion
from docs.taller.marcha import Escena, marcha


@dataclass(slots=True)
class Grabacion:
    """Lo que se vio en cada terminal y lo que hicieron los sockets."""

    pantallas: dict[str, str]
    secuencia: Secuencia
    #: Las pantallas después de cada acción, si el guion las pide en marcha.
    escenas: list[Escena]
    #: La misma ejecución, para verla paso a paso: docs/taller/filmar.py.
    pelicula: str

    def archivos(self, guion: Guion) -> dict[Path, str]:
        """Lo que se guarda: el texto de cada archivo."""
        base = guion.destino
        guardar = {
            base.with_name(f"{base.name}.{quien}.txt"): pantalla
            for quien, pantalla in self.pantallas.items()
        }
        guardar[base.with_name(f"{base.name}.chatlab")] = self.pelicula
        if self.escenas:
            guardar[base.with_name(f"{base.name}.marcha.html")] = marcha(guion, self.escenas)
        if self.secuencia.pasos:
            nombre = re.sub(r"\W+", "-", guion.nombre)
            guardar[base.with_name(f"{base.name}.svg")] = dibujar(
                self.secuencia, guion.titulo, nombre
            )
            frases = contar_secuencia(self.secuencia)
            lista = "\n".join(f"{n}. {frase}" for n, frase in enumerate(map(para_md, frases), 1))
            if esperas := contar_esperas(self.secuencia):
                lista += '\n\n??? note "Quién espera, y entre qué números"\n\n'
                lista += "\n".join(f"    - {frase}" for frase in map(para_md, esperas))
            guardar[base.with_name(f"{base.name}.md")] = lista + "\n"
        return guardar


def para_md(frase: str) -> str:
    """Una frase como texto de Markdown, que no quita la barra de delante de `<` ni de `&`."""
    return escape(re.sub(r"([\\`*_{}\[\]#|])", r"\\\1", frase), quote=False)
