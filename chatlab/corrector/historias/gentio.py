"""Un chat con mucha gente y un solo hilo.

Es lo que usan las comprobaciones de `lessons/05_eventos/test_ejercicio.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chatlab.corrector.historias.escena import SERVIDOR, Fallo
from chatlab.corrector.historias.imitacion import Imitacion
from chatlab.corrector.jaula.terminal import Terminal

#: Las personas que están a la vez.
GENTIO = 50


class Gentio(Imitacion):
    """Un chat en el que cabe mucha gente."""

    def comprueba_que_no_crea_hilos(self) -> None:
        """Comprueba que no hay un hilo, ni un proceso, por cada persona que ha entrado."""
        servidor = self.escena.entrega.servidor.name
        escuchas = self.escena.sucesos("listen", servidor)
        entradas = self.escena.sucesos("accept", servidor)
        if not escuchas or not entradas:
            return  # no se ve cómo lo hace: no se le puede suspender por eso
        # Los que pone en marcha antes de escuchar no son de nadie: asyncio, por ejemplo, usa uno
        # para buscar la dirección.
        creados = [
            suceso
            for tipo in ("hilo_arrancado", "arranca")
            for suceso in self.escena.sucesos(tipo, servidor)
            if suceso.instante > escuchas[-1].instante
        ]
        if len(creados) >= len(entradas):
            raise Fallo(
                "Que el servidor atienda a todos desde el mismo hilo: para "
                f"{len(entradas)} personas ha creado {len(creados)}."
            )

    @contextmanager
    def entra_un_gentio(self) -> Iterator[Terminal]:
        """Entran muchas personas. Al final se van."""
        nombre = "Persona00"
        grabado = self.graba_a(nombre, "Ahora vengo con los demás")
        self.escena.anota(f"Entran {GENTIO} personas más.")
        gente = self.ataca("grupo", GENTIO, nombre.encode(), grabado.saludo, grabado.mensaje, 0)
        self.entra(gente)
        gente.escribir("")
        self.espera_a_que_diga(gente, "1: han recibido")
        yield gente
        self.se_va(gente)

    def lo_ha_recibido_el_gentio(self, gente: Terminal) -> None:
        """Comprueba que a todas les ha llegado algo desde que entraron."""
        self.escena.espera_calma()
        gente.escribir("")
        self.espera_a_que_diga(gente, "2: han recibido")
        _, _, cuenta = gente.pantalla.partition("2: han recibido ")
        cuantas = int(cuenta.split()[0]) if cuenta.split() else 0
        if cuantas < GENTIO:
            raise Fallo(
                f"Que el mensaje llegue a las {GENTIO} personas: lo han recibido {cuantas}."
            )

    def comprueba_que_reposa(self) -> None:
        """Comprueba que, cuando nadie hace nada, el servidor espera sin gastar procesador."""
        if self.escena.espera_reposo(SERVIDOR).gira:
            raise Fallo(
                "Que, cuando nadie escribe, el servidor espere sin dar vueltas ni gastar "
                "procesador."
            )
