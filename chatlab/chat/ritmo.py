"""El ritmo de un cliente: cuántos mensajes pueden pasar ya, y cuánto ha de esperar el siguiente."""

from __future__ import annotations

#: Los mensajes que caben cuando no se pone un tope: más de los que llegarán nunca juntos.
SIN_TOPE = 1 << 30
#: Segundos yendo demasiado deprisa para que convenga decirlo: antes, nadie ha notado nada.
PARA_DECIRLO = 1.0


class Ritmo:
    """Reparte en el tiempo lo que envía un cliente demasiado rápido (un «cubo de fichas»).

    El cubo empieza con las fichas de un segundo y se rellena a `por_segundo`. Cada mensaje
    gasta una. Cuando se deben fichas, hay que esperar a que el cubo las reponga.

    El reloj viene de fuera, en segundos: así se prueba sin esperar.
    """

    # Hay uno por cliente: que ocupe poco.
    __slots__ = ("_deprisa_desde", "_dicho", "_fichas", "_por_segundo", "_ultima_vez")

    def __init__(self, por_segundo: int, ahora: float) -> None:
        self._por_segundo = por_segundo
        self._fichas = float(por_segundo)
        self._ultima_vez = ahora
        self._deprisa_desde: float | None = None
        self._dicho = False

    def caben(self, ahora: float) -> int:
        """Los mensajes que pueden pasar ya sin esperar; siempre uno, que quizá deje a deber."""
        if not self._por_segundo:
            return SIN_TOPE
        return max(1, int(self._repuestas(ahora)))

    def gastar(self, ahora: float, mensajes: int = 1) -> float:
        """Apunta unos mensajes y devuelve los segundos que conviene esperar antes del siguiente."""
        if not self._por_segundo:
            return 0.0
        repuestas = self._repuestas(ahora)
        if repuestas >= self._por_segundo:  # ha descansado: lo de antes ya pasó
            self._deprisa_desde, self._dicho = None, False
        self._fichas = repuestas - mensajes
        self._ultima_vez = ahora
        espera = max(0.0, -self._fichas / self._por_segundo)
        if espera and self._deprisa_desde is None:
            self._deprisa_desde = ahora
        return espera

    def hay_que_decirlo(self, ahora: float) -> bool:
        """Lleva un rato esperando y aún no se le ha dicho por qué; da que sí una sola vez."""
        if self._dicho or self._deprisa_desde is None:
            return False
        self._dicho = ahora - self._deprisa_desde >= PARA_DECIRLO
        return self._dicho

    def _repuestas(self, ahora: float) -> float:
        """Las fichas que hay ahora: las que quedaban y las repuestas desde entonces."""
        repuestas = (ahora - self._ultima_vez) * self._por_segundo
        return min(self._fichas + repuestas, self._por_segundo)
