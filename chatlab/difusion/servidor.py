"""El servidor de difusión: lo que dice una persona lo leen todas las demás.

    python -m chatlab.difusion.servidor

Cada cliente tiene dos hilos: uno recibe lo que envía (`atender_cliente`, aquí) y otro le envía lo
que dicen los demás (su `ColaDeSalida`). La sala decide quién recibe qué, y es de todos: por eso
solo se toca con el candado. Lo que se hace con él es breve y nunca espera a la red.

    hilo que recibe ──líneas──►  candado: la sala decide y se reparte en las colas
                                      │          │          │
                                   cola de    cola de    cola de
                                     Ana      Carlos      Lucía
                                      │          │          │
                                   su hilo    su hilo    su hilo ──► red
"""

from __future__ import annotations

import socket
import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from chatlab.chat.limites import KIB, Limites
from chatlab.chat.protocolo import LINEA_SIN_FINAL, Decodificador, Recibida, codificar
from chatlab.chat.ritmo import Ritmo
from chatlab.chat.sala import NO_LEE, Sala
from chatlab.chat.tareas import Anotar, Desconectar, Difundir, Enviar, Tarea
from chatlab.difusion.cola import ColaDeSalida
from chatlab.difusion.juntar import juntar
from chatlab.programa import opciones
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos
from chatlab.red import aforo
from chatlab.red.anuncio import anunciar
from chatlab.red.sockets import TAMANO_DE_LECTURA, aceptar, escuchar
from chatlab.terminal.diario import Diario

#: Cada cuánto, en segundos, se busca a quien agota un plazo.
RONDA = 0.25
#: Segundos que tiene el servidor para despedirse de todos cuando se cierra.
PLAZO_DE_CIERRE = 1.0
#: Líneas de un cliente que se llevan a la sala de una vez, como mucho: mientras, los demás esperan.
LINEAS_POR_TURNO = 256
#: Bytes que se apartan para las llamadas a funciones de cada hilo. Lo normal en Linux son 8 MiB,
#: que con los dos mil hilos de mil clientes serían 16 GiB; aquí ninguna llamada es tan honda.
PILA_DE_UN_HILO = 512 * KIB


def principal(argumentos: Argumentos = None) -> int:
    """Atiende el chat hasta Ctrl+C; devuelve el código de salida."""
    elegidas = leer_opciones(argumentos)
    threading.stack_size(PILA_DE_UN_HILO)
    with escuchar(elegidas.host, elegidas.puerto) as escucha:
        anunciar(escucha, "difusion")
        diario = Diario()
        limites = opciones.limites_de(elegidas)
        aforo.preparar(limites.personas)
        servidor = Servidor(limites, diario, callado=elegidas.callado)
        try:
            for conexion, origen in aceptar(escucha, aforo.Reserva()):
                servidor.recibir_a(conexion, origen)
        except KeyboardInterrupt:
            servidor.cerrar()
        finally:
            diario.cerrar()
    return 0


@dataclass
class Cliente:
    """Una conexión y lo que el servidor sabe de ella."""

    conexion: socket.socket
    origen: str
    cola: ColaDeSalida
    llegada: float = field(default_factory=time.monotonic)
    despedida: float | None = None  # cuándo se decidió que se va
    puede_colgar: float | None = None  # cuándo se vio que ya se le ha enviado todo

    def tarda_en_irse(self, limites: Limites, ahora: float) -> bool:
        """Se le ha dicho adiós y no lee lo que le falta, o no cuelga."""
        if self.despedida is None:
            return False
        if self.puede_colgar is not None:
            return ahora - self.puede_colgar > limites.segundos_para_colgar
        return ahora - self.despedida > limites.segundos_de_despedida


class Servidor:
    """Los clientes conectados, su sala y el candado que los protege."""

    def __init__(self, limites: Limites, diario: Diario, *, callado: bool = False) -> None:
        self._limites = limites
        self._diario = diario
        self._callado = callado
        self._sala = Sala(limites)
        self._clientes: dict[int, Cliente] = {}
        self._candado = threading.Lock()
        self._no_queda_nadie = threading.Condition(self._candado)
        self._cerrando = threading.Event()
        self._numeros = count(1)
        threading.Thread(target=self._vigilar_plazos, daemon=True).start()

    # --- Un cliente, desde que llega hasta que se va ---

    def recibir_a(self, conexion: socket.socket, origen: str) -> None:
        """Da sus dos hilos a quien acaba de conectarse, si cabe en la sala."""
        if not self._hay_sitio():
            self._rechazar(conexion, origen)
            return
        try:
            cliente = Cliente(conexion, origen, ColaDeSalida(conexion, self._limites))
        except (OSError, RuntimeError) as error:
            self._no_puedo_atender(conexion, origen, error)
            return
        numero = next(self._numeros)
        hilo = threading.Thread(target=self._atender, args=(numero, cliente), daemon=True)
        with self._candado:  # lo que llegue espera a que el cliente esté apuntado
            try:
                hilo.start()
            except RuntimeError as error:
                self._no_puedo_atender(conexion, origen, error)
                cliente.cola.cerrar()
                return
            self._diario.anotar(f"-- {origen} se ha conectado")
            self._clientes[numero] = cliente
            self._hacer(self._sala.conectar(numero))

    def _hay_sitio(self) -> bool:
        with self._candado:
            return self._sala.hay_sitio

    def _rechazar(self, conexion: socket.socket, origen: str) -> None:
        """La sala está completa. Decirlo no gasta hilos: quien no cuelga no los tiene ocupados."""
        self._diario.anotar(f"-- {origen} se ha conectado, y no cabe")
        aforo.despachar(conexion, self._sala.completa)

    def _no_puedo_atender(self, conexion: socket.socket, origen: str, error: Exception) -> None:
        """Ya se ha ido, o el sistema no da más hilos. Los demás siguen como estaban."""
        self._diario.anotar(f"-- {origen}: no puedo atenderlo ({error})")
        aforo.despachar(conexion)

    def _atender(self, numero: int, cliente: Cliente) -> None:
        """El hilo que recibe lo que envía un cliente, hasta que se va."""
        try:
            self._recibir_lineas(numero, cliente.conexion)
        except OSError:
            pass  # cortada: para la sala es una desconexión como otra
        with self._candado:
            self._hacer(self._sala.desconectar(numero))
        cliente.cola.esperar_final()
        cliente.conexion.close()
        with self._candado:
            del self._clientes[numero]
            self._no_queda_nadie.notify()

    def _recibir_lineas(self, numero: int, conexion: socket.socket) -> None:
        decodificador = Decodificador()
        ritmo = Ritmo(self._limites.mensajes_por_segundo, time.monotonic())
        while datos := conexion.recv(TAMANO_DE_LECTURA):
            lineas = decodificador.recibir(datos)
            while lineas:
                caben = min(LINEAS_POR_TURNO, ritmo.caben(time.monotonic()))
                tomadas = self._procesar(numero, lineas[:caben])
                lineas = lineas[tomadas:]
                if espera := ritmo.gastar(ahora := time.monotonic(), tomadas):
                    if ritmo.hay_que_decirlo(ahora):
                        self._avisar_del_ritmo(numero)
                    self._cerrando.wait(espera)  # mientras espera aquí, no se le lee
        if decodificador.terminar() is not None:
            self._procesar(numero, [LINEA_SIN_FINAL])

    def _avisar_del_ritmo(self, numero: int) -> None:
        with self._candado:
            self._hacer(self._sala.avisar_del_ritmo(numero))

    def _procesar(self, numero: int, lineas: Sequence[Recibida]) -> int:
        """Lleva unas líneas a la sala y reparte lo que decida; devuelve cuántas ha llevado.

        Si alguien va lento lleva una sola, y espera a que se ponga al día.
        """
        with self._candado:
            if len(lineas) > 1 and any(c.cola.llena for c in self._clientes.values()):
                lineas = lineas[:1]
            tareas = [tarea for linea in lineas for tarea in self._sala.recibir(numero, linea)]
            llenas = self._hacer(juntar(tareas))
        for cola in llenas:
            cola.esperar_hueco()
        return len(lineas)

    # --- Siempre con el candado tomado ---

    def _hacer(self, tareas: Iterable[Tarea]) -> list[ColaDeSalida]:
        """Hace lo que la sala ha decidido; devuelve las colas que han quedado llenas."""
        pendientes = deque(tareas)
        llenas = []
        while pendientes:
            match pendientes.popleft():
                case (Enviar() | Difundir()) as envio:
                    datos = codificar(envio.linea)
                    for numero in self._a_quien(envio):
                        cola = self._clientes[numero].cola
                        cola.poner(datos)
                        if cola.llena:
                            llenas.append(cola)
                        if cola.desbordada:
                            # Ya, antes que el resto: que no lea lo de después sin lo de antes.
                            se_va = self._abandonar(numero, NO_LEE)
                            pendientes.extendleft(reversed(se_va))
                case Desconectar(numero):
                    self._clientes[numero].cola.cerrar()
                    self._clientes[numero].despedida = time.monotonic()
                case Anotar(texto, es_mensaje):
                    if not (es_mensaje and self._callado):
                        self._diario.anotar(texto)
        return llenas

    def _a_quien(self, envio: Enviar | Difundir) -> Iterable[int]:
        if isinstance(envio, Enviar):
            return envio.a
        return (numero for numero in self._sala.personas() if numero != envio.menos)

    def _abandonar(self, numero: int, motivo: str) -> list[Tarea]:
        """Deja de enviar a quien no lee. El motivo le llegará si vuelve a leer."""
        cliente = self._clientes[numero]
        self._diario.anotar(f"-- {cliente.origen} desconectado: {motivo}")
        cliente.cola.vaciar()
        return self._sala.abandonar(numero, motivo)

    # --- Los plazos, y el final ---

    def _vigilar_plazos(self) -> None:
        while not self._cerrando.wait(RONDA):
            ahora = time.monotonic()
            with self._candado:
                for numero, cliente in self._clientes.items():
                    self._revisar(numero, cliente, ahora)

    def _revisar(self, numero: int, cliente: Cliente, ahora: float) -> None:
        limites = self._limites
        if cliente.despedida is not None:
            if cliente.puede_colgar is None and cliente.cola.acabada:
                cliente.puede_colgar = ahora
            if cliente.tarda_en_irse(limites, ahora):
                cortar(cliente.conexion)
        elif self._sala.espera_nombre(numero):
            if ahora - cliente.llegada > limites.segundos_para_el_nombre:
                self._hacer(self._sala.agotar_el_plazo_del_nombre(numero))
        elif cliente.cola.atascada(ahora):
            self._hacer(self._abandonar(numero, self._sala.no_ha_leido))

    def cerrar(self) -> None:
        """Se despide de todos, y espera un momento a que les llegue."""
        self._cerrando.set()
        with self._candado:
            self._hacer(self._sala.cerrar())
            self._no_queda_nadie.wait_for(lambda: not self._clientes, PLAZO_DE_CIERRE)
            self._diario.anotar("Servidor cerrado.")


def cortar(conexion: socket.socket) -> None:
    """Corta la conexión en los dos sentidos: despierta a los hilos que esperan en ella."""
    try:
        conexion.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # ya estaba cortada


def leer_opciones(argumentos: Argumentos) -> opciones.Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    return opciones.de_servidor_de_chat("difusion", __doc__).parse_args(argumentos)


if __name__ == "__main__":
    ejecutar(principal)
