"""El orden de lo que llega de varios procesos a la vez, mientras pasa.

Cada hilo cuenta lo suyo en orden, y eso se respeta siempre. Entre dos hilos manda el instante, si
no va contra las causas: lo que llega antes que su causa espera por ella, y los demás siguen. Lo que
no ha llegado en `PACIENCIA` quizá no llegue nunca (a quien lo hizo lo han matado, o lo han parado):
se sigue sin ello. Las causas son las mismas que cuando ya ha pasado todo (`observador/orden.py`).
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterable, Iterator
from itertools import count

from chatlab.observador.grabacion.causas import MARGEN, Causas, Parado
from chatlab.observador.grabacion.colas import Cola, Colas, Llegado, cola_de
from chatlab.sonda import Suceso

#: Segundos que cuentan, como mucho, de una vez: si quien graba se queda sin procesador, los demás
#: también, y lo que falta tampoco ha podido llegar.
TIRON = 0.03


class EnVivo:
    """Lo que ha llegado y aún no se ha dado. Los instantes son segundos, todos del mismo reloj."""

    def __init__(self) -> None:
        #: Los segundos que se ha esperado en total, y cuándo se miró por última vez.
        self._esperado = 0.0
        self._ultima_vez = float("inf")
        self._numeros = count()
        self._colas = Colas()
        #: Los primeros que hay que mirar, por su instante.
        self._por_mirar: list[tuple[float, int, Cola]] = []
        #: Los que no pueden pasar, también por su límite, y quiénes esperan a cada cosa.
        self._parados: dict[Cola, Parado] = {}
        self._limites: list[tuple[float, int, Cola]] = []
        self._esperan: dict[Hashable, set[Cola]] = {}
        self.causas = Causas(self._colas, self._parados)

    @property
    def pendiente(self) -> bool:
        """Si queda algo por dar."""
        return bool(self._por_mirar or self._parados)

    def llega(self, suceso: Suceso) -> None:
        """Algo más que ha pasado; lo de un mismo proceso llega en el orden en que lo contó."""
        uno = Llegado(suceso, self._esperado, next(self._numeros))
        self._despertar(self.causas.preparar(suceso))
        if self._colas.meter(uno):
            self._mirar(uno)

    def listos(self, ahora: float) -> Iterator[Suceso]:
        """Lo que ya se puede contar, en orden."""
        self._esperado += min(max(0.0, ahora - self._ultima_vez), TIRON)
        self._ultima_vez = ahora
        yield from self._dar(ahora - MARGEN, self._esperado)

    def _dar(self, hasta: float, esperado: float) -> Iterator[Suceso]:
        while True:
            yield from self._los_que_pueden(hasta)
            clave = self._el_que_mas_ha_esperado(esperado)
            if clave is None:
                return
            yield self._contar(clave)

    def acabar(self) -> Iterator[Suceso]:
        """Todo lo que queda: no llegará nada más."""
        self.causas.no_llegara_mas()
        for clave in list(self._parados):
            self._mirar_otra_vez(clave)
        yield from self._dar(float("inf"), float("inf"))

    # --- Mirar y contar ---

    def _los_que_pueden(self, hasta: float) -> Iterator[Suceso]:
        while self._por_mirar and self._por_mirar[0][0] <= hasta:
            _, numero, clave = heapq.heappop(self._por_mirar)
            primero = self._colas.primero(clave)
            if primero is None or primero.numero != numero or clave in self._parados:
                continue  # ya se contó
            parado = self.causas.juzgar(primero)
            if parado is None:
                yield self._contar(clave)
            else:
                self._parar(clave, parado, numero)

    def _contar(self, clave: Cola) -> Suceso:
        suceso, siguiente = self._colas.sacar(clave)
        if siguiente is not None:
            self._mirar(siguiente)
        self._despertar(self.causas.anotar(suceso))
        return suceso

    def _mirar(self, uno: Llegado) -> None:
        heapq.heappush(self._por_mirar, (uno.suceso.instante, uno.numero, cola_de(uno.suceso)))

    def _parar(self, clave: Cola, parado: Parado, numero: int) -> None:
        self._parados[clave] = parado
        heapq.heappush(self._limites, (parado.limite, numero, clave))
        for cosa in parado.espera_a:
            self._esperan.setdefault(cosa, set()).add(clave)

    def _soltar(self, clave: Cola) -> None:
        for cosa in self._parados.pop(clave).espera_a:
            quienes = self._esperan[cosa]
            quienes.discard(clave)
            if not quienes:
                del self._esperan[cosa]

    def _mirar_otra_vez(self, clave: Cola) -> None:
        self._soltar(clave)
        self._mirar(self._primero(clave))

    def _primero(self, clave: Cola) -> Llegado:
        primero = self._colas.primero(clave)
        assert primero is not None, "una cola parada tiene algo"
        return primero

    def _despertar(self, cosas: Iterable[Hashable]) -> None:
        for cosa in cosas:
            for clave in list(self._esperan.get(cosa, ())):
                self._mirar_otra_vez(clave)

    def _el_que_mas_ha_esperado(self, esperado: float) -> Cola | None:
        while self._limites and self._limites[0][0] <= esperado:
            limite, numero, clave = heapq.heappop(self._limites)
            parado = self._parados.get(clave)
            if parado is None or parado.limite != limite:
                continue  # ya siguió
            sin_causa = parado.por_si_acaso or parado.reposa
            if sin_causa and self._conviene_esperar_mas(clave, numero, esperado):
                continue
            elegida = self._el_mas_antiguo(clave) if parado.por_si_acaso else clave
            if elegida != clave:
                heapq.heappush(self._limites, (limite, numero, clave))
            self._soltar(elegida)
            return elegida
        return None

    def _conviene_esperar_mas(self, clave: Cola, numero: int, esperado: float) -> bool:
        """Si desde que se paró ha llegado algo por lo que merece la pena esperar: espera más."""
        ahora = self.causas.juzgar(self._primero(clave))
        if ahora is None or ahora.limite <= esperado:
            return False
        self._soltar(clave)
        self._parar(clave, ahora, numero)
        return True

    def _el_mas_antiguo(self, clave: Cola) -> Cola:
        """De los que esperan por si acaso: unos se esperan a otros, y se cede por el principio."""

        def cuando(una: Cola) -> tuple[bool, float]:
            return self._parados[una].en_contra, self._primero(una).suceso.instante

        dudosos = [una for una, parado in self._parados.items() if parado.por_si_acaso]
        return min(dudosos, key=cuando, default=clave)
