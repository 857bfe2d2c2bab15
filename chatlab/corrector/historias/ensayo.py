"""Averiguar, probando, qué hay que teclear en un cliente antes de poder hablar.

Lo que se teclea es un mensaje si aparece en la pantalla de los demás, o en la del servidor. Si en
ella aparece al lado de lo siguiente que se teclea, era el nombre. Se prueba con programas recién
arrancados, de la receta más corta a la más larga, y vale la primera con la que se puede hablar.
"""

from __future__ import annotations

import re
import time
from contextlib import ExitStack
from enum import IntEnum

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.escenario.fallos import NoSeSabeUsar
from chatlab.corrector.historias.escena import SERVIDOR, Escena, Fallo
from chatlab.corrector.trato.trato import no_se_contestar
from chatlab.corrector.trato.uso import SU_NOMBRE, Duda, Uso
from chatlab.textos import en_llano

#: Las recetas que se prueban: nada, su nombre, un número, Intro, y sus mezclas.
RECETAS = ((), (SU_NOMBRE,), ("1",), (SU_NOMBRE, "1"), ("",), ("1", SU_NOMBRE), (SU_NOMBRE, ""))
#: Las opciones que enseña una pregunta: «(rojo, verde, azul)», «[es/en]», «(básico|experto)».
_OPCIONES = re.compile(r"[(\[{<:]\s*[\"'«]?(\w{1,20})[\"'»]?\s*(?:[,/|]|\bo\b|\bor\b)\s*[\"'«]?\w")
#: Dos palabras que nadie más va a escribir, y la que teclea el servidor si le toca.
UNA, OTRA, VUELTA = "albaricoque", "berenjena", "calabaza"
#: Segundos que se espera a que todo se calme después de teclear cada una, y los de todo el ensayo.
CALMA, PLAZO_DEL_ENSAYO = 2.0, 15.0


class Desenlace(IntEnum):
    """Cómo acaba una prueba, de peor a mejor."""

    MAL = 0
    #: Se envía lo que se teclea, y no se ve en ningún sitio: puede ser culpa del programa.
    SE_ENVIA = 1
    SE_VE = 2


def ensayar(entrega: Entrega, uso: Uso, duda: Duda) -> tuple[str, ...]:
    """La receta con la que se puede hablar.

    Si con ninguna se puede, la primera con la que al menos se envía lo que se teclea; y si ninguna
    sirve, nada, o `NoSeSabeUsar` si hay una pregunta que no se ha sabido contestar, o una orden que
    quizá había que teclear.
    """
    limite = time.monotonic() + PLAZO_DEL_ENSAYO
    regular: tuple[str, ...] | None = None
    for receta in _recetas(duda):
        salida = _probar(entrega, uso.para_ensayar(receta))
        if salida is Desenlace.SE_VE:
            return receta
        if salida is Desenlace.SE_ENVIA and regular is None:
            regular = receta
        if time.monotonic() > limite:
            break
    if regular is None and duda.pregunta:
        raise NoSeSabeUsar(no_se_contestar("El cliente", duda.pregunta))
    if regular is None and duda.ordenes:
        raise NoSeSabeUsar(
            "Lo que se teclea en el cliente no se envía. Parece que antes hay que teclear una "
            f"orden (su código entiende «{limpiar(duda.ordenes[0])}»). Di cuál, y cómo se escribe "
            "un mensaje, en un archivo como_se_usa.toml."
        )
    return regular or ()


def _recetas(duda: Duda) -> list[tuple[str, ...]]:
    ordenes = [
        (f"{orden}{resto}",)
        for orden in duda.ordenes
        for resto in ("", f" {SU_NOMBRE}", " general")
    ]
    primera = _primera_opcion(duda.pregunta)
    opciones = [(primera,), (primera, SU_NOMBRE), (SU_NOMBRE, primera)] if primera else []
    return [(), *ordenes, *opciones, *(RECETAS[1:] if duda.pregunta else RECETAS[1:2])]


def _primera_opcion(pregunta: str) -> str:
    """«rojo» en «Elige un color (rojo, verde, azul)»; vacío si no enseña ninguna."""
    hallada = _OPCIONES.search(pregunta)
    return hallada[1] if hallada else ""


def _probar(entrega: Entrega, uso: Uso) -> Desenlace:
    with ExitStack() as al_salir:
        escena = Escena(entrega, uso)
        al_salir.callback(escena.cerrar)
        try:
            escena.pon_servidor()
            if uso.con_nombres:
                escena.arranca_cliente("Carlos")
            escena.arranca_cliente("Ana")
        except (Fallo, NoSeSabeUsar):
            return Desenlace.MAL
        return _se_puede_hablar(escena)


def _se_puede_hablar(escena: Escena) -> Desenlace:
    ana, servidor = escena.terminales["Ana"], escena.terminales[SERVIDOR]
    demas = [terminal for nombre, terminal in escena.terminales.items() if nombre != "Ana"]
    marcas = [len(terminal.pantalla) for terminal in demas]
    enviado, etiquetas = [escena.bytes_enviados("Ana")], [_etiqueta(ana.pantalla)]
    for palabra in (UNA, OTRA):
        escena.entre_mensajes.contesta("Ana", antes_de=palabra)
        ana.escribir(palabra)
        escena.espera_calma(CALMA)
        enviado.append(escena.bytes_enviados("Ana"))
        etiquetas.append(_etiqueta(ana.pantalla))
        if palabra is UNA and servidor.vivo and servidor.esperando_teclado:
            servidor.escribir(VUELTA)
            escena.espera_calma(CALMA)
    visto = "\n".join(terminal.desde(marca) for terminal, marca in zip(demas, marcas, strict=True))
    lineas = en_llano(visto).split("\n")
    if any(UNA in linea and OTRA in linea for linea in lineas):
        return Desenlace.MAL  # la primera era el nombre de quien escribe la segunda
    se_ven = [una for una in (UNA, OTRA) if any(uno.rstrip().endswith(una) for uno in lineas)]
    if escena.entre_mensajes.pregunta("Ana") and len(se_ven) == 1:
        return Desenlace.MAL  # una de las dos contestaba a otra cosa: «Para quién:»
    if se_ven:
        return Desenlace.SE_VE
    se_envia = enviado[0] < enviado[1] < enviado[2] and etiquetas[0] == etiquetas[1]
    return Desenlace.SE_ENVIA if se_envia and ana.vivo else Desenlace.MAL


def _etiqueta(pantalla: str) -> str:
    """Lo que hay escrito en la línea en que se va a teclear."""
    return pantalla.rpartition("\n")[2].strip()
