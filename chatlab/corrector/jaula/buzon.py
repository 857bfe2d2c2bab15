"""Lo que el corrector y el guardián se dicen: un objeto de JSON por línea, por un socket.

    llega  {"haz": "arrancar", "n": 1, "orden": ["/…/python", "servidor.py"], "carpeta": "/…"}
           {"haz": "teclado", "n": 2, "id": 1}            ¿está leyendo del teclado?
           {"haz": "sueno", "n": 3, "id": 1, "plazo": 2}  ¿duerme antes de 2 s? sin id: ¿y todos?
           {"haz": "pausar", "n": 4, "id": 1}             la respuesta llega cuando se ha parado
           {"haz": "red", "n": 5}                         los sockets de todos
           {"haz": "senal", "id": 1, "senal": 9}          sin respuesta
    sale   {"pasa": "listo", "cerca": 6, "red": 4026…}     su versión, 0 si no la llevan; y su red,
                                                           con una ventana a ella, o null
           {"pasa": "respuesta", "n": 1, "pid": 7}        y, adjunto, su pseudoterminal
           {"pasa": "respuesta", "n": 2, "es": true}      null si no se puede saber
           {"pasa": "exceso", "id": 1, "de": "hilos"}     el id es null si no se sabe de quién es
           {"pasa": "fin", "id": 1, "codigo": 0}          negativo: la señal que lo mató

El «id» de un programa es el número «n» con que se pidió.
"""

# Sin más que lo que hace falta: el guardián arranca con cada entrega.

from __future__ import annotations

import json
import socket

# `typing` solo hace falta para comprobar los tipos, y cargarlo tarda.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Bytes que se leen de una vez.
BOCADO = 65536


class Buzon:
    """El lado del guardián. Lanza `ConnectionError` si el corrector se ha ido sin cerrarlo."""

    def __init__(self, canal: socket.socket) -> None:
        #: El socket, para esperar a que haya algo que leer.
        self.canal = canal
        self._pendiente = b""  # una línea del corrector que aún no ha llegado entera

    def decir(self, mensaje: dict[str, Any], *descriptores: int) -> None:
        """Envía el mensaje y, adjuntos, esos descriptores (SCM_RIGHTS, unix(7))."""
        socket.send_fds(self.canal, [json.dumps(mensaje).encode() + b"\n"], descriptores)

    def recoger(self) -> list[dict[str, Any]] | None:
        """Los mensajes que han llegado enteros; `None` si el corrector lo ha cerrado."""
        datos = self.canal.recv(BOCADO)
        if not datos:
            return None
        *lineas, self._pendiente = (self._pendiente + datos).split(b"\n")
        return [json.loads(linea) for linea in lineas]
