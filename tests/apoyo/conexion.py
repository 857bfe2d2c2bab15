"""Una conexión TCP sin cliente: lo que teclearía alguien con `nc`, byte a byte si hace falta."""

from __future__ import annotations

import select
import socket
import struct
import threading

from tests.apoyo.transcripcion import PLAZO, Transcripcion


class Conexion:
    """Un socket conectado a `127.0.0.1:puerto` y todo lo que llega por él.

    Con `leer=False` no se lee nada hasta llamar a `empezar_a_leer`.
    """

    def __init__(self, puerto: int, *, leer: bool = True) -> None:
        self.socket = socket.create_connection(("127.0.0.1", puerto), timeout=PLAZO)
        # El plazo es de la conexión: después, enviar y recibir esperan lo que haga falta.
        self.socket.settimeout(None)
        self.recibido = Transcripcion()
        self._lector: threading.Thread | None = None
        if leer:
            self.empezar_a_leer()

    def empezar_a_leer(self) -> None:
        self._lector = threading.Thread(target=self._leer, daemon=True)
        self._lector.start()

    def _leer(self) -> None:
        try:
            while datos := self.socket.recv(65536):
                self.recibido.anadir(datos)
        except OSError:
            pass  # cortada: lo recibido hasta aquí es lo que cuenta
        self.recibido.terminar()

    @property
    def texto(self) -> str:
        """Todo lo recibido hasta ahora."""
        return self.recibido.texto

    @property
    def lineas(self) -> list[str]:
        """Las líneas completas recibidas hasta ahora."""
        return self.texto.split("\n")[:-1]

    def enviar(self, datos: str | bytes) -> None:
        """Envía los datos tal cual, sin añadir fin de línea."""
        self.socket.sendall(datos.encode() if isinstance(datos, str) else datos)

    def esperar(self, texto: str, *, veces: int = 1, plazo: float = PLAZO) -> str:
        """Espera a haber recibido el texto `veces` veces, y devuelve todo lo recibido."""
        if not self.recibido.esperar_texto(texto.encode(), veces, plazo):
            raise AssertionError(
                f"No llegó {texto!r} ({veces} veces). Lo último recibido:\n{self.texto[-4000:]}"
            )
        return self.texto

    def esperar_fin(self, plazo: float = PLAZO) -> str:
        """Espera a que el otro lado cierre, y devuelve todo lo recibido."""
        if not self.recibido.esperar_fin(plazo):
            raise AssertionError(f"El otro lado no cerró. Lo recibido:\n{self.texto[-4000:]}")
        return self.texto

    def admite_mas(self, avance: Transcripcion) -> bool:
        """Si el otro lado sigue recogiendo lo que se le envía.

        Uno lento también pasa ratos sin hacerlo: está atascado si tampoco crece su `avance`, que es
        su pantalla o lo que le llega a alguien.
        """
        while not select.select([], [self.socket], [], 0)[1]:
            hasta_ahora = len(avance.datos)
            _, listas, _ = select.select([], [self.socket], [], 1)
            if not listas and len(avance.datos) == hasta_ahora:
                return False
        return True

    def no_enviar_mas(self) -> None:
        """Cierra solo el sentido de ida (FIN): aún se puede leer."""
        self.socket.shutdown(socket.SHUT_WR)

    def cortar(self) -> None:
        """Corta sin despedirse (RST), como una red que se cae."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.cerrar()

    def cerrar(self) -> None:
        try:
            # Despierta al hilo que lee: cerrar un socket no basta para eso en Linux.
            self.socket.shutdown(socket.SHUT_RD)
        except OSError:
            pass  # ya estaba cerrada
        self.socket.close()
        if self._lector is not None:
            self._lector.join(PLAZO)
