"""Un encargo: qué se pide corregir."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chatlab.curso.lecciones import Leccion


@dataclass(frozen=True, slots=True)
class PorCorregir:
    """Qué corregir. `servidor` y `cliente` son los nombres de los programas, si se dicen."""

    leccion: Leccion
    carpeta: Path
    servidor: str | None = None
    cliente: str | None = None
    rubrica: Path | None = None
    #: Lo que se contesta a las preguntas de los programas: «Sala=general».
    responde: tuple[str, ...] = ()
    #: La prueba de un reto («retos.py::test_paso2_bucle»), si no es el ejercicio.
    reto: str = ""
    #: Si se quiere la película de lo que falle.
    con_peliculas: bool = False

    @property
    def que_se_ejecuta(self) -> str:
        """El archivo de las comprobaciones, o la prueba de un reto, como lo pide pytest."""
        if self.reto:
            return str(self.leccion.carpeta / self.reto)
        return str(self.leccion.comprobaciones)

    @property
    def titulo(self) -> str:
        """Cómo se llama en el informe: como su carpeta."""
        return self.carpeta.resolve().name
