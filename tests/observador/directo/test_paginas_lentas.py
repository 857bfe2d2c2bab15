"""Una página que no lee no hace esperar a nadie: ni a los programas, ni a las demás."""

from __future__ import annotations

import psutil
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.observador.directo.conftest import Observar, Programas

MIB = 1024 * 1024
CAUDAL = """
import sys
for n in range(200_000):
    print(f"{n:08d} " + "x" * 70)
input("fin")
"""


def test_quien_no_lee_no_detiene_al_programa_ni_a_las_demas_paginas(
    observar: Observar, programas: Programas
) -> None:
    carpeta = programas("caudal.py", "input('empieza')\n" + CAUDAL)
    observacion = observar("caudal.py", "--guardar", "clase.chatlab", carpeta=carpeta)
    pagina = observacion.abrir_pagina()
    pagina.esperar_en_pantalla(1, "empieza")
    proceso = psutil.Process(observacion.orden.proceso.pid)
    antes = proceso.memory_info().rss
    direccion = f"ws://{observacion.maquina}/ws?llave={observacion.llave}"

    with connect(direccion, origin=Origin(f"http://{observacion.maquina}"), max_queue=1):
        pagina.teclear(1, "\r")
        pagina.esperar(lambda: pagina.de("pantalla")[-1]["texto"].endswith("fin"), "fin", 60)
        gastado = proceso.memory_info().rss - antes

    # Ha escrito 16 MB, y ni se guardan en memoria ni los espera nadie.
    assert gastado < 60 * MIB
    assert (carpeta / "clase.chatlab").stat().st_size > 15 * MIB
