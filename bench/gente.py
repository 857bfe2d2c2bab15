"""Los clientes de una prueba, hablen lo que hablen: entran y esperan a que todo esté en calma.

Entran unos pocos a la vez, como una ventana que corre: en cuanto uno está dentro, llama otro. Así
no se llena la cola de llamadas de ningún servidor, que haría esperar un segundo a quien llama.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from selectors import EVENT_READ

from bench.idiomas.idioma import Idioma, Paso
from chatlab.errores import ErrorDeRed
from chatlab.medidor.contador import Contador
from chatlab.medidor.emisor import Emisor
from chatlab.medidor.encargo import CIFRAS_DEL_SELLO
from chatlab.medidor.grupo import Conexion, cortada
from chatlab.medidor.receptor import Receptor

#: Segundos que se espera a un servidor que no contesta.
PLAZO = 30.0
LECTURA = 256 * 1024
#: El sello del mensaje que se envía para saber que todo está en calma: ninguno de verdad lo lleva.
SELLO_DE_CALMA = b"c" * CIFRAS_DEL_SELLO


class SoloMensajes(Contador):
    """Un contador para cuando ya no llegan más que mensajes, todos del mismo largo.

    Y, como mucho, algún `latido`: lo que un servidor dice de vez en cuando para ver si sigues ahí.
    """

    __slots__ = ("_latido",)

    def __init__(
        self, antes_del_sello: int, largo: int, *, paso: int, primera: int, latido: bytes
    ) -> None:
        super().__init__(b"", antes_del_sello, largo, paso=paso, primera=primera)
        self._latido = latido

    def _contar_con_cuidado(self, buffer: bytearray, cuantos: int) -> None:
        llegado = self.cola + buffer[:cuantos]
        sin_latidos = bytearray(llegado.replace(self._latido, b"") if self._latido else llegado)
        if len(sin_latidos) == len(llegado):
            raise ErrorDeRed(f"Esto no es un mensaje de la prueba: {bytes(llegado[:200])!r}")
        self.cola = b""
        self.contar(sin_latidos, len(sin_latidos))


@dataclass(slots=True, eq=False)
class Cliente(Conexion):
    """Una conexión, y lo que le falta para estar dentro."""

    pasos: list[Paso] = field(default_factory=list)

    def avanzar(self) -> bool:
        """Da los pasos que pueda con lo que ha llegado; dice si ya está dentro."""
        while self.pasos and self.pasos[0].espera in self.pendiente:
            paso = self.pasos.pop(0)
            self.pendiente = self.pendiente.partition(paso.espera)[2] if paso.espera else b""
            if paso.envia:
                self.socket.send(paso.envia)
        return not self.pasos


class Gente:
    """Los clientes de un servidor, que entran de `a_la_vez` en `a_la_vez`.

    Sus conexiones se cierran al salir del `with`.
    """

    def __init__(self, direccion: tuple[str, int], idioma: Idioma, a_la_vez: int) -> None:
        self._a_la_vez = a_la_vez
        self._direccion = direccion
        self._idioma = idioma
        self._selector = selectors.DefaultSelector()
        self._clientes: list[Cliente] = []
        self._buffer = memoryview(bytearray(LECTURA))

    def __enter__(self) -> Gente:
        return self

    def __exit__(self, *_error: object) -> None:
        self._selector.close()
        for cliente in self._clientes:
            cliente.socket.close()

    # --- Entrar ---

    def entrar(self, nombres: Sequence[str], *, reciben: bool) -> list[Cliente]:
        """Entran todos con esos nombres; los ya dentro siguen leyendo, y lo suyo se tira.

        Lanza `ErrorDeRed` si el servidor corta o deja de contestar.
        """
        por_llamar = list(reversed(nombres))
        nuevos: list[Cliente] = []
        entrando: set[Cliente] = set()
        while por_llamar or entrando:
            while por_llamar and len(entrando) < self._a_la_vez:
                cliente = self._llamar(por_llamar.pop(), reciben)
                nuevos.append(cliente)
                entrando.add(cliente)
            for cliente, datos in self._leer():
                if cliente in entrando:
                    cliente.pendiente += datos
                    if cliente.avanzar():
                        entrando.discard(cliente)
                        cliente.pendiente = b""
        return nuevos

    def _llamar(self, nombre: str, recibe: bool) -> Cliente:
        enchufe = socket.create_connection(self._direccion, timeout=PLAZO)
        enchufe.setblocking(False)
        enchufe.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        cliente = Cliente(enchufe, nombre, pasos=self._idioma.entrada(nombre, recibe))
        self._clientes.append(cliente)
        self._selector.register(enchufe, EVENT_READ, cliente)
        cliente.avanzar()
        return cliente

    def _leer(self) -> Iterator[tuple[Cliente, memoryview]]:
        """Espera a que llegue algo, y da de quién es y los bytes, que valen hasta el siguiente."""
        sucesos = self._selector.select(PLAZO)
        if not sucesos:
            raise ErrorDeRed(f"El servidor lleva {PLAZO:g} s sin contestar.")
        for clave, _ in sucesos:
            cliente: Cliente = clave.data
            try:
                cuantos = cliente.socket.recv_into(self._buffer)
            except BlockingIOError:
                continue
            if not cuantos:
                raise cortada(cliente.pendiente[-200:])
            yield cliente, self._buffer[:cuantos]

    # --- La calma ---

    def emisores_y_receptores(
        self, emisores: Sequence[Cliente], receptores: Sequence[Cliente], paso: int
    ) -> tuple[list[Emisor], list[Receptor]]:
        """Espera a que no quede nada por llegar, y los da listos para la carrera.

        Se toma una muestra de latencia de cada `paso` mensajes. Lanza `ErrorDeRed` si el mensaje
        que se envía para saberlo no llega a todos.
        """
        idioma = self._idioma
        listos = [Emisor(uno, idioma.tamano, idioma.delante, idioma.detras) for uno in emisores]
        relleno = b"." * (idioma.tamano - CIFRAS_DEL_SELLO)
        aviso = SELLO_DE_CALMA + relleno + idioma.detras
        emisores[0].socket.send(idioma.delante + aviso)
        antes = self._antes_del_sello(receptores, aviso, idioma.comienzo(emisores[0].nombre))
        largo = antes + len(aviso)
        contadores = [
            SoloMensajes(antes, largo, paso=paso, primera=numero % paso, latido=idioma.latido)
            for numero in range(len(receptores))
        ]
        return listos, [
            Receptor(cliente, contador)
            for cliente, contador in zip(receptores, contadores, strict=True)
        ]

    def _antes_del_sello(self, receptores: Sequence[Cliente], aviso: bytes, comienzo: bytes) -> int:
        """Espera el aviso en todos, y devuelve cuántos bytes lleva delante."""
        faltan = set(receptores)
        antes = 0
        limite = time.monotonic() + PLAZO
        while faltan:
            for cliente, datos in self._leer():
                cliente.pendiente += datos
                donde = cliente.pendiente.find(aviso)
                if donde >= 0:
                    antes = donde - cliente.pendiente.rfind(comienzo, 0, donde)
                    faltan.discard(cliente)
                    cliente.pendiente = b""
                else:
                    cliente.pendiente = cliente.pendiente[-len(aviso) - 1000 :]
            if time.monotonic() > limite:
                raise ErrorDeRed("Un mensaje no llega a todos.")
        return antes
