"""Lo que se comprueba de los retos de la lección 06, cuyos textos están en `retos.toml`.

chatlab reto 06.1
"""

from __future__ import annotations

from contextlib import suppress

from chatlab.corrector.historias.chat import Chat
from chatlab.corrector.historias.escena import SERVIDOR, Fallo
from chatlab.corrector.marcas import reto

#: Lo que pone en rojo una terminal, y una palabra.
EN_ROJO = "\x1b[31mrojo"


def _servidor(chat: Chat) -> str:
    """Lo que hay en la pantalla del servidor."""
    return chat.escena.terminales[SERVIDOR].pantalla


@reto
def test_paso1_uno_lento(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    ana.escribe("Hola a todos")
    carlos.ve("Hola a todos")
    if not chat.escena.espera(lambda: "Ana: Hola a todos" in _servidor(chat)):
        raise Fallo("Que en la pantalla del servidor salga «Ana: Hola a todos».")


@reto
def test_paso2_colas(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    with carlos.sin_leer():
        chat.habla_un_rato(ana)
        if "A Carlos le esperan 10 mensajes" not in _servidor(chat):
            raise Fallo("Que al servidor le salga que a Carlos le esperan 10 mensajes.")


@reto
def test_paso3_contrapresion(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    with carlos.sin_leer():
        chat.habla_un_rato(ana)
        if not chat.escena.espera(lambda: "Expulso a Carlos" in _servidor(chat)):
            raise Fallo("Que a Carlos, que no lee, se le expulse.")


@reto
def test_paso4_plazos(chat: Chat) -> None:
    chat.conecta_alguien_callado()
    if not chat.escena.espera(lambda: "Rechazo una conexión" in _servidor(chat)):
        raise Fallo("Que a quien calla se le rechace.")
    if "en 1 segundo" not in _servidor(chat):
        raise Fallo("Que para decir el nombre haya 1 segundo.")


@reto
def test_paso5_inundaciones(chat: Chat) -> None:
    chat.entran("Ana", "Carlos")
    with suppress(Fallo):  # a Elena la echan: su programa acaba enseguida
        chat.escena.pon_alguien("Elena")
    elena = chat.escena.terminales["Elena"]
    if not chat.escena.espera(lambda: "está lleno" in elena.pantalla):
        raise Fallo("Que Elena, que es la tercera, lea que el chat está lleno.")


@reto
def test_paso6_terminal(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    ana.terminal.escribir(EN_ROJO)
    if not chat.escena.espera(lambda: "·[31mrojo" in carlos.nuevo):
        raise Fallo("Que en lugar del carácter que manda sobre la terminal, Carlos lea un «·».")
