"""Dos programas que se esperan el uno al otro: ninguno va a seguir."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatlab.corrector.diagnostico.de_quien import SERVIDOR, al_principio, el_programa_de
from chatlab.corrector.diagnostico.deducciones.parada import Parada
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo

#: Con quien espera una de estas en algún hilo se puede hablar: alguien teclea, o entra.
_ATIENDE = frozenset({"teclado", "select", "accept"})


def esperas_mutuas(paradas: Sequence[Parada]) -> Iterator[Hallazgo]:
    """Cuenta que un cliente que solo lee y el servidor se esperan; a lo sumo, una vez.

    Un cliente con un hilo que atiende al teclado no está parado, aunque otro lea de la red.
    """
    del_servidor = [parada for parada in paradas if parada.de == SERVIDOR]
    suyo = _en_que_espera(del_servidor)
    if suyo is None:
        return
    leen = sum(hilo.espera == "recv" for hilo in del_servidor)
    clientes = dict.fromkeys(parada.de for parada in paradas if parada.de != SERVIDOR)
    for nombre in clientes:
        hilos = [parada for parada in paradas if parada.de == nombre]
        if any(hilo.espera in _ATIENDE or hilo.trabaja for hilo in hilos):
            continue
        lee = next((hilo for hilo in hilos if hilo.espera == "recv" and hilo.lugar), None)
        if lee is not None and suyo.espera == "teclado":
            yield _lo_visto(
                f"{el_programa_de(nombre)} está {lee.donde}, esperando al servidor; y el servidor, "
                f"{suyo.donde}, esperando a que alguien teclee en su terminal."
            )
            return
        # Si hay más clientes que hilos que leen, el servidor puede estar leyendo de otro.
        if lee is not None and leen >= len(clientes):
            yield _lo_visto(
                f"{el_programa_de(nombre)} está {lee.donde} y el servidor, {suyo.donde}: cada uno "
                "espera a que hable el otro."
            )
            return


def _en_que_espera(hilos: Sequence[Parada]) -> Parada | None:
    """El hilo del servidor que espera al cliente, o al teclado en su lugar."""
    if any(hilo.trabaja for hilo in hilos):
        return None
    del_teclado = [hilo for hilo in hilos if hilo.espera == "teclado" and hilo.lugar]
    leen = [hilo for hilo in hilos if hilo.espera == "recv" and hilo.lugar]
    return next(iter(del_teclado + leen), None)


def _lo_visto(frase: str) -> Hallazgo:
    return Hallazgo(Grado.VISTO, causa=al_principio(frase))
