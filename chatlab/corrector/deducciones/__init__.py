"""Lo que se sigue de por dónde va cada hilo cuando algo ha fallado.

    parada      un hilo: de quién es, por qué línea va y qué espera
    sin_fin     qué mantiene vivo a un programa que ya debía haber terminado
    giros       el bucle que no para
    candados    un hilo espera un candado, y quién lo tiene
    mutuas      dos programas que se esperan el uno al otro
    acabo_solo  un programa que termina en cuanto acaba su hilo principal
    sin_mostrar lo que llegó a un programa y no está en su pantalla
    atasco      el servidor que espera a quien no lee

Se pregunta a la sonda solo después de un fallo: una entrega correcta no lo nota.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial

from chatlab.corrector.de_quien import SERVIDOR, es_de_la_entrega
from chatlab.corrector.deducciones.acabo_solo import hilos_que_murieron_con_el
from chatlab.corrector.deducciones.atasco import donde_se_atasca
from chatlab.corrector.deducciones.candados import los_que_esperan_un_candado
from chatlab.corrector.deducciones.giros import BASTANTE, Vuelta, los_que_giran
from chatlab.corrector.deducciones.mutuas import esperas_mutuas
from chatlab.corrector.deducciones.parada import Parada, en_la_entrega
from chatlab.corrector.deducciones.sin_fin import TERMINAN, lo_que_no_deja_terminar
from chatlab.corrector.deducciones.sin_mostrar import lo_que_no_se_mostro
from chatlab.corrector.escena import Escena
from chatlab.corrector.fuente import leer_fuente
from chatlab.corrector.hallazgo import Hallazgo
from chatlab.sonda import Paradero, Suceso

#: Frases tecleadas, las últimas, que se buscan en las pantallas.
ULTIMAS = 2
SERVIDOR_Y_UN_CLIENTE = 2
#: Segundos en los que se mide lo que trabaja un programa, para saber si da vueltas.
MUESTRA = 0.2


def deducir(escena: Escena, comprobacion: str) -> list[Hallazgo]:
    """Lo que explica el fallo por lo que hacía cada hilo; nada donde no se puede saber."""
    paradas = _paradas(escena)
    if comprobacion in TERMINAN:
        creados = [uno for uno in escena.testigo.sucesos() if uno.tipo == "hilo_creado"]
        donde = {(nombre, uno.detalle): uno for nombre, uno in _de_cada_cual(escena, creados)}
        hallazgos = [*lo_que_no_deja_terminar(escena.jaula.carpeta, paradas, donde, comprobacion)]
    else:
        hallazgos = [*_acabaron_solos(escena), *_sin_mostrar(escena), *esperas_mutuas(paradas)]
    if any(parada.trabaja for parada in paradas):
        vueltas = list(_vueltas(escena, paradas))
        quietos = [una.parada for una in vueltas if una.gasto < BASTANTE and una.parada in paradas]
        leer = partial(leer_fuente, escena.jaula.carpeta)
        hallazgos = [*los_que_esperan_un_candado(quietos, paradas, leer), *hallazgos]
        hallazgos += los_que_giran(vueltas)
    return [*_los_agotados(escena), *hallazgos]


def _los_agotados(escena: Escena) -> Iterator[Hallazgo]:
    """El bucle en que estaba quien gastó todo el procesador que se le deja."""
    yield from los_que_giran(
        Vuelta(parada, 1.0, leer_fuente(escena.jaula.carpeta, parada.lugar.archivo))
        for parada in _de_la_entrega(escena, escena.testigo.agotados())
        if parada.lugar is not None and parada.trabaja
    )


def atasco(escena: Escena, quien_no_lee: str) -> str:
    """En qué línea espera el servidor a quien no lee, en una frase; vacío si no espera."""
    antes, luego = _paradas(escena), set(_paradas(escena))
    return donde_se_atasca([parada for parada in antes if parada in luego], quien_no_lee)


def _acabaron_solos(escena: Escena) -> Iterator[Hallazgo]:
    for nombre, terminal in escena.reparto.presentes():
        if not terminal.vivo and terminal.codigo == 0:
            suyos = [uno for uno in escena.testigo.sucesos() if uno.pid == terminal.pid]
            hallazgo = hilos_que_murieron_con_el(escena.jaula.carpeta, nombre, suyos)
            if hallazgo is not None:
                yield hallazgo


def _sin_mostrar(escena: Escena) -> Iterator[Hallazgo]:
    """A lo sumo uno: lo último que se tecleó, y alguien recibió y no enseñó."""
    presentes = list(escena.reparto.presentes())
    for nombre, terminal in presentes:
        # Un servidor de varios reparte: no tiene por qué enseñar nada.
        reparte = nombre == SERVIDOR and len(presentes) > SERVIDOR_Y_UN_CLIENTE
        if terminal.vivo and terminal.pid is not None and not reparte:
            programa = escena.programa_de(nombre).relative_to(escena.jaula.carpeta)
            hallazgo = lo_que_no_se_mostro(
                nombre,
                escena.escrito[-ULTIMAS:],
                escena.datos("recv", nombre),
                terminal.pantalla,
                [leer_fuente(escena.jaula.carpeta, programa.as_posix())],
            )
            if hallazgo is not None:
                yield hallazgo
                return


def _paradas(escena: Escena) -> list[Parada]:
    return _de_la_entrega(escena, escena.testigo.paraderos())


def _de_la_entrega(escena: Escena, paraderos: list[Paradero]) -> list[Parada]:
    nombres = _nombres(escena)
    return [
        en_la_entrega(paradero, nombres[paradero.pid], escena.jaula.carpeta)
        for paradero in paraderos
        if paradero.pid in nombres
    ]


def _vueltas(escena: Escena, antes: list[Parada]) -> Iterator[Vuelta]:
    """Los hilos que trabajaban y siguen trabajando, con lo que gasta su programa."""
    gasto, ahora = _gasto(escena), time.monotonic()
    while time.monotonic() < ahora + MUESTRA:
        escena.testigo.esperar_cambio(MUESTRA / 4)
    luego = _paradas(escena)
    pasado, gasto_luego = time.monotonic() - ahora, _gasto(escena)
    trabajaban = {(parada.de, parada.hilo) for parada in antes if parada.trabaja}
    for parada in luego:
        if parada.trabaja and parada.lugar and (parada.de, parada.hilo) in trabajaban:
            gastado = gasto_luego.get(parada.de, 0.0) - gasto.get(parada.de, 0.0)
            yield Vuelta(
                parada, gastado / pasado, leer_fuente(escena.jaula.carpeta, parada.lugar.archivo)
            )


def _gasto(escena: Escena) -> dict[str, float]:
    """Los segundos de procesador de cada programa en marcha."""
    vivos = [nombre for nombre, uno in escena.terminales.items() if uno.vivo]
    return {nombre: escena.consumo(nombre).cpu or 0.0 for nombre in vivos}


def _de_cada_cual(escena: Escena, sucesos: list[Suceso]) -> Iterator[tuple[str, Suceso]]:
    nombres = _nombres(escena)
    for suceso in sucesos:
        if suceso.pid in nombres:
            yield nombres[suceso.pid], suceso


def _nombres(escena: Escena) -> dict[int, str]:
    """De quién es cada proceso de la entrega."""
    return {
        terminal.pid: nombre
        for nombre, terminal in escena.terminales.items()
        if terminal.pid is not None and es_de_la_entrega(nombre)
    }
