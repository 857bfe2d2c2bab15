"""Lo que se comprueba de los retos de la lección 05, cuyos textos están en `retos.toml`.

chatlab reto 05.1
"""

from __future__ import annotations

import re

from chatlab.corrector.historias.chat import Chat
from chatlab.corrector.historias.escena import SERVIDOR, Fallo
from chatlab.corrector.marcas import reto


@reto
def test_paso1_un_hilo_por_cliente(chat: Chat) -> None:
    chat.entran("Ana", "Carlos")
    servidor = chat.escena.terminales[SERVIDOR]
    if not chat.escena.espera(lambda: re.search(r"(?<!\d)3(?!\d)", servidor.pantalla) is not None):
        raise Fallo("Que con Ana y Carlos dentro el servidor escriba que hay 3 hilos.")


@reto
def test_paso2_selector(chat: Chat) -> None:
    (ana,) = chat.entran("Ana")
    chat.entra_otra("Carlos")
    ana.ve("* Carlos ha entrado.")


@reto
def test_paso3_cola_de_salida(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    with carlos.sin_leer():
        chat.habla_un_rato(ana)
        if "Echo a Carlos" not in chat.escena.terminales[SERVIDOR].pantalla:
            raise Fallo("Que a Carlos, que no lee, se le eche cuando le esperan 1024 bytes.")


@reto
def test_paso4_asyncio(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    ana.escribe("/quien")
    if not chat.escena.espera(lambda: all(nombre in ana.nuevo for nombre in ("Ana", "Carlos"))):
        raise Fallo("Que al escribir `/quien` Ana lea los nombres de los dos.")
    chat.escena.espera_calma()
    if "/quien" in carlos.nuevo:
        raise Fallo("Que Carlos no lea la pregunta de Ana.")


@reto
def test_paso5_sala_sin_sockets(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    carlos.se_va()
    ana.ve("* Carlos se ha ido.")
    ana.mira_con_calma()
    chat.alguien_conecta_y_cuelga()
    chat.escena.espera_calma()
    if ana.nuevo.strip():
        raise Fallo("Que no se anuncie a quien se va sin haber dicho su nombre.")
