"""La escena: los programas de una entrega en marcha, en una jaula y con la sonda puesta."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from chatlab.corrector.de_quien import SERVIDOR as SERVIDOR  # lo usan todas las historias
from chatlab.corrector.de_quien import al_principio, el_programa_de
from chatlab.corrector.entrega import Entrega
from chatlab.corrector.evidencia import NO_CUADRA, Evidencia
from chatlab.corrector.fallos import ClienteSinTeclado, NoEscucha, NoSeSabeUsar
from chatlab.corrector.fallos import Fallo as Fallo  # de aquí los toman las historias
from chatlab.corrector.fallos import NoCuadra as NoCuadra
from chatlab.corrector.fallos import SinComprobar as SinComprobar
from chatlab.corrector.faltas_de_python import aviso_de_dos_ctrl_c, pide_dos_ctrl_c
from chatlab.corrector.jaula import Jaula
from chatlab.corrector.paciencia import PLAZO, PLAZO_DE_LA_CALMA, PLAZO_PARA_TERMINAR, Paciencia
from chatlab.corrector.reparto import Reparto
from chatlab.corrector.terminal import Terminal
from chatlab.corrector.trato import Trato
from chatlab.corrector.uso import Duda, Uso
from chatlab.corrector.ventanas import con_que_abre_ventanas, por_que_no_se_prueba
from chatlab.medidor.proceso import Consumo, consumo
from chatlab.sonda import Suceso, Testigo

#: Bytes que el sistema guarda de cada conexión: pocos, para que quien no lee se note enseguida.
BUFFER = 16 * 1024

#: Lecturas vacías de la misma conexión a partir de las que un programa gira, y no mira dos veces.
DEMASIADAS_VACIAS = 20


class Escena:
    """Un servidor y sus clientes, cada uno en su terminal, dentro de una jaula.

    `uso` es lo que se sabe de cómo se usan, y `agotados`, los plazos que se agotaron en las
    anteriores (véase `Paciencia`).
    """

    def __init__(self, entrega: Entrega, uso: Uso | None = None, agotados: int = 0) -> None:
        self.entrega = entrega
        self.uso = uso or Uso()
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
        #: Lo que conviene saber de la entrega, aunque no quite puntos.
        self.avisos: list[str] = []
        #: Si algún programa ha preguntado un nombre, se espera que los use.
        self.usa_nombres = False
        self.paciencia = Paciencia(self.jaula, self.testigo, self.terminales, agotados)
        #: Si al servidor lo ha cerrado el corrector: solo entonces se puede volver a arrancar.
        self._cerrado_adrede = False
        self._trato = Trato(self, self.uso, self._ensayar)
        self.evidencia = Evidencia(self.testigo, self.jaula.de_la_entrega, self.jaula.mirar_la_red)

    def cerrar(self) -> None:
        """No deja nada en marcha."""
        self._al_salir.close()

    def empieza_otra_historia(self) -> None:
        """Con los mismos programas, se olvida lo que se hizo hasta ahora."""
        self.hecho.clear()
        self.desde = time.monotonic()
        self.reparto.empieza_otra_historia()
        self.evidencia.empieza_otra_historia()

    def anota(self, frase: str) -> None:
        self.hecho.append(frase)

    def programa_de(self, nombre: str) -> Path:
        """El archivo del programa que usa esa persona, en la copia que se ejecuta."""
        programa = self.entrega.servidor if nombre == SERVIDOR else self.entrega.cliente
        return self.jaula.carpeta / programa

    # --- Esperar ---

    def espera(self, cumple: Callable[[], bool], plazo: float = PLAZO) -> bool:
        """Espera a que se cumpla; `False` si vence el plazo o si ya no va a cumplirse."""
        return self.paciencia.espera(cumple, plazo)

    def espera_calma(self, plazo: float = PLAZO_DE_LA_CALMA) -> bool:
        """Espera a que llegue todo lo que está en camino; `False` si alguien no para."""
        return self.paciencia.espera_calma(plazo)

    def espera_reposo(self) -> bool:
        """Espera a que nadie trabaje, ni siquiera en vano; `False` si alguien no para."""
        return self.paciencia.espera_reposo()

    @contextmanager
    def parado(self, nombre: str) -> Iterator[None]:
        """Mientras dura, el programa de esa persona está detenido: ni lee ni escribe."""
        terminal = self.terminales[nombre]
        terminal.pausar()
        self.paciencia.hay_alguien_parado = True
        try:
            yield
        finally:
            self.paciencia.hay_alguien_parado = False
            terminal.seguir()

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
        escuchas = self._escuchas()

        def escucha() -> bool:
            return self._escuchas() > escuchas

        servidor = self._trato.arranca_servidor(escucha)
        self._comprueba_que_escucha(servidor, escucha())
        return servidor

    def _comprueba_que_escucha(self, servidor: Terminal, lo_dice: bool) -> None:
        """Comprueba que lo dicen la sonda y el sistema; lanza `Fallo`, o `NoCuadra`."""
        nombre = self.entrega.servidor.name
        abiertos = self.evidencia.puertos_abiertos(servidor) if servidor.vivo else None
        if abiertos and not lo_dice:
            raise NoCuadra(f"{NO_CUADRA}: {nombre} tiene un puerto abierto, y la sonda lo calla.")
        _comprueba_que_no_abre_ventanas(servidor, nombre)
        esperado = f"Que {nombre} escuche en un puerto (`bind` y `listen`) y siga en marcha."
        if not (servidor.vivo and lo_dice):
            raise Fallo(esperado)
        if abiertos == set():
            # Quien se cae nada más escuchar cierra su puerto antes de que se sepa que ha muerto.
            if servidor.esperar_fin(PLAZO_PARA_TERMINAR) is not None:
                raise Fallo(esperado)
            raise NoEscucha(
                esperado,
                f"{NO_CUADRA}: la sonda dice que {nombre} escucha, y no hay ningún puerto abierto.",
            )

    def comprueba_que_vive_el_servidor(self) -> None:
        """Comprueba que el servidor no se ha cerrado solo; lanza `Fallo` si lo ha hecho."""
        if self.terminales[SERVIDOR].vivo or self._cerrado_adrede:
            return
        raise Fallo(
            f"Que {self.entrega.servidor.name} siga en marcha, esperando a los clientes.",
            self.como_se_cerro_solo(),
        )

    def como_se_cerro_solo(self) -> str:
        """Que el servidor ya no está y nadie lo ha cerrado; vacío si no es así, o si fue un error.

        A un cliente no se le atiende porque el servidor terminó antes: es lo que hay que decir.
        """
        servidor = self.terminales.get(SERVIDOR)
        if servidor is None or self._cerrado_adrede or servidor.codigo != 0:
            return ""
        nombre = self.entrega.servidor.name
        return f"{nombre} terminó solo, sin ningún error: nadie lo había cerrado."

    def como_se_fue_sin_decir_nada(self) -> str:
        """Que el servidor terminó mal, y por qué no está en su pantalla; vacío si no es así."""
        servidor = self.terminales.get(SERVIDOR)
        if servidor is None or self._cerrado_adrede or self.jaula.exceso:
            return ""
        if not servidor.codigo or servidor.codigo < 0:
            return ""  # sigue, acabó bien o lo mató una señal
        if "Traceback (most recent call last)" in servidor.pantalla:
            return ""
        nombre = self.entrega.servidor.name
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
        """Comprueba que el sistema ha visto lo mismo que la sonda; si no, lanza `NoCuadra`."""
        if que := self.evidencia.lo_que_no_cuadra():
            raise NoCuadra(que)

    def _escuchas(self) -> int:
        return len(self.sucesos("listen", self.entrega.servidor.name))

    def cierra_servidor_con_ctrl_c(self) -> None:
        """Pulsa Ctrl+C en el servidor; lanza `Fallo` si no termina en `PLAZO_PARA_TERMINAR`."""
        servidor = self.terminales[SERVIDOR]
        self.comprueba_que_vive_el_servidor()
        self.anota("Pulso Ctrl+C en el servidor.")
        self._cerrado_adrede = True
        servidor.ctrl_c()
        if servidor.esperar_fin(PLAZO_PARA_TERMINAR) is None and not self._acaba_con_otro_ctrl_c():
            raise Fallo(
                f"Que el servidor termine en {PLAZO_PARA_TERMINAR:g} segundos, aunque tenga "
                "clientes conectados."
            )

    def _acaba_con_otro_ctrl_c(self) -> bool:
        """Si le hacen falta dos, y no por su culpa."""
        servidor = self.terminales[SERVIDOR]
        if not pide_dos_ctrl_c(self.programa_de(SERVIDOR)):
            return False
        self.anota("No termina. Pulso Ctrl+C otra vez.")
        servidor.ctrl_c()
        if servidor.esperar_fin(PLAZO_PARA_TERMINAR) is None:
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
        _comprueba_que_no_abre_ventanas(cliente, self.entrega.cliente.name)
        sin_error = cliente.vivo or cliente.codigo == 0
        if sin_error and not self._trato.lee_el_teclado(nombre):
            enviado = self._primer_envio(nombre)
            raise ClienteSinTeclado(self.entrega.cliente.name, enviado, sigue=cliente.vivo)
        if not cliente.vivo:
            raise Fallo(f"Que {el_programa_de(nombre)} siga en marcha después de conectar.")
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
            if not self._ha_conectado(nombre):
                raise

    def comprueba_que_lo_atienden(self, nombre: str) -> None:
        """Comprueba que el servidor acepta la conexión de esa persona, o la de su mensaje."""
        if not self._ha_conectado(nombre) and self.terminales[nombre].vivo:
            self.anota(f"{nombre} escribe «Hola», por si conecta al enviar.")
            self.terminales[nombre].escribir("Hola")
            self.espera(lambda: self._ha_conectado(nombre))
        if not self._ha_conectado(nombre):
            raise Fallo("Que el cliente conecte (`connect`) con el puerto del servidor.")
        if not self.espera(lambda: bool(self.sucesos("accept", self.entrega.servidor.name))):
            raise Fallo("Que el servidor acepte (`accept`) la conexión del cliente.")

    def _ha_conectado(self, nombre: str) -> bool:
        pid = self.terminales[nombre].pid
        conectados = self.sucesos("connect", self.entrega.cliente.name)
        return any(suceso.pid == pid for suceso in conectados)

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
        callado = self.jaula.ejecutar(_CALLADO.format(puerto=self.puerto_escrito()), "callado")
        self.terminales["callado"] = callado
        if not self.espera(lambda: "conectado" in callado.pantalla):
            raise Fallo("Que el servidor admita una conexión.")

    # --- Arrancar y contestar ---

    def pon_en_marcha(self, papel: str, nombre: str, argumentos: Sequence[str]) -> Terminal:
        """Arranca el programa de ese papel; esa persona es quien lo usa."""
        terminal = self.jaula.arrancar(papel, nombre, argumentos)
        self.terminales[nombre] = terminal
        self.reparto.entra(nombre, terminal)
        return terminal

    def tecleado(self, nombre: str, frase: str) -> str:
        """Lo que esa persona teclea para decir una frase."""
        return frase if nombre == SERVIDOR else self.uso.declarado.tecleado(frase)

    def apodo(self, nombre: str) -> str:
        """Cómo la conocen los demás: así se presentó en su programa."""
        return self._trato.apodo(nombre)

    def aguarda_pregunta(self, cumple: Callable[[], bool], plazo: float) -> None:
        """Espera a que se cumpla, o a que se vea que nadie va a preguntar nada más."""
        self.paciencia.aguarda(cumple, plazo, con_prisa=True)

    def _ensayar(self, uso: Uso, duda: Duda) -> tuple[str, ...]:
        from chatlab.corrector.ensayo import ensayar  # abre otras escenas como esta

        return ensayar(self.entrega, uso, duda)

    # --- Lo que han hecho los sockets ---

    def sucesos(self, tipo: str, programa: str) -> list[Suceso]:
        """Los sucesos de un tipo de los procesos de ese programa («servidor.py»)."""
        return [
            suceso
            for suceso in self.testigo.sucesos()
            if suceso.tipo == tipo and suceso.programa == programa
        ]

    def datos(self, tipo: str, nombre: str) -> bytes:
        """Los bytes que el programa de esa persona, o sus hijos, han enviado («send») o recibido.

        Lo recibido es «recv».
        """
        pids = self._procesos_de(nombre)
        return b"".join(
            suceso.datos
            for suceso in self.testigo.sucesos()
            if suceso.tipo == tipo and suceso.pid in pids
        )

    def _procesos_de(self, nombre: str) -> set[int]:
        """El proceso de esa persona y los que ha arrancado él, o ellos."""
        pids = {self.terminales[nombre].pid or 0}
        for proceso in self.testigo.procesos():  # por orden: los padres llegan antes
            if proceso.padre in pids:
                pids.add(proceso.pid)
        return pids

    def lecturas_vacias(self, nombre: str) -> bool:
        """Si el programa de esa persona lee una y otra vez de alguien que ya se ha ido."""
        pids = self._procesos_de(nombre)
        vacias = Counter(
            (suceso.pid, suceso.conexion)
            for suceso in self.testigo.sucesos()
            if suceso.tipo == "recv" and suceso.cuantos == 0 and suceso.pid in pids
        )
        return any(cuantas >= DEMASIADAS_VACIAS for cuantas in vacias.values())

    def _primer_envio(self, nombre: str) -> bytes:
        pid = self.terminales[nombre].pid
        envios = self.sucesos("send", self.entrega.cliente.name)
        return next((envio.datos for envio in envios if envio.pid == pid), b"")

    def ha_aceptado(self) -> bool:
        """Si el servidor ha aceptado a alguien."""
        return bool(self.sucesos("accept", self.entrega.servidor.name))

    def ha_tocado_la_red(self, nombre: str) -> bool:
        """Si el programa de esa persona ha abierto un puerto o ha llamado a alguien."""
        pid = self.terminales[nombre].pid
        de_red = ("bind", "listen", "connect", "fallo", "prohibido", "udp")
        return any(uno.pid == pid and uno.tipo in de_red for uno in self.testigo.sucesos())

    def bytes_enviados(self, nombre: str) -> int:
        """Los bytes que ha enviado el programa de esa persona."""
        return len(self.datos("send", nombre))

    def consumo(self, nombre: str) -> Consumo:
        """La CPU y la memoria que ha gastado el programa de esa persona, si se sabe."""
        pid = self.terminales[nombre].pid
        suyos = [proceso for proceso in self.testigo.procesos() if proceso.pid == pid]
        return consumo(suyos[-1].pid_fuera) if suyos else Consumo()

    def puerto_escrito(self) -> int:
        """El puerto que el servidor ha escrito en su bind; 8000 si aún no se sabe."""
        return self.puerto_abierto() or 8000

    def puerto_abierto(self) -> int | None:
        """El puerto que el servidor ha escrito en su bind; `None` si aún no se sabe."""
        for suceso in self.sucesos("bind", self.entrega.servidor.name):
            if suceso.local is not None:
                return suceso.local[1]
        return None


def _comprueba_que_no_abre_ventanas(programa: Terminal, archivo: str) -> None:
    """Lanza `SinComprobar` si el programa ha acabado porque aquí no hay pantalla."""
    biblioteca = "" if programa.vivo else con_que_abre_ventanas(programa.pantalla)
    if biblioteca:
        raise SinComprobar(por_que_no_se_prueba(archivo, biblioteca))


#: Lo que ejecuta quien conecta y no dice nada. Lee lo que le llegue, hasta que lo echen.
_CALLADO = """
import socket
conexion = socket.create_connection(("localhost", {puerto}))
print("conectado", flush=True)
while conexion.recv(4096):
    pass
"""
