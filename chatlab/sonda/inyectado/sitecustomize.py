"""Lo primero que Python ejecuta en el proceso del alumno: pone la sonda y se aparta.

`Testigo.entorno()` pone esta carpeta en PYTHONPATH. La sonda no necesita que chatlab esté
instalado: viaja al lado, en `_sonda_de_chatlab`, y solo usa la biblioteca estándar.
"""

import os
import sys


def _activar() -> None:
    """Pone la sonda. Si no puede, el programa se ejecuta como si no existiera."""
    try:
        __import__("_sonda_de_chatlab").activar(os.environ)
    except Exception:  # noqa: BLE001 - nada que falle aquí es culpa de quien escribió el programa
        pass


def _dejar_paso() -> None:
    """Quita esta carpeta del camino y ejecuta el `sitecustomize` al que tapaba, si lo hay."""
    carpeta = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - sin pathlib aquí
    sys.path[:] = [ruta for ruta in sys.path if os.path.abspath(ruta) != carpeta]  # noqa: PTH100
    este = sys.modules.pop(__name__)
    try:
        __import__(__name__)
    except ImportError as error:
        if error.name != __name__:
            raise
    sys.modules.setdefault(__name__, este)


_activar()
_dejar_paso()
