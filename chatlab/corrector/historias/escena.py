"""La escena: un servidor y sus clientes en marcha, y lo que se les pide a todos ellos.

Las historias (`historia.py`) piden lo demás.
"""

from __future__ import annotations

import time

from chatlab.corrector.diagnostico.de_quien import (
    SERVIDOR as SERVIDOR,  # lo usan todas las historias
)
from chatlab.corrector.diagnostico.de_quien import al_principio, el_programa_de
from chatlab.corrector.diagnostico.momento import Momento
from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.escenario.escenario import Escenario
from chatlab.corrector.escenario.fallos import ClienteSinTeclado, NoEscucha, NoSeSabeUsar
from chatlab.corrector.escenario.fallos import Fallo as Fallo  # de aquí los toman las historias
from chatlab.corrector.escenario.fallos import NoCuadra as NoCuadra
from chatlab.corrector.escenario.fallos import SinComprobar as SinComprobar
from chatlab.corrector.escenario.paciencia import PLAZO, PLAZO_PARA_TERMINAR, Experiencia
from chatlab.corrector.historias import memoria_compartida, ventanas
from chatlab.corrector.historias.ataques import codigo_de
from chatlab.corrector.historias.faltas_de_python import aviso_de_dos_ctrl_c, pide_dos_ctrl_c
from chatlab.corrector.jaula.evidencia import NO_CUADRA
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.corrector.trato.entre_mensajes import EntreMensajes
from chatlab.corrector.trato.trato import Trato
from chatlab.corrector.trato.uso import Ensayar, Uso, sin_ensayar


class Escena(Escenario):
    """Un servidor y sus clientes, cada uno en su terminal, dentro de una jaula.

    `uso` es lo que se sabe de cómo se usan; `experiencia`, de esperarlos en las anteriores, y
    `ensayar`, quien averigua, probando aparte, lo que no se sabe. `lugares`, como en `Escenario`.
    """

    def __init__(
        self,
        entrega: Entrega,
        uso: Uso | None = None,
        experiencia: Experiencia | None = None,
        ensayar: Ensayar = sin_ensayar,
        *,
        lugares: bool = False,
    ) -> None:
        super().__init__(entrega, experiencia, lugares=lugares)
        self.uso = uso or Uso()
        #: Lo que conviene saber de la entrega, aunque no quite puntos.
        self.avisos: list[str] = []
        #: Si al servidor lo ha cerrado el corrector: solo entonces se puede volver a arrancar.
        self._cerrado_adrede = False
        self._trato = Trato(self, self.uso, ensayar)
        self.entre_mensajes = EntreMensajes(self, self._trato.entrevistas)

    def tecleado(self, nombre: str, frase: str) -> str:
        """Lo que esa persona teclea para decir una frase."""
        return frase if nombre == SERVIDOR else self.uso.declarado.tecleado(frase)

    def apodo(self, nombre: str) -> str:
        """Cómo la conocen los demás: así se presentó en su programa."""
        return self._trato.apodo(nombre)

    def detener_a_todos(self) -> None:
        """Detiene lo que siga en marcha: después de esto, la escena solo sirve para mirarla."""
        for terminal in self.terminales.values():
            if terminal.vivo:
                terminal.pausar()

    # --- El servidor ---

    def pon_servidor(self) -> Terminal:
        """El servidor en marcha; lo arranca si no lo estaba porque aún no se había hecho.

        Lanza `Fallo` si no escucha, o si se ha cerrado solo: eso no se arregla en silencio.
        """
        servidor = self.terminales.get(SERVIDOR)
        if servidor is not None and not self._cerrado_adrede:
            self.comprueba_que_vive_el_servidor()
            return servidor
        self._cerrado_adrede = False
        escuchas = self.escuchas()

        def escucha() -> bool:
            return self.escucha_desde(escuchas)

        servidor = self._trato.arranca_servidor(escucha)
        self._comprueba_que_escucha(servidor, escucha())
        return servidor

    def _comprueba_que_escucha(self, servidor: Terminal, lo_dice: bool) -> None:
        """Comprueba que lo dicen la sonda y el sistema; lanza `Fallo`, o `NoCuadra`."""
        nombre = self.entrega.servidor.name
        abiertos = self.evidencia.puertos_abiertos(servidor) if servidor.vivo else None
        if abiertos and not lo_dice:
            raise NoCuadra(f"{NO_CUADRA}: {nombre} tiene un puerto abierto, y la sonda lo calla.")
        self._comprueba_que_aqui_se_puede_probar(servidor, nombre)
        esperado = f"Que {nombre} escuche en un puerto (`bind` y `listen`) y siga en marcha."
        if not (servidor.vivo and lo_dice):
            raise Fallo(esperado)
        if abiertos == set() and not self._acaba_abriendo(servidor):
            # Quien se cae nada más escuchar cierra su puerto antes de que se sepa que ha muerto.
            if servidor.esperar_fin(PLAZO_PARA_TERMINAR) is not None:
                raise Fallo(esperado)
            raise NoEscucha(
                esperado,
                f"{NO_CUADRA}: la sonda dice que {nombre} escucha, y no hay ningún puerto abierto.",
            )

    def _acaba_abriendo(self, servidor: Terminal) -> bool:
        """Si abre un puerto enseguida: el que contó puede ser otro, que ya ha cerrado."""

        def abierto() -> bool:
            return bool(self.evidencia.puertos_abiertos(servidor))

        self.espera(lambda: abierto() or not servidor.vivo, PLAZO_PARA_TERMINAR)
        return abierto()

    def _comprueba_que_aqui_se_puede_probar(self, programa: Terminal, archivo: str) -> None:
        """Lanza `SinComprobar` si ha acabado por lo que aquí no hay, o por cómo está encerrado."""
        if programa.vivo:
            return
        if biblioteca := ventanas.con_que_abre_ventanas(programa.pantalla):
            raise SinComprobar(ventanas.por_que_no_se_prueba(archivo, biblioteca))
        if que := ventanas.que_pide_de_windows(programa.pantalla):
            raise SinComprobar(ventanas.por_que_no_se_prueba_aqui(archivo, que))
        suelto = self.jaula.aislamiento != "completo"
        if suelto and memoria_compartida.se_le_niega(programa.pantalla):
            raise SinComprobar(memoria_compartida.por_que_no_se_prueba(archivo))

    def comprueba_que_vive_el_servidor(self) -> None:
        """Comprueba que el servidor no se ha cerrado solo; lanza `Fallo` si lo ha hecho."""
        if self.terminales[SERVIDOR].vivo or self._cerrado_adrede:
            return
        raise Fallo(
            f"Que {self.entrega.servidor.name} siga en marcha, esperando a los clientes.",
            self.como_termino_solo(),
            self._cuando_termino(SERVIDOR),
        )

    def _cuando_termino(self, nombre: str) -> Momento | None:
        fin = self.terminales[nombre].fin
        if fin is None:
            return None
        return Momento(fin, f"Aquí terminó {el_programa_de(nombre)}, y nadie lo cerraba.", nombre)

    def como_termino_solo(self) -> str:
        """Que el servidor ya no está y nadie lo ha cerrado, si su pantalla no lo explica; o vacío.

        A un cliente no se le atiende porque el servidor terminó antes: es lo que hay que decir.
        """
        servidor = self.terminales.get(SERVIDOR)
        if servidor is None or servidor.codigo is None or self._cerrado_adrede:
            return ""
        nombre = self.entrega.servidor.name
        if servidor.codigo == 0:
            return f"{nombre} terminó solo, sin ningún error: nadie lo había cerrado."
        if self.jaula.exceso or servidor.codigo < 0 or servidor.hay_traceback:
            return ""  # lo detuvo la jaula, lo mató una señal, o ya se ve qué error fue
        return (
            f"{nombre} terminó solo, con código {servidor.codigo}: nadie lo había cerrado. Busca "
            "en él `exit`, `sys.exit` u `os._exit`."
        )

    def comprueba_que_no_se_ha_caido_el_servidor(self) -> None:
        """Como la anterior, pero admite que haya terminado bien: a veces ya no le queda nada."""
        servidor = self.terminales.get(SERVIDOR)
        if servidor is None:
            return
        if servidor.vivo and not all(terminal.vivo for terminal in self.terminales.values()):
            self.espera_calma()  # quizá se está cayendo porque alguien se ha ido
        if servidor.codigo:
            self.comprueba_que_vive_el_servidor()

    def comprueba_que_sigue_el_servidor(self) -> None:
        """Comprueba que el servidor, cuando ya no tiene nada que hacer, sigue en marcha."""
        self.espera_calma(PLAZO_PARA_TERMINAR)
        self.comprueba_que_vive_el_servidor()

    @property
    def sana(self) -> bool:
        """Si sirve para otra historia: el servidor sigue ahí, y nadie da vueltas sin parar."""
        servidor = self.terminales.get(SERVIDOR)
        return (
            (servidor is None or servidor.vivo)
            and not self.jaula.exceso
            and not any(proceso.desbordado for proceso in self.testigo.procesos())
            and not any(self.lecturas_vacias(nombre) for nombre, _ in self.reparto.presentes())
        )

    def comprueba_que_todo_cuadra(self) -> None:
        """Comprueba que el sistema ha visto lo mismo que la sonda; si no, lanza `NoCuadra`.

        Y `Fallo` si entretanto los programas han pasado de un límite.
        """
        que = self.evidencia.lo_que_no_cuadra()
        if self.jaula.exceso:
            raise Fallo("Que los programas no pasen de los límites que tienen.")
        if que:
            raise NoCuadra(que)

    def cierra_servidor_con_ctrl_c(self) -> None:
        """Pulsa Ctrl+C en el servidor; lanza `Fallo` si no termina en `PLAZO_PARA_TERMINAR`."""
        servidor = self.terminales[SERVIDOR]
        self.comprueba_que_vive_el_servidor()
        self.anota("Pulso Ctrl+C en el servidor.")
        self._cerrado_adrede = True
        servidor.ctrl_c()
        pulsado = time.monotonic()
        if not (self._termina(servidor) or self._acaba_con_otro_ctrl_c()):
            raise Fallo(
                f"Que el servidor termine en {PLAZO_PARA_TERMINAR:g} segundos, aunque tenga "
                "clientes conectados.",
                momento=Momento(pulsado, "Aquí se ha pulsado Ctrl+C, y sigue en marcha.", SERVIDOR),
            )

    def _termina(self, programa: Terminal) -> bool:
        """Si termina en su plazo; si aún trabaja, quizá le falta procesador: se le da otro."""
        return programa.esperar_fin(PLAZO_PARA_TERMINAR) is not None or self.espera(
            lambda: not programa.vivo, PLAZO_PARA_TERMINAR
        )

    def _acaba_con_otro_ctrl_c(self) -> bool:
        """Si le hacen falta dos, y no por su culpa."""
        servidor = self.terminales[SERVIDOR]
        if not pide_dos_ctrl_c(self.codigo_de(SERVIDOR)):
            return False
        self.anota("No termina. Pulso Ctrl+C otra vez.")
        servidor.ctrl_c()
        if not self._termina(servidor):
            return False
        self.avisos.append(aviso_de_dos_ctrl_c(self.entrega.servidor.name))
        return True

    def termina_el_servidor(self) -> None:
        """Cierra el servidor con Ctrl+C o, si no hace caso, a la fuerza."""
        self.comprueba_que_vive_el_servidor()
        try:
            self.cierra_servidor_con_ctrl_c()
        except Fallo:
            self.muere(SERVIDOR)

    # --- Los clientes ---

    def arranca_cliente(self, nombre: str, *, aunque_no_se_sepa: bool = False) -> Terminal:
        """Arranca un cliente, contesta lo que pida y espera a que esté listo."""
        cliente = self._trato.arranca_cliente(nombre, aunque_no_se_sepa=aunque_no_se_sepa)
        self._comprueba_que_aqui_se_puede_probar(cliente, self.entrega.cliente.name)
        sin_error = cliente.vivo or cliente.codigo == 0
        if sin_error and not self._trato.lee_el_teclado(nombre):
            enviado = self.primer_envio(nombre)
            raise ClienteSinTeclado(self.entrega.cliente.name, enviado, sigue=cliente.vivo)
        if not cliente.vivo:
            raise Fallo(
                f"Que {el_programa_de(nombre)} siga en marcha después de conectar.",
                momento=self._cuando_termino(nombre),
            )
        return cliente

    def alguien_queda_dentro(self) -> None:
        """Ana se conecta con su cliente o, si así no llega a hacerlo, alguien que no dice nada.

        Lo que se prueba después es el servidor: con nadie dentro no se probaría.
        """
        try:
            self.arranca_cliente("Ana")
            self.comprueba_que_lo_atienden("Ana")
        except (Fallo, SinComprobar):
            self.comprueba_que_vive_el_servidor()
            self.conecta_alguien_callado()

    def pon_alguien(self, nombre: str) -> None:
        """Arranca un cliente del que solo importa que conecte, aunque no se sepa usar."""
        try:
            self.arranca_cliente(nombre, aunque_no_se_sepa=True)
        except (ClienteSinTeclado, NoSeSabeUsar):
            if not self.ha_conectado(nombre):
                raise

    def comprueba_que_lo_atienden(self, nombre: str) -> None:
        """Comprueba que el servidor acepta la conexión de esa persona, o la de su mensaje."""
        if not self.ha_conectado(nombre) and self.terminales[nombre].vivo:
            self.anota(f"{nombre} escribe «Hola», por si conecta al enviar.")
            self.terminales[nombre].escribir("Hola")
            self.espera(lambda: self.ha_conectado(nombre))
        if not self.ha_conectado(nombre):
            raise Fallo("Que el cliente conecte (`connect`) con el puerto del servidor.")
        if not self.espera(lambda: bool(self.sucesos("accept", self.entrega.servidor.name))):
            raise Fallo("Que el servidor acepte (`accept`) la conexión del cliente.")

    def muere(self, nombre: str) -> None:
        """Ese programa muere sin despedirse; el sistema cierra sus conexiones."""
        self.anota(al_principio(f"{el_programa_de(nombre)} muere de golpe (kill -9)."))
        self.reparto.se_va(nombre)
        self._cerrado_adrede = self._cerrado_adrede or nombre == SERVIDOR
        self.terminales[nombre].matar()
        self.terminales[nombre].esperar_fin(PLAZO)

    def conecta_alguien_callado(self) -> None:
        """Abre una conexión que no dice nada, y la deja abierta."""
        self.pon_servidor()
        self.anota("Alguien se conecta y no dice nada.")
        puerto = str(self.puerto_escrito())
        callado = self.jaula.ejecutar(codigo_de("callado"), "callado", [puerto])
        self.terminales["callado"] = callado
        if not self.espera(lambda: "conectado" in callado.pantalla):
            raise Fallo("Que el servidor admita una conexión.")
