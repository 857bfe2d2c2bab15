"""Lo medido, dibujado como SVG: el caudal de cada servidor y cómo se reparten sus latencias."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chatlab.medidor.encargo import Encargo
from chatlab.medidor.informe import cifra, de_que
from chatlab.medidor.resultado import NS_POR_MS, Medido, percentil
from chatlab.programa.archivos import comprobar_que_se_puede_escribir, guardar
from chatlab.programa.instalacion import exigir

#: Los percentiles por los que pasa cada línea.
PERCENTILES = (*range(100), *(99 + decima / 10 for decima in range(10)), 99.9, 99.99, 100)


def comprobar_que_se_puede(ruta: Path) -> None:
    """Lanza un `ErrorParaPersonas` si no se podrá dibujar: mejor saberlo antes de medir."""
    exigir("matplotlib", extra="medidor")
    comprobar_que_se_puede_escribir(ruta)


def dibujar(ruta: Path, encargo: Encargo, medidos: Sequence[Medido]) -> None:
    """Dibuja lo medido y lo guarda; lanza `ErrorDeArchivo` si no se puede escribir."""
    # La clase Figure no abre ventanas: así vale en una máquina sin pantalla.
    from matplotlib.figure import Figure

    figura = Figure(figsize=(10, 4.5), layout="constrained")
    caudal, latencia = figura.subplots(1, 2)
    _dibujar_caudal(caudal, medidos)
    _dibujar_latencias(latencia, medidos)
    figura.suptitle(de_que(encargo), fontsize="medium")
    escrita = io.StringIO()
    figura.savefig(escrita, format="svg", metadata={"Title": de_que(encargo), "Date": None})
    guardar(ruta, escrita.getvalue())


def _dibujar_caudal(ejes: Any, medidos: Sequence[Medido]) -> None:
    medianas = [medido.mediana.entregas_por_segundo for medido in medidos]
    barras = ejes.bar(range(len(medidos)), medianas, tick_label=[uno.rotulo for uno in medidos])
    ejes.bar_label(barras, labels=[cifra(mediana) for mediana in medianas])
    for sitio, medido in enumerate(medidos):
        # Cada ronda, un punto: se ve cuánto cambian entre sí.
        rondas = [ronda.entregas_por_segundo for ronda in medido.rondas]
        ejes.plot([sitio] * len(rondas), rondas, "k.", alpha=0.5)
    ejes.set_title("Caudal")
    ejes.set_ylabel("entregas por segundo")
    ejes.yaxis.set_major_formatter(lambda valor, _sitio: cifra(valor))


def _dibujar_latencias(ejes: Any, medidos: Sequence[Medido]) -> None:
    for medido in medidos:
        ordenadas = sorted(medido.mediana.sueltas)
        if ordenadas:
            tiempos = [percentil(ordenadas, cual) / NS_POR_MS for cual in PERCENTILES]
            ejes.plot(tiempos, PERCENTILES, label=medido.rotulo)
    ejes.set_title("Latencia")
    ejes.set_xlabel("milisegundos")
    ejes.set_ylabel("% de los mensajes que tarda eso o menos")
    ejes.set_xscale("log")
    if ejes.lines:
        ejes.legend()
