"""Lo medido, en tablas de Markdown: cada cifra, al lado de la del mejor de los demás."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bench.escenarios import CON_CALMA, DE_UNO_EN_UNO, OCIOSOS, REPARTOS
from bench.resultados import Entrada, Reparto, Resultados
from bench.servidores.catalogo import Candidato, candidatos
from chatlab.textos import con_coma

NADA = "—"

Cifra = Callable[[Any], float | None]


def por_nombre(resultados: Resultados) -> dict[str, str]:
    """Cada tabla, por el nombre de su archivo."""
    return {
        "reparto": _reparto(resultados),
        "de-uno-en-uno": _de_uno_en_uno(resultados),
        "ociosos": _ociosos(resultados),
        "donde": _donde(resultados),
    }


def todas(resultados: Resultados) -> str:
    return "\n".join(por_nombre(resultados).values())


# --- Las cifras ----------------------------------------------------------------------------------


def entregas(ronda: Reparto) -> float:
    return ronda.entregas_por_segundo


def tardanza(ronda: Reparto) -> float | None:
    return ronda.p99


def segundos(ronda: Entrada) -> float:
    return ronda.segundos


def memoria(ronda: Entrada) -> float | None:
    return ronda.bytes_por_cliente


def mejor_rival(
    resultados: Resultados, escenario: str, cifra: Cifra, *, menos_es_mejor: bool = False
) -> float | None:
    """La mejor mediana entre los servidores que no son nuestros; `None` si no se midió ninguno."""
    suyas = [
        mediana
        for uno in candidatos()
        if uno.es_rival
        and (mediana := resultados.mediana(escenario, uno.nombre, cifra)) is not None
    ]
    if not suyas:
        return None
    return min(suyas) if menos_es_mejor else max(suyas)


# --- Las tablas ----------------------------------------------------------------------------------


def _reparto(resultados: Resultados) -> str:
    claves = [uno.clave for uno in REPARTOS]
    filas = [
        [
            _rotulo(uno),
            *(_con_veces(resultados, clave, uno, entregas, _millones) for clave in claves),
        ]
        for uno in _medidos(resultados, claves)
    ]
    return _tabla(["servidor", *(uno.titulo for uno in REPARTOS)], filas)


def _de_uno_en_uno(resultados: Resultados) -> str:
    de_uno, calma = DE_UNO_EN_UNO.clave, CON_CALMA.clave
    filas = []
    for uno in _medidos(resultados, [de_uno, calma]):
        mensajes = _con_veces(
            resultados, de_uno, uno, lambda ronda: ronda.mensajes / ronda.segundos, _enteros
        )
        mitad = resultados.mediana(calma, uno.nombre, lambda ronda: ronda.p50)
        p99 = _con_veces(resultados, calma, uno, tardanza, _decimal, menos_es_mejor=True)
        filas.append([_rotulo(uno), mensajes, _decimal(mitad), p99])
    return _tabla(
        ["servidor", "de uno en uno: mensajes por segundo", "con calma: p50, en ms", "p99, en ms"],
        filas,
    )


def _ociosos(resultados: Resultados) -> str:
    claves = [uno.clave for uno in OCIOSOS]
    filas = []
    for uno in _medidos(resultados, claves):
        fila = [_rotulo(uno)]
        for clave in claves:
            fila.append(_enteros(resultados.mediana(clave, uno.nombre, memoria)))
            fila.append(_decimal(resultados.mediana(clave, uno.nombre, segundos)))
        filas.append(fila)
    columnas = [f"{que}, {uno.receptores}" for uno in OCIOSOS for que in ("bytes", "segundos")]
    return _tabla(["servidor", *columnas], filas)


def _donde(resultados: Resultados) -> str:
    return _tabla(["qué", "cuál"], [[que, cual] for que, cual in resultados.donde.items()])


def _medidos(resultados: Resultados, claves: Sequence[str]) -> list[Candidato]:
    """Los que tienen algo en alguno de esos escenarios."""
    con_algo = {nombre for clave in claves for nombre in resultados.rondas.get(clave, {})}
    return [uno for uno in candidatos() if uno.nombre in con_algo]


def _con_veces(
    resultados: Resultados,
    escenario: str,
    candidato: Candidato,
    cifra: Cifra,
    escrita: Callable[[float | None], str],
    *,
    menos_es_mejor: bool = False,
) -> str:
    """La mediana y, entre paréntesis, cuántas veces es la del mejor de los demás."""
    mediana = resultados.mediana(escenario, candidato.nombre, cifra)
    mejor = mejor_rival(resultados, escenario, cifra, menos_es_mejor=menos_es_mejor)
    if mediana is None or not mejor:
        return escrita(mediana)
    return f"{escrita(mediana)} (×{_decimal(mediana / mejor)})"


def _rotulo(candidato: Candidato) -> str:
    return f"**{candidato.nombre}**, {candidato.que_es}"


def _millones(valor: float | None) -> str:
    return NADA if valor is None else f"{_decimal(valor / 1e6)} M"


def _decimal(valor: float | None) -> str:
    if valor is None:
        return NADA
    cifras = 0 if valor >= 100 else 1 if valor >= 10 else 2
    return con_coma(valor, cifras)


def _enteros(valor: float | None) -> str:
    return NADA if valor is None else f"{valor:,.0f}".replace(",", "\N{NO-BREAK SPACE}")


def _tabla(columnas: Sequence[str], filas: Sequence[Sequence[str]]) -> str:
    lineas = [columnas, ["---", *["---:"] * (len(columnas) - 1)], *filas]
    return "".join(f"| {' | '.join(linea)} |\n" for linea in lineas)
