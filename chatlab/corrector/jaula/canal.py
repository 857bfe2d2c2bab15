"""La línea por la que hablan la celda y el guardián: objetos de JSON, y descriptores adjuntos."""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
from collections import deque
from concurrent.futures import Future
from typing import Any

from chatlab.corrector.jaula.ejecutor import ErrorDeJaula

#: Un objeto de JSON. Los que existen están en `buzon.py`.
Mensaje = dict[str, Any]

#: Sitio para 16 descriptores de 4 bytes en un solo mensaje.
_SITIO = socket.CMSG_SPACE(16 * 4)
_SE_HA_IDO = "El guardián de la jaula ha terminado antes de tiempo."


class CanalDelGuardian:
    """El extremo de la celda. Un hilo oye; los demás dicen y preguntan."""

    def __init__(self, canal: socket.socket) -> None:
        self.canal = canal
        self._candado = threading.Lock()  # dos mensajes no se mezclan
        self._preguntas: dict[int, Future[Mensaje]] = {}
        self._cortada = False
        self._pendiente = b""  # un mensaje que aún no ha llegado entero
        self._adjuntos: deque[int] = deque()

    def decir(self, mensaje: Mensaje) -> None:
        """Envía el mensaje; si el guardián ya no está, no pasa nada."""
        try:
            with self._candado:
                self.canal.sendall(json.dumps(mensaje).encode() + b"\n")
        except OSError:
            pass  # quien oye se enterará por su lado

    def preguntar(self, numero: int, mensaje: Mensaje, plazo: float) -> Mensaje:
        """Envía el mensaje con ese número y espera su respuesta hasta `plazo` segundos.

        Lanza `TimeoutError` si no llega, y `ErrorDeJaula` si el guardián ya no está.
        """
        futura = Future[Mensaje]()
        with self._candado:
            if self._cortada:
                raise ErrorDeJaula(_SE_HA_IDO)
            self._preguntas[numero] = futura
        try:
            self.decir({**mensaje, "n": numero})
            return futura.result(plazo)
        finally:
            self._preguntas.pop(numero, None)

    def contestar(self, mensaje: Mensaje) -> None:
        """Ha llegado la respuesta a una pregunta."""
        if futura := self._preguntas.get(mensaje["n"]):
            futura.set_result(mensaje)

    def oir(self) -> list[Mensaje] | None:
        """Los mensajes que hayan llegado, sin esperar; `None` si el guardián se ha ido."""
        try:
            # Como socket.recv_fds, que hasta Python 3.13 no hace caso a MSG_DONTWAIT.
            datos, aparte, _, _ = self.canal.recvmsg(65536, _SITIO, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return []
        except OSError:
            datos, aparte = b"", []
        for _, _, contenido in aparte:
            self._adjuntos.extend(struct.unpack(f"{len(contenido) // 4}i", contenido))
        if not datos:
            return None
        *lineas, self._pendiente = (self._pendiente + datos).split(b"\n")
        return [json.loads(linea) for linea in lineas]

    def siguiente_adjunto(self) -> int:
        """El descriptor que vino con el mensaje más antiguo que aún no ha recogido el suyo."""
        adjunto = self._adjuntos.popleft()
        os.set_inheritable(adjunto, False)
        return adjunto

    def cortar(self) -> None:
        """El guardián se ha ido: nadie contestará a lo que se preguntó."""
        with self._candado:
            self._cortada = True
            pendientes = list(self._preguntas.values())
        for futura in pendientes:
            if not futura.done():
                futura.set_exception(ErrorDeJaula(_SE_HA_IDO))
