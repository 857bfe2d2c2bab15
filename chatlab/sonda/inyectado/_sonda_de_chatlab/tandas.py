"""El canal de quien mira programas en marcha: en vez de una línea cada vez, tandas.

Al corregir, cada suceso sale en cuanto ocurre, que un programa puede morir en el siguiente. Al
mirar importa más no frenarlo: lo que pasa en el mismo milisegundo sale junto, con el primer suceso
de después y siempre antes de que alguien espere. Si entonces no cabe todo, se ocupa de lo demás un
hilo que acaba con ello; solo entonces, que tenerlo siempre se notaría (bifurcarse con hilos da un
aviso desde Python 3.12). Lo que se puede perder es el último milisegundo de quien muere trabajando;
de quien va tan deprisa que se suma, la última décima de segundo y lo que no haya cabido aún.
"""

from __future__ import annotations

from _thread import allocate_lock, get_native_id, start_new_thread
from time import monotonic

from .canal import Canal
from .envolturas import sin_romper
from .resumen import Resumen

#: Segundos entre dos tandas.
ENTRE_TANDAS = 0.001
#: Sucesos con los que una tanda sale sin esperar más.
TANDA = 200
#: Sucesos sin enviar con los que se da por atascado a quien escucha.
ATASCO = 3000
#: Segundos entre dos intentos de enviar lo que no cabe.
ENTRE_INTENTOS = 0.005
#: Segundos que se espera a quien no lee nada al terminar el programa; si va leyendo, los que haga
#: falta hasta un máximo: sin lo último, las cuentas serían falsas.
PACIENCIA_AL_IRSE = 3.0
LO_MAS_QUE_TARDA_EN_IRSE = 20.0


class CanalATandas(Canal):
    """Como `Canal`, sin esperar nunca a que haya sitio salvo al despedirse."""

    def __init__(self, direccion: str) -> None:
        self.resumen = Resumen(self)
        super().__init__(direccion)

    def _empezar(self) -> None:
        super()._empezar()
        self._ultima = 0.0
        self._con_ayuda = False
        self.resumen.empezar()

    @property
    def atascado(self) -> bool:
        """Si quien escucha no da abasto."""
        return len(self._cola) > ATASCO

    @property
    def queda(self) -> bool:
        """Si hay algo que aún no ha cabido."""
        return bool(self._cola or self._resto)

    def emitir(self, tipo: str, campos: str = "") -> None:
        if self.resumen.abiertas:
            self.resumen.volcar()  # lo sumado fue antes
        ahora = monotonic()
        self.apuntar(
            f'{{"tipo":"{tipo}","hilo":{get_native_id()},"instante":{ahora:.6f}{campos}}}\n', ahora
        )

    def apuntar(self, linea: str, ahora: float) -> None:
        """Deja una línea ya escrita para la siguiente tanda, o la envía si ya toca."""
        if self._conexion is None:
            return
        self._cola.append(linea)
        if ahora - self._ultima > ENTRE_TANDAS or len(self._cola) == TANDA:
            self._ultima = ahora
            self._vaciar()

    def asegurar(self) -> None:
        """Envía lo que haya: quien se duerme debe haberlo dicho. Si no cabe, lo hará otro hilo."""
        self._vaciar()
        if self.queda and not self._con_ayuda and self._conexion is not None:
            self._con_ayuda = True
            start_new_thread(self._ayudar, ())

    @sin_romper
    def _ayudar(self) -> None:
        pausa = allocate_lock()
        pausa.acquire()
        try:
            while self.queda and self._conexion is not None:
                pausa.acquire(timeout=ENTRE_INTENTOS)
                self._vaciar()
        finally:
            self._con_ayuda = False
        self.asegurar()  # por si alguien ha dejado algo justo antes

    def despedirse(self) -> None:
        if self.resumen.abiertas:
            self.resumen.volcar()
        limite, antes = monotonic() + LO_MAS_QUE_TARDA_EN_IRSE, (-1, -1)
        while self.queda and monotonic() < limite and self._por_enviar != antes:
            antes = self._por_enviar
            self._paciencia = PACIENCIA_AL_IRSE
            super().asegurar()
        super().despedirse()

    @property
    def _por_enviar(self) -> tuple[int, int]:
        """Cuánto falta: si no cambia, es que no lee nadie."""
        return len(self._cola), len(self._resto)
