"""Una prueba: un servidor recién arrancado, en un escenario."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bench import nucleos
from bench.escenarios import SEGUNDOS, Escenario, Ociosos
from bench.gente import Gente
from bench.resultados import Entrada, Reparto
from bench.servidores.catalogo import Candidato
from chatlab.medidor.carrera import Carrera
from chatlab.medidor.descriptores import hacer_sitio
from chatlab.medidor.encargo import Encargo
from chatlab.medidor.objetivos import ServidorMedido
from chatlab.medidor.resultado import resumir_latencias
from chatlab.sistema.consumo import consumo

#: Con cuántos mensajes se empieza a buscar cuántos hacen falta, y por cuánto se multiplican.
PRIMEROS, VECES = 200, 4
#: Lo que tiene que durar una carrera para fiarse de su paso, en segundos.
BASTANTE = 0.25
#: Latencias que se guardan de una carrera, más o menos.
MUESTRAS = 20_000
#: Segundos que dura una carrera con ritmo: hay que ver bastantes mensajes.
SEGUNDOS_CON_RITMO = 3


def mensajes_para_un_segundo(candidato: Candidato, escenario: Escenario) -> int:
    """Los que hacen falta para que una carrera dure un segundo, más o menos."""
    if escenario.ritmo:
        return escenario.ritmo * SEGUNDOS_CON_RITMO
    mensajes = PRIMEROS
    while True:
        segundos = repartir(candidato, escenario, mensajes).segundos
        if segundos >= BASTANTE:
            return max(PRIMEROS, round(mensajes * SEGUNDOS / segundos))
        mensajes *= VECES


def repartir(candidato: Candidato, escenario: Escenario, mensajes: int) -> Reparto:
    """Envía esos mensajes y espera a que los tengan todos; lanza `ErrorDeRed` si no llegan."""
    encargo = Encargo(
        clientes=escenario.receptores,
        emisores=escenario.emisores,
        mensajes=mensajes,
        tamano=candidato.idioma.tamano,
        ritmo=escenario.ritmo,
        ventana=escenario.ventana,
    )
    with _gente(candidato, escenario.receptores + escenario.emisores) as (servidor, gente):
        receptores = gente.entrar(_nombres("r", escenario.receptores), reciben=True)
        emisores = gente.entrar(_nombres("e", escenario.emisores), reciben=False)
        paso = max(1, encargo.entregas // MUESTRAS)
        envian, leen = gente.emisores_y_receptores(emisores, receptores, paso)
        carrera = Carrera(encargo, envian, leen, _sin_avisos)
        del_servidor, mia = consumo(servidor.pid).cpu, time.process_time()
        carrera.correr()
        mia = time.process_time() - mia
        despues = consumo(servidor.pid).cpu
    latencias = resumir_latencias([m for uno in leen for m in uno.contador.muestras])
    return Reparto(
        segundos=carrera.segundos,
        mensajes=mensajes,
        entregas_por_segundo=encargo.entregas / carrera.segundos,
        p50=latencias.p50 if latencias else None,
        p99=latencias.p99 if latencias else None,
        servidor_cpu=None if del_servidor is None or despues is None else despues - del_servidor,
        medidor_de_un_nucleo=mia / carrera.segundos,
    )


def dejar_entrar(candidato: Candidato, escenario: Ociosos) -> Entrada:
    """Entran todos y se quedan; lanza `ErrorDeRed` si el servidor no puede con ellos."""
    with _gente(candidato, escenario.receptores) as (servidor, gente):
        antes = consumo(servidor.pid).memoria
        inicio = time.monotonic()
        gente.entrar(_nombres("r", escenario.receptores), reciben=True)
        segundos = time.monotonic() - inicio
        despues = consumo(servidor.pid).memoria
    por_cliente = None
    if antes is not None and despues is not None:
        por_cliente = (despues - antes) / escenario.receptores
    return Entrada(segundos=segundos, bytes_por_cliente=por_cliente)


@contextmanager
def _gente(candidato: Candidato, conexiones: int) -> Iterator[tuple[ServidorMedido, Gente]]:
    hacer_sitio(conexiones)
    with ExitStack() as abierto:
        with nucleos.en_el_nucleo(nucleos.DEL_SERVIDOR):
            servidor = abierto.enter_context(candidato.arrancar(conexiones))
        abierto.enter_context(nucleos.en_el_nucleo(nucleos.DE_QUIEN_MIDE))
        direccion = (servidor.host, servidor.puerto)
        gente = Gente(direccion, candidato.idioma, candidato.a_la_vez)
        yield servidor, abierto.enter_context(gente)


def _nombres(letra: str, cuantos: int) -> list[str]:
    """Todos del mismo largo: así lo son también sus mensajes."""
    cifras = max(3, len(str(cuantos - 1)))
    return [f"{letra}{numero:0{cifras}}" for numero in range(cuantos)]


def _sin_avisos(_mensajes: int) -> None:
    """Nadie mira cómo va la carrera mientras corre."""
