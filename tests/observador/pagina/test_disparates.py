"""Una grabación puede venir de cualquiera: diga lo que diga, la página la enseña y no se rompe."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from tests.observador.pagina.conftest import Proyectar
from tests.observador.pagina.nodo import calcular, mundo

#: Lo que alguien con malas ideas pondría en cualquier campo.
MALO: list[Any] = [
    None,
    True,
    -1,
    0,
    1,
    2,
    2**53,
    1e300,
    "",
    "constructor",
    "__proto__",
    "hola\u202e\x1b[2J<script>",
    "llama",
    "acepta",
    "127.0.0.1:constructor",
    "ConnectionResetError",
    "recv",
    [],
    ["a", {}],
    {"a": 1},
    "/w==",
]
CAMPOS = """
    p h c lado local remoto direccion desde cuantos texto b64 lugar en plazo candado dueno vencido
    que_hace nombre papel orden archivo padre codigo senal sentido por operacion error mensaje
    detalle filas columnas veces deducido clave motivo bytes
"""
CLASES = """
    programa termina pantalla tecla tamano senal hilo hilo_termina bind listen connect accept
    hereda send recv shutdown close espera sigue candado fallo prohibido udp marca muestreo
"""


def disparatada(sucesos: int) -> str:
    """Una grabación en la que cada campo puede tener cualquier cosa."""
    azar = random.Random(13)
    lineas = ['{"chatlab":"grabacion","version":1}']
    for n in range(sucesos):
        campos = {campo: azar.choice(MALO) for campo in azar.sample(CAMPOS.split(), 12)}
        numeros = {"p": azar.randint(1, 3), "h": 1, "c": azar.randint(1, 3), "lado": "llama"}
        if azar.random() < 0.8:
            campos |= {**numeros, "cuantos": azar.randint(0, 9), "desde": azar.randint(0, 99)}
        lineas.append(json.dumps({"que": azar.choice(CLASES.split()), "t": n / 100, **campos}))
    return "\n".join([*lineas, ""])


def test_una_grabacion_disparatada_no_rompe_nada() -> None:
    cuantos, partidas, raras = calcular(
        mundo("""(mundo, m) => {
            const frases = mundo.sucesos.map(({ n }) => m.frase(mundo, n));
            mundo.flechas.map((una) => m.fraseDeFlecha(mundo, una));
            const ultimo = JSON.stringify(mundo.estadoEn(mundo.sucesos.length - 1));
            mundo.estadoEn(3);
            const otraVez = JSON.stringify(mundo.estadoEn(mundo.sucesos.length - 1));
            const raras = frases.filter((una) => /[\u202e\u001b]|undefined|native code/.test(una));
            return [frases.length, ultimo === otraVez, raras];
        }"""),
        [disparatada(4000), None],
    )

    assert cuantos > 800
    assert partidas is True
    assert raras == []


@pytest.mark.lento
def test_una_grabacion_disparatada_se_dibuja(proyectar: Proyectar) -> None:
    cine = proyectar(disparatada(400))

    pintados = cine.calcular(
        """({ linea, mundo }) => {
            const pintados = [];
            for (let n = -1; n < mundo.sucesos.length; n += 7) {
                linea.poner(n);
                linea.redibujar();
                pintados.push(linea.vista.pintados);
            }
            linea.verTodo();
            linea.cambiarEje();
            return pintados;
        }"""
    )

    assert max(pintados) > 0
    assert cine.dicho == []
