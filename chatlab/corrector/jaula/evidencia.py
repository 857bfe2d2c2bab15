"""Lo que se ha visto desde fuera, al lado de lo que los programas cuentan de sí mismos.

La sonda vive en el proceso de la entrega, y quien la escribió puede cambiarla, callarla o hablar en
su nombre. Por eso nada se da por bueno sin preguntar también al sistema: si el servidor tiene un
puerto abierto, si están las conexiones que la sonda cuenta, con sus bytes, y si lo que sale en una
pantalla ha llegado por la red. Si no cuadra, la comprobación no está pasada, y se dice por qué.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from chatlab.corrector.jaula.terminal import Terminal
from chatlab.sonda import Testigo
from chatlab.sonda.proceso import Extremo
from chatlab.textos import contar

NO_CUADRA = "La sonda y el sistema no cuentan lo mismo"
#: Lo que se añade al aislamiento donde no se puede preguntar al sistema.
A_CIEGAS = "de lo que hacen sus sockets solo se sabe lo que cuenta la sonda"
#: Veces que se repite una mirada que no cuadra: los programas se mueven mientras se mira.
MIRADAS = 4
#: Segundos que se espera, entre dos, a que quien acaba de cerrar o de morir lo cuente: el sistema
#: lo sabe antes, y con la máquina ocupada puede faltarle un rato de procesador.
ENTRE_MIRADAS = 0.3
#: Bytes de más que puede contar el sistema: el SYN y el FIN cuentan como uno.
HOLGURA = 2
#: Bytes que ocupa una frase, como poco, por bien que la comprima quien la envía con las demás.
MINIMO_POR_FRASE = 2
#: Caracteres de una frase tecleada a partir de los cuales no sale por casualidad en una pantalla.
FRASE = 8


@dataclass(frozen=True, slots=True)
class SocketVisto:
    """Un socket TCP, según el sistema: las terminales que lo tienen, sus puertos y sus bytes.

    `None` entre ellas es un proceso que no se sabe de quién viene.
    """

    de: tuple[Terminal | None, ...]
    local: int
    remoto: int
    escucha: bool
    enviados: int
    recibidos: int
    numero: int

    def es_de(self, terminal: Terminal) -> bool:
        """Si lo tiene, o puede tenerlo, el programa de esa terminal."""
        return terminal in self.de or None in self.de


class Contadores(NamedTuple):
    """Las conexiones empezadas y los segmentos con algún byte, desde que hay red."""

    abiertas: int
    con_datos: int


@dataclass(frozen=True, slots=True)
class Vista:
    """Lo que el sistema ve en un momento.

    `contadores` es `None` si en esa red hay más programas.
    """

    sockets: tuple[SocketVisto, ...]
    contadores: Contadores | None = None

    def de(self, terminal: Terminal) -> dict[int, SocketVisto]:
        """Los sockets con que esa terminal habla con alguien, por su número."""
        return {uno.numero: uno for uno in self.sockets if not uno.escucha and uno.es_de(terminal)}

    def conexiones(self) -> set[frozenset[int]]:
        """Los dos puertos de cada conexión."""
        return {frozenset((uno.local, uno.remoto)) for uno in self.sockets if not uno.escucha}


#: Los puertos de verdad de una punta: el suyo y el de la otra.
Reales = tuple[int, int]
#: Pregunta al sistema; `None` si no se puede.
Mirar = Callable[[], Vista | None]


@dataclass(slots=True)
class _Comienzo:
    """Cómo estaba todo al empezar una historia."""

    vista: Vista | None = None
    pantallas: dict[Terminal, int] = field(default_factory=dict)
    tecleado: dict[Terminal, int] = field(default_factory=dict)


class Evidencia:
    """Compara lo que dice la sonda con lo que ve el sistema. Donde no se puede mirar, calla."""

    def __init__(self, testigo: Testigo, terminales: list[Terminal], mirar: Mirar) -> None:
        self._testigo = testigo
        self._terminales = terminales
        self._mirar = mirar
        self._antes = _Comienzo()
        self._sin_servidor = ""

    def empieza_otra_historia(self) -> None:
        """Lo que pase desde ahora es lo que cuenta."""
        self._antes = self._empezar(self._mirar())
        self._sin_servidor = ""

    def _empezar(self, vista: Vista | None = None) -> _Comienzo:
        return _Comienzo(
            vista,
            {terminal: len(terminal.pantalla) for terminal in self._terminales},
            {terminal: len(terminal.tecleado) for terminal in self._terminales},
        )

    @contextmanager
    def con_el_servidor_parado(self) -> Iterator[None]:
        """Mientras dura, lo que alguien teclea no puede llegar a nadie."""
        desde = self._empezar()
        yield
        # Donde no se puede mirar, tampoco se sabe si los hijos del servidor se han parado con él.
        for terminal in () if self.a_ciegas else self._terminales:
            if self._de_otros(terminal, desde):
                self._sin_servidor = (
                    f"con el servidor parado, a la pantalla de {terminal.nombre} llega lo que "
                    "escribe otra persona"
                )

    @property
    def a_ciegas(self) -> bool:
        """Si al sistema no se le puede preguntar: entonces solo se sabe lo que cuenta la sonda."""
        return self._antes.vista is None

    def leido_de_otros(self) -> dict[Terminal, list[str]]:
        """Lo que hay en cada pantalla, de esta historia, que ha tecleado otra persona."""
        return {terminal: self._de_otros(terminal, self._antes) for terminal in self._terminales}

    def puertos_abiertos(self, terminal: Terminal) -> set[int] | None:
        """En cuáles escucha el programa de esa terminal; `None` si no se puede saber."""
        vista = self._mirar()
        if vista is None:
            return None
        return {uno.local for uno in vista.sockets if uno.escucha and uno.es_de(terminal)}

    def lo_que_no_cuadra(self) -> str:
        """La primera contradicción que haya, en una frase; vacía si no hay ninguna."""
        if impostor := self._testigo.impostor():
            return f"{NO_CUADRA}: {impostor}."
        # Primero las pantallas: lo que ya está en una ha llegado antes de mirar.
        leido = self.leido_de_otros()
        vista = self._mirar()
        if vista is None:
            return ""
        que = (
            self._sin_servidor
            or self._conexion_que_no_esta()
            or self._llegada_sin_bytes(leido, vista)
        )
        return f"{NO_CUADRA}: {que}." if que else ""

    # --- Las conexiones que cuenta la sonda ------------------------------------------------------

    def _conexion_que_no_esta(self) -> str:
        """Lo que la sonda cuenta de una conexión abierta por los dos lados, y no es así."""
        dudosas: dict[Reales, str] | None = None
        for _ in range(MIRADAS):
            # Primero la sonda: mientras tanto, lo que vea el sistema solo puede crecer.
            contado = [
                (local, remoto, extremo.enviados, extremo.recibidos)
                for (local, remoto), extremo in _en_pie(self._testigo.extremos())
            ]
            vista = self._mirar()
            if vista is None:
                return ""
            malas = _las_que_no_cuadran(contado, vista)
            # Solo vale lo que siga en pie después de mirar, y mal en todas las miradas.
            siguen = dict(_en_pie(self._testigo.extremos()))
            malas = {reales: que for reales, que in malas.items() if reales in siguen}
            if dudosas is not None:
                malas = {reales: que for reales, que in malas.items() if reales in dudosas}
            if not malas:
                return ""
            dudosas = malas
            self._testigo.esperar(self._alguna_ya_no_esta(dudosas), ENTRE_MIRADAS)
        return next(iter(dudosas.values()), "") if dudosas else ""

    def _alguna_ya_no_esta(self, dudosas: Iterable[Reales]) -> Callable[[object], bool]:
        """Si la sonda ha dejado de contar alguna como abierta por los dos lados."""
        return lambda _: not dict(_en_pie(self._testigo.extremos())).keys() >= set(dudosas)

    # --- Lo que sale en las pantallas ------------------------------------------------------------

    def _llegada_sin_bytes(self, leido: dict[Terminal, list[str]], ahora: Vista) -> str:
        """Quién ve en su pantalla lo que ha tecleado otro sin que le haya llegado por la red."""
        antes = self._antes.vista
        if antes is None:
            return ""
        for terminal, vistas in leido.items():
            hacen_falta = MINIMO_POR_FRASE * len(vistas)
            if not vistas or _le_han_llegado(terminal, antes, ahora) >= hacen_falta:
                continue
            if _pudo_llegar_por_otra(terminal, antes, ahora):
                continue
            return (
                f"en la pantalla de {terminal.nombre} sale lo que ha escrito otra persona, y no ha "
                "pasado por sus conexiones"
            )
        return ""

    def _de_otros(self, terminal: Terminal, desde: _Comienzo) -> list[str]:
        """Lo que han tecleado los demás desde entonces, y no él, y está en su pantalla."""
        nuevo = terminal.desde(desde.pantallas.get(terminal, 0))
        frases = [
            frase
            for otra in self._terminales
            if otra is not terminal
            for frase in otra.tecleado[desde.tecleado.get(otra, 0) :]
        ]
        return [
            frase
            for frase in dict.fromkeys(frases)
            if len(frase) >= FRASE and frase in nuevo and frase not in terminal.tecleado
        ]


def _en_pie(
    extremos: dict[tuple[int, int], Extremo],
) -> Iterator[tuple[tuple[int, int], Extremo]]:
    """Las puntas que, según la sonda, están abiertas y sanas por los dos lados."""
    for reales, extremo in extremos.items():
        otra = extremos.get((reales[1], reales[0]))
        if otra is not None and all(
            punta.duenos > 0 and not punta.sin_enviar and not punta.vio_el_fin
            for punta in (extremo, otra)
        ):
            yield reales, extremo


def _las_que_no_cuadran(
    contado: list[tuple[int, int, int, int]], vista: Vista
) -> dict[tuple[int, int], str]:
    reales = {(uno.local, uno.remoto): uno for uno in vista.sockets}
    malas = {}
    for local, remoto, enviados, recibidos in contado:
        socket_ = reales.get((local, remoto))
        if socket_ is None:
            malas[local, remoto] = "la sonda cuenta una conexión que en el sistema no existe"
        elif enviados > socket_.enviados + HOLGURA:
            malas[local, remoto] = (
                f"la sonda cuenta {contar(enviados, 'byte')} enviados por una conexión, y el "
                f"sistema, {socket_.enviados}"
            )
        elif recibidos > socket_.recibidos + HOLGURA:
            malas[local, remoto] = (
                f"la sonda cuenta {contar(recibidos, 'byte')} recibidos por una conexión, y el "
                f"sistema, {socket_.recibidos}"
            )
    return malas


def _le_han_llegado(terminal: Terminal, antes: Vista, ahora: Vista) -> int:
    """Bytes que han llegado, desde antes, a los sockets que tiene abiertos."""
    previos = antes.de(terminal)
    return sum(
        uno.recibidos - (previos[numero].recibidos if numero in previos else 0)
        for numero, uno in ahora.de(terminal).items()
    )


def _pudo_llegar_por_otra(terminal: Terminal, antes: Vista, ahora: Vista) -> bool:
    """Si pudo llegar por una conexión que ya se ha cerrado, de la que no quedan los bytes."""
    suyas, previas = ahora.de(terminal).keys(), antes.de(terminal).keys()
    if antes.contadores is None or ahora.contadores is None:
        # En una red con más programas no se sabe cuántas se han cerrado. Quien tiene una y la
        # conserva no va abriendo otras.
        return not suyas or suyas != previas
    empezadas = ahora.contadores.abiertas - antes.contadores.abiertas
    nuevas = ahora.conexiones() - antes.conexiones()
    if suyas and previas <= suyas and empezadas == len(nuevas):
        return False  # no se ha cerrado ninguna
    # Un segmento puede llevar muchas frases: quien envía deprisa las junta (algoritmo de Nagle).
    return ahora.contadores.con_datos > antes.contadores.con_datos
