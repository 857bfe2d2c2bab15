"""Lo que se sigue de por dónde va cada hilo de una escena cuando algo ha fallado.

Se pregunta a la sonda solo después de un fallo: una entrega correcta no lo nota. Qué se deduce está
en `diagnostico/deducciones/`.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial

from chatlab.corrector.diagnostico.de_quien import SERVIDOR, es_de_la_entrega
from chatlab.corrector.diagnostico.deducciones.acabo_solo import hilos_que_murieron_con_el
from chatlab.corrector.diagnostico.deducciones.atasco import donde_se_atasca
from chatlab.corrector.diagnostico.deducciones.candados import los_que_esperan_un_candado
from chatlab.corrector.diagnostico.deducciones.colgadas import las_que_colgo_el_servidor
from chatlab.corrector.diagnostico.deducciones.fin_de_linea import esperan_el_fin_de_la_linea
from chatlab.corrector.diagnostico.deducciones.giros import BASTANTE, Vuelta, los_que_giran
from chatlab.corrector.diagnostico.deducciones.mutuas import esperas_mutuas
from chatlab.corrector.diagnostico.deducciones.ocupados import no_leen_porque_esperan
from chatlab.corrector.diagnostico.deducciones.parada import Parada, en_la_entrega
from chatlab.corrector.diagnostico.deducciones.sin_entrar import por_que_no_acepta
from chatlab.corrector.diagnostico.deducciones.sin_fin import (
    TERMINA_ALGUIEN,
    lo_que_no_deja_terminar,
)
from chatlab.corrector.diagnostico.deducciones.sin_mostrar import lo_que_no_se_mostro
from chatlab.corrector.diagnostico.fuente import leer_fuente
from chatlab.corrector.diagnostico.hallazgo import Hallazgo
from chatlab.corrector.diagnostico.momento import AL_FINAL, Momento
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.diagnostico.relato.conversaciones import Dialogo, leer_escena
from chatlab.corrector.diagnostico.relato.sin_leer import lo_que_no_han_leido
from chatlab.corrector.historias.escena import Escena
from chatlab.sonda import Paradero, Suceso

#: Frases tecleadas, las últimas, que se buscan en las pantallas.
ULTIMAS = 2
SERVIDOR_Y_UN_CLIENTE = 2
#: Segundos en los que se mide lo que trabaja un programa, para saber si da vueltas.
MUESTRA = 0.2


def deducir(escena: Escena, pasa: Collection[Pasa]) -> list[Hallazgo]:
    """Lo que explica el fallo por lo que hacía cada hilo; nada donde no se puede saber.

    `pasa` es lo que pasa en la comprobación que ha fallado. Lo que no pasó en un momento se ve al
    final: así se quedaron los programas.
    """
    return [
        uno
        if uno.momento
        else replace(uno, momento=Momento(AL_FINAL, f"Así se quedó: {uno.causa}"))
        for uno in _deducido(escena, pasa)
    ]


def _deducido(escena: Escena, pasa: Collection[Pasa]) -> list[Hallazgo]:
    paradas = _paradas(escena)
    if TERMINA_ALGUIEN.intersection(pasa):
        creados = [uno for uno in escena.testigo.sucesos() if uno.tipo == "hilo_creado"]
        donde = {(nombre, uno.detalle): uno for nombre, uno in de_cada_cual(escena, creados)}
        hallazgos = [*lo_que_no_deja_terminar(escena.jaula.carpeta, paradas, donde, pasa)]
    else:
        hallazgos = _lo_que_no_llega(escena, pasa, paradas)
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
        for parada in en_sus_programas(escena, escena.testigo.agotados())
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


def _lo_que_no_llega(
    escena: Escena, pasa: Collection[Pasa], paradas: list[Parada]
) -> list[Hallazgo]:
    """Por qué no llega un mensaje: lo primero que se sepa, que lo demás viene de ahí."""
    sucesos = escena.testigo.sucesos()
    conversaciones = leer_escena(sucesos, _nombres(escena), float("-inf")).conversaciones
    return (
        # Un cliente puede terminar porque le han colgado: va antes.
        [*_colgadas(escena, pasa, conversaciones)]
        or [*_acabaron_solos(escena), *por_que_no_acepta(paradas, _fuera(conversaciones))]
        or [*esperan_el_fin_de_la_linea(paradas, _sin_efecto(escena))]
        or [*_sin_mostrar(escena), *esperas_mutuas(paradas)]
        or [*_ocupados(escena, paradas)]
    )


def _fuera(conversaciones: Iterable[Dialogo]) -> list[str]:
    """Quienes han llamado al servidor y no han entrado."""
    return [
        una.persona
        for una in conversaciones
        if una.persona and una.llamada and not una.aceptada and not una.cliente.cerrado
    ]


def _colgadas(
    escena: Escena, pasa: Collection[Pasa], conversaciones: Iterable[Dialogo]
) -> Iterator[Hallazgo]:
    servidor = escena.terminales.get(SERVIDOR)
    if servidor is None or not servidor.vivo:
        return
    if any(uno.padre == servidor.pid for uno in escena.testigo.procesos()):
        return  # si la atiende un hijo suyo, que el padre cierre su copia no cuelga a nadie
    # Quien termina porque le han colgado debía seguir; más adelante, quizá se despidió él.
    siguen = [
        nombre
        for nombre, terminal in escena.terminales.items()
        if nombre != SERVIDOR and (terminal.vivo or Pasa.NADIE_SE_HA_IDO in pasa)
    ]
    yield from las_que_colgo_el_servidor(escena.jaula.carpeta, conversaciones, siguen)


def _sin_efecto(escena: Escena) -> Iterator[tuple[str, str, bytes]]:
    """Lo último que se tecleó y llegó a un programa, que ni lo enseñó ni lo envió a nadie."""
    for nombre, terminal in escena.reparto.presentes():
        if terminal.vivo and terminal.pid is not None:
            enviado = escena.datos("send", nombre)
            for frase in escena.escrito[-ULTIMAS:]:
                datos = frase.encode()
                if frase and frase not in terminal.pantalla and datos not in enviado:
                    yield from (
                        (nombre, frase, uno.datos)
                        for uno in escena.testigo.sucesos()
                        if uno.tipo == "recv" and uno.pid == terminal.pid and datos in uno.datos
                    )


def _ocupados(escena: Escena, paradas: list[Parada]) -> Iterator[Hallazgo]:
    if escena.paciencia.hay_alguien_parado:
        return  # quien está detenido tampoco lee, y no es cosa suya
    nombres = {pid: nombre for pid, nombre in _nombres(escena).items() if nombre != SERVIDOR}
    sin_leer = lo_que_no_han_leido(escena.testigo.sucesos(), nombres, escena.desde)
    cliente = leer_fuente(escena.jaula.carpeta, escena.entrega.cliente.as_posix())
    # Con `asyncio` no se lee en otro hilo: lo que hay que hacer lo dice ya el aviso de su `input`.
    con_hilos = escena.uso.con_nombres and "asyncio" not in cliente.sin_comentarios
    acabados = _hilos_acabados(escena)
    yield from no_leen_porque_esperan(paradas, sin_leer, acabados, chat=con_hilos)


def _hilos_acabados(escena: Escena) -> dict[str, str]:
    """De cada programa, el nombre de un hilo suyo que ya terminó."""
    sucesos = escena.testigo.sucesos()
    terminados = {(uno.pid, uno.hilo) for uno in sucesos if uno.tipo == "hilo_terminado"}
    arrancados = [uno for uno in sucesos if uno.tipo == "hilo_arrancado"]
    return {
        nombre: uno.detalle
        for nombre, uno in de_cada_cual(escena, arrancados)
        if (uno.pid, uno.hilo) in terminados
    }


def _paradas(escena: Escena) -> list[Parada]:
    return en_sus_programas(escena, escena.testigo.paraderos())


def en_sus_programas(escena: Escena, paraderos: list[Paradero]) -> list[Parada]:
    """Por dónde van los hilos de los programas de la entrega."""
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


def de_cada_cual(escena: Escena, sucesos: list[Suceso]) -> Iterator[tuple[str, Suceso]]:
    """Los de los programas de la entrega, y quién usa cada uno."""
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
