"""Lo que se comprueba de los retos de la lección 02, cuyos textos están en `retos.toml`.

chatlab reto 02.1
"""

from __future__ import annotations

from chatlab.corrector.historias.escena import SERVIDOR, Escena, Fallo
from chatlab.corrector.historias.persona import Persona
from chatlab.corrector.historias.turnos import Turnos
from chatlab.corrector.marcas import reto


def _se_sientan(escena: Escena) -> tuple[Persona, Persona]:
    """La persona del servidor y Ana, sin que importe a quién le toca."""
    servidor = Persona(escena, SERVIDOR, escena.pon_servidor())
    escena.pon_alguien("Ana")
    ana = Persona(escena, "Ana", escena.terminales["Ana"])
    escena.espera_calma()
    return servidor, ana


def _espera_recibir(escena: Escena, nombre: str) -> bool:
    """Si lo último que ha hecho el programa de esa persona es ponerse a recibir."""
    pid = escena.terminales[nombre].pid
    suyos = [suceso for suceso in escena.testigo.sucesos() if suceso.pid == pid]
    return bool(suyos) and suyos[-1].tipo == "espera" and "recv" in suyos[-1].detalle


@reto
def test_paso1_un_intercambio(escena: Escena) -> None:
    servidor, ana = _se_sientan(escena)
    servidor.escribe("¿Qué desea?")
    ana.ve("¿Qué desea?")
    ana.escribe("Un café, por favor")
    servidor.ve("Un café, por favor")


@reto
def test_paso2_turnos(escena: Escena) -> None:
    _se_sientan(escena)
    for nombre, programa in (("Ana", "cliente"), (SERVIDOR, "servidor")):
        if not _espera_recibir(escena, nombre):
            raise Fallo(
                f"Que el {programa} esté esperando en `recv` desde el principio, y no es así: los "
                "dos tienen que empezar recibiendo."
            )


@reto
def test_paso3_despedida(turnos: Turnos) -> None:
    turnos.un_turno("Hola", "Hola, Ana")
    servidor, ana = turnos.se_sientan()
    ana.escribe("chao")
    if not turnos.escena.espera(lambda: not ana.terminal.vivo):
        raise Fallo("Que al escribir «chao» el cliente termine.")
    ana.no_muestra_un_error()
    turnos.escena.espera_calma()
    if "chao" in servidor.nuevo:
        raise Fallo("Que la palabra no le llegue al servidor: es para el cliente.")
    if not servidor.sabe_que_acabo():
        raise Fallo("Que el servidor diga que el cliente se ha ido.")


@reto
def test_paso4_fuera_de_turno(escena: Escena) -> None:
    servidor, ana = _se_sientan(escena)
    ana.escribe("¿Me oyes?")
    escena.espera_calma()
    enviado = escena.datos("send", "Ana")
    if not enviado:
        raise Fallo("Que el cliente envíe el mensaje, aunque sea sin su final.")
    if enviado.endswith(b"\n") or "¿Me oyes?" in servidor.nuevo:
        raise Fallo("Que el mensaje viaje sin el salto de línea, y el servidor se quede esperando.")
