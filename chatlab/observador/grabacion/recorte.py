"""Recortar una grabación: el trozo que se pide, y delante, lo que hace falta para verlo solo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chatlab.observador.grabacion.formato import SALTO, Linea, anadir_a_las_cuentas
from chatlab.observador.grabacion.hasta_aqui import HastaAqui


def recortar(
    cabecera: Linea, lineas: list[Linea], desde: float, hasta: float
) -> tuple[Linea, list[Linea]]:
    """La cabecera y las líneas del trozo, con `t` desde 0."""
    habia = HastaAqui()
    archivos: dict[str, Linea] = {}
    trozo: list[Linea] = []
    for linea in lineas:
        if linea["t"] > hasta:
            break
        if linea["que"] == "archivo":
            archivos[linea.get("ruta", "")] = linea
        elif linea["t"] < desde:
            habia.mirar(linea)
        elif linea["que"] != "fin":
            trozo.append(linea)
    prologo = [{**linea, "t": desde} for linea in habia.prologo(trozo)]
    todas = [*prologo, *trozo]
    usados = [{**archivos[ruta], "t": desde} for ruta in _usados(todas) if ruta in archivos]
    final: Linea = {"que": "fin", "t": hasta, "cuentas": _cuentas(trozo)}
    if lineas and lineas[-1]["t"] < hasta:
        final["t"] = max(desde, lineas[-1]["t"])
    recortadas = list(_desde_cero([*usados, *todas, final], desde))
    return {**cabecera, "recorte": [desde, hasta]}, recortadas


def _desde_cero(lineas: list[Linea], desde: float) -> Iterator[Linea]:
    t = -SALTO
    for linea in lineas:
        t = round(max(linea["t"] - desde, t + SALTO), 6)
        yield {**linea, "t": t}


def _usados(lineas: list[Linea]) -> dict[str, None]:
    """Los archivos que se nombran en esas líneas."""
    usados: dict[str, None] = {}
    for linea in lineas:
        archivo = linea.get("archivo")
        if isinstance(archivo, str):
            usados[archivo] = None
        lugar = linea.get("lugar")
        if isinstance(lugar, str):
            usados[lugar.rpartition(":")[0]] = None
    return usados


def _cuentas(trozo: list[Linea]) -> dict[str, int]:
    """Lo que pasa en el trozo, contado."""
    cuentas: Counter[str] = Counter()
    for linea in trozo:
        anadir_a_las_cuentas(cuentas, linea)
    return dict(cuentas)
