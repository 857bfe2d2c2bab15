"""El orden de lo que llega de varios procesos a la vez, mientras pasa.

Cada hilo cuenta lo suyo en orden, y eso se respeta siempre. Entre dos hilos manda el instante, si
no va contra las causas: lo que llega antes que su causa espera por ella, y los demás siguen. Lo que
no ha llegado en `PACIENCIA` quizá no llegue nunca (a quien lo hizo lo han matado, o lo han parado):
se sigue sin ello. Las causas son las mismas que cuando ya ha pasado todo (`observador/orden.py`).
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Hashable, Iterator
from itertools import count, islice
from typing import NamedTuple

from chatlab.observador.extremos import ExtremoVisto
from chatlab.observador.grabacion.colas import FINAL, PANTALLA, cola_de
from chatlab.observador.grabacion.parejas import Parejas
from chatlab.sonda import Suceso

#: Segundos que se espera a lo que otro proceso hizo antes y aún está en su canal.
MARGEN = 0.02
#: Segundos que se espera, como mucho, a la causa de algo que ha llegado antes que ella.
PACIENCIA = 0.5
#: Lo mismo, si puede que no haya causa: al otro lado no hay sonda, o lo dudoso es entre dos hilos.
POCA_PACIENCIA = 0.1
#: Segundos que cuentan, como mucho, de una vez: si quien graba se queda sin procesador, los demás
#: también, y lo que falta tampoco ha podido llegar.
TIRON = 0.03
#: Entre dos hilos que envían por el mismo socket, los segundos en que no se sabe quién fue antes:
#: los que puede tardar un hilo en apuntar lo que ya ha hecho.
DUDA = 0.05
#: Lo que espera un hilo que quizá ha llamado a otro y no lo ha contado aún.
PUEDEN_LLAMAR = frozenset({"", "connect", "select"})
#: Lo que se mira, como mucho, de lo que tiene pendiente cada uno de esos hilos.
POR_DELANTE = 100


class _Llegado(NamedTuple):
    suceso: Suceso
    llegada: float
    numero: int


class _Parado(NamedTuple):
    """El primero de una cola, que no pasa: hasta cuándo espera, a qué, y si es por si acaso."""

    limite: float
    espera_a: tuple[Hashable, ...]
    por_si_acaso: bool


class EnVivo:
    """Lo que ha llegado y aún no se ha dado. Los instantes son segundos, todos del mismo reloj."""

    def __init__(self) -> None:
        #: Si hay procesos que cuentan cosas y aún no se sabe quiénes son: las suyas llegarán.
        self.faltan_procesos = False
        self._parejas = Parejas()
        #: Los segundos que se ha esperado en total, y cuándo se miró por última vez.
        self._esperado = 0.0
        self._ultima_vez = float("inf")
        self._numeros = count()
        #: Lo pendiente de cada hilo de cada proceso, y cuántas colas no vacías tiene cada uno.
        self._colas: dict[tuple[int, int], deque[_Llegado]] = {}
        self._con_algo: Counter[int] = Counter()
        #: Los primeros que hay que mirar, por su instante.
        self._por_mirar: list[tuple[float, int, tuple[int, int]]] = []
        #: Los que no pueden pasar, por su límite, y quiénes esperan a cada cosa.
        self._parados: dict[tuple[int, int], _Parado] = {}
        self._limites: list[tuple[float, int, tuple[int, int]]] = []
        self._esperan: dict[Hashable, set[tuple[int, int]]] = {}
        #: Lo que ha llegado sin contarse: puertos en que se escucha, hilos creados.
        self._por_escuchar: set[int] = set()
        self._por_crear: set[tuple[int, int]] = set()
        #: Los puertos en que consta que se ha escuchado, los procesos de los que ha llegado todo y
        #: los que no consta que hayan acabado.
        self._escuchan: set[int] = set()
        self._enteros: set[int] = set()
        self._vivos: set[int] = set()
        #: Qué espera cada hilo, según lo último que ha llegado de él; vacío si trabaja.
        self._esperan_en: dict[tuple[int, int], str] = {}

    @property
    def pendiente(self) -> bool:
        """Si queda algo por dar."""
        return bool(self._por_mirar or self._parados)

    def llega(self, suceso: Suceso) -> None:
        """Algo más que ha pasado; lo de un mismo proceso llega en el orden en que lo contó."""
        uno = _Llegado(suceso, self._esperado, next(self._numeros))
        clave = cola_de(suceso)
        self._preparar(suceso)
        cola = self._colas.get(clave)
        if cola is None:
            cola = self._colas[clave] = deque()
        cola.append(uno)
        if len(cola) == 1:
            self._con_algo[suceso.pid] += 1
            heapq.heappush(self._por_mirar, (suceso.instante, uno.numero, clave))

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
        self._parejas.no_contaran_mas()
        for clave in list(self._parados):
            self._mirar_otra_vez(clave)
        yield from self._dar(float("inf"), float("inf"))

    # --- Mirar y contar ---

    def _los_que_pueden(self, hasta: float) -> Iterator[Suceso]:
        while self._por_mirar and self._por_mirar[0][0] <= hasta:
            _, numero, clave = heapq.heappop(self._por_mirar)
            cola = self._colas.get(clave)
            if not cola or cola[0].numero != numero or clave in self._parados:
                continue  # ya se contó
            parado = self._juzgar(cola[0])
            if parado is None:
                yield self._contar(clave)
            else:
                self._parar(clave, parado, numero)

    def _contar(self, clave: tuple[int, int]) -> Suceso:
        cola = self._colas[clave]
        suceso = cola.popleft().suceso
        if cola:
            heapq.heappush(self._por_mirar, (cola[0].suceso.instante, cola[0].numero, clave))
        else:
            del self._colas[clave]
            self._con_algo[suceso.pid] -= 1
        self._anotar(suceso)
        return suceso

    def _parar(self, clave: tuple[int, int], parado: _Parado, numero: int) -> None:
        self._parados[clave] = parado
        heapq.heappush(self._limites, (parado.limite, numero, clave))
        for cosa in parado.espera_a:
            self._esperan.setdefault(cosa, set()).add(clave)

    def _soltar(self, clave: tuple[int, int]) -> None:
        for cosa in self._parados.pop(clave).espera_a:
            quienes = self._esperan[cosa]
            quienes.discard(clave)
            if not quienes:
                del self._esperan[cosa]

    def _mirar_otra_vez(self, clave: tuple[int, int]) -> None:
        self._soltar(clave)
        primero = self._colas[clave][0]
        heapq.heappush(self._por_mirar, (primero.suceso.instante, primero.numero, clave))

    def _despertar(self, *cosas: Hashable) -> None:
        for cosa in cosas:
            for clave in list(self._esperan.get(cosa, ())):
                self._mirar_otra_vez(clave)

    def _el_que_mas_ha_esperado(self, esperado: float) -> tuple[int, int] | None:
        while self._limites and self._limites[0][0] <= esperado:
            limite, numero, clave = heapq.heappop(self._limites)
            parado = self._parados.get(clave)
            if parado is None or parado.limite != limite:
                continue  # ya siguió
            if parado.por_si_acaso and self._conviene_esperar_mas(clave, numero, esperado):
                continue
            elegida = self._el_mas_antiguo(clave) if parado.por_si_acaso else clave
            if elegida != clave:
                heapq.heappush(self._limites, (limite, numero, clave))
            self._soltar(elegida)
            return elegida
        return None

    def _conviene_esperar_mas(self, clave: tuple[int, int], numero: int, esperado: float) -> bool:
        """Si desde que se paró ha llegado algo por lo que merece la pena esperar: espera más."""
        ahora = self._juzgar(self._colas[clave][0])
        if ahora is None or ahora.limite <= esperado:
            return False
        self._soltar(clave)
        self._parar(clave, ahora, numero)
        return True

    def _el_mas_antiguo(self, clave: tuple[int, int]) -> tuple[int, int]:
        """De los que esperan por si acaso: unos se esperan a otros, y se cede por el principio."""
        dudosos = [una for una, parado in self._parados.items() if parado.por_si_acaso]
        return min(dudosos, key=lambda una: self._colas[una][0].suceso.instante, default=clave)

    # --- Las causas ---

    def _preparar(self, suceso: Suceso) -> None:
        """Tiene en cuenta que eso ha pasado, aunque se cuente después."""
        if suceso.hilo > 0:
            en = suceso.detalle if suceso.tipo == "espera" else ""
            self._esperan_en[suceso.pid, suceso.hilo] = en
        match suceso.tipo:
            case "arranca":
                self._vivos.add(suceso.pid)
            case "hilo_terminado":
                del self._esperan_en[suceso.pid, suceso.hilo]
            case "hilo_creado":
                self._por_crear.add((suceso.pid, suceso.cuantos))
            case "listen" if suceso.local:
                self._por_escuchar.add(suceso.local[1])
            case "connect" | "accept":
                self._despertar(("socket", suceso.pid, suceso.conexion))
        extremo = self._parejas.preparar(suceso)
        if suceso.tipo == "termina":
            self._enteros.add(suceso.pid)
            for hilo in [hilo for hilo in self._esperan_en if hilo[0] == suceso.pid]:
                del self._esperan_en[hilo]
            self._despertar(*self._parejas.no_contara_mas(suceso.pid))
        elif extremo is not None and extremo.otro is not None and suceso.tipo != "send":
            # Se acaba de saber qué lee, que acepta o que cierra: el otro quizá esperaba a eso.
            self._despertar(extremo, extremo.otro)

    def _anotar(self, suceso: Suceso) -> None:
        """Se ha contado: puede ser lo que otros esperaban."""
        match suceso.tipo:
            case "hilo_creado":
                self._por_crear.discard((suceso.pid, suceso.cuantos))
                self._despertar(("creado", suceso.pid, suceso.cuantos))
            case "listen" if suceso.local:
                self._escuchan.add(suceso.local[1])
                self._despertar(("puerto", suceso.local[1]))
            case "termina":
                self._vivos.discard(suceso.pid)
                for suyo in self._parejas.terminar(suceso.pid):
                    self._despertar(suyo, suyo.otro)
            case _:
                extremo = self._parejas.anotar(suceso)
                if extremo is not None:
                    self._despertar(extremo, extremo.otro)
        self._despertar(("pid", suceso.pid))

    def _juzgar(self, uno: _Llegado) -> _Parado | None:
        """A qué espera eso y hasta cuándo; None si puede contarse ya."""
        suceso = uno.suceso
        match suceso.tipo:
            case "connect" if suceso.remoto and suceso.remoto[1] not in self._escuchan:
                # Si quien escucha no lleva la sonda, no lo contará nunca.
                puerto = suceso.remoto[1]
                paciencia = PACIENCIA if puerto in self._por_escuchar else POCA_PACIENCIA
                return self._esperara(uno, paciencia, ("puerto", puerto))
            case "hilo_arrancado" if (suceso.pid, suceso.cuantos) in self._por_crear:
                return self._esperara(uno, PACIENCIA, ("creado", suceso.pid, suceso.cuantos))
            case "termina" | "pantalla" | "codigo":
                if self._le_queda_algo(suceso):
                    return self._esperara(uno, PACIENCIA, ("pid", suceso.pid))
                return None
            case "hereda" if self._parejas.de(suceso) is None and suceso.remoto is not None:
                return self._esperara(uno, PACIENCIA, self._parejas.del_padre(suceso))
        extremo = self._parejas.de(suceso)
        return None if extremo is None else self._juzgar_en(uno, extremo)

    def _juzgar_en(self, uno: _Llegado, extremo: ExtremoVisto) -> _Parado | None:
        suceso = uno.suceso
        if not extremo.puede(suceso):
            return self._esperara(uno, PACIENCIA, extremo)
        if suceso.tipo == "accept" and extremo.otro is None:
            # Si quien llama no lleva la sonda, no lo contará nunca.
            paciencia = PACIENCIA if self._alguien_puede_llamar(suceso) else POCA_PACIENCIA
            return self._esperara(uno, paciencia, extremo)
        if not extremo.conviene(suceso):
            return self._esperara(uno, POCA_PACIENCIA, extremo)
        if suceso.tipo == "recv" and extremo.otro is not None:
            # Quien ya ha cerrado puede tener otro hilo que aún no ha contado lo que envió.
            sobra = extremo.sobran(suceso.cuantos) and extremo.otro.pid not in self._enteros
            return self._esperara(uno, POCA_PACIENCIA, extremo) if sobra else None
        if suceso.tipo == "close" and self._lo_usaba_otro_hilo(suceso):
            return self._esperara(uno, POCA_PACIENCIA, ("pid", suceso.pid))
        if suceso.tipo == "send" and self._es_dudoso(extremo, suceso):
            return self._esperara(uno, POCA_PACIENCIA, extremo)
        return None

    def _alguien_puede_llamar(self, llegada: Suceso) -> bool:
        """Si hay otro hilo que no esté esperando a algo que no es `connect`: quizá haya llamado."""
        return self.faltan_procesos or any(
            esperan in PUEDEN_LLAMAR and hilo != (llegada.pid, llegada.hilo)
            for hilo, esperan in self._esperan_en.items()
        )

    def _es_dudoso(self, extremo: ExtremoVisto, envio: Suceso) -> bool:
        """Si otro hilo envía por ahí casi a la vez, y aún no se ha leído lo que diría el orden."""
        if len(extremo.hilos) < 2:
            return False
        otro = extremo.otro
        if otro is None and not extremo.tendra_otro:
            return False
        if otro is not None and (
            not otro.contara_mas or otro.lee.desde(extremo.caudal.enviados, 1)
        ):
            return False
        return any(
            suceso.tipo == "send"
            and suceso.conexion == envio.conexion
            and suceso.instante < envio.instante + DUDA
            for hilo in extremo.hilos
            if hilo != envio.hilo
            for suceso, *_ in islice(self._colas.get((envio.pid, hilo), ()), POR_DELANTE)
        )

    def _lo_usaba_otro_hilo(self, cierre: Suceso) -> bool:
        """Si otro hilo lo usó antes de que se cerrara, y eso aún espera a su causa."""
        return any(
            clave[0] == cierre.pid
            and (primero := self._colas[clave][0].suceso).conexion == cierre.conexion
            and primero.instante < cierre.instante
            for clave in self._parados
        )

    def _esperara(self, uno: _Llegado, paciencia: float, *cosas: Hashable) -> _Parado:
        return _Parado(uno.llegada + paciencia, cosas, paciencia < PACIENCIA)

    def _le_queda_algo(self, suceso: Suceso) -> bool:
        """Si a ese proceso le queda por contar algo anterior."""
        pid = suceso.pid
        if suceso.tipo == "codigo" and pid in self._vivos:
            return True
        if self._con_algo[pid] < 2:
            return False
        if suceso.tipo != "pantalla":
            # El código va detrás de todo; antes del final de sus sockets, solo van sus hilos.
            minimo = 1 if suceso.tipo == "termina" else FINAL + 1
            return any(clave[0] == pid and clave[1] >= minimo for clave in self._colas)
        return any(
            clave in self._colas and self._colas[clave][0].suceso.instante < suceso.instante
            for clave in self._parados
            if clave[0] == pid and clave[1] not in (PANTALLA, FINAL)
        )
