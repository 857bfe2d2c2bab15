"""Quien no lee lo que le ha llegado porque está esperando a otra cosa: el teclado, un reloj…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.diagnostico.de_quien import al_principio, el_programa_de
from chatlab.corrector.diagnostico.deducciones.parada import Parada
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo

#: Lo que no deja leer de la red a quien espera ahí.
_NO_LEEN = frozenset({"teclado", "reloj"})
#: La sonda no ve a quien lee de `sys.stdin`: lo dice su línea.
_DEL_TECLADO = re.compile(r"\bstdin\b")
MAX_CITA = 60


def no_leen_porque_esperan(
    paradas: Sequence[Parada],
    sin_leer: Mapping[str, bytes],
    acabados: Mapping[str, str],
    *,
    chat: bool,
) -> Iterator[Hallazgo]:
    """A lo sumo uno: el primero con algo sin leer, y todos sus hilos esperando a otra cosa.

    `sin_leer` es lo último que le llegó a cada persona y no ha leído; `acabados`, el hilo de cada
    una que ya terminó, si lo hay. En un `chat`, además, se dice cómo se hace: por turnos, lo normal
    es no leer mientras se escribe.
    """
    for nombre, datos in sin_leer.items():
        hilos = [parada for parada in paradas if parada.de == nombre and parada.lugar]
        texto = limpiar(" ".join(datos.decode("utf-8", "replace").split()))[:MAX_CITA]
        if not hilos or not texto or not all(_no_lee(hilo) for hilo in hilos):
            continue
        llego = f"a{el_programa_de(nombre).removeprefix('e')} le llegó «{texto}»"
        if nombre in acabados:
            yield Hallazgo(
                Grado.SE_SIGUE,
                causa=al_principio(
                    f"{llego}, y ya nadie lo lee: el hilo «{limpiar(acabados[nombre])}» acabó, "
                    f"y el principal está {hilos[0].donde}."
                ),
                arreglo="Para seguir leyendo, ese hilo tiene que repetir el `recv` en un bucle.",
            )
            return
        yield Hallazgo(
            Grado.SE_SIGUE,
            causa=al_principio(
                f"{llego}, y no lo lee: está {hilos[0].donde}, y mientras espera ahí no puede leer "
                "de la red."
            ),
            arreglo=(
                "Lee lo que llega en otro hilo, `threading.Thread(target=…, daemon=True)`, y deja "
                "que el principal espere al teclado."
                if chat
                else ""
            ),
            lugar=hilos[0].lugar,
        )
        return


def _no_lee(hilo: Parada) -> bool:
    if hilo.espera:
        return hilo.espera in _NO_LEEN
    return hilo.lugar is not None and _DEL_TECLADO.search(hilo.lugar.codigo) is not None
