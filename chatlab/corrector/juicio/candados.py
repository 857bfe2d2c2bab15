"""Quién espera un candado cuando ya nadie se mueve, y quién lo tiene: para verlo en la película.

La sonda no cuenta esas esperas, que en una entrega correcta son muchas y no son nada. Aquí se sabe
por dónde está parado cada hilo, y solo después de un fallo.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from chatlab.corrector.diagnostico.deducciones.candados import lo_tiene, que_candado_espera
from chatlab.corrector.diagnostico.fuente import leer_fuente
from chatlab.corrector.diagnostico.hallazgo import Hallazgo
from chatlab.corrector.historias.deducir import de_cada_cual, en_sus_programas
from chatlab.corrector.historias.escena import Escena
from chatlab.sonda import Suceso


def esperas_de_candados(
    escena: Escena, hallazgos: Collection[Hallazgo], ahora: float
) -> list[Suceso]:
    """Los sucesos que contarían esas esperas, si alguna está entre los hallazgos.

    Empiezan `ahora` (`time.monotonic`): desde cuándo esperan no se sabe.
    """
    if not any(uno.lugar for uno in hallazgos):
        return []
    leer = partial(leer_fuente, escena.jaula.carpeta)
    paraderos = escena.testigo.paraderos()
    paradas = en_sus_programas(escena, paraderos)
    esperan = [(parada, cual) for parada in paradas if (cual := que_candado_espera(parada, leer))]
    if not {parada.lugar for parada, _ in esperan} & {uno.lugar for uno in hallazgos}:
        return []
    arranques = {
        (nombre, uno.detalle): uno
        for nombre, uno in de_cada_cual(escena, escena.testigo.sucesos())
        if uno.tipo == "hilo_arrancado"
    }
    lugares = {(uno.pid, uno.hilo): uno.lugar for uno in paraderos}
    numeros: dict[str, int] = {}
    esperas = []
    for parada, cual in esperan:
        suyo = arranques.get((parada.de, parada.hilo))
        if suyo is not None:
            duenos = (
                arranques[otra.de, otra.hilo].hilo
                for otra in paradas
                if otra.de == parada.de and (otra.de, otra.hilo) in arranques
                if lo_tiene(otra, cual, leer)
            )
            espera = suyo._replace(tipo="espera", instante=ahora, detalle="candado", cuantos=0)
            numero = numeros.setdefault(cual, len(numeros) + 1)
            lugar = lugares[suyo.pid, parada.hilo]
            esperas.append(espera._replace(lugar=lugar, candado=numero, dueno=next(duenos, 0)))
    return esperas
