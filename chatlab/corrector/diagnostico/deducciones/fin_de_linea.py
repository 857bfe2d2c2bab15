"""Quien lee por líneas, y espera el final de una que se envió sin él."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.de_quien import al_principio, el_programa_de
from chatlab.corrector.diagnostico.deducciones.parada import Parada
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo

#: Lo que no vuelve hasta que hay un salto de línea.
_POR_LINEAS = re.compile(r"\breadline\(|\breadlines\(|\breaduntil\(|\bfor \w+ in ")
MAX_CITA = 60


def esperan_el_fin_de_la_linea(
    paradas: Sequence[Parada], llegado: Iterable[tuple[str, str, bytes]]
) -> Iterator[Hallazgo]:
    """A lo sumo uno. `llegado` es a quién, qué frase y en qué bytes, de lo que no tuvo efecto."""
    for nombre, frase, datos in llegado:
        if b"\n" in datos[datos.rfind(frase.encode()) :]:
            continue
        for hilo in paradas:
            lee = hilo.de == nombre and hilo.espera in ("recv", "select") and hilo.lugar
            if lee and _POR_LINEAS.search(lee.codigo):
                yield Hallazgo(
                    Grado.SE_SIGUE,
                    causa=al_principio(
                        f"a{el_programa_de(nombre).removeprefix('e')} le llegó "
                        f"«{limpiar(frase)[:MAX_CITA]}» sin un salto de línea detrás, y aquí lee "
                        "por líneas: sigue esperando a que acabe."
                    ),
                    arreglo='Envía cada mensaje con su final: `(mensaje + "\\n").encode()`.',
                    lugar=lee,
                )
                return
