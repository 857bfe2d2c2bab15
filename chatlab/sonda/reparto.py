"""El reparto de puertos, visto por el testigo: lo lee, y cambia adónde lleva alguno.

Lo que hay en cada archivo está en `inyectado/_sonda_de_chatlab/registro.py`. En `puertos` escriben
los programas de la entrega: lo que haya allí puede ser cualquier cosa. En `desvios` solo escribe
el testigo, y dentro de una jaula no se puede tocar.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from chatlab.sistema import ajeno

#: Bytes de sobra para un número de puerto.
LARGO = 32
ULTIMO_PUERTO = 65535


class RepartoDePuertos:
    """Las dos carpetas, dentro de `carpeta`."""

    def __init__(self, carpeta: Path) -> None:
        self.puertos, self._desvios = carpeta / "puertos", carpeta / "desvios"
        self.puertos.mkdir()
        self._desvios.mkdir()
        # Abierta ahora, que nadie ha podido cambiarla por otra.
        self._abierta = ajeno.CarpetaAjena(self.puertos) if ajeno.CON_CARPETAS else None

    def cerrar(self) -> None:
        """Suelta la carpeta abierta; no borra nada."""
        if self._abierta is not None:
            self._abierta.cerrar()

    def real(self, escrito: int) -> int | None:
        """El puerto de verdad de uno escrito; `None` si nadie lo ha abierto."""
        nombre = f"escrito-{escrito}"
        desviado = ajeno.leer(self._desvios, nombre, LARGO)
        return _numero(desviado if desviado is not None else self._leer(nombre))

    def desviar(self, escrito: int, hacia: int) -> None:
        """Quien lo lea a la vez ve el puerto de antes o el nuevo, nunca medio número."""
        # Un nombre nuevo, que se crea o falla: sin jaula, en el de siempre podría haber un enlace.
        descriptor, nombre = tempfile.mkstemp(dir=self._desvios)
        with open(descriptor, "w", encoding="ascii") as abierto:  # noqa: PTH123 - es un descriptor
            abierto.write(str(hacia))
        Path(nombre).replace(self._desvios / f"escrito-{escrito}")

    def _leer(self, nombre: str) -> bytes | None:
        if self._abierta is None:
            return ajeno.leer(self.puertos, nombre, LARGO)
        try:
            return self._abierta.leer(nombre, maximo=LARGO)
        except OSError:
            return None


def _numero(datos: bytes | None) -> int | None:
    """El puerto que dice un archivo; `None` si no lo hay o no es un número de puerto."""
    if datos is None or not datos.isdigit():
        return None
    numero = int(datos)
    return numero if 0 < numero <= ULTIMO_PUERTO else None
