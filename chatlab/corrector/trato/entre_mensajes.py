"""Lo que un programa pregunta entre un mensaje y el siguiente, y cómo se contesta.

«¿Quieres enviar otro mensaje? (s/n)», un menú en el que hay que volver a elegir «1. Enviar»,
«¿Seguro que quieres salir?»… Solo se mira en los que leen el teclado más de una vez en cada vuelta:
a los demás no hay que esperarlos.
"""

from __future__ import annotations

from collections.abc import Mapping

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.escenario.escenario import Escenario
from chatlab.corrector.trato.entrevista import Entrevista
from chatlab.corrector.trato.respuestas import opcion_de_salir, que_si
from chatlab.corrector.trato.teclado import pregunta_entre_mensajes

#: Preguntas que se contestan antes de cada mensaje: quien hace más no deja hablar.
MAX_SEGUIDAS = 3
#: Segundos que se espera a que el programa vuelva a leer el teclado.
PLAZO_PARA_VOLVER = 3.0


class EntreMensajes:
    """Contesta lo que haga falta para que lo siguiente que se teclee sea un mensaje."""

    def __init__(self, escena: Escenario, entrevistas: Mapping[str, Entrevista]) -> None:
        self._escena = escena
        self._entrevistas = entrevistas
        #: Por si es el servidor o no, si pregunta algo entre dos mensajes.
        self._preguntan: dict[bool, bool] = {}

    def pregunta(self, nombre: str) -> bool:
        """Si el programa de esa persona puede preguntar algo entre dos mensajes."""
        es_el_servidor = nombre == SERVIDOR
        if es_el_servidor not in self._preguntan:
            codigo = self._escena.codigo_de(nombre)
            self._preguntan[es_el_servidor] = pregunta_entre_mensajes(codigo)
        return self._preguntan[es_el_servidor]

    def contesta(self, nombre: str, antes_de: str) -> None:
        """Contesta lo que pregunte, hasta que ya no pregunta nada que se entienda.

        `antes_de` es lo que se va a teclear después.
        """
        for _ in range(MAX_SEGUIDAS):
            entrevista = self._cuando_lea(nombre)
            pedido = entrevista.entre_mensajes() if entrevista else None
            if entrevista is None:
                return
            if pedido is None:
                entrevista.va_a_teclear(antes_de)
                return
            que = entrevista.contesta(*pedido)
            self._escena.anota(f"A {nombre} le piden {que}, y contesta «{pedido[1]}».")

    def para_irse(self, nombre: str) -> str:
        """La opción del menú que tiene delante con la que se termina; vacío si no hay menú."""
        entrevista = self._cuando_lea(nombre)
        return opcion_de_salir(entrevista.lo_de_abajo) if entrevista else ""

    def confirma_que_se_va(self, nombre: str) -> None:
        """Contesta que sí a «¿Seguro que quieres salir?»."""
        entrevista = self._cuando_lea(nombre)
        if entrevista is not None and entrevista.pide_un_si_o_no():
            respuesta = que_si(entrevista.lo_de_abajo)[0]
            self._escena.anota(f"A {nombre} le piden que lo confirme, y contesta «{respuesta}».")
            entrevista.teclea(respuesta)

    def _cuando_lea(self, nombre: str) -> Entrevista | None:
        """La entrevista de quien ya espera el teclado; `None` si no hay nada que contestar."""
        entrevista = self._entrevistas.get(nombre)
        if entrevista is None or not self.pregunta(nombre):
            return None
        terminal = entrevista.terminal

        def lee() -> bool:
            return terminal.esperando_teclado is True or not terminal.vivo

        self._escena.aguarda_pregunta(lee, PLAZO_PARA_VOLVER)
        espera = terminal.vivo and terminal.esperando_teclado is not False
        return entrevista if espera else None
