"""Lo que tienen en común las historias que se cuentan en una escena."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chatlab.corrector.historias.escena import SERVIDOR, Escena
from chatlab.corrector.historias.persona import Persona


class Historia:
    """Unas personas delante de los programas de una escena."""

    def __init__(self, escena: Escena) -> None:
        self.escena = escena

    @contextmanager
    def servidor_ocupado(self) -> Iterator[None]:
        """Mientras dura, el servidor no hace nada: lo que le envían se acumula."""
        self.escena.anota("El servidor está ocupado un momento.")
        with self.escena.parado(SERVIDOR), self.escena.evidencia.con_el_servidor_parado():
            yield

    def memoria_del_servidor(self) -> int:
        """Bytes que ocupa; 0 donde no se puede saber: a nadie se le suspende por eso."""
        return self.escena.consumo(SERVIDOR).memoria or 0

    def espera_a_que_salga(self, texto: str, *, de: Persona) -> None:
        """Espera a que el programa de esa persona haya enviado el texto por la red.

        O a que todo se calme: puede que no viaje tal cual (en base64, cifrado…), o que su cliente
        espere antes una respuesta. Si llega o no, lo dicen las pantallas.
        """
        self.escena.espera(lambda: texto.encode() in self.escena.datos("send", de.nombre))
