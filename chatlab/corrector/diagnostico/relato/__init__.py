"""Lo que hicieron los sockets de un programa, contado en una o dos frases.

La primera línea que explica el fallo es la que falta: si el servidor nunca aceptó, no importa qué
envió cada uno. Por eso se pregunta en orden, de `bind` a los mensajes, y se cuenta lo primero que
no salió bien. Si todo salió, se cuenta quién envió y quién recibió.

conversaciones.py   quién habló con quién: una conversación por cada conexión
preparacion.py      antes del primer mensaje: abrir el puerto, escuchar, llamar y aceptar
mensajes.py         quién envió, quién leyó, y si se leyeron como se enviaron
costuras.py         los que se leyeron pegados, o en trozos
cambios.py          un texto que llega cambiado
sin_leer.py         lo último que se envió a alguien, y no ha leído
ausentes.py         quién ha dejado de leer
sin_repartir.py     lo que llega al servidor, y él no envía a los demás
bien_repartido.py   si el servidor envió bien todo lo que le llegó
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.hallazgo import Hallazgo, visto
from chatlab.corrector.diagnostico.momento import Momento
from chatlab.corrector.diagnostico.relato.cambios import como_no_cambiarlo
from chatlab.corrector.diagnostico.relato.conversaciones import SucesoVisto, leer_escena
from chatlab.corrector.diagnostico.relato.mensajes import contar_mensajes
from chatlab.corrector.diagnostico.relato.preparacion import lo_que_falta


def explicar_sockets(
    sucesos: Iterable[SucesoVisto],
    nombres: Mapping[int, str],
    *,
    desde: float = float("-inf"),
    escrito: Iterable[str] = (),
    chat: bool = False,
) -> list[Hallazgo]:
    """Cuenta en una o dos frases lo que hicieron los sockets; ninguna si no hicieron nada.

    `sucesos` son los de la sonda, desde el principio y cuando ya nada se mueve (un servidor que aún
    no ha llegado a `accept` parece uno que no lo llama); `nombres`, el de la persona que usa cada
    programa, por su pid. Con `desde` (segundos de `time.monotonic()`), se cuentan solo los
    mensajes a partir de ese momento: los de una comprobación y no los de las anteriores. Con lo
    `escrito` por las personas se sabe si un texto llega cambiado y, si es un `chat`, si el servidor
    no lo envía a los demás.
    """
    escena = leer_escena(sucesos, nombres, desde)
    falta = lo_que_falta(escena, nombres)
    dichos = [falta] if falta else contar_mensajes(escena, escrito, chat=chat)
    return [_hallazgo(*dicho) for dicho in dichos]


def _hallazgo(frase: str, momento: Momento | None) -> Hallazgo:
    contado = visto(limpiar(f"{frase[:1].upper()}{frase[1:]}."))
    return replace(contado, arreglo=como_no_cambiarlo(frase), momento=momento)
