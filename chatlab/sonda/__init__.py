"""La sonda: lo que hacen los sockets de un programa, visto desde dentro sin que él lo note.

    with Testigo() as testigo:
        subprocess.Popen([sys.executable, "servidor.py"], env={**entorno, **testigo.entorno()})
        testigo.esperar(lambda sucesos: any(s.tipo == "listen" for s in sucesos), plazo=5)

Hay dos mitades. `inyectado/` viaja al proceso del alumno y usa solo lo que Python ya trae cargado.
El `Testigo`, aquí, recibe los sucesos, reparte los puertos y sabe cuándo todos esperan.
"""

from chatlab.sonda.paradero import Paradero
from chatlab.sonda.proceso import Proceso
from chatlab.sonda.suceso import Direccion, Suceso
from chatlab.sonda.testigo import Testigo

__all__ = ["Direccion", "Paradero", "Proceso", "Suceso", "Testigo"]
