"""Por qué byte va cada sentido de una conexión, aunque de alguno no se contara su envío."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Los bytes de un envío que espera, si la sonda no dijo cuántos son: los que hagan falta.
SIN_MEDIDA = 2**53


@dataclass(slots=True)
class Caudal:
    """Los bytes que ha enviado y que ha leído un extremo.

    `en_curso` son los que está enviando cada hilo, y `quiza` los de un envío que falló a medias:
    pueden haber salido o no. `deducidos` son los que el otro ha leído sin que se contara su envío:
    quizá se cuente después.
    """

    enviados: int = 0
    leidos: int = 0
    en_curso: dict[tuple[int, int], int] = field(default_factory=dict)
    quiza: int = 0
    deducidos: int = 0

    def empezar(self, hilo: tuple[int, int], cuantos: int) -> None:
        """Un hilo quiere enviar esos bytes, y se detiene; con 0, no se sabe cuántos."""
        self.en_curso[hilo] = cuantos or SIN_MEDIDA

    def fallar(self, hilo: tuple[int, int]) -> None:
        """El envío de ese hilo falla: no se sabe cuánto salió."""
        self.quiza += self.en_curso.pop(hilo, 0)

    def enviar(self, cuantos: int) -> tuple[int, int]:
        """Envía esos bytes: da el primero que no se había deducido, y cuántos son nuevos."""
        ya = min(self.deducidos, cuantos)
        self.deducidos -= ya
        desde = self.enviados
        self.enviados += cuantos - ya
        return desde, cuantos - ya

    def leer(self, cuantos: int) -> int:
        """Lee esos bytes, y da cuál es el primero."""
        desde = self.leidos
        self.leidos += cuantos
        return desde

    def faltan(self, leidos: int) -> int:
        """De los que el otro ha leído, cuántos no consta que se enviaran ni que se envíen."""
        enviados = self.enviados + (sum(self.en_curso.values()) if self.en_curso else 0)
        return max(0, leidos - enviados)

    def deducir(self, cuantos: int) -> int:
        """Han llegado bytes suyos que nadie contó; da cuál es el primero."""
        desde = self.enviados
        self.enviados += cuantos
        de_los_que_quiza = min(self.quiza, cuantos)
        self.quiza -= de_los_que_quiza
        self.deducidos += cuantos - de_los_que_quiza
        return desde
