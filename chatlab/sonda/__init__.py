"""La sonda: lo que hacen los sockets de un programa, visto desde dentro sin que él lo note.

    with Testigo() as testigo:
        subprocess.Popen([sys.executable, "servidor.py"], env={**entorno, **testigo.entorno()})
        testigo.esperar(lambda sucesos: any(s.tipo == "listen" for s in sucesos), plazo=5)

Hay dos mitades. `inyectado/` viaja al proceso del alumno y usa solo lo que Python ya trae cargado.
El `Testigo`, aquí, recibe los sucesos, reparte los puertos y sabe cuándo todos esperan:

    testigo.py                pone la sonda, y cuenta lo que ve
    copia_de_la_sonda.py      la copia que llevan los programas
    puerta.py oyente.py       por dónde entran los sucesos, y quien los atiende
    campos.py suceso.py       qué dice una línea del canal
    impostores.py             quién no es quien dice
    libro.py proceso.py       lo que se sabe de cada proceso y de cada conexión
    puertos.py reparto.py     los puertos de una entrega
    expectativa.py            si puede pasar algo todavía
    quietud.py giros.py       quién espera, y quién da vueltas en vano
    paradero.py               por dónde va cada hilo
"""

from chatlab.sonda.paradero import Paradero
from chatlab.sonda.proceso import Proceso
from chatlab.sonda.suceso import Direccion, Suceso
from chatlab.sonda.testigo import Testigo

__all__ = ["Direccion", "Paradero", "Proceso", "Suceso", "Testigo"]
