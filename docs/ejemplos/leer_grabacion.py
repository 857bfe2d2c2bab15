"""Quién envió y quién leyó qué, y en qué segundo, en una grabación."""

import sys
from pathlib import Path

from chatlab.observador.grabacion import Grabacion, datos_de

grabacion = Grabacion.leer(Path(sys.argv[1]))
nombres = {uno["p"]: uno["nombre"] for uno in grabacion.programas}
for linea in grabacion.lineas:
    if linea["que"] in ("send", "recv"):
        hace = "envía" if linea["que"] == "send" else "lee"
        print(f"{linea['t']:.3f}", nombres[linea["p"]], hace, datos_de(linea))
print("¿Acabó por las buenas?", "Sí" if grabacion.completa else "No")
