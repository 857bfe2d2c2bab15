"""Quien atiende la puerta: recibe los sucesos de todos los procesos y los apunta en el libro."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from chatlab.sonda.libro import Libro
from chatlab.sonda.proceso import Proceso
from chatlab.sonda.puerta import Puerta, misma
from chatlab.sonda.suceso import Suceso

#: Bytes que se leen de cada vez.
LECTURA = 256 * 1024
#: Bytes de una línea a partir de los cuales no es de la sonda: cuenta 16 KiB de datos como mucho.
LINEA_MAS_LARGA = 1024 * 1024
#: Canales abiertos a la vez. Cada uno gasta un descriptor de quien corrige, y los programas de una
#: entrega no pasan de 50 procesos.
MAX_CANALES = 300
#: Quien se lleva los sucesos según llegan.
Oidor = Callable[[list[Suceso]], None]
#: Segundos entre dos lecturas. Despertar con cada suceso frenaría a los programas que se miran.
RITMO = 0.001
#: Veces que se mira si hay algo más antes de entregarlo.
VUELTAS = 3
#: Segundos que se leen todavía, como mucho, a quien no para de contar cuando se deja de escuchar.
PLAZO_DEL_ADIOS = 1.0


@dataclass(slots=True)
class Canal:
    """La conexión con un proceso, y lo que aún no se sabe de él."""

    socket_: socket.socket
    falta_contrasena: bool
    pid_fuera: int | None
    proceso: Proceso | None = None
    resto: bytes = b""


class Oyente:
    """Lee los canales y lo apunta todo, siempre con `cambio` tomado.

    Lo hace un hilo, y también quien pregunta: así lo que sabe está al día. Al `oidor` lo llama
    solo el hilo, con los sucesos que van llegando y sin `cambio` tomado.
    """

    def __init__(
        self,
        puerta: Puerta,
        libro: Libro,
        cambio: threading.Condition,
        oidor: Oidor | None = None,
    ) -> None:
        self._oidor = oidor
        self._puerta = puerta
        self._libro = libro
        self._cambio = cambio
        self._cerrando = threading.Event()
        self._canales: dict[socket.socket, Canal] = {}
        self._selector = selectors.DefaultSelector()
        self._timbre, self._pulsador = socket.socketpair()
        for socket_ in (puerta.escucha, self._timbre, self._pulsador):
            socket_.setblocking(False)
        self._selector.register(puerta.escucha, selectors.EVENT_READ, self._abrir)
        self._selector.register(self._timbre, selectors.EVENT_READ, self._apagar_timbre)
        self._hilo = threading.Thread(target=self._escuchar, name="testigo", daemon=True)
        self._hilo.start()

    def cerrar(self) -> None:
        """Deja de escuchar; los programas que sigan vivos no lo notan."""
        if self._cerrando.is_set():
            return
        self._apurar()
        with self._cambio:
            self._cerrando.set()
        self._tocar_timbre()
        self._hilo.join()
        self._entregar()
        for socket_ in [*self._canales, self._timbre, self._pulsador, self._puerta.escucha]:
            socket_.close()
        self._selector.close()

    def _apurar(self) -> None:
        """Lee lo último que hayan contado, que el oidor aún no tiene."""
        limite = time.monotonic() + PLAZO_DEL_ADIOS
        while self._oidor is not None and time.monotonic() < limite:
            with self._cambio:
                if not self._selector.select(0):
                    return
                self.ponerse_al_dia()

    def ponerse_al_dia(self) -> None:
        """Lee y apunta lo que haya llegado, sin esperar. Con `cambio` tomado."""
        if self._cerrando.is_set():
            return
        antes = len(self._libro.sucesos)
        for clave, _ in self._selector.select(0):
            leer: Callable[[socket.socket], None] = clave.data
            assert isinstance(clave.fileobj, socket.socket)
            leer(clave.fileobj)
        # Otra vuelta de un bucle no es novedad: quien mira en ese instante justo encontraría
        # siempre a alguien despierto.
        if len(self._libro.sucesos) != antes:
            self._cambio.notify_all()
            if self._oidor is not None and threading.current_thread() is not self._hilo:
                self._tocar_timbre()  # que el hilo despierte, y los entregue

    def hay_pendiente(self) -> bool:
        """Si queda algo por leer o por apuntar, o ya no se lee. Con `cambio` tomado."""
        if self._cerrando.is_set():
            return True
        if any(canal.resto or canal.proceso is None for canal in self._canales.values()):
            return True
        return bool(self._selector.select(0))

    def _escuchar(self) -> None:
        while not self._cerrando.wait(RITMO):
            try:
                self._selector.select()
            except (OSError, ValueError):
                pass  # otro hilo acaba de cerrar un canal: se vuelve a mirar
            with self._cambio:
                # De lo que se lee en una vuelta, la causa puede estar en un canal sin abrir (un
                # hijo recién bifurcado): en otras dos se abre y se lee, y se entregan juntas.
                for _ in range(VUELTAS):
                    self.ponerse_al_dia()
            self._entregar()

    def _entregar(self) -> None:
        """Da al oidor lo que haya llegado."""
        if self._oidor is None:
            return
        with self._cambio:
            sucesos = self._libro.entregar()
        if sucesos:
            self._oidor(sucesos)

    def _tocar_timbre(self) -> None:
        self._pulsador.send(b"!")

    def _apagar_timbre(self, timbre: socket.socket) -> None:
        timbre.recv(64)

    def _abrir(self, escucha: socket.socket) -> None:
        try:
            socket_, _ = escucha.accept()
        except OSError:
            return  # se fue antes de que le abrieran
        if len(self._canales) >= MAX_CANALES:
            socket_.close()
            return
        socket_.setblocking(False)
        canal = Canal(socket_, bool(self._puerta.contrasena()), self._puerta.pid_de(socket_))
        self._canales[socket_] = canal
        self._selector.register(socket_, selectors.EVENT_READ, self._leer)
        # En Windows, quien ya espera en el selector no sabe de los canales nuevos.
        self._tocar_timbre()

    def _leer(self, socket_: socket.socket) -> None:
        canal = self._canales[socket_]
        try:
            datos = socket_.recv(LECTURA)
        except BlockingIOError:
            return
        except OSError:
            datos = b""
        if not datos:
            self._despedir(canal)
        elif canal.proceso is None or not canal.proceso.desbordado:
            *lineas, canal.resto = (canal.resto + datos).split(b"\n")
            for linea in lineas:
                self._anotar(canal, linea)
            if len(canal.resto) > LINEA_MAS_LARGA:
                self._despedir(canal)

    def _anotar(self, canal: Canal, linea: bytes) -> None:
        if canal.falta_contrasena:
            if misma(self._puerta.contrasena(), linea):
                canal.falta_contrasena = False
            else:
                self._despedir(canal)
        elif canal.socket_ in self._canales:
            try:
                if canal.proceso is None:
                    canal.proceso = self._libro.llega(linea, canal.pid_fuera)
                else:
                    self._libro.anotar(canal.proceso, linea)
            except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
                if canal.proceso is None:
                    self._despedir(canal)  # no es una sonda
                # Si lo es, una señal cortó un envío, o alguien escribe en su canal: sin esa línea.

    def _despedir(self, canal: Canal) -> None:
        if self._canales.pop(canal.socket_, None) is None:
            return
        self._selector.unregister(canal.socket_)
        canal.socket_.close()
        if canal.proceso is not None:
            self._libro.se_va(canal.proceso)
