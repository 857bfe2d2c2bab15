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

    @property
    def titulo(self) -> str:
        """Cómo se llama en el informe: como su carpeta."""
        return self.carpeta.resolve().name
