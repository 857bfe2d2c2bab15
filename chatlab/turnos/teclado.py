"""El teclado de quien conversa por turnos: lo que se escribe antes de tiempo espera, y se dice.

Con una terminal se lee siempre. Así se ve lo que se escribe fuera de turno, y detrás de qué: la
pregunta dice a quién le toca. Sin terminal (una tubería) nadie mira: solo se lee cuando toca.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from dataclasses import dataclass

from chatlab.chat.protocolo import es_salida
from chatlab.errores import ErrorDePantalla
from chatlab.terminal.consola import PREGUNTA, Consola
from chatlab.terminal.eco import Eco

AUN_NO_TE_TOCA = "* Aún no te toca: se enviará en tu turno."


@dataclass(frozen=True, slots=True)
class Escrita:
    """Una línea de la persona; `None` es el fin de la entrada."""

    linea: str | None
    a_tiempo: bool

    @property
    def es_irse(self) -> bool:
        """Una despedida, o el fin de la entrada, que también lo es."""
        return self.linea is None or es_salida(self.linea)


class Teclado:
    """Lee del teclado, en su propio hilo. `otro` es con quien se habla: «servidor» o «cliente»."""

    def __init__(self, consola: Consola, otro: str) -> None:
        self.consola = consola
        #: Avisa de cualquier cambio: una línea del teclado o, en `Correo`, una de la red.
        self.cambio = threading.Condition()
        self._escritas: deque[Escrita] = deque()
        self._espera = f"(le toca al {otro}) "
        self._pregunta_de_ahora = ""
        self._me_toca = False
        self._peticiones: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._pedida = False
        self._eco = Eco()
        self._eco.poner(False)
        #: Si nadie lee la pantalla, lo cuenta el hilo principal.
        self._error: ErrorDePantalla | None = None
        consola.preguntar("")  # todavía no hay con quién hablar
        leer = self._leer_siempre if consola.interactiva else self._leer_lo_que_se_pida
        threading.Thread(target=leer, daemon=True).start()

    # --- Quien conversa ---

    def pedir(self) -> None:
        """Es el turno de la persona: lo siguiente que escriba, o lo que ya esperaba, se enviará."""
        with self.cambio:
            if self._escritas:
                return
            self._me_toca = True
            self._preguntar(PREGUNTA)
            if not (self.consola.interactiva or self._pedida):
                self._pedida = True
                self._peticiones.put(None)

    def dejar_de_pedir(self) -> None:
        """Es el turno de la otra persona. Lo que se esté escribiendo valdrá para la próxima vez."""
        with self.cambio:
            self._me_toca = False
            self._preguntar(self._espera)

    def no_hay_nadie(self) -> None:
        """No es el turno de nadie: aún no ha llegado la otra persona, o se ha ido."""
        with self.cambio:
            self._me_toca = False
            self._preguntar("")

    def hay_algo(self) -> bool:
        """La persona ha escrito algo que nadie ha recogido."""
        return bool(self._escritas)

    def se_despide(self) -> bool:
        """Lo siguiente que ha escrito, aunque no le toque, es que se va."""
        return self.consola.interactiva and bool(self._escritas) and self._escritas[0].es_irse

    def recoger(self) -> str | None:
        """La línea escrita más antigua; `None` si no habrá más. Lanza `ErrorDePantalla`."""
        escrita = self._escritas.popleft()
        if escrita.linea is None and self._error is not None:
            raise self._error
        if not (escrita.a_tiempo or escrita.es_irse):
            self.consola.mostrar(f"{PREGUNTA}{escrita.linea}")
        return escrita.linea

    def cerrar(self) -> None:
        """Devuelve la terminal como estaba, y dice cuántas líneas se han quedado sin enviar."""
        self._eco.restaurar()
        self.consola.cerrar(lambda: sum(not escrita.es_irse for escrita in self._escritas))

    def _preguntar(self, pregunta: str) -> None:
        """Siempre con `cambio` tomado: si no, podría quedar a la vista la de antes."""
        self._pregunta_de_ahora = pregunta
        self.consola.preguntar(pregunta)

    # --- El hilo que lee ---

    def _leer_lo_que_se_pida(self) -> None:
        while True:
            self._peticiones.get()
            linea = self._leer()
            with self.cambio:
                self._escritas.append(Escrita(linea, a_tiempo=True))
                self._pedida = False
                self.cambio.notify_all()

    def _leer_siempre(self) -> None:
        linea: str | None = ""
        while linea is not None:
            self._eco.poner(True)
            linea = self._leer()
            self._eco.poner(False)
            self._apuntar(linea)

    def _apuntar(self, linea: str | None) -> None:
        with self.cambio:
            escrita = Escrita(linea, self._me_toca)
            es_la_primera = not self._escritas
            self._me_toca = False  # de lo que se pega, una línea es la de este turno
            self._escritas.append(escrita)
            if self._pregunta_de_ahora == PREGUNTA:
                self._preguntar(self._espera)
            self.cambio.notify_all()
        if es_la_primera and not (escrita.a_tiempo or escrita.es_irse):
            self.consola.mostrar(AUN_NO_TE_TOCA)

    def _leer(self) -> str | None:
        try:
            return self.consola.leer()
        except EOFError:
            return None
        except ErrorDePantalla as error:
            self._error = error
            return None
