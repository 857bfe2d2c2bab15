"""Cómo se espera a lo que debe ocurrir en una escena.

Una espera termina por una de tres cosas: ocurre lo esperado, vence el plazo, o se ve que ya no va
a ocurrir. Esto último es así cuando todos los programas están quietos (bloqueados leyendo, sin nada
en camino), llevan un buen rato sin hacer nada, o dan vueltas en vano. Por eso corregir un programa
que falla no tarda mucho más que uno que va bien, ni uno que pregunta sin parar, más que uno que
espera.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chatlab.corrector.jaula.jaula import Jaula
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.sonda import Testigo

#: Segundos que se espera, como mucho, a que ocurra algo. Solo se agotan si el programa trabaja
#: sin parar: si está quieto, se sabe antes.
PLAZO = 10.0
#: Segundos sin que nadie haga nada a partir de los cuales ya no se espera más a un programa que
#: duerme con un reloj puesto: podría despertar, pero una persona ya se habría rendido.
SILENCIO = 3.0
#: Segundos que puede tardar el sistema en volver a preguntar si cabe algo a quien no lee (RFC 9293,
#: 3.8.6.1): mientras tanto todos duermen, y aun así algo puede seguir.
SONDEO_DE_TCP = 0.5
#: Segundos que se espera a que todo se calme. Solo se agotan si un programa no para.
PLAZO_DE_LA_CALMA = 4.0
#: Segundos que tiene un programa para terminar después de despedirse o de Ctrl+C.
PLAZO_PARA_TERMINAR = 3.0
#: Segundos entre una mirada y la siguiente, si nada despierta antes: pocos al principio, porque
#: casi todo se calma enseguida, y cada vez más, hasta los segundos, porque mirar cuesta.
PRIMERA_MIRADA, MIRADA = 0.01, 0.05

#: Segundos de espera a partir de los cuales se mira si alguien gira en vano. Si ya se ha visto a
#: alguien hacerlo, se mira desde el principio.
RECELO = 0.3

#: Plazos agotados a partir de los cuales se sabe que hay un programa que no para nunca, y lo que
#: se le espera desde entonces, en partes del plazo de siempre.
BASTANTES_AGOTADOS = 3
IMPACIENCIA = 0.25
#: Por cuánto se puede multiplicar un plazo, y los segundos de los que no pasa así, si los programas
#: lo han gastado en esperar al procesador.
PRORROGA, PLAZO_CON_PRORROGA = 3, 2 * PLAZO
#: Segundos que se espera a que todo se calme cuando se sabe que alguien no para nunca: los que
#: necesita lo que estaba en camino.
CALMA_CON_RUIDO = 0.5
#: Miradas que bastan para decir que un programa no descansa. Al principio van muy seguidas.
BASTANTES_MIRADAS = 8
#: Parte de las miradas en que puede estar despierto quien descansa: uno que pregunta cada segundo,
#: o cada décima, duerme en casi todas. Se miran estados, y no segundos de procesador, que a quien
#: gira en una máquina ocupada le tocan pocos.
CASI_SIEMPRE_DESPIERTO = 0.5
#: Caracteres que puede escribir un programa durante una sola espera. Nadie lee tanto: ya no para.
INUNDACION = 500_000


@dataclass(slots=True)
class Experiencia:
    """Lo que se va sabiendo de una entrega al esperarla, de una escena a la siguiente."""

    #: Los plazos que se agotaron porque alguien no paraba.
    agotados: int = 0
    #: Si ya se esperó en vano a que todo se calmara: un latido, un sondeo, un hilo que gira.
    alguien_no_para: bool = False
    #: Si ya se esperó en vano a saber por la sonda de un programa recién arrancado.
    alguien_no_llega: bool = False

    @property
    def hay_prisa(self) -> bool:
        """Si se han agotado bastantes plazos como para no esperar enteros los demás."""
        return self.agotados >= BASTANTES_AGOTADOS


@dataclass(frozen=True, slots=True)
class Reposo:
    """Si, cuando nadie hace nada, los programas descansan.

    `calma` es si se ha visto que todos esperaban. `despierto`, la parte de las miradas, de 0 a 1,
    en que el programa por el que se pregunta trabajaba, o quería; `None` si no se puede saber.
    """

    calma: bool
    despierto: float | None

    @property
    def gira(self) -> bool:
        """Si el programa no descansa."""
        if self.despierto is None:
            return not self.calma
        return self.despierto > CASI_SIEMPRE_DESPIERTO


class Paciencia:
    """Espera a los programas de una escena.

    `terminales` son los de la escena, los que haya en cada momento. `experiencia` es lo que se
    sabe de las anteriores de la misma entrega.
    """

    def __init__(
        self,
        jaula: Jaula,
        testigo: Testigo,
        terminales: Mapping[str, Terminal],
        experiencia: Experiencia | None = None,
    ) -> None:
        self.experiencia = experiencia or Experiencia()
        #: Si hay un programa detenido: lo que le envíen no lo va a leer.
        self.hay_alguien_parado = False
        self._jaula = jaula
        self._testigo = testigo
        self._terminales = terminales
        self._recelo = RECELO

    def espera(self, cumple: Callable[[], bool], plazo: float = PLAZO) -> bool:
        """Espera a que se cumpla; `False` si vence el plazo o si ya no va a cumplirse."""
        self.aguarda(cumple, plazo)
        return cumple()

    def espera_calma(self, plazo: float = PLAZO_DE_LA_CALMA) -> bool:
        """Espera a que llegue todo lo que está en camino; `False` si alguien no para."""
        return self.aguarda(lambda: False, plazo, con_prisa=True)

    def espera_llegada(self, terminal: Terminal) -> None:
        """Si hay prisa, espera a saber por la sonda de un programa que acaba de arrancar.

        Lo que tarda el sistema en ponerlo en marcha no es suyo, y los plazos acortados son para él.
        """
        if not self.experiencia.hay_prisa or self.experiencia.alguien_no_llega:
            return

        def ha_llegado() -> bool:
            llegados = {proceso.pid for proceso in self._testigo.procesos()}
            return terminal.pid in llegados or not terminal.vivo

        vence = time.monotonic() + PLAZO
        while not ha_llegado() and time.monotonic() < vence:
            self._jaula.esperar(ha_llegado, MIRADA)
        self.experiencia.alguien_no_llega = not ha_llegado()

    def espera_reposo(self, terminal: Terminal) -> Reposo:
        """Espera a que nadie trabaje, ni siquiera en vano, y mira si ese programa trabaja."""
        vistas: list[bool | None] = []
        calma = self.aguarda(
            lambda: False,
            PLAZO_DE_LA_CALMA,
            con_prisa=True,
            en_reposo=lambda: vistas.append(self._testigo.trabaja(terminal.pid)),
        )
        despierto = vistas.count(True) / max(len(vistas), BASTANTES_MIRADAS)
        return Reposo(calma, None if None in vistas else despierto)

    def aguarda(
        self,
        cumple: Callable[[], bool],
        plazo: float,
        *,
        con_prisa: bool = False,
        en_reposo: Callable[[], None] | None = None,
    ) -> bool:
        """Vuelve cuando se cumple, o ya no va a cumplirse, o vence el plazo: entonces, `False`.

        Si se quiere el reposo, no basta con que nadie haga nada que se note; `en_reposo` se llama
        a cada mirada.
        """
        empieza = time.monotonic()
        # Si descansan o no decide un veredicto: ahí no hay prisa que valga.
        solo_calma = con_prisa and not en_reposo
        vence = self._vencimiento(plazo, con_prisa=solo_calma)
        escrito = self._escrito()
        mirada = PRIMERA_MIRADA
        while not cumple():
            if self._jaula.exceso:
                return False
            if vence() or self._escrito() - escrito > INUNDACION:
                self.experiencia.agotados += 1
                self.experiencia.alguien_no_para |= solo_calma and not self.hay_alguien_parado
                return False
            if en_reposo:
                en_reposo()
            quietos = self._quietos(con_prisa=con_prisa, en_reposo=en_reposo is not None)
            if not (quietos or en_reposo) and time.monotonic() - empieza > self._recelo:
                quietos = self._giran_en_vano(con_prisa=con_prisa)
                self._recelo = 0.0 if quietos else self._recelo
            if quietos:
                self._jaula.leer_pantallas()
                return True
            self._jaula.esperar(cumple, mirada)
            mirada = min(2 * mirada, MIRADA)
        return True

    def _vencimiento(self, plazo: float, *, con_prisa: bool) -> Callable[[], bool]:
        """Cuándo se acaba el plazo: antes si ya se sabe que alguien no para, y nadie se calmará.

        Lo que hayan esperado los programas a que les tocara el procesador no cuenta, hasta un tope:
        en una máquina muy ocupada, un rato de reloj puede no ser nada.
        """
        empieza = time.monotonic()
        corto = plazo
        if self.experiencia.hay_prisa:
            corto *= IMPACIENCIA
        if con_prisa and self.experiencia.alguien_no_para:
            corto = min(corto, CALMA_CON_RUIDO)
        tope = plazo if corto < plazo else max(plazo, min(PRORROGA * plazo, PLAZO_CON_PRORROGA))
        antes: dict[tuple[int, int], float] | None = None

        def ha_vencido() -> bool:
            nonlocal antes
            pasado = time.monotonic() - empieza
            if antes is None and pasado > min(RECELO, corto / 2):
                antes = self._testigo.colas_del_procesador()  # quien espera poco no lo paga
            return pasado > tope or (
                pasado > corto and pasado - _en_cola(antes or {}, self._testigo) > corto
            )

        return ha_vencido

    def _escrito(self) -> int:
        return sum(len(terminal.pantalla) for terminal in self._terminales.values())

    def _quietos(self, *, con_prisa: bool, en_reposo: bool) -> bool:
        dormidos = self._jaula.todos_dormidos()
        if dormidos is False:
            return False
        if not any(terminal.vivo for terminal in self._terminales.values()):
            return bool(dormidos)
        if self.hay_alguien_parado:
            quietos = (
                bool(dormidos)
                and not self._testigo.alguien_puede_despertar(con_prisa=con_prisa)
                and (con_prisa or self._silencio() > SONDEO_DE_TCP)
            )
        else:
            quietos = self._testigo.todo_quieto(con_prisa=con_prisa)
        # También quien gira duerme un instante de vez en cuando, y puede que nada de eso se note.
        if quietos or en_reposo:
            return quietos
        # Después de preguntar: al mirar se apunta quién ha despertado.
        return bool(dormidos) and self._silencio() > SILENCIO

    def _silencio(self) -> float:
        return time.monotonic() - self._testigo.ultimo_movimiento()

    def _giran_en_vano(self, *, con_prisa: bool) -> bool:
        """Si quienes no duermen no hacen nada que se note en la red ni en las pantallas."""
        todos = list(self._terminales.items())
        vivos = [terminal for _, terminal in todos if terminal.vivo]
        pids = [terminal.pid for terminal in vivos]
        if not vivos or None in pids:
            return False
        huella = tuple((quien, uno.pid, uno.toques, len(uno.pantalla)) for quien, uno in todos)
        return self._testigo.giran_en_vano(
            [pid for pid in pids if pid is not None],
            huella,
            con_prisa=con_prisa,
            parados=self.hay_alguien_parado,
        )


def _en_cola(antes: Mapping[tuple[int, int], float], testigo: Testigo) -> float:
    """Segundos que han esperado al procesador, desde antes, entre todos los hilos.

    Se suman, porque lo que se espera puede pasar de uno a otro: un hilo del cliente envía, otro del
    servidor contesta y otro del cliente lo lee, y cada uno hace cola cuando le toca.
    """
    ahora = testigo.colas_del_procesador()
    return sum(cola - antes.get(hilo, 0.0) for hilo, cola in ahora.items())
