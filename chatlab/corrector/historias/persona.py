"""Alguien sentado delante de un programa: teclea, mira su pantalla y se va, bien o mal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chatlab.corrector.diagnostico.de_quien import al_principio, el_programa_de, quien
from chatlab.corrector.diagnostico.momento import AL_FINAL, Momento
from chatlab.corrector.escenario.paciencia import PLAZO, PLAZO_PARA_TERMINAR
from chatlab.corrector.historias.deducir import atasco
from chatlab.corrector.historias.despedidas import palabras_de_salida
from chatlab.corrector.historias.escena import Fallo
from chatlab.corrector.historias.espectadora import Espectadora, resumida

#: Palabras de salida que se prueban antes de rendirse.
MAX_DESPEDIDAS = 8


class Persona(Espectadora):
    """Alguien que usa su programa: lo que ve, en `Espectadora`; lo que hace, aquí."""

    def escribe(self, frase: str) -> None:
        """Teclea la frase y pulsa Intro; antes contesta lo que su programa le pregunte."""
        tecleado = self._escena.tecleado(self.nombre, frase)
        self._escena.entre_mensajes.contesta(self.nombre, antes_de=tecleado)
        self._escena.anota(al_principio(f"{quien(self.nombre)} escribe «{resumida(frase)}»."))
        self._escrito.append(frase)
        self._escena.escrito.append(frase)
        self.terminal.escribir(tecleado)

    def _se_despide_con(self, palabra: str) -> None:
        opcion = self._escena.entre_mensajes.para_irse(self.nombre)
        palabra = opcion or palabra
        que = f"escribe «{palabra}»" if palabra else "pulsa Intro"
        self._escena.anota(f"{self.nombre} {que}.")
        self._escrito.append(palabra)
        self._escena.escrito.append(palabra)
        self.terminal.escribir(palabra)
        self._escena.entre_mensajes.confirma_que_se_va(self.nombre)

    def se_despide(self, entre_palabras: Callable[[], None] = lambda: None) -> None:
        """Escribe palabras de salida hasta que su programa termina; lanza `Fallo` si no lo hace.

        `entre_palabras` se llama cuando una no ha servido: en un chat por turnos, alguien tiene que
        contestarla para que se pueda probar otra.
        """
        for palabra in self._despedidas():
            self._se_despide_con(palabra)
            self._escena.espera(lambda: not self.terminal.vivo, PLAZO_PARA_TERMINAR)
            if not self.terminal.vivo:
                break
            entre_palabras()
            self._escena.espera(lambda: not self.terminal.vivo, PLAZO_PARA_TERMINAR)
            if not self.terminal.vivo:
                break
        if self.terminal.vivo:
            raise Fallo(
                "Que al escribir una palabra de salida (salir, exit…) el cliente termine.",
                momento=self._la_ultima_palabra(),
            )
        if self.terminal.exceso:
            raise Fallo(f"Que el cliente termine, y hubo que detenerlo: {self.terminal.exceso}.")
        if self.terminal.codigo != 0:
            raise Fallo(
                "Que el cliente termine sin errores (código 0), y terminó con el "
                f"{self.terminal.codigo}."
            )
        self.no_muestra_un_error()
        self._escena.reparto.se_va(self.nombre)

    def _la_ultima_palabra(self) -> Momento:
        teclas = self.terminal.rollo.teclas
        frase = f"Aquí {self.nombre} escribe la última palabra de salida, y su programa sigue."
        return Momento(teclas[-1].instante, frase, self.nombre)

    def _despedidas(self) -> list[str]:
        programa = self._escena.programa_de(self.nombre)
        palabras = palabras_de_salida(self.terminal.pantalla, programa)
        dicha = self._escena.uso.declarado.salida
        return list(dict.fromkeys([*filter(None, [dicha]), *palabras]))[:MAX_DESPEDIDAS]

    def prueba_despedidas(
        self, basta: Callable[[], bool], entre_palabras: Callable[[], None]
    ) -> bool:
        """Escribe palabras de salida hasta que alguna basta; dice si alguna bastó."""
        for palabra in self._despedidas():
            self._se_despide_con(palabra)
            if self._escena.espera(basta, PLAZO_PARA_TERMINAR):
                return True
            if not self.terminal.vivo:
                return False
            entre_palabras()
            # A alguno le hace falta la respuesta: se mira su efecto antes de teclear otra palabra.
            if self._escena.espera(basta, PLAZO_PARA_TERMINAR):
                return True
        return False

    def se_va(self) -> None:
        """Se despide si sabe cómo; si no, cierra su programa con Ctrl+C, o a la fuerza."""
        try:
            self.se_despide()
        except Fallo:
            if self.terminal.vivo:
                self._escena.anota(f"{self.nombre} pulsa Ctrl+C.")
                self.terminal.ctrl_c()
                self._escena.espera(lambda: not self.terminal.vivo, PLAZO_PARA_TERMINAR)
                if self.terminal.vivo:
                    self.muere()
            self._escena.reparto.se_va(self.nombre)

    def muere(self) -> None:
        """Su programa muere sin despedirse; el sistema cierra la conexión (FIN)."""
        self._escena.muere(self.nombre)

    def se_corta(self, *, mientras_escribe: Persona) -> None:
        """Su conexión se corta de golpe (RST): muere con algo recibido sin leer."""
        with self._escena.parado(self.nombre):
            mientras_escribe.escribe("Esto no lo va a leer todo el mundo")
            self._escena.espera_calma()
            self._escena.reparto.se_va(self.nombre)
            self.terminal.matar()
        self.terminal.esperar_fin(PLAZO)
        self._escena.anota(f"La conexión de {self.nombre} se corta de golpe.")

    @contextmanager
    def sin_leer(self) -> Iterator[None]:
        """Mientras dura, su programa está detenido: no lee nada de lo que le llega."""
        self._escena.anota(al_principio(f"{el_programa_de(self.nombre)} deja de leer."))
        with self._escena.parado(self.nombre):
            try:
                yield
            except Fallo as fallo:
                # Después de que siga, el servidor ya no estará parado: se mira ahora.
                fallo.causa = fallo.causa or atasco(self._escena, self.nombre)
                if fallo.causa:
                    fallo.momento = Momento(AL_FINAL, f"Así se quedó: {fallo.causa}")
                raise
