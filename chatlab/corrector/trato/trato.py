"""Cómo se trata a un programa desde que arranca hasta que se puede hablar con él.

Se arranca como él diga, se le contesta lo que pida y, si lo que pide no se entiende, se ensaya
aparte hasta saberlo. Lo averiguado queda en el `Uso` de la entrega, y no se vuelve a averiguar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chatlab.corrector.escenario.escenario import Escenario
from chatlab.corrector.escenario.fallos import NoSeSabeUsar
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.corrector.trato.argumentos import ordenes_escritas
from chatlab.corrector.trato.arranque import (
    CLIENTE,
    NOMBRE_DEL_SERVIDOR,
    PLAZO_PARA_PREGUNTAR,
    SERVIDOR,
    Arranque,
)
from chatlab.corrector.trato.uso import SU_NOMBRE, Duda, Ensayar, Uso

#: Lo que se prueba con un servidor que pregunta algo que no se entiende.
PARA_EL_SERVIDOR = ((NOMBRE_DEL_SERVIDOR,), ("10",), ("",))


class Trato:
    """Arranca los programas de una escena y contesta lo que pidan."""

    def __init__(self, escena: Escenario, uso: Uso, ensayar: Ensayar) -> None:
        self._escena = escena
        self.uso = uso
        self._ensayar = ensayar
        self._arranque = Arranque(escena, uso)
        self.entrevistas = self._arranque.entrevistas

    # --- El servidor -----------------------------------------------------------------------------

    def arranca_servidor(self, escucha: Callable[[], bool]) -> Terminal:
        """Arranca el servidor y le contesta hasta que escucha, termina o no pide más.

        Lanza `NoSeSabeUsar` si se queda preguntando algo, o pide argumentos que no se entienden.
        """
        with self._recordando(SERVIDOR):
            return self._haz_que_escuche(escucha)

    def _haz_que_escuche(self, escucha: Callable[[], bool]) -> Terminal:
        if SERVIDOR in self.uso.sin_remedio:
            raise self.uso.sin_remedio[SERVIDOR]
        terminal = self._arranque.arranca(SERVIDOR, SERVIDOR, escucha)
        pregunta = self._pregunta_algo(SERVIDOR)
        if escucha() or not pregunta:
            return terminal
        for receta in PARA_EL_SERVIDOR:
            self.uso.receta_del_servidor = receta
            terminal.matar()
            terminal.esperar_fin(PLAZO_PARA_PREGUNTAR)
            terminal = self._arranque.arranca(SERVIDOR, SERVIDOR, escucha)
            if escucha():
                return terminal
        raise NoSeSabeUsar(no_se_contestar("El servidor", pregunta))

    # --- El cliente ------------------------------------------------------------------------------

    def arranca_cliente(self, nombre: str, *, aunque_no_se_sepa: bool = False) -> Terminal:
        """Arranca un cliente y hace lo que haga falta para poder hablar con él.

        Lanza `NoSeSabeUsar` si no se sabe qué hacer; si ya se sabía, sin arrancarlo siquiera, salvo
        que `aunque_no_se_sepa`.
        """
        if CLIENTE in self.uso.sin_remedio and not aunque_no_se_sepa:
            raise self.uso.sin_remedio[CLIENTE]
        with self._recordando(CLIENTE):
            return self._haz_que_se_pueda_hablar(nombre)

    def _haz_que_se_pueda_hablar(self, nombre: str) -> Terminal:
        terminal = self._arranque.arranca(CLIENTE, nombre, lambda: False)
        if CLIENTE in self.uso.sin_remedio:
            raise self.uso.sin_remedio[CLIENTE]
        if not self._arranque.ya_se_habla:
            self._desatasca_al_servidor(nombre)
        duda = self._duda(nombre) if self.uso.receta is None and terminal.vivo else None
        if duda is not None:
            self.uso.receta = self._ensayar(self.uso, duda)
            self._arranque.entrevista(nombre, lambda: False)
        self._teclea_lo_de_antes(nombre)
        self._escena.usa_nombres = self._escena.usa_nombres or bool(self.entrevistas[nombre].apodo)
        self._arranque.empieza_el_chat()
        if not terminal.vivo and terminal.codigo in (0, 1):
            self._comprueba_que_no_lo_han_echado(nombre)
        return terminal

    @contextmanager
    def _recordando(self, papel: str) -> Iterator[None]:
        """Si no se sabe usar ese programa, se recuerda: no se vuelve a probar."""
        try:
            yield
        except NoSeSabeUsar as error:
            self.uso.sin_remedio[papel] = error
            raise

    def _desatasca_al_servidor(self, nombre: str) -> None:
        """Contesta al servidor que no acepta a nadie porque está preguntando algo."""
        if SERVIDOR not in self.entrevistas or self._escena.ha_aceptado():
            return
        if pregunta := self._pregunta_algo(SERVIDOR):
            self._escena.anota(f"El servidor pregunta «{pregunta}»; contesto con un nombre.")
            self.entrevistas[SERVIDOR].contesta(None, NOMBRE_DEL_SERVIDOR)
            self._arranque.entrevista(nombre, lambda: False)

    def _duda(self, nombre: str) -> Duda | None:
        """Por qué no se sabe si lo que se teclee será un mensaje; `None` si se sabe."""
        entrevista = self.entrevistas[nombre]
        if not self.lee_el_teclado(nombre) or self.uso.declarado.antes:
            return None
        # Quien no está esperando el teclado no espera una orden: es otra cosa lo que le pasa.
        espera = entrevista.terminal.esperando_teclado is not False
        codigo = self._escena.codigo_de(nombre) if espera else ""
        ordenes = ordenes_escritas(codigo)
        sin_presentar = self.uso.con_nombres and not entrevista.apodo
        if entrevista.pregunta_sin_entender or sin_presentar or ordenes:
            return Duda(self._pregunta_algo(nombre), tuple(ordenes))
        return None

    def apodo(self, nombre: str) -> str:
        """El nombre que esa persona le dijo a su programa: si el suyo no valía, será otro."""
        entrevista = self.entrevistas.get(nombre)
        return (entrevista and entrevista.apodo) or nombre

    def _pregunta_algo(self, nombre: str) -> str:
        """Lo que pregunta sin que se entienda un programa que espera el teclado."""
        entrevista = self.entrevistas[nombre]
        if not entrevista.terminal.vivo or entrevista.terminal.esperando_teclado is False:
            return ""
        return entrevista.pregunta_sin_entender or entrevista.pregunta_sin_salida

    def _teclea_lo_de_antes(self, nombre: str) -> None:
        entrevista = self.entrevistas[nombre]
        for orden in self.uso.declarado.antes:
            if entrevista.terminal.vivo:
                tecleada = orden.replace(SU_NOMBRE, nombre)
                self._escena.anota(f"{nombre} teclea «{tecleada}».")
                entrevista.contesta(None, tecleada)
                self._escena.espera_calma()

    def lee_el_teclado(self, nombre: str) -> bool:
        """Si el programa de esa persona lee lo que se teclea; ante la duda, que sí."""
        return self._arranque.lee_el_teclado(nombre)

    def _comprueba_que_no_lo_han_echado(self, nombre: str) -> None:
        """Quien termina tras una respuesta que hubo que adivinar no tiene por qué estar mal."""
        entrevista = self.entrevistas[nombre]
        if entrevista.adivinada and not entrevista.terminal.hay_traceback:
            raise NoSeSabeUsar(no_se_contestar(f"El programa de {nombre}", entrevista.adivinada))


def no_se_contestar(quien: str, pregunta: str) -> str:
    """La frase para quien hizo un programa que pregunta algo que no se entiende."""
    return (
        f"{quien} pregunta «{pregunta}», y no sé qué contestar. Dímelo con --responde "
        f'"PREGUNTA=RESPUESTA" o en un archivo como_se_usa.toml.'
    )
