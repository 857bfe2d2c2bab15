"""El dibujo del sitio: las entregas por segundo de cada servidor, a escala logarítmica."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.escenarios import REPARTOS
from bench.resultados import Resultados
from bench.servidores.catalogo import candidatos
from bench.tablas import entregas
from chatlab.textos import con_coma

#: El color de la letra y de los ejes para cada modo del sitio.
COLORES = {"claro": "#222222", "oscuro": "#dddddd"}
#: Con qué se dibuja cada escenario: el color no basta para distinguirlos.
MARCAS = ("o", "s", "^")


def dibujar(resultados: Resultados, carpeta: Path) -> None:
    """Guarda `reparto-claro.svg` y `reparto-oscuro.svg`; nada, si no se midió ningún reparto."""
    if any(uno.clave in resultados.rondas for uno in REPARTOS):
        for modo, color in COLORES.items():
            _dibujar(resultados, carpeta / f"reparto-{modo}.svg", color)


def _dibujar(resultados: Resultados, ruta: Path, color: str) -> None:
    # La clase Figure no abre ventanas: así vale en una máquina sin pantalla.
    import matplotlib as mpl
    from matplotlib.figure import Figure

    partes = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color")
    # Sin fecha ni azar: con las mismas cifras, el mismo archivo.
    estilo: Any = {**dict.fromkeys(partes, color), "svg.hashsalt": "chatlab", "font.size": 11}
    # Las letras, como letras: dibujadas pesarían diez veces más.
    estilo["svg.fonttype"] = "none"
    estilo["font.family"] = "sans-serif"
    with mpl.rc_context(estilo):
        figura = Figure(figsize=(8.5, 5), layout="constrained")
        _dibujar_puntos(figura.subplots(), resultados)
        figura.savefig(ruta, format="svg", transparent=True, metadata={"Date": None})


def _dibujar_puntos(ejes: Any, resultados: Resultados) -> None:
    """Una fila por servidor; en ella, un punto por escenario.

    No son barras: con esta escala, lo que mide una barra depende de dónde empiece el eje.
    """
    nombres = [uno.nombre for uno in reversed(candidatos()) if _tiene_algo(resultados, uno.nombre)]
    for escenario, marca in zip(REPARTOS, MARCAS, strict=True):
        medianas = [resultados.mediana(escenario.clave, nombre, entregas) for nombre in nombres]
        ejes.plot(medianas, range(len(nombres)), marca, markersize=8, label=escenario.titulo)
    ejes.set_yticks(range(len(nombres)), nombres)
    ejes.set_xscale("log")
    ejes.set_xlabel("entregas por segundo (cada raya vale diez veces la anterior)")
    ejes.xaxis.set_major_formatter(lambda valor, _sitio: f"{con_coma(valor / 1e6)} M")
    ejes.grid(alpha=0.3)
    ejes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.36, 1), ncols=len(REPARTOS))


def _tiene_algo(resultados: Resultados, servidor: str) -> bool:
    return any(servidor in resultados.rondas.get(uno.clave, {}) for uno in REPARTOS)
