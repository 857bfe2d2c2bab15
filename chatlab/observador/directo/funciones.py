"""Lo que se puede proyectar: unos programas en marcha, o una película guardada."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

from chatlab.observador.directo.carrete import Carrete
from chatlab.observador.directo.recados import hacer
from chatlab.observador.directo.rodaje import Rodaje
from chatlab.programa.archivos import no_se_puede_escribir


class EnDirecto:
    """Los programas de un rodaje. Su película se guarda, con ese nombre, donde arrancó chatlab."""

    def __init__(self, rodaje: Rodaje, carrete: Carrete, nombre: str) -> None:
        self._rodaje = rodaje
        self._carrete = carrete
        self._nombre = nombre

    def lo_que_se_puede(self) -> tuple[dict[str, object], list[str]]:
        return self._rodaje.lo_que_se_puede()

    def hacer(self, recado: str) -> None:
        hacer(recado, self._rodaje, self._guardar)

    def _guardar(self) -> None:
        """Copia lo grabado hasta ahora en un archivo nuevo: no toca los que haya."""
        nombres = (f"{self._nombre}{f'-{n}' if n > 1 else ''}.chatlab" for n in count(1))
        copia = next(Path(nombre) for nombre in nombres if not Path(nombre).exists())
        try:
            shutil.copyfile(self._carrete.archivo, copia)
        except OSError as error:
            self._carrete.avisar(str(no_se_puede_escribir(copia, error)))
        else:
            self._carrete.avisar(f"Guardada en «{copia}», en la carpeta desde la que observas.")


class Guardada:
    """Una película que ya acabó: no hay a quién teclear."""

    def lo_que_se_puede(self) -> tuple[dict[str, object], list[str]]:
        return {"pty": False, "senales": [], "otro_cliente": False, "guardada": True}, []

    def hacer(self, recado: str) -> None:
        pass  # la página puede decir que ha cambiado de tamaño, y a nadie le importa
