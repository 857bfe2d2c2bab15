"""La escena: los programas de una entrega en marcha, y cómo se espera a lo que debe ocurrir.

Una espera termina por una de tres cosas: ocurre lo esperado, vence el plazo, o se ve que ya no va
a ocurrir porque todos los programas están quietos (bloqueados leyendo, sin nada en camino) o llevan
un buen rato sin hacer nada. La tercera es la que hace que corregir un programa que falla no tarde
mucho más que uno que va bien.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from chatlab.corrector.entrega import Entrega
from chatlab.corrector.jaula import Jaula
from chatlab.corrector.preguntas import Pregunta, que_pide
from chatlab.corrector.reparto import Reparto
from chatlab.corrector.terminal import Terminal
from chatlab.medidor.proceso import Consumo, consumo
from chatlab.sonda import Suceso, Testigo

#: Segundos que se espera, como mucho, a que ocurra algo. Solo se agotan si el programa trabaja
#: sin parar: si está quieto, se sabe antes.
PLAZO = 10.0
#: Segundos sin que nadie haga nada a partir de los cuales ya no se espera más a un programa que
#: duerme con un reloj puesto: podría despertar, pero una persona ya se habría rendido.
SILENCIO = 3.0
#: Segundos que se espera a que todo se calme. Solo se agotan si un programa gira sin parar.
PLAZO_DE_LA_CALMA = 4.0
#: Segundos que tiene un programa para terminar después de despedirse o de Ctrl+C.
PLAZO_PARA_TERMINAR = 3.0
#: Segundos entre una mirada y la siguiente, si nada despierta antes.
MIRADA = 0.05

#: Bytes que el sistema guarda de cada conexión: pocos, para que quien no lee se note enseguida.
BUFFER = 16 * 1024

SERVIDOR = "servidor"


class Fallo(Exception):
    """La entrega no hizo lo que debía. El texto dice qué se esperaba."""


class Escena:
    """Un servidor y sus clientes, cada uno en su terminal, dentro de una jaula."""

    def __init__(self, entrega: Entrega) -> None:
        self.entrega = entrega
        self._al_salir = ExitStack()
        self.testigo = self._al_salir.enter_context(Testigo(buffer=BUFFER))
        self.jaula = self._al_salir.enter_context(Jaula(entrega, self.testigo))
        #: Lo que se ha hecho en esta historia, frase a frase, para contarlo si algo falla; y el
        #: instante (`time.monotonic`) en que empezó.
        self.hecho: list[str] = []
        self.desde = time.monotonic()
        #: Todo lo que se ha tecleado, de quien sea.
        self.escrito: list[str] = []
        #: El último programa que arrancó cada quien.
        self.terminales: dict[str, Terminal] = {}
        self.reparto = Reparto()
        #: Si algún programa ha preguntado un nombre, se espera que los use.
        self.usa_nombres = False
        self._hay_alguien_parado = False

    def cerrar(self) -> None:
        """No deja nada en marcha."""
        self._al_salir.close()

    def empieza_otra_historia(self) -> None:
        """Con los mismos programas, se olvida lo que se hizo hasta ahora."""
        self.hecho.clear()
        self.desde = time.monotonic()
        self.reparto.empieza_otra_historia()

    def anota(self, frase: str) -> None:
        self.hecho.append(frase)

    def programa_de(self, nombre: str) -> Path:
        """El archivo del programa que usa esa persona, en la copia que se ejecuta."""
        programa = self.entrega.servidor if nombre == SERVIDOR else self.entrega.cliente
        return self.jaula.carpeta / programa

    # --- Esperar ---

    def espera(self, cumple: Callable[[], bool], plazo: float = PLAZO) -> bool:
        """Espera a que se cumpla; `False` si vence el plazo o si ya no va a cumplirse."""
        self._aguarda(cumple, plazo)
        return cumple()

    def espera_calma(self, plazo: float = PLAZO_DE_LA_CALMA) -> bool:
        """Espera a que llegue todo lo que está en camino; `False` si alguien no para."""
        return self._aguarda(lambda: False, plazo, con_prisa=True)

    def _aguarda(
        self, cumple: Callable[[], bool], plazo: float, *, con_prisa: bool = False
    ) -> bool:
        """Vuelve cuando se cumple, o están quietos, o vence el plazo: entonces con `False`."""
        limite = time.monotonic() + plazo
        while not cumple():
            if time.monotonic() > limite or self.jaula.exceso:
                return False
            if self._todo_quieto(con_prisa=con_prisa):
                self.jaula.leer_pantallas()
                return True
            self.jaula.esperar(cumple, MIRADA)
        return True

    def _todo_quieto(self, *, con_prisa: bool) -> bool:
        dormidos = self.jaula.todos_dormidos()
        if dormidos is False:
            return False
        if not any(terminal.vivo for terminal in self.terminales.values()):
            return bool(dormidos)
        if self._hay_alguien_parado:
            quietos = bool(dormidos) and not self.testigo.alguien_puede_despertar(
                con_prisa=con_prisa
            )
        else:
            quietos = self.testigo.todo_quieto(con_prisa=con_prisa)
        silencio = time.monotonic() - self.testigo.ultimo_movimiento()
        return quietos or (bool(dormidos) and silencio > SILENCIO)

    @contextmanager
    def parado(self, nombre: str) -> Iterator[None]:
        """Mientras dura, el programa de esa persona está detenido: ni lee ni escribe."""
        terminal = self.terminales[nombre]
        terminal.pausar()
        self._hay_alguien_parado = True
        try:
            yield
        finally:
            self._hay_alguien_parado = False
            terminal.seguir()

    # --- El servidor ---

    def pon_servidor(self) -> Terminal:
        """El servidor en marcha; si no lo está, lo arranca. Lanza `Fallo` si no escucha."""
        servidor = self.terminales.get(SERVIDOR)
        if servidor is not None and servidor.vivo:
            return servidor
        nombre = self.entrega.servidor.name
        self.anota(f"Arranco {nombre}.")
        escuchas = self._escuchas()
        servidor = self._arranca(SERVIDOR, SERVIDOR)

        def escucha() -> bool:
            return self._escuchas() > escuchas

        self._contesta(servidor, {}, hasta=escucha)
        if not (servidor.vivo and escucha()):
            raise Fallo(f"Que {nombre} escuche en un puerto (`bind` y `listen`) y siga en marcha.")
        return servidor

    def comprueba_que_sigue_el_servidor(self) -> None:
        """Comprueba que el servidor, cuando ya no tiene nada que hacer, sigue en marcha."""
        self.espera_calma(PLAZO_PARA_TERMINAR)
        if not self.terminales[SERVIDOR].vivo:
            raise Fallo(
                f"Que {self.entrega.servidor.name} siga en marcha, esperando a los clientes."
            )

    def _escuchas(self) -> int:
        return len(self.sucesos("listen", self.entrega.servidor.name))

    def cierra_servidor_con_ctrl_c(self) -> None:
        """Pulsa Ctrl+C en el servidor; lanza `Fallo` si no termina en `PLAZO_PARA_TERMINAR`."""
        self.anota("Pulso Ctrl+C en el servidor.")
        servidor = self.terminales[SERVIDOR]
        servidor.ctrl_c()
        if servidor.esperar_fin(PLAZO_PARA_TERMINAR) is None:
            raise Fallo(
                f"Que el servidor termine en {PLAZO_PARA_TERMINAR:g} segundos, aunque tenga "
                "clientes conectados."
            )

    def termina_el_servidor(self) -> None:
        """Cierra el servidor con Ctrl+C o, si no hace caso, a la fuerza."""
        try:
            self.cierra_servidor_con_ctrl_c()
        except Fallo:
            self.muere(SERVIDOR)

    # --- Los clientes ---

    def arranca_cliente(self, nombre: str) -> Terminal:
        """Arranca un cliente, contesta lo que pida y espera a que esté listo."""
        self.anota(f"{nombre} arranca {self.entrega.cliente.name}.")
        cliente = self._arranca("cliente", nombre)
        self._contesta(cliente, {Pregunta.NOMBRE: nombre}, hasta=lambda: False)
        if not cliente.vivo:
            raise Fallo(f"Que el programa de {nombre} siga en marcha después de conectar.")
        return cliente

    def comprueba_que_lo_atienden(self, nombre: str) -> None:
        """Comprueba que el servidor ha aceptado la conexión de esa persona."""
        pid = self.terminales[nombre].pid
        conectados = self.sucesos("connect", self.entrega.cliente.name)
        if not any(suceso.pid == pid for suceso in conectados):
            raise Fallo("Que el cliente conecte (`connect`) con el puerto del servidor.")
        if not self.espera(lambda: bool(self.sucesos("accept", self.entrega.servidor.name))):
            raise Fallo("Que el servidor acepte (`accept`) la conexión del cliente.")

    def muere(self, nombre: str) -> None:
        """Ese programa muere sin despedirse; el sistema cierra sus conexiones."""
        self.anota(f"El programa de {nombre} muere de golpe (kill -9).")
        self.reparto.se_va(nombre)
        self.terminales[nombre].matar()
        self.terminales[nombre].esperar_fin(PLAZO)

    def conecta_alguien_callado(self) -> None:
        """Abre una conexión que no dice nada, y la deja abierta."""
        self.pon_servidor()
        self.anota("Alguien se conecta y no dice nada.")
        callado = self.jaula.ejecutar(_CALLADO.format(puerto=self.puerto_escrito()), "callado")
        self.terminales["callado"] = callado
        if not self.espera(lambda: "conectado" in callado.pantalla):
            raise Fallo("Que el servidor admita una conexión.")

    # --- Arrancar y contestar ---

    def _arranca(self, papel: str, nombre: str) -> Terminal:
        terminal = self.jaula.arrancar(papel, nombre=nombre)
        self.terminales[nombre] = terminal
        self.reparto.entra(nombre, terminal)
        return terminal

    def _contesta(
        self, programa: Terminal, respuestas: dict[Pregunta, str], *, hasta: Callable[[], bool]
    ) -> None:
        """Contesta lo que el programa vaya pidiendo, cada cosa una vez, hasta que no pida más."""
        quedan = {
            Pregunta.HOST: "localhost",
            Pregunta.PUERTO: str(self.puerto_escrito()),
            **respuestas,
        }
        marca = 0

        def pide() -> Pregunta | None:
            pregunta = que_pide(programa.desde(marca))
            return pregunta if pregunta in quedan else None

        def ya() -> bool:
            return hasta() or not programa.vivo

        def espera_pregunta() -> Pregunta | None:
            self._aguarda(lambda: ya() or pide() is not None, PLAZO, con_prisa=True)
            return None if ya() else pide()

        while (pregunta := espera_pregunta()) is not None:
            respuesta = quedan.pop(pregunta)
            self.usa_nombres = self.usa_nombres or pregunta is Pregunta.NOMBRE
            self.anota(f"Le piden {pregunta.value}, y contesta «{respuesta}».")
            marca = len(programa.pantalla)
            programa.escribir(respuesta)

    # --- Lo que han hecho los sockets ---

    def sucesos(self, tipo: str, programa: str) -> list[Suceso]:
        """Los sucesos de un tipo de los procesos de ese programa («servidor.py»)."""
        return [
            suceso
            for suceso in self.testigo.sucesos()
            if suceso.tipo == tipo and suceso.programa == programa
        ]

    def datos(self, tipo: str, nombre: str) -> bytes:
        """Los bytes que el programa de esa persona ha enviado («send») o recibido («recv»)."""
        pid = self.terminales[nombre].pid
        return b"".join(
            suceso.datos
            for suceso in self.testigo.sucesos()
            if suceso.tipo == tipo and suceso.pid == pid
        )

    def consumo(self, nombre: str) -> Consumo:
        """La CPU y la memoria que ha gastado el programa de esa persona, si se sabe."""
        pid = self.terminales[nombre].pid
        suyos = [proceso for proceso in self.testigo.procesos() if proceso.pid == pid]
        return consumo(suyos[-1].pid_fuera) if suyos else Consumo()

    def puerto_escrito(self) -> int:
        """El puerto que el servidor ha escrito en su bind; 8000 si aún no se sabe."""
        for suceso in self.sucesos("bind", self.entrega.servidor.name):
            if suceso.local is not None:
                return suceso.local[1]
        return 8000


#: Lo que ejecuta quien conecta y no dice nada. Lee lo que le llegue, hasta que lo echen.
_CALLADO = """
import socket
conexion = socket.create_connection(("localhost", {puerto}))
print("conectado", flush=True)
while conexion.recv(4096):
    pass
"""
