"""Un programa que se mira: lo que sale en su terminal, y lo que se teclea, va a la grabación."""

from __future__ import annotations

import threading

from chatlab.observador.directo.terminal import TerminalDePrograma
from chatlab.observador.grabacion import Grabadora

#: Segundos que se espera, terminado el programa, a leer lo último que escribió.
PLAZO_DE_LO_ULTIMO = 1.0


class EnPantalla:
    """El programa `p` de la grabación, en su terminal."""

    def __init__(self, p: int, terminal: TerminalDePrograma, grabadora: Grabadora) -> None:
        self.p = p
        self.terminal = terminal
        self._grabadora = grabadora
        self._terminado = threading.Event()
        self._leyendo = threading.Thread(target=self._leer, daemon=True)
        self._leyendo.start()
        threading.Thread(target=self._esperar, daemon=True).start()

    def _leer(self) -> None:
        while datos := self.terminal.leer():
            self._grabadora.pantalla(self.p, datos)
        self.terminal.soltar()

    def _esperar(self) -> None:
        codigo = self.terminal.esperar()
        # Si otro programa que él arrancó aún tiene la pantalla abierta, se seguirá leyendo después.
        self._leyendo.join(PLAZO_DE_LO_ULTIMO)
        self._grabadora.termina(self.p, codigo)
        self._terminado.set()

    @property
    def vivo(self) -> bool:
        """Si sigue en marcha, aunque esté parado."""
        return not self._terminado.is_set()

    def teclear(self, texto: str) -> None:
        """Teclea ese texto; sin nadie que lo lea, no pasa nada."""
        if self.vivo:
            visto = _tapado(texto) if self.terminal.a_ciegas else texto
            self._grabadora.tecla(self.p, visto.encode("utf-8", errors="replace"))
            self.terminal.teclear(texto.encode("utf-8", errors="replace"))

    def redimensionar(self, filas: int, columnas: int) -> None:
        """Su pantalla mide ahora esas filas y esas columnas."""
        if self.vivo:
            self._grabadora.tamano(self.p, filas, columnas)
            self.terminal.redimensionar(filas, columnas)

    def enviar(self, senal: str) -> None:
        """Le manda una señal de las que su terminal sabe mandar; las demás no hacen nada."""
        if self.vivo and senal in self.terminal.senales:
            self._grabadora.senal(self.p, senal)
            self.terminal.enviar(senal)

    def esperar(self, plazo: float) -> bool:
        """Espera hasta `plazo` segundos a que termine; dice si ha terminado."""
        return self._terminado.wait(plazo)

    def cerrar(self) -> None:
        """Deja de leer su pantalla, con el programa ya terminado."""
        self.terminal.cerrar()
        self._leyendo.join(PLAZO_DE_LO_ULTIMO)


def _tapado(texto: str) -> str:
    """Cuántas letras se teclearon, y no cuáles: una contraseña no debe quedar en la película."""
    return "".join("•" if letra.isprintable() else letra for letra in texto)
