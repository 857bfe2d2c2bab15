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

from __future__ import annotations

import socket
import time

from chatlab.chat.limites import Limites
from chatlab.eventos.anfitrion import Anfitrion
from chatlab.motor.lectura import Lectura
from chatlab.motor.pendientes import Pendientes
from chatlab.motor.portero import Portero, SinDescriptores
from chatlab.motor.reloj import Reloj
from chatlab.motor.vigia import MAX_CONEXIONES, Vigia
from chatlab.programa import opciones
from chatlab.programa.ejecutar import al_pedir_el_final, ejecutar
from chatlab.programa.opciones import Argumentos
from chatlab.red import aforo
from chatlab.red.anuncio import anunciar
from chatlab.red.sockets import escuchar
from chatlab.terminal.diario import Diario

#: Cada cuánto, en segundos, se busca a quien agota un plazo.
RONDA = 0.25
#: Segundos que tiene el servidor para despedirse de todos cuando se cierra, y cada cuántos mira.
PLAZO_DE_CIERRE, MIRADA_AL_CERRAR = 1.0, 0.05


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


class Servidor:
    """El bucle que atiende a todos los clientes."""

    def __init__(
        self, escucha: socket.socket, limites: Limites, diario: Diario, *, callado: bool = False
    ) -> None:
        self._reloj = Reloj()
        self._portero = Portero(escucha)
        self._vigia = Vigia(escucha)
        self._pendientes = Pendientes(self._vigia, self._reloj)
        self._anfitrion = Anfitrion(
            limites, diario, self._vigia, self._pendientes.reanudar, self._reloj, callado=callado
        )
        self._lectura = Lectura(limites, self._anfitrion, self._pendientes, self._reloj)
        self._ultima_ronda = self._reloj.ahora
        self._terminando = False

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

    def _dar_una_vuelta(self) -> None:
        sucesos = self._vigia.esperar(self._cuanto_esperar())
        self._reloj.empieza_otra_vuelta()
        self._pendientes.acabar_pausas()
        self._lectura.seguir()
        for quien, se_puede_leer, se_puede_escribir in sucesos:
            if quien is None:
                self._recibir_a_los_nuevos()
                continue
            if se_puede_escribir:
                self._anfitrion.poner_al_dia(quien)
            if se_puede_leer:
                self._lectura.leer(quien)
        self._anfitrion.repartir()
        if self._reloj.ahora - self._ultima_ronda >= RONDA:
            self._hacer_la_ronda()

    def _cuanto_esperar(self) -> float:
        """Segundos hasta lo próximo que hay que hacer aunque no ocurra nada."""
        ya = time.monotonic()
        hasta = min(self._ultima_ronda + RONDA, self._pendientes.cuando())
        if self._terminando:
            hasta = min(hasta, ya + MIRADA_AL_CERRAR)
        return max(0.0, hasta - ya)

    def _hacer_la_ronda(self) -> None:
        self._ultima_ronda = self._reloj.ahora
        self._anfitrion.hacer_la_ronda()
        if not self._terminando:
            self._vigia.escuchar()

    def _recibir_a_los_nuevos(self) -> None:
        try:
            for conexion, origen in self._portero.rafaga():
                if self._anfitrion.conexiones < MAX_CONEXIONES:
                    self._anfitrion.recibir_a(conexion, origen)
                else:
                    aforo.despachar(conexion)
        except SinDescriptores:
            self._vigia.no_escuchar()  # hasta la próxima ronda, quien llame tendrá que esperar


def leer_opciones(argumentos: Argumentos) -> opciones.Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    return opciones.de_servidor_de_chat("eventos", __doc__).parse_args(argumentos)


if __name__ == "__main__":
    ejecutar(principal)
