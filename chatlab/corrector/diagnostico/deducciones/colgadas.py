"""El servidor cuelga a quien sigue ahí: lo que esa persona escriba después no llega a nadie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.diagnostico.deducciones.parada import lugar_de
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo
from chatlab.corrector.diagnostico.momento import Momento
from chatlab.corrector.diagnostico.relato.conversaciones import Dialogo


def las_que_colgo_el_servidor(
    carpeta: Path, conversaciones: Iterable[Dialogo], siguen: Iterable[str]
) -> Iterator[Hallazgo]:
    """A lo sumo una: la conexión de una que sigue ahí, y que el servidor cerró antes que ella.

    `conversaciones` son todas las de la escena, por orden.
    """
    suyas = {una.persona: una for una in conversaciones if una.persona}  # de cada una, la última
    for nombre in siguen:
        conversacion = suyas.get(nombre)
        cierre = conversacion.servidor.cierre if conversacion else None
        if conversacion is None or cierre is None:
            continue
        suyo = conversacion.cliente.cierre
        if suyo is not None and suyo.instante < cierre.instante:
            continue
        lugar = lugar_de(getattr(cierre, "lugar", ""), carpeta)
        if lugar is None:
            continue
        como = "al salir de este `with`" if "with " in lugar.codigo else "aquí"
        yield Hallazgo(
            Grado.VISTO,
            causa=f"El servidor cerró {como} la conexión de {nombre}, que seguía conectada: lo que "
            "escriba después no le llega.",
            lugar=lugar,
            momento=Momento(
                cierre.instante, f"Aquí el servidor cerró la conexión de {nombre}.", SERVIDOR
            ),
        )
        return
