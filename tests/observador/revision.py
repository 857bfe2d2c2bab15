"""Lo que no cuadra en una grabación: quien la lea no debe encontrar nada de esto."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from chatlab.observador.grabacion import datos_de

Linea = dict[str, Any]


def fallos(lineas: Iterable[Linea]) -> list[str]:
    """Una frase por cada cosa que no cuadra."""
    return list(_Revisor().revisar(lineas))


class _Revisor:
    """Lee como el modelo de la página, pero no da nada por bueno."""

    def __init__(self) -> None:
        self.t = -1.0
        self.programas: set[int] = set()
        self.hilos: set[tuple[int, int]] = set()
        self.archivos: set[str] = set()
        self.lados: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.enviados: dict[tuple[int, str], int] = defaultdict(int)
        self.leidos: dict[tuple[int, str], int] = defaultdict(int)
        #: Los bytes de cada sentido que se conocen, por su lugar en el flujo.
        self.bytes: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
        #: Los bytes que está enviando cada hilo, en qué conexión y por qué lado.
        self.en_curso: dict[tuple[int, int], tuple[int, str, float]] = {}

    def revisar(self, lineas: Iterable[Linea]) -> Iterator[str]:
        for linea in lineas:
            for fallo in self._una(linea):
                yield f"{fallo}: {linea}"
            self.t = linea["t"]

    def _una(self, linea: Linea) -> Iterator[str]:
        que = linea["que"]
        if linea["t"] <= self.t:
            yield "no va detrás de la anterior"
        if que == "archivo":
            self.archivos.add(linea["ruta"])
        elif que == "programa":
            self.programas.add(linea["p"])
            if linea["archivo"] not in (None, *self.archivos):
                yield "es de un archivo que no está"
        elif "p" in linea and linea["p"] not in self.programas:
            yield "es de un programa que no ha empezado"
        if que == "hilo":
            self.hilos.add((linea["p"], linea["h"]))
        elif "h" in linea and (linea["p"], linea["h"]) not in self.hilos:
            yield "es de un hilo que no ha empezado"
        if "lado" in linea:
            yield from self._de_conexion(linea)
        if que != "espera" and "h" in linea:
            self.en_curso.pop((linea["p"], linea["h"]), None)
        if que == "espera" and linea["en"] == "send":
            lado = next(
                (lado for lado, p in self.lados[linea["c"]].items() if linea["p"] in p), "llama"
            )
            cuantos = linea.get("cuantos", math.inf)
            self.en_curso[linea["p"], linea["h"]] = (linea["c"], lado, cuantos)

    def _de_conexion(self, linea: Linea) -> Iterator[str]:
        que, c, lado = linea["que"], linea["c"], linea["lado"]
        otro = "acepta" if lado == "llama" else "llama"
        abierto = lado in self.lados[c]
        duenos = self.lados[c][lado]
        if que in ("connect", "accept", "hereda"):
            duenos.add(linea["p"])
            return
        if not abierto:
            yield "usa una conexión que no se ha abierto"
        if que == "send":
            if linea["desde"] != self.enviados[c, lado]:
                yield f"se esperaba el byte {self.enviados[c, lado]}"
            self.enviados[c, lado] += linea["cuantos"]
            yield from self._cuadran_los_bytes(linea, (c, lado))
        elif que == "recv":
            if linea["desde"] != self.leidos[c, lado]:
                yield f"se esperaba el byte {self.leidos[c, lado]}"
            self.leidos[c, lado] += linea["cuantos"]
            if otro in self.lados[c] and self.leidos[c, lado] > self._han_salido(c, otro):
                yield "lee lo que no se ha enviado"
            yield from self._cuadran_los_bytes(linea, (c, otro))
        elif que == "close":
            duenos.discard(linea["p"])

    def _cuadran_los_bytes(self, linea: Linea, sentido: tuple[int, str]) -> Iterator[str]:
        """Lo enviado y lo leído, y en el mismo sitio, son los mismos bytes."""
        conocidos = self.bytes[sentido]
        for lugar, uno in enumerate(datos_de(linea), linea["desde"]):
            if conocidos.setdefault(lugar, uno) != uno:
                yield f"el byte {lugar} no es el que se envió"
                return

    def _han_salido(self, c: int, lado: str) -> float:
        de_camino = [n for suya, por, n in self.en_curso.values() if (suya, por) == (c, lado)]
        return self.enviados[c, lado] + sum(de_camino)
