"""El carrete: el archivo donde se escribe la película, y del que cada página lee a su paso.

Una página lenta no hace esperar a nadie ni ocupa memoria: lo que aún no ha leído está en el disco.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from chatlab.errores import ErrorDeArchivo
from chatlab.programa.archivos import no_se_puede_escribir

#: Bytes que se leen de cada vez, como poco.
LECTURA = 256 * 1024
#: Avisos que se guardan para las páginas que se abran después.
MAX_AVISOS = 100


class Carrete:
    """Un archivo de líneas que crece, y lo que hay que avisar a quien lo mira.

    Con `escribir`, empieza vacío; sin él, está ya completo. Lanza `ErrorDeArchivo` si no se puede
    crear.
    """

    def __init__(self, archivo: Path, *, escribir: bool = True) -> None:
        self.archivo = archivo
        #: Si ya no se añadirá nada más.
        self.completo = not escribir
        self._candado = threading.Lock()
        self._oyentes: list[Callable[[], None]] = []
        self._avisos: list[str] = []
        #: Por qué no se pudo escribir todo; `None` si de momento sí.
        self.error: ErrorDeArchivo | None = None
        self._escrito = None
        if escribir:
            try:
                self._escrito = archivo.open("wb", buffering=0)
            except OSError as error:
                raise no_se_puede_escribir(archivo, error) from error

    # --- Lo que se añade -------------------------------------------------------------------------

    def anadir(self, linea: str) -> None:
        """Añade una línea, sin su salto. Si no cabe en el disco se pierde, y se avisa una vez."""
        if self._escrito is None or self.error is not None:
            return
        datos = memoryview(f"{linea}\n".encode("utf-8", errors="replace"))
        try:
            while datos:
                # Si queda poco sitio, escribe lo que cabe y no se queja hasta la siguiente.
                datos = datos[self._escrito.write(datos) :]
        except OSError as error:
            self.error = no_se_puede_escribir(self.archivo, error)
            self.avisar(f"{self.error} La película acaba aquí.")
        self._despertar()

    def cerrar(self) -> None:
        """No habrá más líneas."""
        if self._escrito is not None:
            self._escrito.close()
        self.completo = True
        self._despertar()

    def avisar(self, frase: str) -> None:
        """Cuenta esa frase a quien lo mira, ahora y después; no queda en la película."""
        with self._candado:
            if len(self._avisos) < MAX_AVISOS:
                self._avisos.append(frase)
        self._despertar()

    # --- Lo que se mira --------------------------------------------------------------------------

    def leer(self, desde: int) -> tuple[list[str], int]:
        """Las líneas enteras desde ese byte, sin pasar mucho de `LECTURA`, y dónde acaban."""
        with self.archivo.open("rb") as abierto:
            abierto.seek(desde)
            datos = abierto.read(LECTURA)
            if b"\n" not in datos:
                datos += abierto.readline()
        enteras = datos[: datos.rfind(b"\n") + 1]
        lineas = enteras.decode("utf-8", errors="replace").split("\n")[:-1]
        return lineas, desde + len(enteras)

    def avisos(self, desde: int) -> list[str]:
        """Las frases de `avisar`, menos las `desde` primeras."""
        with self._candado:
            return self._avisos[desde:]

    def escuchar(self, oyente: Callable[[], None]) -> Callable[[], None]:
        """Desde ahora se llama a `oyente` con cada novedad; devuelve cómo dejar de hacerlo."""
        with self._candado:
            self._oyentes.append(oyente)
        return lambda: self._olvidar(oyente)

    def _olvidar(self, oyente: Callable[[], None]) -> None:
        with self._candado:
            self._oyentes.remove(oyente)

    def _despertar(self) -> None:
        with self._candado:
            oyentes = list(self._oyentes)
        for oyente in oyentes:
            oyente()
