"""Lo primero que ejecuta Python en cada programa que arrancan las pruebas (`site`, en su manual).

Deja la pantalla como en una terminal y, si se le pide, hace ir al programa a trompicones. Son
miles: aquí solo se carga lo que hace falta siempre.
"""

import importlib
import io
import os
import sys

#: Con esta variable, cada programa se detiene al azar: así se ven las pruebas que dan por hecho un
#: orden, o que algo es inmediato. Su valor son los segundos que se detiene cada uno en total.
A_TROMPICONES = "CHATLAB_TROMPICONES"


def escribir_linea_a_linea() -> None:
    """Hace que dos hilos que escriben a la vez no mezclen sus líneas, como en una terminal.

    Con PYTHONUNBUFFERED, `print` escribe el texto y el salto de línea por separado.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True, write_through=False)


if __name__ == "sitecustomize":  # lo importa Python al arrancar, y no una prueba
    escribir_linea_a_linea()
    if A_TROMPICONES in os.environ:
        # Está al lado, y casi nunca hace falta.
        importlib.import_module("trompicones").empezar(float(os.environ[A_TROMPICONES]))
