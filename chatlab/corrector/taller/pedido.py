"""Lo que se pide con `corregir` y con `vigilar`: qué entrega, cómo se enseña y se recuerda."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

from chatlab.corrector.entrega.como_se_usa import ErrorDeUso, leer_respuesta
from chatlab.corrector.entrega.encargo import PorCorregir
from chatlab.corrector.modelo import Informe
from chatlab.corrector.rubrica import leer_rubrica
from chatlab.corrector.taller.avance import Avance, carpeta_de_ejercicios, huella_de
from chatlab.corrector.taller.taller import PLAZO, Taller
from chatlab.curso.lecciones import Leccion, anadir_leccion, lecciones
from chatlab.errores import ErrorParaPersonas
from chatlab.programa.instalacion import exigir
from chatlab.programa.opciones import Analizador, Opciones, entero, orden_chatlab

#: Lo que hay que tener instalado para corregir.
BIBLIOTECAS = ("pytest", "rich")


def anadir_que_corregir(lector: Analizador) -> None:
    """Añade la lección, la carpeta y lo que hay que saber de una entrega para corregirla."""
    anadir_leccion(lector)
    lector.add_argument(
        "carpeta",
        nargs="?",
        type=Path,
        metavar="CARPETA",
        help="donde están los programas (la de «chatlab empezar» o la actual)",
    )
    for papel in ("servidor", "cliente"):
        lector.add_argument(
            f"--{papel}", metavar="NOMBRE", help=f"nombre del programa {papel}, si es otro"
        )
    lector.add_argument(
        "--responde",
        action="append",
        type=respuesta_dictada,
        default=[],
        metavar="P=R",
        help="contesta R a las preguntas que contengan P; se puede repetir",
    )
    lector.add_argument(
        "--plazo",
        type=entero(5, 86_400),
        default=round(PLAZO),
        metavar="SEGUNDOS",
        help="los que puede durar la corrección de una entrega (%(default)s)",
    )
    lector.add_argument(
        "--rubrica", type=Path, metavar="RUTA", help="archivo TOML con los puntos que valen"
    )


def respuesta_dictada(texto: str) -> str:
    """Comprueba lo que se escribe detrás de `--responde`, antes de corregir a nadie."""
    try:
        leer_respuesta(texto)
    except ErrorDeUso as error:
        raise ArgumentTypeError(str(error)) from None
    return texto


def comprobar_que_se_puede(opciones: Opciones) -> None:
    """Lanza un `ErrorParaPersonas` si falta algo sin lo que no se puede empezar."""
    leccion: Leccion = opciones.leccion
    if not leccion.comprobaciones.is_file():
        raise ErrorParaPersonas(f"La {leccion.rotulo} no tiene ejercicio que corregir.")
    exigir(*BIBLIOTECAS, extra="corrector")
    if opciones.rubrica is not None:
        leer_rubrica(opciones.rubrica)


def corregir_carpeta(taller: Taller, opciones: Opciones, carpeta: Path) -> Informe:
    """Corrige la entrega de una carpeta; en una terminal se ve que algo está pasando."""
    from rich.console import Console

    with Console(stderr=True).status(f"Corrigiendo la {opciones.leccion.rotulo}…"):
        return taller.corregir(encargo_de(opciones, carpeta))


def encargo_de(opciones: Opciones, carpeta: Path) -> PorCorregir:
    """Lo que hay que corregir: esa carpeta, como dicen las opciones."""
    return PorCorregir(
        opciones.leccion,
        carpeta,
        opciones.servidor,
        opciones.cliente,
        opciones.rubrica,
        tuple(opciones.responde),
        con_peliculas=_se_piden_peliculas(opciones),
    )


def _se_piden_peliculas(opciones: Opciones) -> bool:
    """Si van a servir: en el informe, o para verla ahora. `vigilar` y `reto` no las enseñan."""
    en_el_informe = getattr(opciones, "informe", None) and not opciones.sin_peliculas
    return bool(en_el_informe or getattr(opciones, "ver", False))


def ensenar(opciones: Opciones, carpeta: Path, informe: Informe, *, detalle: bool = False) -> None:
    """Escribe el informe en la terminal."""
    from rich.console import Console

    from chatlab.corrector.informes.terminal import escribir_informe

    leccion: Leccion = opciones.leccion
    consola = Console(highlight=False)
    titulo = f"{leccion.rotulo} · {corta(carpeta)}"
    escribir_informe(consola, informe, titulo, detalle=detalle)
    ejercicios = carpeta_de_ejercicios(carpeta)
    if ejercicios is not None and (consejo := _como_seguir(leccion, informe, ejercicios)):
        if informe.puntos < informe.puntos_posibles and not getattr(opciones, "ver", False):
            aqui = "" if opciones.carpeta is None else f" {_citada(carpeta)}"
            ver = orden_chatlab(f"corregir {leccion.numero}{aqui} --ver")
            consejo = f"Para ver qué pasó: {ver}\n{consejo}"
        consola.print(consejo, style="dim", markup=False, soft_wrap=True)


def _como_seguir(leccion: Leccion, informe: Informe, ejercicios: Path) -> str:
    """A quien le falla algo, cómo pedir una pista; a quien no, qué viene después."""
    donde = (
        "" if carpeta_de_ejercicios(Path()) == ejercicios else f" --carpeta {_citada(ejercicios)}"
    )
    if informe.puntos < informe.puntos_posibles:
        return f"Para una pista: {orden_chatlab(f'pista {leccion.numero}{donde}')}"
    siguientes = [otra for otra in lecciones() if otra.numero > leccion.numero]
    if informe.problema or not siguientes:
        return ""
    reto = orden_chatlab(f"reto {siguientes[0].numero}.1{donde}")
    return f"Lo siguiente, la {siguientes[0].rotulo}. Su primer reto: {reto}"


def _citada(carpeta: Path) -> str:
    """La carpeta como se teclea: entre comillas si tiene espacios."""
    texto = str(corta(carpeta))
    return f'"{texto}"' if " " in texto else texto


def corta(carpeta: Path) -> Path:
    """La carpeta vista desde la actual, si está dentro de ella."""
    absoluta, aqui = carpeta.resolve(), Path.cwd()
    return absoluta.relative_to(aqui) if aqui in absoluta.parents else carpeta


def recordar(opciones: Opciones, carpeta: Path, informe: Informe) -> None:
    """Recuerda la corrección, y dice si los programas son los mismos que la última vez.

    La nota se apunta en el avance si es de quien aprende, nunca si es una entrega ajena: es suya si
    está en una carpeta de `chatlab empezar` o si se corrige sin decir la carpeta.
    """
    if informe.problema or informe.provisional:
        return
    ejercicios = carpeta_de_ejercicios(carpeta)
    if ejercicios is None and opciones.carpeta is None:
        ejercicios = Path()
    avance = Avance(ejercicios or carpeta)
    if ejercicios is not None:
        avance.anotar(opciones.leccion, informe)
    if avance.es_la_misma(opciones.leccion, huella_de(carpeta)):
        informe.avisos.append("No has cambiado nada desde la última vez.")
    avance.guardar_o_avisar()
