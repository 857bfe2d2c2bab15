"""La tabla de un torneo: qué servidores aguantan qué ataques, del que más al que menos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from chatlab.corrector.informes.causas import por_arreglar
from chatlab.corrector.informes.formato import COLORES, SIGNOS, en_una_linea, observacion
from chatlab.corrector.informes.redaccion import titular
from chatlab.corrector.informes.terminal_de_clase import imprimir_tabla
from chatlab.corrector.modelo import Informe, Veredicto


def escribir_torneo(
    consola: Console, informes: Sequence[Informe], ataques: Mapping[str, str]
) -> None:
    """Escribe la clasificación y, debajo, quién no compite y por qué.

    `ataques` da, por la clave de su comprobación, cómo se llama cada uno.
    """
    compiten = [informe for informe in informes if _compite(informe, ataques)]
    tabla = Table(box=box.SIMPLE_HEAD if consola.is_terminal else None, pad_edge=False)
    tabla.add_column("", justify="right")
    tabla.add_column("Servidor", overflow="fold", min_width=12)
    tabla.add_column("Aguanta", justify="right", no_wrap=True)
    for numero in range(1, len(ataques) + 1):
        tabla.add_column(str(numero), justify="center")
    for puesto, informe in _clasificacion(compiten, ataques):
        tabla.add_row(*_fila(puesto, informe, ataques))
    imprimir_tabla(consola, tabla)
    for informe in informes:
        if frase := _lo_que_hay_que_saber(informe, informe in compiten):
            consola.print(Text(frase, style="yellow"), soft_wrap=not consola.is_terminal)
    nombres = " · ".join(f"{numero} {uno}" for numero, uno in enumerate(ataques.values(), 1))
    consola.print(f"Ataques: {nombres}", style="dim", soft_wrap=not consola.is_terminal)
    consola.print(
        f"{SIGNOS[Veredicto.BIEN]} aguanta · {SIGNOS[Veredicto.FALLA]} cae · "
        f"{SIGNOS[Veredicto.SIN_COMPROBAR]} no se pudo comprobar",
        style="dim",
    )


def aguanta(informe: Informe, ataques: Mapping[str, str]) -> int:
    """Cuántos ataques aguanta."""
    return sum(veredicto is Veredicto.BIEN for veredicto in _veredictos(informe, ataques).values())


def _veredictos(informe: Informe, ataques: Mapping[str, str]) -> dict[str, Veredicto]:
    return {
        uno.comprobacion.clave: uno.veredicto
        for uno in informe.resultados
        if uno.comprobacion.clave in ataques
    }


def _compite(informe: Informe, ataques: Mapping[str, str]) -> bool:
    """Si su chat funciona: sin eso, resistir un ataque no dice nada."""
    veredictos = _veredictos(informe, ataques)
    previas = [
        uno.veredicto
        for uno in informe.resultados
        if not uno.comprobacion.depende and uno.comprobacion.clave not in veredictos
    ]
    return (
        not informe.problema
        and bool(veredictos)
        and all(previa is Veredicto.BIEN for previa in previas)
    )


def _clasificacion(
    compiten: Sequence[Informe], ataques: Mapping[str, str]
) -> list[tuple[int, Informe]]:
    """Cada uno con su puesto; los empatados comparten el suyo."""
    marcas = [aguanta(informe, ataques) for informe in compiten]
    puestos = [1 + sum(otra > marca for otra in marcas) for marca in marcas]
    return sorted(
        zip(puestos, compiten, strict=True), key=lambda puesto: (puesto[0], puesto[1].entrega)
    )


def _fila(puesto: int, informe: Informe, ataques: Mapping[str, str]) -> list[Text]:
    veredictos = _veredictos(informe, ataques)
    marcas = [veredictos.get(clave, Veredicto.SIN_COMPROBAR) for clave in ataques]
    return [
        Text(f"{puesto}.º"),
        Text(en_una_linea(informe.entrega)),
        Text(f"{aguanta(informe, ataques)}/{len(ataques)}", style="bold"),
        *(Text(SIGNOS[marca], style=COLORES[marca]) for marca in marcas),
    ]


def _lo_que_hay_que_saber(informe: Informe, compite: bool) -> str:
    """Por qué no compite, o que su puesto puede cambiar; vacío si no hay nada que decir."""
    quien = en_una_linea(informe.entrega)
    if not compite:
        return f"{quien} no compite: {_motivo(informe)}"
    if informe.provisional:
        return f"El puesto de {quien} es provisional: quedaron ataques sin hacer."
    return ""


def _motivo(informe: Informe) -> str:
    if dicho := observacion(informe):
        return dicho
    # Lo primero que se comprueba no siempre es lo primero que falla.
    falla = next(iter(por_arreglar(informe)), None)
    if falla is None:
        return "no se pudo comprobar."
    porque = f" {titular(falla.hallazgos[0])}" if falla.hallazgos else ""
    return en_una_linea(f"«{falla.comprobacion.titulo}» {falla.veredicto}.{porque}")
