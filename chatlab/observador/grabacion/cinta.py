"""La cinta: pone a cada línea su instante, la cuenta y la escribe, si cabe."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from chatlab.observador.grabacion.formato import (
    NOMBRE,
    SALTO,
    TOPE,
    VERSION,
    Linea,
    anadir_a_las_cuentas,
    cuanto_ocupa,
    escribir_linea,
)
from chatlab.observador.grabacion.muestreo import Muestras

#: Quien recibe líneas enteras, sin su salto.
Escribir = Callable[[list[str]], None]

#: Al llegar al tope quedan para muestras una parte de él, y estos bytes; y otros tantos para decir
#: cómo acaba cada cual: una grabación nunca ocupa más que `maximo(tope)`.
PARTE_DE_MUESTRAS = 4
SITIO_DE_SOBRA = 64 * 1024
#: Lo que se dice aunque ya no quepa nada más.
FINALES = frozenset({"termina", "senal", "marca", "muestreo"})


def maximo(tope: int) -> int:
    """Los bytes que ocupa, como mucho, una grabación con ese tope."""
    return tope + tope // PARTE_DE_MUESTRAS + 2 * SITIO_DE_SOBRA


def cabecera(titulo: str, tope: int = TOPE, creada: datetime | None = None) -> Linea:
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
        self._lote = [escribir_linea(principio)]
        self._bytes = cuanto_ocupa(self._lote[0])
        self._tope: int = principio["tope"]
        self._lleno = self._tope + self._tope // PARTE_DE_MUESTRAS + SITIO_DE_SOBRA
        self._muestras: Muestras | None = None
        self._agotada = False

    def poner(self, linea: Linea, instante: float) -> None:
        """Añade una línea; su `t` es siempre mayor que el de la anterior."""
        anadir_a_las_cuentas(self._cuentas, linea)
        if self._muestras is not None:
            self._poner_muestras(self._muestras, linea, instante)
            return
        texto = self._con_su_t(linea, instante)
        ocupa = cuanto_ocupa(texto)
        if self._bytes + ocupa <= self._tope:
            self._lote.append(texto)
            self._bytes += ocupa
            return
        self._poner_aviso("tope", instante)
        self._muestras = Muestras(self._lleno - self._bytes, instante)
        self._poner_muestras(self._muestras, linea, instante)

    def soltar(self) -> None:
        """Escribe lo que se ha ido poniendo."""
        if self._lote:
            lote, self._lote = self._lote, []
            self._escribir(lote)

    def cerrar(self, instante: float) -> None:
        """Pone la última línea, con lo que ha pasado en total, y la escribe."""
        if self._muestras is not None:
            for una in self._muestras.todo():
                self._poner_si_cabe(una, instante)
        fin = {"que": "fin", "cuentas": dict(self._cuentas)}
        self._lote.append(self._con_su_t(fin, instante))
        self.soltar()

    # --- Cuando ya no cabe todo ---

    def _poner_muestras(self, muestras: Muestras, linea: Linea, instante: float) -> None:
        for una in muestras.pasa(linea, instante, self._lleno - self._bytes):
            self._poner_si_cabe(una, instante)

    def _poner_si_cabe(self, linea: Linea, instante: float) -> None:
        final = linea["que"] in FINALES
        if self._agotada and not final:
            return
        texto = self._con_su_t(linea, instante)
        ocupa = cuanto_ocupa(texto)
        if self._bytes + ocupa <= self._lleno + (SITIO_DE_SOBRA // 2 if final else 0):
            self._lote.append(texto)
            self._bytes += ocupa
        elif not final:
            # Desde aquí no falta algo suelto, que no se entendería: falta todo.
            self._agotada = True
            self._poner_aviso("lleno", instante)

    def _poner_aviso(self, motivo: str, instante: float) -> None:
        """Dice que desde aquí no está todo."""
        aviso: Linea = {"que": "muestreo", "desde_t": self._t, "bytes": self._bytes}
        self._poner_si_cabe({**aviso, "motivo": motivo}, instante)

    # --- El instante ---

    def _con_su_t(self, linea: Linea, instante: float) -> str:
        self._t = round(max(instante - self._inicio, self._t + SALTO), 6)
        return escribir_linea({"que": linea["que"], "t": self._t, **linea})
