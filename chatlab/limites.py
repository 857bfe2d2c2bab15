"""Los límites de un servidor: cuánto se admite de cada cliente para que nadie estropee lo demás."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
#: Los mensajes que caben cuando no se pone un tope: más de los que llegarán nunca juntos.
SIN_TOPE = 1 << 30


@dataclass(frozen=True, slots=True)
class Limites:
    """Los topes de ChatLab/1. Cada uno, salvo los dos últimos, tiene su opción en la orden."""

    #: Conexiones a la vez, con nombre o sin él.
    personas: int = 1000
    #: Veces que se puede proponer un nombre.
    intentos_de_nombre: int = 5
    #: Segundos para dar un nombre.
    segundos_para_el_nombre: float = 60.0
    #: Mensajes por segundo de un cliente; pasado este ritmo se le lee más despacio. 0: sin tope.
    mensajes_por_segundo: int = 2000
    #: Bytes en espera de un receptor con los que sus emisores dejan de leerse por un momento.
    bytes_para_frenar: int = 256 * KIB
    #: Bytes en espera de un receptor con los que se le desconecta.
    bytes_para_desconectar: int = 4 * MIB
    #: Segundos sin aceptar un solo byte, por encima de la primera marca, hasta desconectarlo.
    segundos_sin_leer: float = 3.0
    #: Segundos que una conexión ya despedida tiene para leer lo último que se le dijo.
    segundos_de_despedida: float = 60.0
    #: Segundos que tiene para colgar ella, cuando ya se le ha enviado todo y se le ha dicho adiós.
    segundos_para_colgar: float = 3.0


class Ritmo:
    """Reparte en el tiempo lo que envía un cliente demasiado rápido (un «cubo de fichas»).

    El cubo empieza con las fichas de un segundo y se rellena a `por_segundo`. Cada mensaje
    gasta una. Cuando se deben fichas, hay que esperar a que el cubo las reponga.

    El reloj viene de fuera, en segundos: así se prueba sin esperar.
    """

    __slots__ = ("_fichas", "_por_segundo", "_ultima_vez")  # hay uno por cliente: que ocupe poco

    def __init__(self, por_segundo: int, ahora: float) -> None:
        self._por_segundo = por_segundo
        self._fichas = float(por_segundo)
        self._ultima_vez = ahora

    def caben(self, ahora: float) -> int:
        """Los mensajes que pueden pasar ya sin esperar; siempre uno, que quizá deje a deber."""
        if not self._por_segundo:
            return SIN_TOPE
        return max(1, int(self._repuestas(ahora)))

    def gastar(self, ahora: float, mensajes: int = 1) -> float:
        """Apunta unos mensajes y devuelve los segundos que conviene esperar antes del siguiente."""
        if not self._por_segundo:
            return 0.0
        self._fichas = self._repuestas(ahora) - mensajes
        self._ultima_vez = ahora
        return max(0.0, -self._fichas / self._por_segundo)

    def _repuestas(self, ahora: float) -> float:
        """Las fichas que hay ahora: las que quedaban y las repuestas desde entonces."""
        repuestas = (ahora - self._ultima_vez) * self._por_segundo
        return min(self._fichas + repuestas, self._por_segundo)
