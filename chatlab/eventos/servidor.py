# --8<-- [start:idea]
"""El servidor de eventos: ChatLab/1 para miles de clientes, en un solo hilo.

    python -m chatlab.eventos.servidor

El de difusión da a cada cliente dos hilos que esperan por él. Este no espera a nadie: pregunta al
sistema, de una vez, en qué sockets hay algo que hacer (`selectors`), hace en cada uno lo que se
pueda hacer ya, y vuelve a preguntar. Cada vuelta del bucle hace lo mismo:

    ¿qué ha ocurrido?  ──►  leer lo que ha llegado  ──►  la sala decide  ──►  repartir a cada cual
          ▲                 (un lote por cliente)       (quién lee qué)      (un envío por cliente)
          └───────────────────────────────────────────────────────────────────────────┘

Con un solo hilo no hacen falta candados: nadie puede tocar la sala mientras se usa. A cambio, nada
de lo que se hace aquí puede esperar. (La pantalla, que sí puede hacer esperar, tiene su hilo: el
`Diario`.)
"""

# --8<-- [end:idea]
# --8<-- [start:piezas]
from __future__ import annotations

import heapq
import socket
import time
from itertools import count

from chatlab.chat.limites import KIB, Limites
from chatlab.chat.lote import son_mensajes
from chatlab.chat.protocolo import LineaMala
from chatlab.chat.ritmo import Ritmo
from chatlab.eventos.anfitrion import Anfitrion
from chatlab.eventos.conexion import Cliente
from chatlab.eventos.entrada import Entrada
from chatlab.eventos.portero import Portero, SinDescriptores
from chatlab.eventos.vigia import MAX_CONEXIONES, Vigia
from chatlab.programa import opciones
from chatlab.programa.ejecutar import al_pedir_el_final, ejecutar
from chatlab.programa.opciones import Argumentos
from chatlab.red import aforo
from chatlab.red.anuncio import anunciar
from chatlab.red.sockets import escuchar
from chatlab.terminal.diario import Diario

# --8<-- [end:piezas]
# --8<-- [start:medidas]
#: Bytes que se leen de una vez. Cada lectura cuesta lo mismo traiga mucho o poco: a quien envía
#: sin parar se le lee a lo grande. Con un tope de mensajes por segundo, tanto no hace falta.
LECTURA, LECTURA_CON_RITMO = 128 * KIB, 16 * KIB
#: Líneas que se toman de una vez de un cliente: en un lote, y de una en una.
LINEAS_POR_LOTE, LINEAS_POR_VUELTA = 6000, 64
#: Cada cuánto, en segundos, se busca a quien agota un plazo.
RONDA = 0.25
#: Segundos de la pausa más corta de quien envía demasiado deprisa.
PAUSA_MINIMA = 0.05
#: Segundos que tiene el servidor para despedirse de todos cuando se cierra.
PLAZO_DE_CIERRE = 1.0


# --8<-- [end:medidas]
# --8<-- [start:principal]
def principal(argumentos: Argumentos = None) -> int:
    """Atiende el chat hasta Ctrl+C; devuelve el código de salida."""
    elegidas = leer_opciones(argumentos)
    with escuchar(elegidas.host, elegidas.puerto) as escucha:
        anunciar(escucha, "eventos")
        diario = Diario()
        limites = opciones.limites_de(elegidas)
        aforo.preparar(limites.personas)
        servidor = Servidor(escucha, limites, diario, callado=elegidas.callado)
        # Ctrl+C no debe dejar una vuelta a medias: solo pide que sea la última.
        al_pedir_el_final(servidor.terminar)
        try:
            servidor.atender()
            diario.anotar("Servidor cerrado.")
        finally:
            diario.cerrar()
    return 0


# --8<-- [end:principal]
# --8<-- [start:nacer]
class Servidor:
    """El bucle que atiende a todos los clientes."""

    def __init__(
        self, escucha: socket.socket, limites: Limites, diario: Diario, *, callado: bool = False
    ) -> None:
        self._limites = limites
        self._portero = Portero(escucha)
        self._vigia = Vigia(escucha)
        self._anfitrion = Anfitrion(limites, diario, self._vigia, self._reanudar, callado=callado)
        # Un solo buffer para leer de todos: no hay dos lecturas a la vez.
        tamano = LECTURA_CON_RITMO if limites.mensajes_por_segundo else LECTURA
        self._buffer = memoryview(bytearray(tamano))
        self._con_lineas: dict[Cliente, None] = {}  # tienen líneas para la próxima vuelta
        self._pausas: list[tuple[float, int, Cliente]] = []  # cuándo acaba cada una
        self._orden = count()  # para dos pausas que acaben a la vez
        self._ahora = self._ultima_ronda = time.monotonic()
        self._terminando = False

    # --8<-- [end:nacer]
    # --8<-- [start:atender]
    # --- El bucle ---

    def atender(self) -> None:
        """Da vueltas hasta que se le pida `terminar`; después se despide de todos."""
        while not self._terminando:
            self._dar_una_vuelta()
        self._vigia.no_escuchar()
        self._anfitrion.despedirse_de_todos()
        limite = time.monotonic() + PLAZO_DE_CIERRE
        while self._anfitrion.conexiones and time.monotonic() < limite:
            self._dar_una_vuelta()
        self._portero.cerrar()
        self._vigia.cerrar()

    def terminar(self) -> None:
        """Pide que la vuelta en curso sea la última. Se puede llamar en cualquier momento."""
        self._terminando = True

    # --8<-- [end:atender]
    # --8<-- [start:vuelta]
    def _dar_una_vuelta(self) -> None:
        sucesos = self._vigia.esperar(self._cuanto_esperar())
        self._ahora = self._anfitrion.ahora = time.monotonic()
        self._acabar_pausas()
        con_lineas, self._con_lineas = self._con_lineas, {}
        for cliente in con_lineas:
            self._atender_lineas(cliente)
        for quien, se_puede_leer, se_puede_escribir in sucesos:
            if quien is None:
                self._recibir_a_los_nuevos()
                continue
            if se_puede_escribir:
                self._anfitrion.poner_al_dia(quien)
            if se_puede_leer:
                self._leer(quien)
        self._anfitrion.repartir()
        if self._ahora - self._ultima_ronda >= RONDA:
            self._hacer_la_ronda()

    # --8<-- [end:vuelta]
    # --8<-- [start:esperar]
    def _cuanto_esperar(self) -> float:
        """Segundos hasta lo próximo que hay que hacer aunque no ocurra nada."""
        if self._con_lineas or self._terminando:
            return 0.0 if self._con_lineas else PAUSA_MINIMA
        hasta = self._ultima_ronda + RONDA
        if self._pausas:
            hasta = min(hasta, self._pausas[0][0])
        return max(0.0, hasta - time.monotonic())

    def _hacer_la_ronda(self) -> None:
        self._ultima_ronda = self._ahora
        self._anfitrion.hacer_la_ronda()
        if not self._terminando:
            self._vigia.escuchar()

    # --8<-- [end:esperar]
    # --8<-- [start:nuevos]
    # --- Lo que llega ---

    def _recibir_a_los_nuevos(self) -> None:
        try:
            for conexion, origen in self._portero.rafaga():
                if self._anfitrion.conexiones < MAX_CONEXIONES:
                    self._anfitrion.recibir_a(conexion, origen)
                else:
                    aforo.despachar(conexion)
        except SinDescriptores:
            self._vigia.no_escuchar()  # hasta la próxima ronda, quien llame tendrá que esperar

    # --8<-- [end:nuevos]
    # --8<-- [start:leer]
    def _leer(self, cliente: Cliente) -> None:
        """Lee una vez de un cliente, y atiende lo que ha llegado."""
        if cliente.cerrado or not cliente.se_le_lee or cliente in self._con_lineas:
            return
        try:
            cuantos = cliente.conexion.recv_into(self._buffer)
        except BlockingIOError:
            return  # falsa alarma
        except OSError:
            self._anfitrion.perder(cliente)
            return
        if not cuantos:
            self._acabar_de_leer(cliente)
        elif not cliente.despedido:
            cliente.entrada = cliente.entrada or Entrada()
            cliente.entrada.recibir(self._buffer[:cuantos])
            self._atender_lineas(cliente)

    def _acabar_de_leer(self, cliente: Cliente) -> None:
        if cliente.entrada and cliente.entrada.hay_linea_sin_final:
            queja = LineaMala("La última línea llegó sin su final: no se envió.")
            self._anfitrion.recibir_linea(cliente, queja)
        self._anfitrion.no_enviara_mas(cliente)

    # --8<-- [end:leer]
    # --8<-- [start:lineas]
    def _atender_lineas(self, cliente: Cliente) -> None:
        """Lleva a la sala unas cuantas líneas de un cliente; el resto, en la próxima vuelta."""
        entrada = cliente.entrada
        if entrada is None or not cliente.se_le_lee:
            return
        if entrada.hay_lineas:
            self._tomar_lineas(cliente, entrada)
            self._anfitrion.repartir_si_hay_bastante()
        if entrada.vacia:
            cliente.entrada = None
        elif entrada.hay_lineas and cliente.entrada and cliente.se_le_lee:
            self._con_lineas[cliente] = None

    # --8<-- [end:lineas]
    # --8<-- [start:tomar]
    def _tomar_lineas(self, cliente: Cliente, entrada: Entrada) -> None:
        if self._anfitrion.espera_nombre(cliente):
            self._tomar_una_a_una(cliente, entrada, LINEAS_POR_VUELTA)
            return
        lote = entrada.lote(self._cuantas_caben(cliente))
        if son_mensajes(lote):
            entrada.quitar(len(lote))
            self._anfitrion.recibir_lote(cliente, lote)
            tomadas = lote.count(b"\n") if cliente.ritmo else 0
        else:
            maximo = min(lote.count(b"\n"), LINEAS_POR_VUELTA)
            tomadas = self._tomar_una_a_una(cliente, entrada, maximo)
        if cliente.ritmo and (espera := cliente.ritmo.gastar(self._ahora, tomadas)):
            self._pausar(cliente, espera)

    def _tomar_una_a_una(self, cliente: Cliente, entrada: Entrada, maximo: int) -> int:
        """La vía cuidadosa: lee cada línea y la lleva a la sala. Devuelve cuántas han sido."""
        for tomadas in range(maximo):
            if not entrada.hay_lineas or cliente.frenos or cliente.despedido:
                return tomadas
            self._anfitrion.recibir_linea(cliente, entrada.tomar_linea())
            self._anfitrion.repartir_si_hay_bastante()
        return maximo

    # --8<-- [end:tomar]
    # --8<-- [start:cuanto]
    # --- Cuánto se lee de cada cual ---

    def _cuantas_caben(self, cliente: Cliente) -> int:
        """Las líneas que se pueden tomar ya de un cliente sin que los demás lo noten."""
        if self._anfitrion.hay_que_esperar_por_alguien(cliente):
            return 1  # si es para quien no da abasto, no habrá otra hasta que se ponga al día
        if not self._limites.mensajes_por_segundo:
            return LINEAS_POR_LOTE
        if cliente.ritmo is None:
            cliente.ritmo = Ritmo(self._limites.mensajes_por_segundo, self._ahora)
        return min(LINEAS_POR_LOTE, cliente.ritmo.caben(self._ahora))

    def _pausar(self, cliente: Cliente, espera: float) -> None:
        """Va demasiado deprisa: no se le lee más hasta dentro de esos segundos."""
        cliente.en_pausa = True
        acaba = self._ahora + max(espera, PAUSA_MINIMA)
        heapq.heappush(self._pausas, (acaba, next(self._orden), cliente))
        self._vigia.vigilar(cliente)

    def _acabar_pausas(self) -> None:
        while self._pausas and self._pausas[0][0] <= self._ahora:
            *_, cliente = heapq.heappop(self._pausas)
            cliente.en_pausa = False
            self._reanudar(cliente)

    def _reanudar(self, cliente: Cliente) -> None:
        """Si nada más lo impide, se sigue con un cliente que estaba parado."""
        if cliente.entrada and cliente.entrada.hay_lineas and cliente.se_le_lee:
            self._con_lineas[cliente] = None
        self._vigia.vigilar(cliente)

    # --8<-- [end:cuanto]


# --8<-- [start:final]
def leer_opciones(argumentos: Argumentos) -> opciones.Opciones:
    return opciones.de_servidor_de_chat("eventos", __doc__).parse_args(argumentos)


if __name__ == "__main__":
    ejecutar(principal)
# --8<-- [end:final]
