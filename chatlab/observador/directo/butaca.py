"""Una página abierta: se le cuenta la película desde el principio, y se hace lo que pide."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from chatlab.observador.directo.carrete import Carrete
from chatlab.observador.directo.recados import RecadoMalo

#: Segundos, como poco, entre dos mensajes a una página: los ojos no ven más.
RITMO = 0.02
#: Recados que no se entienden y se le perdonan a una página.
MAX_MALOS = 20
#: Código con que se cierra el WebSocket de quien se porta mal (RFC 6455, 7.4.1).
MAL_COMPORTAMIENTO = 1008


class Funcion(Protocol):
    """Lo que se proyecta en las páginas: programas en marcha, o una película guardada."""

    def lo_que_se_puede(self) -> tuple[dict[str, object], list[str]]:
        """Lo que se puede hacer y, en frases, lo que no."""

    def hacer(self, recado: str) -> None:
        """Hace lo que pide una página. Lanza `RecadoMalo`."""


class _SePortaMal(Exception):
    """Ha mandado demasiados recados que no se entienden."""


class Butaca:
    """El sitio de una página: por dónde va en el carrete."""

    def __init__(self, socket: WebSocket, carrete: Carrete, funcion: Funcion) -> None:
        self._socket = socket
        self._carrete = carrete
        self._funcion = funcion
        self._bucle = asyncio.get_running_loop()
        self._hay_algo = asyncio.Event()
        self._llamada = False
        #: Ya lo sabe todo, y no habrá más.
        self.al_dia = threading.Event()

    def despertar(self) -> None:
        """Hay algo nuevo que contar; se puede llamar desde cualquier hilo."""
        # Si hay mil novedades seguidas, basta con la llamada que aún no se ha atendido.
        if not self._llamada:
            self._llamada = True
            try:
                self._bucle.call_soon_threadsafe(self._hay_algo.set)
            except RuntimeError:
                pass  # el bucle ya ha terminado

    async def estar(self) -> None:
        """Cuenta y escucha hasta que la página se va."""
        dejar_de_oir = self._carrete.escuchar(self.despertar)
        try:
            async with asyncio.TaskGroup() as tareas:
                tareas.create_task(self._contar())
                # Contado todo, se sigue escuchando: así se sabe cuándo se cierra la página.
                tareas.create_task(self._escuchar())
        except* WebSocketDisconnect:
            pass
        except* _SePortaMal:
            await self._socket.close(MAL_COMPORTAMIENTO)
        finally:
            dejar_de_oir()
            self.al_dia.set()

    async def _contar(self) -> None:
        contado, avisos = 0, 0
        puede, falta = self._funcion.lo_que_se_puede()
        await self._enviar({"puede": puede, "falta": falta})
        while True:
            # En este orden: lo que llegue desde ahora volverá a despertarla.
            self._hay_algo.clear()
            self._llamada = False
            completo = self._carrete.completo
            for frase in self._carrete.avisos(avisos):
                avisos += 1
                await self._enviar({"aviso": frase})
            lineas, contado = self._carrete.leer(contado)
            if lineas:
                await self._enviar({"lineas": lineas})
                await asyncio.sleep(RITMO)
            elif completo:
                await self._enviar({"fin": True})
                self.al_dia.set()
                return
            else:
                await self._hay_algo.wait()

    async def _enviar(self, mensaje: dict[str, object]) -> None:
        # Vuelve cuando hay sitio: una página que no lee solo se espera a sí misma.
        await self._socket.send_text(json.dumps(mensaje, ensure_ascii=False))

    async def _escuchar(self) -> None:
        malos = 0
        while malos <= MAX_MALOS:
            try:
                recado = await self._socket.receive_text()
                # Arrancar un cliente tarda: que no lo esperen las demás páginas.
                await asyncio.to_thread(self._funcion.hacer, recado)
            except (RecadoMalo, KeyError):  # lo segundo: no era texto
                malos += 1
        raise _SePortaMal
