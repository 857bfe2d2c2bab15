"""El anfitrión: lleva a la sala lo que dicen los clientes, y hace con ellos lo que la sala decide.

Cada cliente pasa por tres momentos. Llega, y se le apunta entre los que no tienen nombre. La sala
lo despide, porque se va o porque lo echa: desde entonces no lee nada nuevo, y se le dice adiós
(FIN) cuando ha recibido lo que tenía pendiente. Y cierra él también: entonces se cierra su socket.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from itertools import takewhile

from chatlab.chat.limites import Limites
from chatlab.chat.protocolo import Recibida, codificar
from chatlab.chat.sala import NO_LEE, Sala
from chatlab.chat.tareas import Anotar, Desconectar, Difundir, DifundirLote, Enviar, Tarea
from chatlab.motor.conexion import Cliente
from chatlab.motor.reloj import Reloj
from chatlab.motor.salida import Salida
from chatlab.motor.vigia import Vigia
from chatlab.terminal.diario import Diario


class Anfitrion:
    """Los clientes conectados y su sala. `reanudar` recibe a quien deja de estar frenado."""

    def __init__(
        self,
        limites: Limites,
        diario: Diario,
        vigia: Vigia,
        reanudar: Callable[[Cliente], None],
        reloj: Reloj,
        *,
        callado: bool,
    ) -> None:
        self._limites = limites
        self._diario = diario
        self._vigia = vigia
        self._reloj = reloj
        self._callado = callado
        self._sala = Sala(limites)
        self._salida = Salida(limites, vigia, reanudar)
        self._clientes: dict[int, Cliente] = {}
        # Desde cuándo: los primeros son los que más tiempo llevan.
        self._sin_nombre: dict[Cliente, float] = {}
        self._despedidos: dict[Cliente, float] = {}
        self._por_colgar: dict[Cliente, float] = {}
        self._acaban: list[Cliente] = []  # se irán en cuanto se reparta lo último

    # --- Lo que ocurre ---

    def recibir_a(self, conexion: socket.socket, origen: str) -> None:
        """Alguien acaba de conectarse."""
        cliente = Cliente(conexion)
        self._clientes[cliente.numero] = cliente
        self._sin_nombre[cliente] = self._reloj.ahora
        self._diario.anotar(f"-- {origen} se ha conectado")
        self._vigia.vigilar(cliente)
        self._hacer(self._sala.conectar(cliente.numero), cliente)

    def recibir_linea(self, cliente: Cliente, linea: Recibida) -> None:
        """Ha llegado una línea de ese cliente."""
        self._hacer(self._sala.recibir(cliente.numero, linea), cliente)
        if cliente in self._sin_nombre and not self._sala.espera_nombre(cliente.numero):
            del self._sin_nombre[cliente]
            self._salida.entra(cliente)

    def recibir_lote(self, cliente: Cliente, lineas: bytes) -> None:
        """Han llegado muchos mensajes seguidos de ese cliente, que tiene nombre."""
        self._hacer(self._sala.recibir_lote(cliente.numero, lineas), cliente)

    def va_demasiado_deprisa(self, cliente: Cliente) -> None:
        """Se le hace esperar, y se le dice por qué."""
        self._hacer(self._sala.avisar_del_ritmo(cliente.numero), cliente)

    def no_enviara_mas(self, cliente: Cliente) -> None:
        """Ese cliente ha acabado; quizá aún esté leyendo lo suyo."""
        cliente.ha_terminado = True
        self._hacer(self._sala.desconectar(cliente.numero), cliente)
        self._vigia.vigilar(cliente)
        self._acaban.append(cliente)

    def perder(self, cliente: Cliente) -> None:
        """Su conexión se ha cortado."""
        if not cliente.cerrado:
            self._hacer(self._sala.desconectar(cliente.numero))
            self._cerrar(cliente)

    def despedirse_de_todos(self) -> None:
        """El servidor se cierra."""
        self._hacer(self._sala.cerrar())

    # --- Lo que se sabe ---

    @property
    def conexiones(self) -> int:
        """Las conexiones abiertas, con nombre o sin él, y las que se están yendo."""
        return len(self._clientes)

    def espera_nombre(self, cliente: Cliente) -> bool:
        """Ese cliente aún no ha dado su nombre."""
        return cliente in self._sin_nombre

    def hay_que_esperar_por_alguien(self, emisor: Cliente) -> bool:
        """Alguien, aparte de él, no da abasto con lo que recibe."""
        return self._salida.estorban_a(emisor)

    # --- Lo que la sala decide ---

    def _hacer(self, tareas: Iterable[Tarea], causa: Cliente | None = None) -> None:
        """Apunta lo que la sala ha decidido: saldrá en el próximo reparto."""
        for tarea in tareas:
            match tarea:
                case DifundirLote(_, lineas):
                    self._salida.a_todos(lineas, causa)
                    if not self._callado:
                        self._diario.anotar_varias(lineas.decode().split("\n")[:-1])
                case Difundir(menos, linea):
                    self._salida.a_todos(codificar(linea), self._clientes.get(menos))
                case Enviar(a, linea):
                    for numero in a:
                        self._salida.a_uno(self._clientes[numero], codificar(linea), causa)
                case Desconectar(numero):
                    self._despedir(self._clientes[numero])
                case Anotar(texto, es_mensaje):
                    if not (es_mensaje and self._callado):
                        self._diario.anotar(texto)

    def repartir(self) -> None:
        """Envía lo apuntado, y también las noticias de a quién se pierde al enviarlo."""
        while self._salida.hay_algo:
            self._salida.repartir(self._reloj.ahora)
            while self._salida.cortados:
                self.perder(self._salida.cortados.pop())
            while self._salida.desbordados:
                self._abandonar(self._salida.desbordados.pop(), NO_LEE)
        acaban, self._acaban = self._acaban, []
        for cliente in acaban:
            self._rematar(cliente)

    def repartir_si_hay_bastante(self) -> None:
        """Reparte sin esperar al final de la vuelta, si lo apuntado ya es mucho."""
        if self._salida.hay_bastante:
            self.repartir()

    def poner_al_dia(self, cliente: Cliente) -> None:
        """Envía a un cliente lento lo que quepa."""
        try:
            self._salida.poner_al_dia(cliente, self._reloj.ahora)
        except OSError:
            self.perder(cliente)
        if cliente.despedido:
            self._acaban.append(cliente)

    # --- Irse ---

    def _despedir(self, cliente: Cliente) -> None:
        cliente.despedido = True
        cliente.entrada = None
        self._despedidos[cliente] = self._reloj.ahora
        self._sin_nombre.pop(cliente, None)
        self._salida.despedir(cliente)
        self._acaban.append(cliente)

    def _rematar(self, cliente: Cliente) -> None:
        """Si ya lo ha recibido todo, le dice que no habrá más; si él también ha acabado, cierra."""
        if cliente.cerrado or cliente.atraso:
            return
        if cliente.ha_terminado:
            self._cerrar(cliente)
            return
        try:
            cliente.conexion.shutdown(socket.SHUT_WR)
        except OSError:
            self._cerrar(cliente)
        else:
            self._por_colgar.setdefault(cliente, self._reloj.ahora)

    def _cerrar(self, cliente: Cliente) -> None:
        del self._clientes[cliente.numero]
        self._despedidos.pop(cliente, None)
        self._por_colgar.pop(cliente, None)
        self._vigia.olvidar(cliente)
        self._salida.olvidar(cliente)
        cliente.entrada = cliente.atraso = None
        cliente.conexion.close()

    def _abandonar(self, cliente: Cliente, motivo: str) -> None:
        """Deja de enviar a quien no lee. El motivo le llegará si vuelve a leer."""
        if not cliente.despedido:
            self._diario.anotar(f"-- {cliente.origen} desconectado: {motivo}")
            self._salida.vaciar(cliente)
            self._hacer(self._sala.abandonar(cliente.numero, motivo))

    # --- Los plazos ---

    def hacer_la_ronda(self) -> None:
        """Busca a quien ha agotado un plazo."""
        limites = self._limites
        for cliente in self._vencidos(self._sin_nombre, limites.segundos_para_el_nombre):
            self._hacer(self._sala.agotar_el_plazo_del_nombre(cliente.numero))
        for cliente in self._vencidos(self._despedidos, limites.segundos_de_despedida):
            self._cerrar(cliente)
        for cliente in self._vencidos(self._por_colgar, limites.segundos_para_colgar):
            self._cerrar(cliente)
        for cliente in self._salida.atascados(self._reloj.ahora):
            # El selector solo avisa cuando cabe bastante. Con un byte que acepte, no lo está.
            self.poner_al_dia(cliente)
        for cliente in self._salida.atascados(self._reloj.ahora):
            self._abandonar(cliente, self._sala.no_ha_leido)
        self.repartir()

    def _vencidos(self, desde: dict[Cliente, float], plazo: float) -> list[Cliente]:
        """Los que llevan ahí más que su plazo, en segundos: están al principio."""
        ahora = self._reloj.ahora
        return list(takewhile(lambda cliente: ahora - desde[cliente] > plazo, desde))
