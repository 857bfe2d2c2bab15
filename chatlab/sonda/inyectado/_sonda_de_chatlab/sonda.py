"""Lo que comparten todos los parches de un proceso: el canal, el registro y las conexiones."""

from __future__ import annotations

import _socket
import atexit
import os
import sys

from .canal import Canal, direccion_json
from .conexiones import Conexion, Conexiones
from .envolturas import sin_romper
from .lugares import Lugares, lugar
from .registro import Registro
from .resumen import DATOS_DE_UNA_SUMA
from .rumbos import AlBucleLocal, TalComoSeEscribe
from .tandas import CanalATandas
from .texto import citar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: De cada envío se cuentan como mucho estos bytes; el total va aparte.
MAXIMO_DE_DATOS = 16 * 1024
#: Errores que se cuentan de cada conexión: quien da vueltas sin parar recibe millones.
BASTANTES_FALLOS = 200
#: Lo que hay en `sys.argv[0]` cuando el programa no es un archivo.
SIN_ARCHIVO = frozenset({"", "-", "-c", "-m"})


class Sonda:
    """La sonda de este proceso, según las variables que puso el testigo."""

    def __init__(self, entorno: Mapping[str, str]) -> None:
        primero, _, ultimo = entorno["CHATLAB_SONDA_PUERTOS"].partition("-")
        #: Lo que se cuenta por él sin frenar al programa, si se mira en marcha.
        self.tandas: CanalATandas | None = None
        if "CHATLAB_SONDA_A_TANDAS" in entorno:
            self.tandas = CanalATandas(entorno["CHATLAB_SONDA_CANAL"])
        self.canal = self.tandas or Canal(entorno["CHATLAB_SONDA_CANAL"])
        puertos, desvios = (
            os.path.join(entorno["CHATLAB_SONDA"], nombre)  # noqa: PTH118
            for nombre in ("puertos", "desvios")
        )
        self.registro = Registro(puertos, int(primero), int(ultimo), desvios)
        self.rumbo: AlBucleLocal | TalComoSeEscribe = AlBucleLocal(self.registro)
        if "CHATLAB_SONDA_PUERTOS_DE_VERDAD" in entorno:
            self.rumbo = TalComoSeEscribe()
        self.conexiones = Conexiones(self._al_perderse)
        #: Si también los envíos, las lecturas y las esperas dicen en qué línea están.
        self._lugares = Lugares() if "CHATLAB_SONDA_LUGARES" in entorno else None
        #: Si hay que contar quién espera un candado del programa, y quién lo tiene.
        self.con_candados = "CHATLAB_SONDA_CANDADOS_PROPIOS" in entorno
        #: Si hay que contar quién espera a otro hilo: también donde no se puede mirar el núcleo.
        self.con_esperas_a_hilos = self.con_candados or "CHATLAB_SONDA_CANDADOS" in entorno
        #: El último nombre de otra máquina que se buscó para cada puerto.
        self.nombres: dict[int, str] = {}
        self._programa = _programa()
        self._buffer = int(entorno.get("CHATLAB_SONDA_BUFFER", 0))

    def presentarse(self) -> None:
        """Abre el canal y dice quién es; lanza `OSError` si nadie escucha."""
        self.canal.abrir()
        self._arranca()
        atexit.register(self.canal.despedirse)

    @sin_romper
    def renacer(self) -> None:
        """En un proceso recién bifurcado, que es otro."""
        self.canal.reabrir()
        for _, conexion in self.conexiones.vivas():
            conexion.enviando, conexion.leyendo = {}, {}  # las cuenta el padre
        self._arranca()
        for socket_, conexion in self.conexiones.vivas():
            local = conexion.local or _socket.socket.getsockname(socket_)
            self.contar(
                "hereda", conexion, local=local, remoto=conexion.remoto, resto=reales(socket_)
            )

    def _arranca(self) -> None:
        pids = f',"pid":{os.getpid()},"padre":{os.getppid()}'
        self.canal.emitir("arranca", f'{pids},"programa":{citar(self._programa)}')

    def estrechar(self, socket_: Any) -> None:
        """Da al socket los buffers que pidió el testigo: así se llenan con pocos mensajes.

        Y quita la espera que junta dos envíos cortos (algoritmo de Nagle, RFC 896): lo que se
        envía está de camino en cuanto vuelve `send`.
        """
        if self._buffer:
            _socket.socket.setsockopt(socket_, _socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
            for opcion in (_socket.SO_SNDBUF, _socket.SO_RCVBUF):
                _socket.socket.setsockopt(socket_, _socket.SOL_SOCKET, opcion, self._buffer)

    # --- Sucesos ---

    def contar(
        self,
        tipo: str,
        conexion: Conexion | None = None,
        *,
        local: tuple[Any, ...] | None = None,
        remoto: tuple[Any, ...] | None = None,
        detalle: str = "",
        resto: str = "",
    ) -> None:
        """Emite un suceso de los que pasan pocas veces, con el lugar del programa donde pasa."""
        campos = f',"conexion":{conexion.numero}' if conexion is not None else ""
        if local is not None:
            campos += f',"local":{direccion_json((local[0], local[1]))}'
        if remoto is not None:
            campos += f',"remoto":{direccion_json((remoto[0], remoto[1]))}'
        if detalle:
            campos += f',"detalle":{citar(detalle)}'
        self.canal.emitir(tipo, f'{campos},"lugar":{citar(lugar())}{resto}')

    def contar_datos(self, tipo: str, conexion: Conexion, cuantos: int, datos: Any) -> None:
        """Emite «send» o «recv» con los bytes que se movieron."""
        if self.tandas is not None and cuantos and self.tandas.resumen.contar_una():
            principio = _principio(datos, DATOS_DE_UNA_SUMA)
            self.tandas.resumen.sumar(tipo, conexion, cuantos, principio, self.lugar_si_se_pide())
            return
        trozo = _principio(datos, min(cuantos, MAXIMO_DE_DATOS))
        self.canal.emitir(
            tipo,
            f',"conexion":{conexion.numero},"cuantos":{cuantos}'
            f',"datos":{citar(str(trozo, "latin-1"))}{self.lugar_si_se_pide()}',
        )

    def fallo(self, socket_: Any, que: str, error: BaseException) -> None:
        """Cuenta un error que el programa va a recibir de un socket suyo."""
        conexion = self.conexiones.de(socket_)
        if conexion is not None and conexion.fallos < BASTANTES_FALLOS:
            conexion.fallos += 1
            self.contar("fallo", conexion, detalle=f"{que}: {type(error).__name__}: {error}")

    def esperar(
        self,
        que: str,
        plazo: float | None,
        conexion: Conexion | None = None,
        *,
        cuantos: int = 0,
        resto: str = "",
    ) -> None:
        """Dice que este hilo va a quedarse esperando; `plazo` en segundos, o None sin plazo.

        `cuantos` son los bytes que quiere enviar, si espera a eso; `resto`, más campos en JSON.
        """
        campos = f',"detalle":"{que}"{self.lugar_si_se_pide()}'
        if conexion is not None:
            campos += f',"conexion":{conexion.numero}'
        if plazo is not None:
            campos += f',"plazo":{plazo:.6f}'
        if cuantos:
            campos += f',"cuantos":{cuantos}'
        self.canal.emitir("espera", campos + resto)
        self.canal.asegurar()

    def lugar_si_se_pide(self) -> str:
        """El campo que dice por qué línea va el programa; vacío si no se ha pedido."""
        return self._lugares.campo() if self._lugares is not None else ""

    def seguir(self, que: str, conexion: Conexion | None = None) -> None:
        """Dice que este hilo ha dejado de esperar. Un «recv» o un «accept» ya lo dicen solos."""
        numero = f',"conexion":{conexion.numero}' if conexion is not None else ""
        self.canal.emitir("sigue", f',"detalle":{citar(que)}{numero}')

    @sin_romper
    def _al_perderse(self, conexion: Conexion) -> None:
        """Un socket que se borró de la memoria sin `close()`: el sistema lo ha cerrado."""
        self.canal.emitir("close", f',"conexion":{conexion.numero},"detalle":"sin close()"')

    # --- Direcciones visibles ---

    def visible(self, direccion: Any) -> Any:
        """La dirección del sistema con el puerto que el programa escribió."""
        escrito = self.registro.escrito(direccion[1])
        return (direccion[0], escrito, *direccion[2:])


def _principio(datos: Any, cuantos: int) -> bytes:
    """Los primeros bytes de algo que los tiene."""
    if type(datos) is bytes:
        return datos[:cuantos]
    with memoryview(datos) as vista:
        return bytes(vista.cast("B")[:cuantos])


def reales(socket_: Any) -> str:
    """Los puertos de verdad de los dos lados, como JSON: emparejan las dos puntas."""
    remoto = 0
    try:
        remoto = _socket.socket.getpeername(socket_)[1]
    except OSError:
        pass  # no está conectado
    return f',"reales":[{_socket.socket.getsockname(socket_)[1]},{remoto}]'


def _programa() -> str:
    """El nombre del archivo principal, o lo que haya detrás de `-m`."""
    nombre = sys.argv[0] if sys.argv else ""
    if nombre not in SIN_ARCHIVO:
        return os.path.basename(nombre)  # noqa: PTH119
    orden = sys.orig_argv
    if nombre == "-m" and "-m" in orden[:-1]:
        return orden[orden.index("-m") + 1]
    return nombre or "python"
