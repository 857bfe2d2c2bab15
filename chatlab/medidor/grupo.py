"""Los clientes de una medición: entran en la sala y esperan a que todo esté en calma.

Cada uno entra como manda ChatLab/1: lee la bienvenida, da su nombre y espera su saludo. Los avisos
de que entran los demás no deben contarse: cuando todos están dentro, un emisor dice una frase, y
cada cual lee hasta encontrarla. Lo que venía antes ya no está por medio.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from chatlab.chat.protocolo import (
    AVISO,
    BIENVENIDA,
    ERROR,
    MAX_LINEA_DEL_SERVIDOR,
    SALUDO,
    codificar,
    limpiar,
    mensaje,
)
from chatlab.errores import ErrorDeRed
from chatlab.medidor.descriptores import faltan_descriptores
from chatlab.red.aforo import SIN_DESCRIPTORES
from chatlab.red.direcciones import direccion
from chatlab.red.fallos import NOMBRE_DESCONOCIDO, no_hay_esa_maquina
from chatlab.red.sockets import conectar

#: Segundos que se espera a un servidor que no dice nada de lo que debe.
PLAZO = 10.0
#: Bytes que se leen de una vez.
LECTURA = 256 * 1024
#: Los que entran a la vez: caben en la cola de espera de cualquier servidor.
TANDA = 32


class SeHaCortado(ErrorDeRed):
    """El servidor ha cerrado la conexión con un cliente que no se había despedido."""


class NoHablaChatlab(ErrorDeRed):
    """Hay un servidor, pero no dice lo que manda ChatLab/1."""


class NoDejaEntrar(ErrorDeRed):
    """El servidor habla ChatLab/1, y no quiere a ese cliente."""


def cortada(queja: bytes = b"") -> SeHaCortado:
    """El error de una conexión cortada, con lo último de lo que se quejó el servidor."""
    dicho = f" Antes ha dicho «{queja_legible(queja)}»." if queja else ""
    return SeHaCortado(f"El servidor ha cortado la conexión con un cliente.{dicho}")


@dataclass(slots=True, eq=False)
class Conexion:
    """Un cliente de la sala."""

    socket: socket.socket
    nombre: str
    #: El principio de una línea que aún no ha terminado.
    pendiente: bytes = b""
    #: Ya se le ha dado la bienvenida, y ha dicho su nombre.
    presentado: bool = False

    def leer_lineas(self) -> list[bytes]:
        """Las líneas que se completan con lo que haya llegado."""
        try:
            datos = self.socket.recv(LECTURA)
        except BlockingIOError:
            return []
        except OSError:
            datos = b""
        if not datos:
            raise cortada(self.pendiente if self.pendiente.startswith(ERROR.encode()) else b"")
        *lineas, self.pendiente = (self.pendiente + datos).split(b"\n")
        return lineas


class Grupo:
    """Las conexiones con un servidor; se cierran todas al salir del `with`."""

    def __init__(self, host: str, puerto: int) -> None:
        self._host = host
        self._puerto = puerto
        self._selector = selectors.DefaultSelector()
        self._frases = count(1)
        self.conexiones: list[Conexion] = []

    def __enter__(self) -> Grupo:
        return self

    def __exit__(self, *_error: object) -> None:
        self._selector.close()
        for conexion in self.conexiones:
            conexion.socket.close()

    @property
    def es_de_esta_maquina(self) -> bool:
        """El servidor está en esta misma máquina."""
        conexion = self.conexiones[0].socket
        mio, suyo = conexion.getsockname(), conexion.getpeername()
        return bool(mio[0] == suyo[0])

    # --- Entrar ---

    def entrar(self, nombres: Sequence[str], avanza: Callable[[int], None]) -> list[Conexion]:
        """Entra en la sala con esos nombres; `avanza` recibe cuántos han entrado ya.

        Lanza `ErrorDeRed` si no hay servidor, si no habla ChatLab/1, si no deja entrar a alguno o
        si corta, y `FaltanDescriptores` si el sistema no da para tantos.
        """
        antes = len(self.conexiones)
        for inicio in range(0, len(nombres), TANDA):
            tanda = [self._conectar(nombre) for nombre in nombres[inicio : inicio + TANDA]]
            self._leer_hasta_que_acaben(tanda, self._atender_a_quien_entra, "dejar entrar")
            avanza(len(self.conexiones) - antes)
        return self.conexiones[antes:]

    def _conectar(self, nombre: str) -> Conexion:
        try:
            socket_ = conectar(self._host, self._puerto, "difusion")
        except ErrorDeRed as error:
            causa = error.__cause__
            if isinstance(causa, NOMBRE_DESCONOCIDO):
                raise ErrorDeRed(no_hay_esa_maquina(self._host, "el destino")) from error
            if isinstance(causa, OSError) and causa.errno in SIN_DESCRIPTORES:
                raise faltan_descriptores(len(self.conexiones) + 1) from error
            raise
        socket_.setblocking(False)
        # Un mensaje debe salir en cuanto se envía, aunque el anterior no se haya confirmado.
        socket_.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        conexion = Conexion(socket_, nombre)
        self.conexiones.append(conexion)
        self._selector.register(socket_, selectors.EVENT_READ, conexion)
        return conexion

    def _atender_a_quien_entra(self, conexion: Conexion, linea: bytes) -> bool:
        """Da el siguiente paso para entrar; dice si ya está dentro."""
        texto = linea.decode("utf-8", errors="replace")
        if texto.startswith(ERROR):
            raise NoDejaEntrar(
                f"El servidor no deja entrar al cliente {len(self.conexiones)}: "
                f"«{queja_legible(linea)}»."
            )
        if not conexion.presentado:
            if not texto.startswith(AVISO):
                raise self._no_habla(linea)
            conexion.presentado = True
            conexion.socket.send(codificar(conexion.nombre))
            return False
        return texto.startswith(SALUDO)

    def _no_habla(self, dicho: bytes) -> NoHablaChatlab:
        que = f"ha dicho «{queja_legible(dicho)}»" if dicho else "no ha dicho nada"
        return NoHablaChatlab(
            f"Lo que hay en {direccion((self._host, self._puerto))} no habla ChatLab/1: "
            f"esperaba «{BIENVENIDA}» y {que}."
        )

    # --- Esperar a la calma ---

    def esperar_calma(
        self, emisor: Conexion, quienes: Iterable[Conexion], vista: Callable[[bytes], None]
    ) -> None:
        """Hace que un emisor diga una frase, y espera a que les llegue; `vista` recibe lo demás.

        Todos reciben lo mismo en el mismo orden: quien la tiene ya ha recibido lo de antes.
        """
        frase = f"calma {next(self._frases)}"
        buscada = codificar(mensaje(emisor.nombre, frase)).removesuffix(b"\n")
        emisor.socket.send(codificar(frase))

        def es_la_frase(_conexion: Conexion, linea: bytes) -> bool:
            if linea.removesuffix(b"\r") == buscada:
                return True
            vista(linea)
            return False

        self._leer_hasta_que_acaben(quienes, es_la_frase, "repetir a los demás una frase")

    # --- Leer ---

    def _leer_hasta_que_acaben(
        self,
        quienes: Iterable[Conexion],
        acaba_con: Callable[[Conexion, bytes], bool],
        que_hace: str,
    ) -> None:
        """Lee de todos hasta que a cada uno de esos le llegue la línea con la que acaba.

        Mientras, se lee también a los demás, y lo suyo se tira: si no, al servidor se le llenaría
        lo que tiene para ellos.
        """
        faltan = set(quienes)
        limite = time.monotonic() + PLAZO
        while faltan:
            for clave, _ in self._selector.select(max(0.0, limite - time.monotonic())):
                conexion: Conexion = clave.data
                lineas = conexion.leer_lineas()
                self._comprobar_linea_sin_final(conexion)
                if conexion in faltan and any(acaba_con(conexion, linea) for linea in lineas):
                    faltan.discard(conexion)
                    limite = time.monotonic() + PLAZO
            if time.monotonic() > limite:
                raise self._se_ha_callado(next(iter(faltan)), que_hace)

    def _comprobar_linea_sin_final(self, conexion: Conexion) -> None:
        if len(conexion.pendiente) > MAX_LINEA_DEL_SERVIDOR:
            raise self._no_habla(conexion.pendiente)

    def _se_ha_callado(self, conexion: Conexion, que_hace: str) -> ErrorDeRed:
        if not conexion.presentado:
            return self._no_habla(conexion.pendiente)
        return ErrorDeRed(f"El servidor lleva {PLAZO:g} s sin {que_hace}. ¿Se ha quedado parado?")


def queja_legible(linea: bytes) -> str:
    """Lo que ha dicho el servidor, sin nada que estropee la pantalla y no muy largo."""
    return limpiar(linea[:200].decode("utf-8", errors="replace")).strip()
