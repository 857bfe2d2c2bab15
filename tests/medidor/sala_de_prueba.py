"""Un servidor pequeño que habla ChatLab/1, del que cada prueba cambia una cosa."""

from __future__ import annotations

import socket
import threading

from chatlab.chat.protocolo import BIENVENIDA, SALUDO, codificar
from chatlab.medidor.objetivos import ServidorAjeno
from tests.apoyo.transcripcion import PLAZO


class SalaDePrueba:
    """Reparte a los demás lo que dice cada cual. Sus métodos se cambian para que haga otra cosa."""

    bienvenida = codificar(BIENVENIDA)

    def __init__(self) -> None:
        self._escucha = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.destino = ServidorAjeno("127.0.0.1", self._escucha.getsockname()[1])
        self._conexiones: list[socket.socket] = []
        self._dentro: dict[str, socket.socket] = {}
        self._candado = threading.Lock()
        self._hilos = [threading.Thread(target=self._aceptar, daemon=True)]
        self._hilos[0].start()

    # --- Lo que se cambia ---

    def recibir(self, nombre: str, lineas: list[bytes]) -> None:
        """Han llegado esas líneas, con su final, de esa persona."""
        self.repartir(nombre, lineas)

    # --- Lo demás ---

    def repartir(self, nombre: str, lineas: list[bytes]) -> None:
        datos = b"".join(f"{nombre}: ".encode() + linea for linea in lineas)
        self.enviar_a_todos(datos, menos=nombre)

    def enviar_a_todos(self, datos: bytes, *, menos: str = "") -> None:
        for nombre, conexion in self._dentro.items():
            if nombre != menos:
                conexion.sendall(datos)

    def enviar_a(self, nombre: str, datos: bytes) -> None:
        self._dentro[nombre].sendall(datos)

    def cortar(self) -> None:
        """Corta todas las conexiones."""
        for conexion in self._conexiones:
            try:
                conexion.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # ya estaba cortada

    def _aceptar(self) -> None:
        while True:
            try:
                conexion, _ = self._escucha.accept()
            except OSError:
                return  # la prueba ha acabado
            self._conexiones.append(conexion)
            self._hilos.append(threading.Thread(target=self._atender, args=(conexion,)))
            self._hilos[-1].start()

    def _atender(self, conexion: socket.socket) -> None:
        try:
            conexion.sendall(self.bienvenida)
            with conexion.makefile("rb") as entrada:
                nombre = entrada.readline().decode().strip()
            with self._candado:
                conexion.sendall(codificar(f"{SALUDO}{nombre}. No hay nadie más."))
                self.enviar_a_todos(codificar(f"* {nombre} se ha unido al chat"))
                self._dentro[nombre] = conexion
            self._leer(nombre, conexion)
        except OSError:
            pass  # se ha cortado
        with self._candado:
            self._dentro = {n: c for n, c in self._dentro.items() if c is not conexion}

    def _leer(self, nombre: str, conexion: socket.socket) -> None:
        pendiente = b""
        while datos := conexion.recv(65536):
            *lineas, pendiente = (pendiente + datos).split(b"\n")
            with self._candado:
                self.recibir(nombre, [linea + b"\n" for linea in lineas])

    def cerrar(self) -> None:
        # Despierta a quien espera en accept: cerrar un socket no basta para eso en Linux.
        try:
            self._escucha.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # en otros sistemas, un socket que escucha no se puede cortar
        self._escucha.close()
        self.cortar()
        for hilo in self._hilos:
            hilo.join(PLAZO)
        for conexion in self._conexiones:
            conexion.close()
