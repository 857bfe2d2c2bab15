"""El renglón que se teclea donde no hay terminal: con eco, y entero al pulsar Intro.

En una terminal lo hace el sistema (termios(3), «canonical mode»). Con tuberías, el programa recibe
lo que se le mande, y quien teclea no vería nada.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: Letras de un renglón; las que vienen detrás se pierden.
MAX_RENGLON = 4095
#: Mueve el cursor a la izquierda y borra lo que había.
_BORRADA = "\b \b"


@dataclass(slots=True)
class Tecleado:
    """Lo que sale de unas teclas: lo que se ve, lo que recibe el programa, y si hay que pararlo."""

    eco: str = ""
    lineas: str = ""
    interrumpe: bool = False
    acaba: bool = False


@dataclass(slots=True)
class Renglon:
    """Lo que se lleva tecleado sin pulsar Intro."""

    letras: list[str] = field(default_factory=list)

    def pulsar(self, texto: str) -> Tecleado:
        """Lo que pasa al pulsar esas teclas, una detrás de otra."""
        dado = Tecleado()
        for tecla in texto:
            match tecla:
                case "\r" | "\n":  # Intro
                    dado.lineas += "".join(self.letras) + "\n"
                    dado.eco += "\r\n"
                    self.letras.clear()
                case "\x7f" | "\b":  # Retroceso
                    dado.eco += _BORRADA if self.letras else ""
                    del self.letras[-1:]
                case "\x15":  # Ctrl+U
                    dado.eco += _BORRADA * len(self.letras)
                    self.letras.clear()
                case "\x03":  # Ctrl+C
                    dado.eco += "^C"
                    dado.interrumpe = True
                    self.letras.clear()
                case "\x04":  # Ctrl+D
                    # A mitad de un renglón, lo entrega sin su final; al principio, no hay más.
                    dado.lineas += "".join(self.letras)
                    dado.acaba |= not self.letras
                    self.letras.clear()
                case _ if tecla.isprintable() and len(self.letras) < MAX_RENGLON:
                    dado.eco += tecla
                    self.letras.append(tecla)
        return dado
