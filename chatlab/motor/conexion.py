"""Lo que el servidor guarda de cada conexión: de quien calla y está al día, casi nada."""

from __future__ import annotations

import socket

from chatlab.chat.ritmo import Ritmo
from chatlab.motor.atraso import Atraso
from chatlab.motor.entrada import Entrada
from chatlab.red.direcciones import direccion


class Cliente:
    """Una conexión y lo que el servidor sabe de ella.

    Con miles de clientes importa cada byte: `__slots__` ahorra el diccionario de atributos, y la
    entrada, el atraso y el ritmo solo existen mientras hacen falta.
    """

    __slots__ = (
        "atraso",
        "conexion",
        "despedido",
        "en_pausa",
        "entrada",
        "eventos",
        "frenos",
        "ha_terminado",
        "numero",
        "ritmo",
    )

    def __init__(self, conexion: socket.socket) -> None:
        self.conexion = conexion
        #: Su número en la sala: el de su descriptor, que es distinto en cada conexión abierta.
        self.numero = conexion.fileno()
        #: Lo que ha enviado y aún no se ha atendido.
        self.entrada: Entrada | None = None
        #: Lo que aún no ha recibido.
        self.atraso: Atraso | None = None
        #: Los mensajes por segundo que lleva; nace con el primero.
        self.ritmo: Ritmo | None = None
        #: Cuántos clientes lentos han de ponerse al día para que se le vuelva a leer.
        self.frenos = 0
        #: Ha ido demasiado deprisa, y se le volverá a leer dentro de un momento.
        self.en_pausa = False
        #: La sala ha terminado con él: solo le queda recibir lo que tiene pendiente.
        self.despedido = False
        #: Ya no enviará nada más.
        self.ha_terminado = False
        #: Lo que se le ha pedido al selector que vigile de él.
        self.eventos = 0

    @property
    def se_le_lee(self) -> bool:
        """No está frenado ni en pausa, y puede enviar más."""
        return not (self.frenos or self.en_pausa or self.ha_terminado)

    @property
    def cerrado(self) -> bool:
        """Su socket ya no existe."""
        return self.conexion.fileno() < 0

    @property
    def origen(self) -> str:
        """«127.0.0.1:54321». Se pregunta al sistema, en vez de guardarlo."""
        try:
            return direccion(self.conexion.getpeername())
        except OSError:
            return "una conexión cortada"
