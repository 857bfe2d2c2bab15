"""El espía de chatlab, puesto entre los programas de una entrega sin que lo noten.

Es `chatlab espia` de verdad, dentro de la jaula. El cliente llama al puerto de siempre y la sonda
lo lleva al espía, que llama al servidor por él y provoca la falta en lo que el cliente envía.
"""

from __future__ import annotations

from chatlab.corrector.historias.ataques import codigo_de
from chatlab.corrector.historias.escena import Escena
from chatlab.corrector.jaula.terminal import Terminal

#: El nombre de su terminal: lo que enseña el espía sale en el informe.
ESPIA = "espía"


class ErrorDelEspia(Exception):
    """El espía no arranca, y no es culpa de la entrega."""


def poner_espia(escena: Escena, falta: str, valor: int) -> None:
    """Lo que envíen los clientes que arranquen desde ahora pasa por el espía, con esa falta.

    `falta` y `valor` son los de `chatlab espia`. En esa escena ya no se puede arrancar otra vez el
    servidor: su puerto es el del espía. Lanza `Fallo` si el servidor no escucha y `ErrorDelEspia`
    si el que no escucha es el espía.
    """
    escena.pon_servidor()
    escena.anota(f"Pongo en medio `chatlab espia --falta {falta} --valor {valor}`.")
    puerto = escena.puerto_escrito()
    espia = _arranca(escena, escena.testigo.puerto_real(puerto), falta, valor)
    escena.testigo.desviar(puerto, hacia=puerto_de(escena, espia))


def _arranca(escena: Escena, hacia: int | None, falta: str, valor: int) -> Terminal:
    chatlab = str(escena.jaula.raiz_para_el_espia())
    opciones = ["--escucha", "0", "--hacia", f"localhost:{hacia}", "--sentido", "subida"]
    opciones += ["--falta", falta, "--valor", str(valor)]
    codigo = codigo_de("espia")
    escena.terminales[ESPIA] = escena.jaula.ejecutar(codigo, ESPIA, [chatlab, *opciones])
    return escena.terminales[ESPIA]


def puerto_de(escena: Escena, espia: Terminal) -> int:
    """El puerto en el que escucha, en cuanto lo hace; lanza `ErrorDelEspia` si no lo hace."""

    def puertos() -> list[int]:
        return [
            suceso.local[1]
            for suceso in escena.testigo.sucesos()
            if suceso.tipo == "listen" and suceso.pid == espia.pid and suceso.local is not None
        ]

    if not escena.espera(lambda: bool(puertos())):
        raise ErrorDelEspia(f"el espía no escucha:\n{espia.pantalla}")
    return puertos()[0]
