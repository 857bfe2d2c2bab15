"""El bucle del espía: muchas conversaciones en un solo hilo, sin que ninguna espere por otra.

Cada vuelta pregunta qué ha ocurrido en los sockets (`selectors`), lo atiende, y hace lo que tenía
una hora: soltar lo que una falta guardaba, o dejar de esperar a un servidor que no contesta.
"""

from __future__ import annotations

import selectors
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from selectors import EVENT_READ, EVENT_WRITE

from chatlab.errores import ErrorDeRed
from chatlab.espia.faltas import Falta
from chatlab.espia.llamada import Destino, Llamada
from chatlab.espia.puente import Puente
from chatlab.espia.punta import Punta, PuntaPerdida
from chatlab.espia.relato import Relato
from chatlab.red.aforo import SIN_SITIO
from chatlab.red.direcciones import direccion
from chatlab.red.fallos import ya_no_se_acepta
from chatlab.red.sockets import PAUSA_PARA_CTRL_C, PLAZO_DE_CONEXION

#: Conversaciones a la vez; cada una son dos sockets, y `select`, lo que hay en Windows, vigila 512.
MAX_CONVERSACIONES = 250 if sys.platform == "win32" else sys.maxsize


class Espia:
    """Escucha en un sitio, llama a otro por cada cliente, y pasa lo que va y viene."""

    def __init__(
        self,
        escucha: socket.socket,
        destino: Destino,
        faltas: Callable[[], tuple[Falta, Falta]],
        relato: Relato,
    ) -> None:
        self._escucha = escucha
        self._destino = destino
        self._faltas = faltas  # da, para cada cliente, la falta de la subida y la de la bajada
        self._relato = relato
        self._numeros = count(1)
        self._llamadas: dict[Llamada, tuple[Punta, float]] = {}  # quién espera, y hasta cuándo
        self._conversaciones: dict[Puente, None] = {}
        self._selector = selectors.DefaultSelector()
        self._sin_aceptar_hasta = 0.0
        self._terminando = False
        escucha.setblocking(False)
        self._vigilar(escucha, EVENT_READ, self._recibir_a_uno)

    # --- El bucle ---

    def atender(self) -> None:
        """Da vueltas hasta que se le pida `terminar`; después cierra todas las conexiones."""
        while not self._terminando:
            for clave, que in self._selector.select(self._cuanto_esperar()):
                clave.data(que)
            self._cumplir_plazos()
        self._cerrar_todo()

    def terminar(self) -> None:
        """Pide que la vuelta en curso sea la última. Se puede llamar en cualquier momento."""
        self._terminando = True

    def _cuanto_esperar(self) -> float:
        """Segundos hasta lo próximo que tiene hora; nunca tantos que Ctrl+C tarde en notarse."""
        horas = [hasta for _, hasta in self._llamadas.values()]
        horas += [hora for c in self._conversaciones if (hora := c.cuando()) is not None]
        espera = min(horas, default=float("inf")) - time.monotonic()
        return min(max(espera, 0.0), PAUSA_PARA_CTRL_C)

    def _cumplir_plazos(self) -> None:
        ahora = time.monotonic()
        for conversacion in list(self._conversaciones):
            hora = conversacion.cuando()
            if hora is not None and hora <= ahora:
                conversacion.mover(ahora)
                self._revisar(conversacion)
        for llamada, (_, hasta) in list(self._llamadas.items()):
            if hasta <= ahora:
                self._vigilar(llamada.conexion, 0)
                self._rendirse(llamada, f"{self._destino.escrito} no contesta.")
        if self._se_puede_aceptar(ahora):
            self._vigilar(self._escucha, EVENT_READ, self._recibir_a_uno)

    def _cerrar_todo(self) -> None:
        self._selector.close()
        for llamada, (cliente, _) in self._llamadas.items():
            llamada.conexion.close()
            cliente.cerrar()
        for conversacion in self._conversaciones:
            conversacion.cerrar()

    # --- Quien llama ---

    def _recibir_a_uno(self, _que: int) -> None:
        try:
            conexion, punto = self._escucha.accept()
        except (BlockingIOError, ConnectionError):
            return  # se arrepintió entre que llamó y que le abrimos
        except OSError as error:
            if error.errno not in SIN_SITIO:
                raise ya_no_se_acepta(error) from error
            # No quedan descriptores para otra conexión: las de dentro siguen, y esta espera.
            self._sin_aceptar_hasta = time.monotonic() + PAUSA_PARA_CTRL_C
            self._vigilar(self._escucha, 0)
            return
        cliente = Punta(conexion, f"cliente {next(self._numeros)}")
        self._relato.llegada(cliente.nombre, direccion(punto))
        self._llamar_por(cliente)
        if not self._se_puede_aceptar(time.monotonic()):
            self._vigilar(self._escucha, 0)

    def _se_puede_aceptar(self, ahora: float) -> bool:
        caben = len(self._conversaciones) + len(self._llamadas) < MAX_CONVERSACIONES
        return caben and ahora >= self._sin_aceptar_hasta

    def _llamar_por(self, cliente: Punta) -> None:
        try:
            llamada = Llamada(self._destino)
        except ErrorDeRed as motivo:
            self._relato.sin_servidor(cliente.nombre, str(motivo))
            cliente.cerrar()
            return
        self._llamadas[llamada] = (cliente, time.monotonic() + PLAZO_DE_CONEXION)
        self._esperar_a(llamada)

    def _esperar_a(self, llamada: Llamada) -> None:
        self._vigilar(llamada.conexion, EVENT_WRITE, partial(self._ha_contestado, llamada))

    def _ha_contestado(self, llamada: Llamada, _que: int) -> None:
        self._vigilar(llamada.conexion, 0)
        try:
            if not llamada.ver_si_ha_contestado():
                self._esperar_a(llamada)  # en otra de sus direcciones
                return
        except ErrorDeRed as motivo:
            self._rendirse(llamada, str(motivo))
            return
        except ConnectionResetError:
            cliente, _ = self._llamadas.pop(llamada)
            self._relato.perdida("servidor", cliente.nombre)
            cliente.cortar()
            return
        cliente, _ = self._llamadas.pop(llamada)
        self._empezar(cliente, Punta(llamada.conexion, "servidor"))

    def _rendirse(self, llamada: Llamada, motivo: str) -> None:
        llamada.conexion.close()
        cliente, _ = self._llamadas.pop(llamada)
        self._relato.sin_servidor(cliente.nombre, motivo)
        cliente.cerrar()

    # --- Las conversaciones ---

    def _empezar(self, cliente: Punta, servidor: Punta) -> None:
        try:
            cliente.preparar()
            servidor.preparar()
        except PuntaPerdida as perdida:
            self._relato.perdida(perdida.punta.nombre, cliente.nombre)
            cliente.cortar()
            servidor.cortar()
            return
        conversacion = Puente(cliente, servidor, self._faltas(), self._relato)
        self._conversaciones[conversacion] = None
        conversacion.mover(time.monotonic())
        self._revisar(conversacion)

    def _ha_ocurrido(self, conversacion: Puente, punta: Punta, que: int) -> None:
        if conversacion in self._conversaciones:  # en esta misma vuelta ha podido acabar
            conversacion.atender(punta, bool(que & EVENT_READ), time.monotonic())
            self._revisar(conversacion)

    def _revisar(self, conversacion: Puente) -> None:
        """Vigila lo que ahora se atendería de una conversación, o la olvida si ha terminado."""
        for punta in conversacion.puntas:
            eventos = 0 if conversacion.terminada else conversacion.eventos_de(punta)
            hacer = partial(self._ha_ocurrido, conversacion, punta)
            self._vigilar(punta.conexion, eventos, hacer)
        if conversacion.terminada:
            conversacion.cerrar()
            del self._conversaciones[conversacion]

    def _vigilar(
        self, conexion: socket.socket, eventos: int, hacer: Callable[[int], None] | None = None
    ) -> None:
        """Desde ahora, cuando ocurra alguno de esos eventos se llama a `hacer`; con 0, a nada."""
        vigilados = self._selector.get_map()
        if conexion not in vigilados:
            if eventos:
                self._selector.register(conexion, eventos, hacer)
        elif not eventos:
            self._selector.unregister(conexion)
        elif vigilados[conexion].events != eventos:
            self._selector.modify(conexion, eventos, hacer)
