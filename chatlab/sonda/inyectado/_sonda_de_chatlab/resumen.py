"""Cuando un programa envía o lee miles de veces por segundo, se cuenta la suma y no cada vez.

Nadie mira tantas una a una, y contarlas frenaría a quien se mira. Las primeras se cuentan todas; si
no afloja, de cada hilo en cada conexión se dice, diez veces por segundo, cuántas llamadas y cuántos
bytes van. La cuenta es exacta, y cada suma dice qué trozo del flujo es.

Sumar no toma ningún candado. Entre leer una suma y cambiarla no se llama a nada: Python solo pasa
de un hilo a otro al llamar o al volver atrás en un bucle.
"""

from __future__ import annotations

import sys
from _thread import RLock, get_ident, get_native_id
from time import monotonic

from .texto import citar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .conexiones import Conexion
    from .tandas import CanalATandas

#: Sin el candado de Python (3.13t), dos hilos podrían sumar a la vez: entonces, una a una.
CON_GIL = bool(getattr(sys, "_is_gil_enabled", lambda: True)())
#: Llamadas que se cuentan una a una aunque vengan todas seguidas.
RESERVA = 5000
#: Las que se reponen en cada turno: 2000 por segundo.
POR_TURNO = 200
#: Segundos de un turno.
TURNO = 0.1
#: Segundos que se deja a quien escucha para hacer sitio a lo que no ha cabido.
PAUSA = 0.005
#: Sumas abiertas que se cuentan ya: son muchas conexiones, o hilos que se alternan.
BASTANTES_SUMAS = 2000
#: Bytes de la primera llamada que acompañan a una suma.
DATOS_DE_UNA_SUMA = 256


class Suma:
    """Lo que un hilo ha enviado, o leído, en una conexión desde la última vez que se contó."""

    __slots__ = ("campos", "conexion", "cuantos", "datos", "hilo", "ident", "tipo", "veces")

    def __init__(self, tipo: str, conexion: Conexion, ident: int, campos: str) -> None:
        self.tipo = tipo
        self.conexion = conexion
        #: Cómo llama Python al hilo, y cómo el sistema.
        self.ident = ident
        self.hilo = get_native_id()
        self.campos = campos
        self.cuantos = 0
        self.veces = 0
        self.datos = b""


class Resumen:
    """Decide si se cuenta cada llamada o su suma, y lleva las sumas."""

    __slots__ = ("_canal", "_cuantas", "_fin", "_reserva", "_turno", "abiertas", "activo", "hasta")

    def __init__(self, canal: CanalATandas) -> None:
        self._canal = canal

    def empezar(self) -> None:
        """Sin nada contado: al arrancar, y en un hijo recién bifurcado."""
        #: Si se suma, en vez de contar una a una.
        self.activo = False
        #: Cuándo hay que volver a mirar, y cuándo acaba el turno.
        self.hasta = 0.0
        self._fin = 0.0
        self._reserva: float = RESERVA
        self._cuantas = 0
        #: Las sumas que aún no se han contado.
        self.abiertas: list[Suma] = []
        self._turno = RLock()

    def contar_una(self) -> bool:
        """Tiene en cuenta una llamada; dice si hay que sumarla en vez de contarla."""
        self._cuantas += 1
        if monotonic() > self.hasta:
            self.cambiar_de_turno()
        elif self._cuantas > self._reserva:
            self.activo = CON_GIL
        return self.activo

    def sumar(self, tipo: str, conexion: Conexion, cuantos: int, datos: bytes, lugar: str) -> None:
        """Suma una llamada de este hilo a lo que lleva en esa conexión."""
        ident = get_ident()
        sumas = conexion.enviando if tipo == "send" else conexion.leyendo
        try:
            suma = sumas[ident]
            suma.cuantos += cuantos
            suma.veces += 1
        except KeyError:
            suma = Suma(tipo, conexion, ident, lugar)
            suma.cuantos, suma.veces, suma.datos = cuantos, 1, datos
            # En este orden: si se cuentan las abiertas entre medias, esta será de las siguientes.
            sumas[ident] = suma
            self.abiertas.append(suma)
        if monotonic() > self.hasta or len(self.abiertas) > BASTANTES_SUMAS:
            self.cambiar_de_turno()

    def cambiar_de_turno(self) -> None:
        """Cuenta las sumas, y mira si ya se puede volver a contar una a una."""
        if self._canal.queda:
            self._canal.asegurar()
        ahora = monotonic()
        if ahora < self._fin:
            self.hasta = min(self._fin, ahora + PAUSA)
            return
        if self.abiertas and not self._canal.atascado:
            self.volcar()
        hechas, self._cuantas = self._cuantas, 0
        if not self.activo:
            turnos = 1 + (ahora - self._fin) // TURNO
            self._reserva = min(RESERVA, self._reserva - hechas + turnos * POR_TURNO)
            self.activo = CON_GIL and (self._reserva < 0 or self._canal.atascado)
        elif hechas < POR_TURNO and not self.abiertas:
            self.activo = False
            self._reserva = RESERVA // 4
        self._fin = ahora + TURNO
        self.hasta = ahora + (PAUSA if self._canal.queda else TURNO)

    def volcar(self) -> None:
        """Cuenta las sumas abiertas, primero lo que se envió."""
        with self._turno:
            abiertas, self.abiertas = self.abiertas, []
            for suma in abiertas:
                sumas = suma.conexion.enviando if suma.tipo == "send" else suma.conexion.leyendo
                sumas.pop(suma.ident, None)
            abiertas.sort(key=lambda suma: suma.tipo != "send")
            for suma in abiertas:
                self._cuantas += suma.veces
                self._contar(suma)

    def _contar(self, suma: Suma) -> None:
        ahora = monotonic()
        self._canal.apuntar(
            f'{{"tipo":"{suma.tipo}","hilo":{suma.hilo},"instante":{ahora:.6f}'
            f',"conexion":{suma.conexion.numero},"cuantos":{suma.cuantos},"veces":{suma.veces}'
            f',"datos":{citar(str(suma.datos, "latin-1"))}{suma.campos}}}\n',
            ahora,
        )
