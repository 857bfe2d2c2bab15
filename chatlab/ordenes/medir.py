"""Mide un servidor de chat: cuánto entrega por segundo, cuánto tarda y cuánto gasta.

    python -m chatlab medir localhost:8000                    el que ya esté en marcha ahí
    python -m chatlab medir --modo eventos                    arranca uno nuestro y lo mide
    python -m chatlab medir --comparar --modo difusion --modo eventos
    python -m chatlab medir --modo eventos --ritmo 100        cuánto tarda cuando no hay prisa

Vale para cualquier servidor que hable ChatLab/1, también el tuyo. Entran unos clientes de verdad,
unos envían y otros cuentan lo que les llega.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from chatlab.medidor import grafica, informe
from chatlab.medidor.avance import SinBarra, abrir_barra
from chatlab.medidor.encargo import TAMANO_MAXIMO, TAMANO_MINIMO, Encargo
from chatlab.medidor.objetivos import ModoPropio, ServidorAjeno, leer_destino
from chatlab.medidor.resultado import Medida, Medido, a_json
from chatlab.medidor.ronda import medir
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Analizador, Argumentos, Opciones, analizador, entero
from chatlab.terminal.salida import escribir
from chatlab.textos import sin_tildes

#: Los modos nuestros que hablan ChatLab/1.
MODOS_QUE_SE_MIDEN = ("difusion", "eventos")
#: Rondas con cada servidor, si no se dice: una sola medición, o varias al comparar.
RONDAS, RONDAS_AL_COMPARAR = 1, 3
#: Segundos que dura una medición con ritmo, si no se dice cuántos mensajes son.
SEGUNDOS_CON_RITMO = 10
#: Clientes de una medición, como mucho: cada uno gasta un puerto de esta máquina.
MAX_CLIENTES, MAX_EMISORES = 20_000, 1000


def principal(argumentos: Argumentos = None) -> int:
    """Mide lo que se pida y enseña el informe; devuelve 0."""
    opciones = leer_opciones(argumentos)
    if opciones.grafica is not None:
        grafica.comprobar_que_se_puede(opciones.grafica)
    encargo = encargo_de(opciones)
    with abrir_barra(encargo) as barra:
        medidos = medir_por_turnos(objetivos_de(opciones), encargo, opciones.rondas, barra)
    if opciones.json:
        escribir(json.dumps(a_json(encargo, medidos), ensure_ascii=False, indent=2) + "\n")
    elif opciones.comparar:
        escribir(informe.de_varios(encargo, medidos))
    else:
        escribir(informe.de_uno(encargo, medidos[0]))
    if opciones.grafica is not None:
        grafica.dibujar(opciones.grafica, encargo, medidos)
    return 0


def medir_por_turnos(
    objetivos: Sequence[ServidorAjeno | ModoPropio], encargo: Encargo, rondas: int, barra: SinBarra
) -> list[Medido]:
    """Mide cada servidor tantas veces, intercalados (A B A B…).

    Así, si la máquina va peor durante un rato, lo notan todos. Lanza un `ErrorParaPersonas` si
    alguno no se puede medir.
    """
    resultados: list[list[Medida]] = [[] for _ in objetivos]
    for ronda in range(rondas):
        for objetivo, suyos in zip(objetivos, resultados, strict=True):
            cual = f" ({ronda + 1} de {rondas})" if rondas > 1 else ""
            barra.empieza(f"{objetivo.rotulo}{cual}")
            suyos.append(medir(objetivo, encargo, barra))
    return [
        Medido(objetivo.rotulo, tuple(suyos))
        for objetivo, suyos in zip(objetivos, resultados, strict=True)
    ]


# --- Las opciones --------------------------------------------------------------------------------


def leer_opciones(argumentos: Argumentos) -> Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    lector = analizador(
        "chatlab.ordenes.medir", "medir", __doc__, uso="[DESTINO | --modo MODO] [opciones]"
    )
    _anadir_objetivos(lector)
    _anadir_encargo(lector)
    lector.add_argument("--json", action="store_true", help="escribe el informe como JSON")
    lector.add_argument(
        "--grafica",
        type=Path,
        metavar="RUTA.svg",
        help="dibuja ahí el caudal y las latencias (con matplotlib)",
    )
    opciones = lector.parse_args(argumentos)
    cuantos = len(objetivos_de(opciones))
    if opciones.comparar and cuantos < 2:
        lector.error("para comparar hacen falta dos servidores: di varios DESTINO o --modo")
    if not opciones.comparar and cuantos != 1:
        lector.error("di qué servidor se mide, con un DESTINO o un --modo (varios, con --comparar)")
    if opciones.rondas is None:
        opciones.rondas = RONDAS_AL_COMPARAR if opciones.comparar else RONDAS
    return opciones


def _anadir_objetivos(lector: Analizador) -> None:
    lector.add_argument(
        "destinos",
        nargs="*",
        type=leer_destino,
        metavar="DESTINO",
        help="host:puerto de un servidor ya en marcha; aquí, solo el puerto",
    )
    lector.add_argument(
        "--modo",
        action="append",
        default=[],
        type=sin_tildes,
        choices=MODOS_QUE_SE_MIDEN,
        metavar="MODO",
        help="arranca un servidor de chatlab, sin tope de mensajes por segundo, y lo mide: "
        + " o ".join(MODOS_QUE_SE_MIDEN),
    )
    lector.add_argument(
        "--comparar", action="store_true", help="mide varios servidores por turnos, intercalados"
    )
    lector.add_argument(
        "--rondas",
        type=entero(1, 100),
        metavar="N",
        help=f"veces que se mide cada uno; se da la mediana ({RONDAS}; al comparar, "
        f"{RONDAS_AL_COMPARAR})",
    )


def _anadir_encargo(lector: Analizador) -> None:
    normal = Encargo()
    for opcion, minimo, maximo, de_serie, ayuda in (
        ("--clientes", 1, MAX_CLIENTES, normal.clientes, "clientes que reciben"),
        ("--emisores", 1, MAX_EMISORES, normal.emisores, "clientes que envían"),
        ("--tamano", TAMANO_MINIMO, TAMANO_MAXIMO, normal.tamano, "bytes de cada mensaje"),
        ("--ritmo", 0, 10_000_000, normal.ritmo, "mensajes por segundo; 0: sin pausa"),
        (
            "--ventana",
            1,
            1_000_000_000,
            normal.ventana,
            "mensajes de ventaja que se le sacan, como mucho, al receptor más lento",
        ),
    ):
        lector.add_argument(
            opcion,
            type=entero(minimo, maximo),
            default=de_serie,
            metavar="BYTES" if opcion == "--tamano" else "N",
            help=f"{ayuda} (%(default)s)",
        )
    lector.add_argument(
        "--mensajes",
        type=entero(1),
        metavar="N",
        help=f"mensajes que se envían en total ({normal.mensajes}; con --ritmo, los de "
        f"{SEGUNDOS_CON_RITMO} segundos)",
    )


def objetivos_de(opciones: Opciones) -> list[ServidorAjeno | ModoPropio]:
    """Los servidores que se miden, en el orden de sus turnos."""
    return [*opciones.destinos, *map(ModoPropio, opciones.modo)]


def encargo_de(opciones: Opciones) -> Encargo:
    """Lo que se le pide a cada servidor."""
    mensajes = opciones.mensajes or opciones.ritmo * SEGUNDOS_CON_RITMO or Encargo().mensajes
    return Encargo(
        clientes=opciones.clientes,
        emisores=opciones.emisores,
        mensajes=mensajes,
        tamano=opciones.tamano,
        ritmo=opciones.ritmo,
        ventana=opciones.ventana,
    )


if __name__ == "__main__":
    ejecutar(principal)
