"""Mucha gente con un solo hilo: sockets que no hacen esperar y un selector, como el modo eventos.

`tests.apoyo.conexion.Conexion` da un hilo a cada una: es más cómoda, y no sirve para mil.
"""

from __future__ import annotations

import selectors
import socket
import struct
import time
from collections.abc import Callable, Collection, Iterable

from tests.apoyo.transcripcion import PLAZO

#: Bytes que se leen de una vez.
LECTURA = 256 * 1024
#: Los que llaman a la puerta a la vez: caben en la cola de espera de un servidor.
TANDA = 128
#: Segundos que se espera a que ocurra algo antes de volver a mirar si ya se cumple lo esperado.
PAUSA = 0.05


class Persona:
    """Un socket, lo que falta por enviar y lo que ha recibido."""

    def __init__(self, puerto: int, nombre: str) -> None:
        self.nombre = nombre
        self.socket = socket.create_connection(("127.0.0.1", puerto), timeout=PLAZO)
        self.socket.setblocking(False)
        # Lo que se escribe sale ya, aunque lo anterior no esté confirmado (algoritmo de Nagle).
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.recibido = bytearray()
        self.por_enviar = bytearray()
        #: No llegará nada más: el servidor ha cerrado, o la conexión se ha cortado.
        self.ha_terminado = False

    @property
    def lineas(self) -> list[str]:
        """Las líneas completas que ha recibido."""
        return [linea.decode() for linea in self.recibido.split(b"\n")[:-1]]


class Gente:
    """Las conexiones con un servidor. Solo avanzan dentro de `atender` y de lo que espera."""

    def __init__(self, puerto: int) -> None:
        self._puerto = puerto
        self._selector = selectors.DefaultSelector()
        self._personas: set[Persona] = set()

    # --- Llegar e irse ---

    def llegar(self, nombre: str = "") -> Persona:
        """Alguien se conecta; si lleva nombre, lo da sin esperar a que se lo pidan."""
        persona = Persona(self._puerto, nombre)
        self._personas.add(persona)
        self._selector.register(persona.socket, selectors.EVENT_READ, persona)
        if nombre:
            self.enviar(persona, f"{nombre}\n")
        return persona

    def entrar(self, nombres: Iterable[str]) -> list[Persona]:
        """Entran en la sala todos esos, y se espera a que estén dentro."""
        personas = []
        for nombre in nombres:
            personas.append(self.llegar(nombre))
            if len(personas) % TANDA == 0:
                self.esperar_a(personas[-TANDA:], "* Hola, ")
        self.esperar_a(personas, "* Hola, ")
        return personas

    def dejar_de_leer(self, persona: Persona) -> None:
        """Sigue conectada, y no lee nada."""
        self._selector.unregister(persona.socket)

    def volver_a_leer(self, persona: Persona) -> None:
        self._selector.register(persona.socket, selectors.EVENT_READ, persona)

    def no_enviar_mas(self, persona: Persona) -> None:
        """Cierra solo el sentido de ida (FIN): aún se puede leer. Antes sale lo que faltaba."""
        self.esperar(lambda: not persona.por_enviar, "sale lo que falta por enviar")
        if not persona.ha_terminado:
            persona.socket.shutdown(socket.SHUT_WR)

    def colgar(self, persona: Persona) -> None:
        """Cierra sin más: el sistema avisa al servidor (FIN, o RST si dejaba algo sin leer)."""
        if persona in self._personas:
            self._personas.remove(persona)
            persona.ha_terminado = True
            if persona.socket in self._selector.get_map():
                self._selector.unregister(persona.socket)
            persona.socket.close()

    def cortar(self, persona: Persona) -> None:
        """Corta sin despedirse (RST), como una red que se cae."""
        persona.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.colgar(persona)

    def cerrar(self) -> None:
        for persona in list(self._personas):
            self.colgar(persona)
        self._selector.close()

    def cortar_a_todas(self) -> None:
        """Corta a todas las que siguen."""
        for persona in list(self._personas):
            self.cortar(persona)

    # --- Enviar y recibir ---

    def enviar(self, persona: Persona, datos: str | bytes) -> None:
        """Deja unos bytes para enviar; sale ya lo que quepa."""
        persona.por_enviar += datos.encode() if isinstance(datos, str) else datos
        self._enviar_lo_que_quepa(persona)

    def atender(self, segundos: float = PAUSA) -> list[Persona]:
        """Envía y recibe lo que se pueda ya; si no hay nada, espera. Da a quienes han recibido."""
        con_novedades = []
        for clave, que in self._selector.select(segundos):
            persona: Persona = clave.data
            if que & selectors.EVENT_WRITE:
                self._enviar_lo_que_quepa(persona)
            if que & selectors.EVENT_READ:
                self._recibir(persona)
                con_novedades.append(persona)
        return con_novedades

    def esperar(self, cumple: Callable[[], bool], que: str, plazo: float = PLAZO) -> None:
        """Atiende a todos hasta que se cumpla algo; si no se cumple en su plazo, lo dice."""
        limite = time.monotonic() + plazo
        while not cumple():
            assert time.monotonic() < limite, f"No ha ocurrido en {plazo:g} s: {que}"
            self.atender()

    def esperar_a(self, personas: Collection[Persona], texto: str, plazo: float = PLAZO) -> None:
        """Atiende a todos hasta que cada una de esas personas haya recibido el texto.

        El plazo empieza otra vez cada vez que le llega a alguna.
        """
        buscado = texto.encode()
        #: De cada una, hasta dónde se ha mirado: reciben millones de bytes.
        faltan = dict.fromkeys(personas, 0)
        novedades: Iterable[Persona] = list(faltan)
        limite = time.monotonic() + plazo
        while True:
            cuantas = len(faltan)
            for persona in faltan.keys() & novedades:
                if persona.recibido.find(buscado, faltan[persona]) >= 0:
                    del faltan[persona]
                else:
                    # Quizá ha llegado ya su principio.
                    faltan[persona] = max(0, len(persona.recibido) - len(buscado) + 1)
            if not faltan:
                return
            if len(faltan) < cuantas:
                limite = time.monotonic() + plazo
            elif time.monotonic() > limite:
                una = next(iter(faltan))
                raise AssertionError(
                    f"A {len(faltan)} no les ha llegado {texto!r}. Lo último que ha recibido "
                    f"{una.nombre or 'una'}: {bytes(una.recibido[-500:])!r}"
                )
            novedades = self.atender()

    def esperar_fin(self, personas: Collection[Persona], plazo: float = PLAZO) -> None:
        """Atiende a todos hasta que el servidor haya cerrado con cada una de esas personas."""
        self.esperar(lambda: all(p.ha_terminado for p in personas), "el servidor cierra", plazo)

    def _enviar_lo_que_quepa(self, persona: Persona) -> None:
        try:
            while persona.por_enviar:
                del persona.por_enviar[: persona.socket.send(persona.por_enviar)]
        except BlockingIOError:
            pass  # el resto, cuando haya sitio
        except OSError:
            persona.por_enviar.clear()  # cortada: lo cuenta quien recibe
        if persona.socket in self._selector.get_map():
            escritura = selectors.EVENT_WRITE if persona.por_enviar else 0
            self._selector.modify(persona.socket, selectors.EVENT_READ | escritura, persona)

    def _recibir(self, persona: Persona) -> None:
        try:
            datos = persona.socket.recv(LECTURA)
        except BlockingIOError:
            return  # falsa alarma
        except OSError:
            datos = b""
        persona.recibido += datos
        if not datos:
            persona.ha_terminado = True
            self._selector.unregister(persona.socket)
