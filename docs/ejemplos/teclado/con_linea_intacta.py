"""El cliente con hilos, y una línea que no se rompe cuando llega otra.

python con_linea_intacta.py

Necesita prompt_toolkit: python -m pip install prompt_toolkit
"""

import socket
import threading

from con_hilos import recibir, terminar
from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout

conexion = socket.create_connection(("localhost", 8000))
saliendo = threading.Event()
hilo = threading.Thread(target=recibir, args=(conexion, saliendo), daemon=True)
hilo.start()
sesion = PromptSession("Tú: ")
with patch_stdout():  # lo que otros hilos escriben sale encima de la línea
    try:
        while not saliendo.is_set():
            linea = sesion.prompt()
            if linea == "salir":
                break
            conexion.sendall(f"{linea}\n".encode())
    except (EOFError, KeyboardInterrupt, OSError):
        pass
terminar(conexion, hilo, saliendo)
