"""Cada barra va desde que un hilo llama a algo que lo detiene hasta que esa llamada vuelve."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chatlab.observador.dibujo import dibujar
from chatlab.observador.esperas import Espera
from chatlab.observador.palabras import contar_esperas
from chatlab.observador.secuencia import Secuencia, leer_secuencia
from chatlab.sonda import Suceso
from docs.taller.guion import GRABACIONES

SERVIDOR, ANA = 10, 11
NOMBRES = {SERVIDOR: "servidor", ANA: "Ana"}
PUERTO, DE_ANA = 9000, 50001
SVG = "{http://www.w3.org/2000/svg}"
DIAGRAMAS = [r for r in sorted(GRABACIONES.rglob("*.svg")) if r.with_suffix(".md").exists()]


@dataclass
class Charla:
    """Escribe lo que contaría la sonda, cada cosa un instante después de la anterior."""

    sucesos: list[Suceso] = field(default_factory=list)

    def anota(
        self, tipo: str, pid: int, datos: bytes = b"", *, hilo: int = 0, detalle: str = ""
    ) -> Charla:
        de_aqui, de_alli = ("127.0.0.1", DE_ANA), ("127.0.0.1", PUERTO)
        local, remoto = (de_aqui, de_alli) if pid == ANA else (de_alli, de_aqui)
        cuando = float(len(self.sucesos))
        suceso = Suceso(tipo, pid, hilo or pid, 1, "x.py", cuando, local, remoto, len(datos), datos)
        self.sucesos.append(suceso._replace(detalle=detalle))
        return self

    def espera(self, pid: int, donde: str, *, hilo: int = 0) -> Charla:
        return self.anota("espera", pid, hilo=hilo, detalle=donde)

    def hasta_aceptar(self) -> Charla:
        """Los pasos 0 (escucha), 1 (connect) y 2 (accept)."""
        self.sucesos.append(
            Suceso("listen", SERVIDOR, SERVIDOR, 0, "x.py", -1.0, ("127.0.0.1", PUERTO))
        )
        return self.espera(SERVIDOR, "accept").anota("connect", ANA).anota("accept", SERVIDOR)

    def secuencia(self) -> Secuencia:
        return leer_secuencia(self.sucesos, NOMBRES)

    def esperas(self) -> list[Espera]:
        return [*self.secuencia().esperas]


def test_accept_espera_desde_que_escucha_hasta_que_le_llaman() -> None:
    assert Charla().hasta_aceptar().esperas() == [Espera("servidor", "accept", 1, 1)]


def test_recv_espera_desde_que_se_llama_hasta_que_llegan_bytes() -> None:
    charla = Charla().hasta_aceptar().espera(SERVIDOR, "recv").espera(ANA, "teclado")
    charla.anota("send", ANA, b"hola").anota("recv", SERVIDOR, b"hola")

    assert Espera("servidor", "recv", 3, 3) in charla.esperas()
    assert Espera("Ana", "teclado", 3, 3) in charla.esperas()
    assert contar_esperas(charla.secuencia()) == [
        "El servidor espera en accept desde el 1 hasta el 2.",
        "El servidor espera en recv desde el 3 hasta el 4.",
        "Ana espera en input desde el 3 hasta el 4.",
    ]


def test_quien_encuentra_los_bytes_ya_alli_no_espera() -> None:
    charla = Charla().hasta_aceptar().anota("send", ANA, b"hola").anota("close", ANA)
    charla.espera(SERVIDOR, "recv").anota("recv", SERVIDOR, b"hola")
    charla.espera(SERVIDOR, "recv").anota("recv", SERVIDOR)

    assert [e.llamada for e in charla.esperas()] == ["accept"]


def test_recv_tambien_espera_a_que_el_otro_cierre() -> None:
    charla = Charla().hasta_aceptar().espera(SERVIDOR, "recv")
    charla.anota("close", ANA).anota("recv", SERVIDOR)

    assert charla.esperas()[-1] == Espera("servidor", "recv", 3, 3)


def test_lo_que_no_vuelve_espera_hasta_el_final() -> None:
    charla = Charla().hasta_aceptar().espera(SERVIDOR, "recv").espera(ANA, "recv")

    assert charla.esperas()[1:] == [
        Espera("servidor", "recv", 3, None),
        Espera("Ana", "recv", 3, None),
    ]
    assert contar_esperas(charla.secuencia())[-1].endswith("desde el 3 hasta el final.")


def test_dos_hilos_que_esperan_a_la_vez_van_en_dos_carriles() -> None:
    charla = Charla().hasta_aceptar()
    charla.espera(ANA, "teclado").espera(ANA, "recv", hilo=77)
    charla.anota("send", SERVIDOR, b"hola").anota("recv", ANA, b"hola", hilo=77)

    de_ana = {e.llamada: e.carril for e in charla.esperas() if e.actor == "Ana"}
    assert de_ana == {"teclado": 0, "recv": 1}


def test_el_selector_espera_hasta_lo_que_le_llega_al_primero() -> None:
    charla = Charla()
    charla.sucesos.append(
        Suceso("listen", SERVIDOR, SERVIDOR, 0, "x.py", -1.0, ("127.0.0.1", PUERTO))
    )
    charla.espera(SERVIDOR, "select").anota("connect", ANA)
    charla.anota("sigue", SERVIDOR, detalle="select").espera(SERVIDOR, "accept")
    charla.anota("accept", SERVIDOR)

    assert charla.esperas() == [Espera("servidor", "select", 1, 1)]


def test_esperar_con_plazo_una_y_otra_vez_es_una_sola_espera() -> None:
    charla = Charla().hasta_aceptar()
    for _ in range(3):
        charla.espera(SERVIDOR, "recv").anota("sigue", SERVIDOR, detalle="vencido")
    charla.anota("send", ANA, b"x").anota("recv", SERVIDOR, b"x")

    assert charla.esperas()[-1] == Espera("servidor", "recv", 3, 3)


def test_en_el_dibujo_la_barra_acaba_en_la_flecha_que_despierta() -> None:
    charla = Charla().hasta_aceptar().espera(SERVIDOR, "recv")
    charla.anota("send", ANA, b"uno").anota("recv", SERVIDOR, b"uno")

    dibujo = ET.fromstring(dibujar(charla.secuencia(), "x", "x"))

    barras = [
        tramo(uno) for uno in dibujo.iter(f"{SVG}path") if "espera-red" in uno.get("class", "")
    ]
    flechas = [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)H", ET.tostring(dibujo, "unicode"))]
    # Las dos barras, y la muestra de la leyenda.
    assert [hasta for _, _, hasta in barras[:2]] == flechas
    assert barras[1][1] > flechas[0]
    assert len(barras) == 3
    assert "espera a la red" in "".join(dibujo.itertext())


@pytest.mark.parametrize(
    "diagrama", DIAGRAMAS, ids=lambda ruta: ruta.relative_to(GRABACIONES).as_posix()
)
def test_en_las_paginas_cada_espera_a_la_red_acaba_en_algo_que_llega(diagrama: Path) -> None:
    dibujo = ET.fromstring(diagrama.read_text(encoding="utf-8"))
    fondo = max(
        float(x) for x in re.findall(r"M[\d.]+ 44V([\d.]+)", ET.tostring(dibujo, "unicode"))
    )
    # Donde llega o sale una flecha: a quien espera en accept también lo despierta un Ctrl+C suyo.
    llegan = {
        (float(x), float(y))
        for trazo in dibujo.iter(f"{SVG}path")
        for x, y in re.findall(r"^M([\d.]+) ([\d.]+)[lH]", trazo.get("d", ""))
    }
    barras = [
        uno for uno in dibujo.iter(f"{SVG}path") if len(uno) and len(uno.get("class", "")) > 6
    ]
    assert barras
    for una in barras:
        x, desde, hasta = tramo(una)
        assert desde < hasta <= fondo
        (titulo,) = una
        if hasta < fondo and re.search("en (accept|recv)$", titulo.text or ""):
            assert any(abs(x - llega) <= 40 and y == hasta for llega, y in llegan), titulo.text
    for (x, _, hasta), (otra_x, desde, _) in itertools.pairwise(sorted(map(tramo, barras))):
        assert x != otra_x or hasta <= desde, "dos barras de un carril no se pisan"


def tramo(barra: ET.Element) -> tuple[float, float, float]:
    """De una barra, su x, y dónde empieza y acaba."""
    encontrado = re.fullmatch(r"M([\d.]+) ([\d.]+)V([\d.]+)", barra.get("d", ""))
    assert encontrado is not None
    x, desde, hasta = map(float, encontrado.groups())
    return x, desde, hasta
