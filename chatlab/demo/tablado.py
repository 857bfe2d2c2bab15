"""Donde actúan los programas de `chatlab demo`: se les teclea, y se enseña lo que ve cada cual."""

from __future__ import annotations

import os
import sys
import threading
import time

from chatlab.errores import ErrorParaPersonas
from chatlab.modos import Modo
from chatlab.programa.en_marcha import ProgramaEnMarcha
from chatlab.programa.opciones import orden_chatlab
from chatlab.terminal.salida import escribir

#: Segundos que se espera a que algo aparezca en una pantalla.
PLAZO = 10.0
#: Segundos entre una frase y la siguiente, para que una persona pueda leerlas.
RITMO_DE_LECTURA = 0.15

#: Colores ANSI de los actores, por orden de aparición (ECMA-48, SGR).
COLORES = (36, 32, 33, 35)


class NoLlego(ErrorParaPersonas):
    """Alguien no vio en su pantalla lo que debía."""


class Tablado:
    """Los actores de un modo, con sus pantallas en una sola terminal."""

    def __init__(self, modo: Modo) -> None:
        self._modo = modo
        self._actores: list[Actor] = []
        self._puerto = ""
        # Dos costumbres de muchos programas: NO_COLOR y FORCE_COLOR mandan sobre la terminal.
        en_terminal = sys.stdout.isatty()
        self._con_color = "NO_COLOR" not in os.environ and (
            en_terminal or "FORCE_COLOR" in os.environ
        )
        self._pausa = RITMO_DE_LECTURA if en_terminal else 0.0
        if self._con_color and os.name == "nt":
            os.system("")  # hace que la consola de Windows entienda los colores

    def titulo(self) -> None:
        """Anuncia el modo y lo que enseña."""
        escribir(f"\n{self._resaltar(f'Modo {self._modo.titulo}')} · {self._modo.resumen}\n\n")

    def entra_el_servidor(self) -> Actor:
        """Arranca el servidor en un puerto libre y espera a que diga cuál es."""
        servidor = self._arrancar("servidor", "servidor", "--puerto", "0")
        self._puerto = servidor.ve("Escuchando en ").rpartition(":")[2]
        return servidor

    def entra(self, nombre: str, *opciones: str) -> Actor:
        """Arranca el cliente de una persona y espera a que conecte."""
        persona = self._arrancar(nombre, "cliente", "--puerto", self._puerto, *opciones)
        persona.ve("* ")
        return persona

    def _arrancar(self, nombre: str, papel: str, *opciones: str) -> Actor:
        color = COLORES[len(self._actores) % len(COLORES)] if self._con_color else None
        actor = Actor(nombre, [self._modo.modulo(papel), *opciones], color, self._pausa)
        self._actores.append(actor)
        return actor

    def termina(self, *que_se_ha_visto: str) -> None:
        """Espera a que todos salgan y cuenta lo que se ha visto y qué se puede probar ahora."""
        for actor in reversed(self._actores):
            actor.sale()
        escribir(f"\n{self._resaltar('Qué has visto.')} {' '.join(que_se_ha_visto)}\n")
        escribir(f"{self._resaltar('Prueba tú.')} En una terminal y, después, en otra:\n")
        for papel in ("servidor", "cliente"):
            escribir(f"    {orden_chatlab(f'{papel} {self._modo.nombre}')}\n")

    def _resaltar(self, texto: str) -> str:
        return f"\x1b[1m{texto}\x1b[0m" if self._con_color else texto

    def __enter__(self) -> Tablado:
        return self

    def __exit__(self, *_error: object) -> None:
        for actor in self._actores:
            actor.retirar()


class Actor:
    """Un programa en marcha: se le teclea, y sus líneas se enseñan con su nombre delante.

    Las líneas se enseñan cuando la obra las espera (`ve`), no cuando llegan: varios programas
    escriben a la vez, y así se leen en el orden de la conversación.
    """

    #: Ancho de los nombres, para que las pantallas queden alineadas.
    ANCHO = len("servidor")

    def __init__(self, nombre: str, orden: list[str], color: int | None, pausa: float) -> None:
        self._nombre = nombre
        margen = f"{nombre:{self.ANCHO}} │"
        self._margen = f"\x1b[{color}m{margen}\x1b[0m" if color else margen
        self._pausa = pausa
        self._programa = ProgramaEnMarcha(["-P", "-m", *orden])

    def dice(self, frase: str) -> None:
        """Teclea una frase y espera a verla en su propia pantalla."""
        self._programa.teclear(frase)
        self.ve(f"Tú: {frase}")

    def ve(self, texto: str) -> str:
        """Espera a que aparezca en su pantalla una línea con ese texto, y la devuelve."""
        limite = time.monotonic() + PLAZO
        while (linea := self._siguiente(limite)) is not None:
            if texto in linea:
                return linea
        raise NoLlego(f"{self._nombre} no ha visto «{texto}» en {PLAZO:g} segundos.")

    def se_va(self) -> None:
        """Se despide y espera a que su programa termine bien."""
        self.dice("salir")
        self.sale()

    def pulsa_ctrl_c(self) -> None:
        """Le pide a su programa que termine."""
        self._programa.ctrl_c()

    def sale(self) -> None:
        """Espera a que el programa termine, y comprueba que lo hace bien."""
        limite = time.monotonic() + PLAZO
        while self._siguiente(limite) is not None:
            pass
        codigo = self._programa.esperar_codigo(PLAZO)
        if codigo != 0:
            raise NoLlego(f"El programa de {self._nombre} ha fallado (código {codigo}).")

    def _siguiente(self, limite: float) -> str | None:
        """Enseña la siguiente línea de su pantalla; `None` si no hay más o vence el plazo."""
        try:
            linea = self._programa.siguiente_linea(limite)
        except TimeoutError:
            return None
        if linea is not None:
            escribir(f"{self._margen} {linea}\n")
            threading.Event().wait(self._pausa)
        return linea

    def retirar(self) -> None:
        """No deja nada en marcha, haya pasado lo que haya pasado."""
        self._programa.retirar()
