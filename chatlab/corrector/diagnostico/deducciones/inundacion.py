"""Quién envía sin parar: mucho más de lo que se ha tecleado o de lo que le ha llegado.

Lo que le pase a los demás viene de ahí. Y contar uno a uno sus mensajes tardaría más que corregir.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from chatlab.corrector.diagnostico.de_quien import SERVIDOR, al_principio, el_programa_de
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo
from chatlab.sonda import Suceso

#: Bytes por debajo de los que nadie inunda a nadie.
MUCHO = 50_000
#: Veces que lo enviado es más que lo que había que enviar. En base64 o con cabeceras, son pocas.
VECES = 20


def quien_inunda(
    sucesos: Iterable[Suceso], nombres: Mapping[int, str], tecleado: Mapping[str, int]
) -> Hallazgo | None:
    """Quién envía sin parar, antes un cliente que el servidor; None si nadie lo hace.

    `nombres` es de quién es cada proceso, y `tecleado`, los bytes que se le han tecleado.
    """
    enviado: Counter[str] = Counter()
    recibido: Counter[str] = Counter()
    for suceso in sucesos:
        if (nombre := nombres.get(suceso.pid)) is not None:
            if suceso.tipo == "send":
                enviado[nombre] += suceso.cuantos
            elif suceso.tipo == "recv":
                recibido[nombre] += suceso.cuantos
    for nombre in sorted(enviado, key=lambda uno: uno == SERVIDOR):
        tenia = tecleado.get(nombre, 0)
        if nombre == SERVIDOR:
            tenia = (tenia + recibido[nombre]) * max(1, len(enviado))
        if enviado[nombre] > max(MUCHO, VECES * tenia):
            return _inunda(nombre, enviado[nombre])
    return None


def _inunda(nombre: str, enviado: int) -> Hallazgo:
    return Hallazgo(
        Grado.VISTO,
        causa=al_principio(
            f"{el_programa_de(nombre)} no para de enviar: lleva {enviado} bytes, y nadie ha "
            "escrito tanto."
        ),
        arreglo="Busca el bucle que llama a `send` una y otra vez, y haz que envíe solo cuando "
        "haya algo nuevo que decir.",
    )
