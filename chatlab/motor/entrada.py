"""Lo que ha llegado de un cliente: las líneas que faltan por atender y el principio de otra.

Las líneas esperan aquí en bytes, tal como llegaron, y se toman por lotes o de una en una. Así no
se trabaja en una línea hasta que le toca, y de quien debe ir más despacio se deja el resto.
"""

from __future__ import annotations

from chatlab.chat.protocolo import MAX_LINEA, Decodificador, Recibida

#: Los bytes de `recv`, o la parte de un buffer que ha llenado `recv_into`.
Bytes = bytes | memoryview


class Entrada:
    """Los bytes recibidos de una conexión y aún no atendidos."""

    __slots__ = ("_datos", "_descartando", "_fin", "_principio")

    def __init__(self) -> None:
        self._datos = b""
        self._principio = 0  # de la primera línea por atender
        self._fin = 0  # de la última que está completa
        self._descartando = False  # dentro de una línea demasiado larga, hasta su final

    def recibir(self, datos: Bytes) -> None:
        """Añade los bytes recibidos."""
        nuevos = bytes(datos)
        if self._descartando:
            _, final, nuevos = nuevos.partition(b"\n")
            self._descartando = not final
        self._datos = self._datos[self._principio :] + nuevos
        self._principio = 0
        self._fin = self._datos.rfind(b"\n") + 1
        if len(self._datos) - self._fin >= MAX_LINEA:
            # Ya no cabe, y quizá su final no llegue nunca: se le pone uno para que se rechace como
            # cualquier línea demasiado larga, y lo que quede de ella se tirará.
            self._datos = self._datos[: self._fin + MAX_LINEA] + b"\n"
            self._fin = len(self._datos)
            self._descartando = True

    @property
    def hay_lineas(self) -> bool:
        """Queda alguna línea completa por atender."""
        return self._principio < self._fin

    @property
    def vacia(self) -> bool:
        """No guarda nada que haga falta."""
        return self._principio == len(self._datos) and not self._descartando

    @property
    def hay_linea_sin_final(self) -> bool:
        """Ha llegado el principio de una línea, y su final aún no."""
        return self._fin < len(self._datos)

    def lote(self, maximo: int) -> bytes:
        """Las primeras líneas por atender, `maximo` como mucho, con sus finales. No las quita."""
        lineas = self._datos[self._principio : self._fin]
        # Un mensaje ocupa dos bytes al menos: si ni así hay demasiadas, no hace falta contarlas.
        if len(lineas) <= 2 * maximo or lineas.count(b"\n") <= maximo:
            return lineas
        primeras = lineas.split(b"\n", maximo)[:-1]
        return b"\n".join(primeras) + b"\n"

    def quitar(self, cuantos_bytes: int) -> None:
        """Da por atendidos esos bytes: las primeras líneas."""
        self._principio += cuantos_bytes
        if not self.hay_lineas:
            self._datos = self._datos[self._fin :]
            self._principio = self._fin = 0

    def tomar_linea(self) -> Recibida:
        """Quita la primera línea por atender y la devuelve leída: su texto, o por qué no vale."""
        final = self._datos.index(b"\n", self._principio) + 1
        cruda = self._datos[self._principio : final]
        self.quitar(len(cruda))
        [linea] = Decodificador().recibir(cruda)
        return linea
