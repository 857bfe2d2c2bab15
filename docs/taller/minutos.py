"""Cuánto se tarda en recorrer una página: lo que se lee, lo que se teclea y lo que se hace.

Es una cuenta, y no una opinión. Lo que vale cada cosa está aquí arriba; lo demás se mide en la
página y en lo que incluye. El reto de un paso se cuenta aparte: tiene su sitio en el mapa.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from docs.taller.inclusiones import DOCS, INCLUSION, RAIZ
from docs.taller.mapas import MINUTOS
from docs.taller.pasos import anterior, lineas_nuevas
from docs.taller.trozos import buscar

PAREJA = ("servidor.py", "cliente.py")
#: Palabras por minuto de quien lee despacio algo que no conoce; en español se leen unas 250.
PALABRAS = 200
#: Líneas de código nuevas que se leen, con su explicación al lado, en un minuto.
LINEAS_DE_CODIGO = 12
#: Minutos de teclear una orden, mirar qué pasa y compararlo con la página.
UNA_ORDEN = 0.5
#: Minutos de una tarea de un ejercicio: pensarla, hacerla y probarla.
UNA_TAREA = 10
#: Lo medido se dice en múltiplos de esto.
REDONDEO = 5
#: Minutos que pueden faltar o sobrar sin que haya que cambiar los que están dichos.
MARGEN = 2

#: El apartado de *Empezar* que acaba con un reto logrado.
PRIMERA_LINEA = "## Tu primera línea"

_VALLA = re.compile(r"^\s*(`{3,})(\w*)")
#: La cabecera, adónde llevan los enlaces, las etiquetas, los comentarios y los atributos.
_NO_SE_LEE = re.compile(
    r"\A---\n.*?\n---\n|<!--.*?-->|\]\([^)]*\)|<[^>]*>|\{[ :][^}]*\}", re.DOTALL
)
#: No está PowerShell: quien teclea lo suyo no teclea lo de los demás.
_SE_TECLEA = frozenset({"orden", "bash", "sh"})
_TAREA = re.compile(r"# TAREA (\d+)")
_PESTANA = re.compile(r'^=== "[^"]*"\n(?:(?: {4}.*)?\n)+', re.MULTILINE)
_PESTANAS = re.compile(rf"(?:{_PESTANA.pattern})+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Medida:
    """Lo que hay en una página."""

    palabras: int
    ordenes: int
    lineas: int
    tareas: int

    @property
    def minutos(self) -> float:
        """Lo que se tarda, sin redondear."""
        return (
            self.palabras / PALABRAS
            + self.ordenes * UNA_ORDEN
            + self.lineas / LINEAS_DE_CODIGO
            + self.tareas * UNA_TAREA
        )

    def vale(self, minutos: int) -> bool:
        """Si decir esos minutos sigue siendo verdad: una frase de más no los cambia."""
        return -MARGEN <= minutos - self.minutos < REDONDEO + MARGEN

    @property
    def redondos(self) -> int:
        """Los minutos que se dicen."""
        return max(REDONDEO, math.ceil(self.minutos / REDONDEO) * REDONDEO)


def medir(pagina: Path) -> Medida:
    """Mide una página de `docs/`."""
    prosa, ordenes = _separar(_incluir(pagina.read_text(encoding="utf-8")))
    return Medida(
        palabras=_de_lectura(prosa),
        ordenes=ordenes,
        lineas=_lineas_de_codigo(pagina),
        tareas=_tareas(pagina),
    )


def hasta_el_primer_reto() -> float:
    """Minutos desde `git clone` hasta la primera línea propia que un reto da por buena."""
    texto = (DOCS / "empezar.md").read_text(encoding="utf-8")
    antes, seccion, despues = texto.partition(f"\n{PRIMERA_LINEA}\n")
    camino = antes + seccion + despues.partition("\n## ")[0]
    prosa, ordenes = _separar(_incluir(camino))
    clonar_cambiar_y_guardar = 2
    return _de_lectura(prosa) / PALABRAS + (ordenes + clonar_cambiar_y_guardar) * UNA_ORDEN


def paginas_medidas() -> list[Path]:
    """Las que dicen lo que se mide: *Empezar* y las de las lecciones."""
    return [DOCS / "empezar.md", *sorted((DOCS / "lecciones").glob("*/*.md"))]


def con_sus_minutos(pagina: Path) -> str:
    """El texto de una de ellas, con sus minutos al principio; si valen los que dice, los mismos."""
    texto = pagina.read_text(encoding="utf-8")
    medida, dichos = medir(pagina), MINUTOS.search(texto)
    if dichos and medida.vale(int(dichos[1])):
        return texto
    return MINUTOS.sub(f"minutos: {medida.redondos}", texto, count=1)


def _de_lectura(prosa: str) -> int:
    """Las palabras que se leen."""
    return len(re.findall(r"\w+", _NO_SE_LEE.sub(" ", prosa)))


def _incluir(texto: str) -> str:
    """La página, con lo que incluye: los retos, el enunciado de un ejercicio y las pantallas."""
    lineas = []
    for linea in texto.splitlines():
        pedido = INCLUSION.match(linea)
        if pedido is None:
            lineas.append(linea)
        elif "/retos/" in pedido[1] or pedido[1].endswith("README.md"):
            lineas.append(_leer(pedido[1], pedido[2]))
        elif pedido[1].endswith(".txt"):
            lineas.append(_leer(pedido[1], None))
    return "\n".join(lineas)


def _leer(archivo: str, trozo: str | None) -> str:
    texto = (RAIZ / archivo).read_text(encoding="utf-8")
    if not trozo:
        return texto
    donde = buscar(archivo, trozo)
    return "\n".join(texto.splitlines()[donde.primera - 1 : donde.ultima])


def _una_pestana_de_cada(texto: str) -> str:
    """El texto, con una sola de las pestañas de cada grupo, la más larga: se lee la de uno."""
    return _PESTANAS.sub(lambda grupo: max(_PESTANA.findall(grupo[0]), key=len), texto)


def _separar(texto: str) -> tuple[str, int]:
    """Lo que se lee, y cuántas órdenes se teclean."""
    prosa, ordenes, valla, lenguaje = [], 0, "", ""
    for linea in _una_pestana_de_cada(texto).splitlines():
        encontrada = _VALLA.match(linea)
        if encontrada and (not valla or encontrada[1] == valla):
            valla, lenguaje = ("", "") if valla else (encontrada[1], encontrada[2])
        elif not valla:
            prosa.append(linea)
        elif lenguaje in _SE_TECLEA or (lenguaje == "console" and linea.startswith("$ ")):
            ordenes += bool(linea.strip())
    return "\n".join(prosa), ordenes


def _lineas_de_codigo(pagina: Path) -> int:
    """Las de sus dos programas que no estaban en el paso anterior; en el primero, todas."""
    programas = [RAIZ / "lessons" / pagina.parent.name / pagina.stem / uno for uno in PAREJA]
    if not programas[0].is_file():
        return 0
    lineas = 0
    for programa in programas:
        archivo = programa.relative_to(RAIZ).as_posix()
        todas = [linea for linea in programa.read_text(encoding="utf-8").splitlines() if linea]
        lineas += len(todas) if anterior(archivo) is None else len(lineas_nuevas(archivo))
    return lineas


def _tareas(pagina: Path) -> int:
    """Las de un ejercicio, que están señaladas en sus programas."""
    carpeta = RAIZ / "lessons" / pagina.parent.name / "ejercicio"
    if pagina.stem != "ejercicio":
        return 0
    textos = [programa.read_text(encoding="utf-8") for programa in carpeta.glob("*.py")]
    return len({numero for texto in textos for numero in _TAREA.findall(texto)})
