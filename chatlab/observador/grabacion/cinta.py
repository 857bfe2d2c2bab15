"""La cinta: pone a cada línea su instante y la escribe según pasa."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from chatlab.observador.grabacion.formato import NOMBRE, SALTO, VERSION, Linea, escribir_linea

#: Quien recibe líneas enteras: cada una, con su salto detrás.
Escribir = Callable[[list[str]], None]


def cabecera(titulo: str, tope: int, creada: datetime | None = None) -> Linea:
    """La primera línea de una grabación que empieza ahora."""
    cuando = (creada or datetime.now(UTC)).astimezone(UTC)
    return {
        "chatlab": NOMBRE,
        "version": VERSION,
        "titulo": titulo,
        "creada": cuando.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sistema": platform.system(),
        "python": platform.python_version(),
        "tope": tope,
    }


class Cinta:
    """Una grabación que se está haciendo. `inicio` es el instante en que `t` es 0, en segundos."""

    def __init__(self, escribir: Escribir, principio: Linea, inicio: float) -> None:
        self._escribir = escribir
        self._inicio = inicio
        self._t = -SALTO
        self._cuentas: Counter[str] = Counter()
        self._lote: list[str] = [escribir_linea(principio)]

    def poner(self, linea: Linea, instante: float) -> None:
        """Añade una línea; su `t` es siempre mayor que el de la anterior."""
        que = linea.pop("que")
        self._contar(que, linea)
        self._t = round(max(instante - self._inicio, self._t + SALTO), 6)
        self._lote.append(escribir_linea({"que": que, "t": self._t, **linea}))

    def soltar(self) -> None:
        """Escribe lo que se ha ido poniendo."""
        if self._lote:
            lote, self._lote = self._lote, []
            self._escribir(lote)

    def cerrar(self, instante: float) -> None:
        """Pone la última línea, con lo que ha pasado en total, y la escribe."""
        self.poner({"que": "fin", "cuentas": dict(self._cuentas)}, instante)
        self.soltar()

    def _contar(self, que: str, linea: Linea) -> None:
        if que == "fin":
            return
        self._cuentas[que] += 1
        if que == "send":
            self._cuentas["bytes_enviados"] += linea["cuantos"]
        elif que == "recv":
            self._cuentas["bytes_recibidos"] += linea["cuantos"]
