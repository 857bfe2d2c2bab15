"""El informe de una clase en la terminal: cómo va, una fila por entrega y el resumen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from chatlab.corrector.entrega.encargo import PorCorregir
from chatlab.corrector.informes.formato import (
    COLORES,
    SIGNOS,
    bien_de,
    corregido,
    del_nivel,
    en_una_linea,
    nota,
    nota_de,
    observacion,
    veredicto_de,
)
from chatlab.corrector.informes.resumen import Resumen
from chatlab.corrector.modelo import Informe, Nivel, Veredicto
from chatlab.textos import contar

#: Columnas de la tabla cuando nadie la mira en una terminal.
ANCHO_SIN_TERMINAL = 160


class BarraDeClase:
    """Una barra que avanza con cada entrega y dice cuáles se están corrigiendo."""

    def __init__(self, consola: Console, cuantas: int) -> None:
        self._progreso = Progress(
            TextColumn("Corrigiendo"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[quienes]}", markup=False),
            console=consola,
            transient=True,
            disable=not consola.is_terminal,
        )
        self._tarea = self._progreso.add_task("", total=cuantas, quienes="")
        self._quienes: list[str] = []

    def avanza(self, encargo: PorCorregir, informe: Informe | None) -> None:
        """Una entrega empieza a corregirse o, si hay informe, ya está."""
        nombre = en_una_linea(encargo.titulo)
        if informe is None:
            self._quienes.append(nombre)
        else:
            self._quienes.remove(nombre)
            self._progreso.advance(self._tarea)
            self._progreso.print(_renglon_de(informe), soft_wrap=True)
        quienes = ", ".join(list(self._quienes))
        self._progreso.update(self._tarea, quienes=quienes[:40])

    def __enter__(self) -> Self:
        self._progreso.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progreso.stop()


def escribir_clase(consola: Console, informes: Sequence[Informe], resumen: Resumen) -> None:
    """Escribe la tabla de la clase y, debajo, su resumen."""
    tabla = Table(box=box.SIMPLE_HEAD if consola.is_terminal else None, pad_edge=False)
    tabla.add_column("Estudiante", overflow="fold", min_width=12)
    for cabecera in ("Básico", "Robusto", "Puntos", "Nota"):
        tabla.add_column(cabecera, justify="right", no_wrap=True)
    for informe in informes:
        tabla.add_row(*_fila(informe))
    imprimir_tabla(consola, tabla)
    _escribir_observaciones(consola, informes)
    _escribir_resumen(consola, resumen)


def _fila(informe: Informe) -> list[Text]:
    puntos = f"{informe.puntos}/{informe.puntos_posibles}" if corregido(informe) else "–"
    return [
        Text(en_una_linea(informe.entrega), style=_estilo(informe)),
        Text(bien_de(del_nivel(informe, Nivel.BASICO)) or "–"),
        Text(bien_de(del_nivel(informe, Nivel.ROBUSTO)) or "–"),
        Text(puntos),
        Text(nota_de(informe) or "–", style="bold"),
    ]


def _estilo(informe: Informe) -> str:
    return COLORES[veredicto_de(informe)]


def _renglon_de(informe: Informe) -> Text:
    signo = SIGNOS[veredicto_de(informe)]
    detalle = nota_de(informe) or observacion(informe)
    return Text(f"{signo} {en_una_linea(informe.entrega)} · {detalle}", style=_estilo(informe))


def imprimir_tabla(consola: Console, tabla: Table) -> None:
    """La tabla; fuera de una terminal, sin los espacios con que Rich llena cada fila."""
    if consola.is_terminal:
        consola.print(tabla)
        return
    with consola.capture() as capturado:
        consola.print(tabla, width=ANCHO_SIN_TERMINAL)
    for linea in capturado.get().splitlines():
        consola.print(Text(linea.rstrip()), soft_wrap=True)
    consola.print()


def _escribir_observaciones(consola: Console, informes: Sequence[Informe]) -> None:
    observadas = [informe for informe in informes if observacion(informe)]
    for informe in observadas:
        frase = f"{en_una_linea(informe.entrega)}: {observacion(informe)}"
        consola.print(
            Text(frase, style=COLORES[Veredicto.SIN_COMPROBAR]), soft_wrap=not consola.is_terminal
        )
    if observadas:
        consola.print()


def _escribir_resumen(consola: Console, resumen: Resumen) -> None:
    frases = [
        f"{contar(resumen.entregas, 'entrega')}: {contar(resumen.corregidas, 'corregida')} y "
        f"{contar(resumen.aprobadas, 'aprobada')} (nivel básico superado)."
    ]
    if resumen.nota_media is not None:
        frases.append(f"Nota media de las corregidas: {nota(resumen.nota_media)}.")
    if peor := resumen.la_que_mas_falla:
        titulo = en_una_linea(peor.comprobacion.titulo)
        frases.append(f"Lo que más falla: «{titulo}» ({peor.fallan} de {peor.total}).")
    for frase in frases:
        consola.print(Text(frase), soft_wrap=True)
