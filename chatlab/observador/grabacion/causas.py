"""Las causas de lo que llega mientras pasa: si ya se puede contar, o a qué hay que esperar.

Lo que se sabe de cada conexión es lo mismo que cuando ya ha pasado todo (`observador/extremos.py`);
aquí, además, se sabe que falta gente por hablar.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from typing import NamedTuple

from chatlab.observador.extremos import ExtremoVisto
from chatlab.observador.grabacion.colas import FINAL, PANTALLA, Cola, Colas, Llegado
from chatlab.observador.grabacion.parejas import Parejas
from chatlab.sonda import Suceso

#: Segundos que se espera, como mucho, a la causa de algo que ha llegado antes que ella.
PACIENCIA = 0.5
#: Lo mismo, si puede que no haya causa: al otro lado no hay sonda, o lo dudoso es entre dos hilos.
POCA_PACIENCIA = 0.1
#: Segundos que se espera, de todos modos, a lo que otro hizo antes y aún está en su canal.
MARGEN = 0.02
#: Entre dos hilos que envían por el mismo socket, los segundos en que no se sabe quién fue antes:
#: los que puede tardar un hilo en apuntar lo que ya ha hecho.
DUDA = 0.05
#: Lo que espera un hilo que quizá ha llamado a otro y no lo ha contado aún.
PUEDEN_LLAMAR = frozenset({"", "connect", "select"})
#: Lo que se mira, como mucho, de lo que tiene pendiente cada uno de esos hilos.
POR_DELANTE = 100


class Parado(NamedTuple):
    """El primero de una cola, que no pasa: hasta cuándo espera, y a qué.

    Si es `por_si_acaso`, quizá no haya nada que esperar; `en_contra`, si consta que no es su turno.
    Si `reposa`, podría pasar ya: es por si llega algo que lo cambie.
    """

    limite: float
    espera_a: tuple[Hashable, ...]
    por_si_acaso: bool
    en_contra: bool = False
    reposa: bool = False


class Causas:
    """Lo que ha pasado, lo que se ha contado y lo que falta; `parados`, las colas que esperan."""

    def __init__(self, colas: Colas, parados: Collection[Cola]) -> None:
        self._colas = colas
        self._parados = parados
        #: Si hay procesos que cuentan cosas y aún no se sabe quiénes son: las suyas llegarán.
        self.faltan_procesos = False
        self._parejas = Parejas()
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

    def no_llegara_mas(self) -> None:
        """Lo que falte no se sabrá nunca."""
        self._parejas.no_contaran_mas()

    def preparar(self, suceso: Suceso) -> Iterator[Hashable]:
        """Tiene en cuenta que eso ha pasado, aunque se cuente después; da lo que quizá cambia."""
        if suceso.hilo > 0:
            en = suceso.detalle if suceso.tipo == "espera" else ""
            self._esperan_en[suceso.pid, suceso.hilo] = en
        match suceso.tipo:
            case "arranca":
                self._vivos.add(suceso.pid)
            case "hilo_terminado":
                self._esperan_en.pop((suceso.pid, suceso.hilo), None)
            case "hilo_creado":
                self._por_crear.add((suceso.pid, suceso.cuantos))
            case "listen" if suceso.local:
                self._por_escuchar.add(suceso.local[1])
            case "connect" | "accept":
                yield ("socket", suceso.pid, suceso.conexion)
        extremo = self._parejas.preparar(suceso)
        if suceso.tipo == "termina":
            self._enteros.add(suceso.pid)
            for hilo in [hilo for hilo in self._esperan_en if hilo[0] == suceso.pid]:
                del self._esperan_en[hilo]
            yield from self._parejas.no_contara_mas(suceso.pid)
        elif extremo is not None and extremo.otro is not None and suceso.tipo != "send":
            # Se acaba de saber qué lee, que acepta o que cierra: el otro quizá esperaba a eso.
            yield extremo
            yield extremo.otro

    def anotar(self, suceso: Suceso) -> Iterator[Hashable]:
        """Se ha contado; da todo lo que otros podían estar esperando de ello."""
        match suceso.tipo:
            case "hilo_creado":
                self._por_crear.discard((suceso.pid, suceso.cuantos))
                yield ("creado", suceso.pid, suceso.cuantos)
            case "listen" if suceso.local:
                self._escuchan.add(suceso.local[1])
                yield ("puerto", suceso.local[1])
            case "termina":
                self._vivos.discard(suceso.pid)
                for suyo in self._parejas.terminar(suceso.pid):
                    yield suyo
                    yield suyo.otro
            case _:
                extremo = self._parejas.anotar(suceso)
                if extremo is not None:
                    yield extremo
                    yield extremo.otro
        yield ("pid", suceso.pid)

    def juzgar(self, uno: Llegado) -> Parado | None:
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

    def _juzgar_en(self, uno: Llegado, extremo: ExtremoVisto) -> Parado | None:
        suceso = uno.suceso
        if not extremo.puede(suceso):
            return self._esperara(uno, PACIENCIA, extremo)
        if suceso.tipo == "accept" and extremo.otro is None:
            # Si quien llama no lleva la sonda, no lo contará nunca.
            paciencia = PACIENCIA if self._alguien_puede_llamar(suceso) else POCA_PACIENCIA
            return self._esperara(uno, paciencia, extremo)
        if not extremo.conviene(suceso):
            # Un envío que no es lo que se lee va detrás de otro, que quizá aún no se ha contado.
            llegara = suceso.tipo == "send" and not self._tienen_algo(extremo, suceso)
            paciencia = PACIENCIA if llegara else POCA_PACIENCIA
            return Parado(uno.llegada + paciencia, (extremo,), por_si_acaso=True, en_contra=True)
        if suceso.tipo == "recv" and extremo.otro is not None:
            # Quien ya ha cerrado puede tener otro hilo que aún no ha contado lo que envió.
            sobra = extremo.sobran(suceso.cuantos) and extremo.otro.pid not in self._enteros
            if sobra:
                return self._esperara(uno, POCA_PACIENCIA, extremo)
            # Lo ha cerrado quien lo tenía, que se sepa: quizá lo tiene también un hijo bifurcado.
            return None if suceso.cuantos or extremo.sin_leer else self._reposara(uno, extremo)
        if suceso.tipo == "close" and self._lo_usaba_otro_hilo(suceso):
            return self._esperara(uno, POCA_PACIENCIA, ("pid", suceso.pid))
        if suceso.tipo == "send" and self._no_consta_su_sitio(extremo):
            if self._es_dudoso(extremo, suceso):
                return self._esperara(uno, POCA_PACIENCIA, extremo)
            return self._reposara(uno, extremo)
        return None

    def _alguien_puede_llamar(self, llegada: Suceso) -> bool:
        """Si hay otro hilo que no esté esperando a algo que no es `connect`: quizá haya llamado."""
        return self.faltan_procesos or any(
            esperan in PUEDEN_LLAMAR and hilo != (llegada.pid, llegada.hilo)
            for hilo, esperan in self._esperan_en.items()
        )

    def _no_consta_su_sitio(self, extremo: ExtremoVisto) -> bool:
        """Si lo siguiente que salga de ahí se leerá, y aún no se sabe qué es.

        Puede ser el envío de otro hilo, que se hizo antes y todavía está en su canal.
        """
        otro = extremo.otro
        if otro is None:
            return extremo.tendra_otro
        return otro.contara_mas and not otro.lee.desde(extremo.caudal.enviados, 1)

    def _es_dudoso(self, extremo: ExtremoVisto, envio: Suceso) -> bool:
        """Si otro hilo envía por ahí casi a la vez."""
        return any(
            self._quiza_ha_enviado((envio.pid, hilo), envio)
            for hilo in extremo.hilos
            if hilo != envio.hilo
        )

    def _tienen_algo(self, extremo: ExtremoVisto, envio: Suceso) -> bool:
        """Si los otros hilos que envían por ahí tienen algo por contar."""
        return any(
            self._colas.primero((envio.pid, hilo)) is not None
            for hilo in extremo.hilos
            if hilo != envio.hilo
        )

    def _quiza_ha_enviado(self, hilo: Cola, envio: Suceso) -> bool:
        """Si ese hilo ha enviado por el mismo socket a la vez, o trabaja y puede haberlo hecho.

        Entre que envía y que lo cuenta, otro hilo puede tener el turno (el GIL) y hacer mucho más.
        """
        return self._esperan_en.get(hilo) == "" or any(
            suceso.tipo == "send"
            and suceso.conexion == envio.conexion
            and suceso.instante < envio.instante + DUDA
            for suceso in self._colas.principio(hilo, POR_DELANTE)
        )

    def _lo_usaba_otro_hilo(self, cierre: Suceso) -> bool:
        """Si otro hilo lo usó antes de que se cerrara, y eso aún espera a su causa."""
        return any(
            anterior.conexion == cierre.conexion for anterior in self._parados_antes_de(cierre)
        )

    def _parados_antes_de(self, suceso: Suceso) -> Iterator[Suceso]:
        """Lo que hizo antes ese proceso y espera a su causa."""
        for clave in self._parados:
            if clave[0] == suceso.pid and clave[1] not in (PANTALLA, FINAL):
                primero = self._colas.primero(clave)
                if primero is not None and primero.suceso.instante < suceso.instante:
                    yield primero.suceso

    def _esperara(self, uno: Llegado, paciencia: float, *cosas: Hashable) -> Parado:
        return Parado(uno.llegada + paciencia, cosas, paciencia < PACIENCIA)

    def _reposara(self, uno: Llegado, extremo: ExtremoVisto) -> Parado:
        # Se cuenta desde que llegó: su instante puede ser de hace mucho, si su canal va tarde.
        return Parado(uno.llegada + MARGEN, (extremo,), por_si_acaso=False, reposa=True)

    def _le_queda_algo(self, suceso: Suceso) -> bool:
        """Si a ese proceso le queda por contar algo anterior."""
        pid = suceso.pid
        if suceso.tipo == "codigo" and pid in self._vivos:
            return True
        if self._colas.cuantas(pid) < 2:
            return False
        if suceso.tipo == "pantalla":
            return any(self._parados_antes_de(suceso))
        # El código va detrás de todo; antes del final de sus sockets, solo van sus hilos.
        minimo = 1 if suceso.tipo == "termina" else FINAL + 1
        return any(clave[1] >= minimo for clave in self._colas.de_un_proceso(pid))
