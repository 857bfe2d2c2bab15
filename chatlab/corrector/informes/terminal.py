"""El informe de una entrega, para leerlo en la terminal.

Primero, qué falla y cómo se arregla; después, la lista de comprobaciones y la nota. Sin terminal
(una tubería, un archivo) sale lo mismo sin colores y sin partir las líneas.
"""

from __future__ import annotations

import re
from itertools import groupby

from rich.console import Console
from rich.text import Text

from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo
from chatlab.corrector.informes.causas import Causa, causas_de
from chatlab.corrector.informes.formato import (
    COLORES,
    SIGNOS,
    corregido,
    del_nivel,
    en_orden,
    en_una_linea,
    limpio,
    nota,
    recortada,
    resumidas,
)
from chatlab.corrector.informes.redaccion import (
    detalles,
    lo_que_depende,
    pantalla_de,
    por_esto_fallan,
    por_lo_mismo,
    titular,
)
from chatlab.corrector.modelo import Informe, Nivel, Resultado, Veredicto
from chatlab.textos import contar, enumerar

#: Frases que se enseñan, como mucho, de lo que se hizo en una comprobación.
MAX_HECHO = 16
_CODIGO = re.compile(r"`[^`\n]+`")


class Hoja:
    """Una consola en la que se escribe por párrafos, con sangría."""

    def __init__(self, consola: Console) -> None:
        self._consola = consola
        self._explicado: set[Hallazgo] = set()

    def linea(self, texto: str = "", estilo: str = "", sangria: int = 0) -> None:
        """Escribe un texto de una o varias líneas; lo que va entre acentos graves es código."""
        escrito = Text(limpio(texto), style=estilo)
        escrito.highlight_regex(_CODIGO, "bold cyan")
        self.escribir(escrito, sangria)

    def explicar(self, hallazgo: Hallazgo, sangria: int) -> None:
        """Cuenta un hallazgo, si no se ha contado ya: muchos fallos comparten alguno."""
        if hallazgo not in self._explicado:
            self._explicado.add(hallazgo)
            self.linea("\n".join([titular(hallazgo), *detalles(hallazgo)]), sangria=sangria)

    def escribir(self, texto: Text, sangria: int = 0) -> None:
        """Escribe un texto con sus estilos. En una terminal, la sangría vale al partir líneas."""
        margen = Text(" " * sangria)
        for linea in texto.split("\n", allow_blank=True) or [Text()]:
            trozos = [linea]
            if self._consola.is_terminal:
                trozos = list(linea.wrap(self._consola, max(20, self._consola.width - sangria)))
            for trozo in trozos or [Text()]:
                trozo.rstrip()
                self._consola.print(margen + trozo if trozo else trozo, soft_wrap=True)


def escribir_informe(
    consola: Console, informe: Informe, titulo: str, *, detalle: bool = False
) -> None:
    """Escribe el informe; `titulo` dice qué lección y qué carpeta, y `detalle` añade lo visto."""
    papel = Hoja(consola)
    if informe.problema:
        papel.linea(informe.problema, "bold red")
        papel.linea()
    _escribir_causas(papel, informe)
    _escribir_sin_comprobar(papel, informe)
    if detalle:
        _escribir_detalle(papel, informe)
    papel.linea(titulo, "bold")
    for nivel in Nivel:
        _escribir_nivel(papel, nivel, del_nivel(informe, nivel))
    _escribir_total(papel, informe)


# --- Lo que falla, y su arreglo ------------------------------------------------------------------


def _escribir_causas(papel: Hoja, informe: Informe) -> None:
    for causa in causas_de(informe):
        if causa.error is not None:
            _escribir_error(papel, causa, causa.error)
        else:
            _escribir_fallo(papel, causa)
        papel.linea()


def _escribir_error(papel: Hoja, causa: Causa, error: Hallazgo) -> None:
    """Un error de Python: lo primero, su línea y su arreglo."""
    papel.linea(titular(error), "bold red")
    for linea in detalles(error):
        papel.linea(linea)
    for hallazgo in causa.hallazgos:
        if hallazgo is not error:
            papel.explicar(hallazgo, sangria=0)
    papel.linea(por_esto_fallan([causa.raiz, *causa.iguales]), "dim")
    if causa.dependen:
        papel.linea(lo_que_depende(causa.dependen), "dim")


def _escribir_fallo(papel: Hoja, causa: Causa) -> None:
    """Una comprobación que falla: detrás de su título, lo más seguro que se sabe."""
    papel.escribir(_renglon(causa.raiz))
    seguros = [uno for uno in causa.hallazgos if uno.grado is not Grado.PUEDE_AYUDAR]
    for hallazgo in seguros[:1]:
        papel.explicar(hallazgo, sangria=4)
    if causa.raiz.esperado:
        papel.linea(f"Se esperaba: {causa.raiz.esperado}", sangria=4)
    for hallazgo in causa.hallazgos:
        papel.explicar(hallazgo, sangria=4)
    if pista := causa.raiz.pista:
        papel.linea(f"Pista: {pista}", "italic", sangria=4)
    if causa.iguales:
        papel.linea(por_lo_mismo(causa.iguales), "dim", sangria=4)
    if causa.dependen:
        papel.linea(lo_que_depende(causa.dependen), "dim", sangria=4)


def _escribir_sin_comprobar(papel: Hoja, informe: Informe) -> None:
    """Lo que no se pudo comprobar, con el motivo detrás de las que lo comparten."""
    dudosos = [uno for uno in informe.resultados if uno.veredicto is Veredicto.SIN_COMPROBAR]
    for motivo, resultados in groupby(dudosos, key=lambda uno: uno.motivo):
        for resultado in resultados:
            papel.escribir(_renglon(resultado))
        if motivo and motivo != informe.problema:
            papel.linea(motivo, sangria=4)
    if dudosos:
        papel.linea()


# --- Lo que se hizo y lo que se vio ---------------------------------------------------------------


def _escribir_detalle(papel: Hoja, informe: Informe) -> None:
    papel.linea("Lo que se hizo y lo que se vio", "bold underline")
    for resultado in en_orden(informe):
        papel.escribir(_renglon(resultado))
        for frase in resumidas(resultado.hecho, MAX_HECHO):
            papel.linea(f"- {frase}", sangria=4)
        if resultado.esperado:
            papel.linea(f"Se esperaba: {resultado.esperado}", sangria=4)
        for nombre, pantalla in resultado.visto.items():
            _escribir_pantalla(papel, nombre, pantalla)
        if resultado.veredicto is not Veredicto.BIEN and resultado.comprobacion.enlace:
            papel.linea(
                f"Lo explica: chatlab docs {resultado.comprobacion.enlace}", "dim", sangria=4
            )
    papel.linea()


def _escribir_pantalla(papel: Hoja, nombre: str, pantalla: str) -> None:
    papel.linea(f"{pantalla_de(nombre)}:", "bold", sangria=4)
    visto = recortada(pantalla) or "(vacía)"
    for linea in visto.split("\n"):
        papel.escribir(Text(f"│ {linea}"), sangria=4)


# --- La lista y la nota ---------------------------------------------------------------------------


def _escribir_nivel(papel: Hoja, nivel: Nivel, resultados: list[Resultado]) -> None:
    if not resultados:
        return
    bien = sum(uno.veredicto is Veredicto.BIEN for uno in resultados)
    papel.linea(f"Nivel {nivel}: {bien} de {len(resultados)}", "bold")
    for resultado in resultados:
        papel.escribir(_renglon(resultado), sangria=2)


def _renglon(resultado: Resultado) -> Text:
    """«✗ Un mensaje llega a los demás · 0 de 3 puntos»."""
    veredicto, comprobacion = resultado.veredicto, resultado.comprobacion
    titulo = en_una_linea(comprobacion.titulo)
    puntos = contar(comprobacion.puntos, "punto")
    if veredicto is not Veredicto.BIEN:
        puntos = f"0 de {puntos}"
    que = f" · {veredicto}" if veredicto is Veredicto.SIN_COMPROBAR else ""
    signo = SIGNOS[veredicto]
    return Text.assemble((f"{signo} {titulo}", COLORES[veredicto]), (f" · {puntos}{que}", "dim"))


def _escribir_total(papel: Hoja, informe: Informe) -> None:
    if corregido(informe):
        cuantos = f"{informe.puntos} de {contar(informe.puntos_posibles, 'punto')}"
        que = "nota provisional" if informe.provisional else "nota"
        papel.linea(f"{cuantos} · {que} {nota(informe.nota)} sobre 10", "bold")
        if informe.provisional:
            papel.linea(informe.provisional, "bold yellow")
        if informe.aprobado:
            papel.linea("Nivel básico superado.", "bold green")
        else:
            papel.linea("Nivel básico: todavía no.", "bold yellow")
    else:
        papel.linea("Sin nota.", "bold")
    for aviso in informe.avisos:
        papel.linea(aviso)
    if informe.programas:
        papel.linea(f"Programas corregidos: {enumerar(informe.programas)}", "dim")
    if informe.aislamiento:
        papel.linea(f"Aislamiento: {informe.aislamiento}", "dim")
