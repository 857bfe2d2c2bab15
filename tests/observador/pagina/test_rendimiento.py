"""Con 20 000 sucesos, la página sigue yendo suelta.

Se mide el tiempo de procesador del hilo de la página, y no el del reloj: así da igual lo ocupada
que esté la máquina.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.observador.pagina.cine import Cine, lineas, programa
from tests.observador.pagina.conftest import Proyectar

pytestmark = pytest.mark.lento  # abre el navegador

SUCESOS = 20_000
CLIENTES = 8
SALTOS = 40
#: Milisegundos de procesador: por cuadro, mientras corre, y por salto a cualquier momento.
MAX_CUADRO, MAX_SALTO = 50.0, 200.0
MAX_MEMORIA = 200_000_000

SALTAR = """async (uno, cuantos) => {
  for (let i = 1; i <= cuantos; i += 1) {
    uno.reloj.poner(Math.floor((i * 0.618 % 1) * uno.reloj.ultimo));
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  }
}"""
REPRODUCIR = """async (uno) => {
  uno.reloj.poner(9000);
  uno.reloj.velocidad = 16;
  uno.reloj.alternar();
  let cuadros = 0;
  while (uno.reloj.n < 9200) {
    await new Promise(requestAnimationFrame);
    cuadros += 1;
  }
  uno.reloj.alternar();
  return cuadros;
}"""


def mucho_rato() -> Iterator[dict[str, Any]]:
    """Lo que pasa en un chat con ocho personas que no paran."""
    codigo = "\n".join(f"linea_{n} = {n}" for n in range(120))
    yield from ({"que": "archivo", "ruta": f"{r}.py", "texto": codigo} for r in ("servidor", "c"))
    yield programa(1, "servidor", archivo="servidor.py")
    for c in range(1, CLIENTES + 1):
        de_c: dict[str, Any] = {"p": c + 1, "h": 1, "c": c}
        de_1: dict[str, Any] = {"p": 1, "h": c + 1, "c": c}
        yield programa(c + 1, f"cliente {c}", archivo="c.py")
        yield {"que": "connect", **de_c, "lado": "llama", "local": "a", "remoto": "b"}
        yield {"que": "accept", **de_1, "lado": "acepta", "local": "b", "remoto": "a"}
    azar = random.Random(13)
    enviados = dict.fromkeys(range(1, CLIENTES + 1), 0)
    for n in range(SUCESOS // 7):
        c = azar.randrange(1, CLIENTES + 1)
        texto = f"mensaje {n}\n"
        de_c = {"p": c + 1, "h": 1, "c": c, "lugar": "c.py:20"}
        de_1 = {"p": 1, "h": c + 1, "c": c, "lugar": "servidor.py:30"}
        bytes_ = {"desde": enviados[c], "cuantos": len(texto), "texto": texto}
        enviados[c] += len(texto)
        yield {"que": "tecla", "p": c + 1, "texto": texto}
        yield {"que": "pantalla", "p": c + 1, "texto": texto.replace("\n", "\r\n")}
        yield {"que": "send", **de_c, "lado": "llama", **bytes_}
        yield {"que": "espera", **de_c, "en": "teclado"}
        yield {"que": "recv", **de_1, "lado": "acepta", **bytes_}
        yield {"que": "pantalla", "p": 1, "texto": f"[{c}] mensaje {n}\r\n"}
        yield {"que": "espera", **de_1, "en": "recv"}


def procesador(sesion: Any) -> float:
    """Los milisegundos de procesador que lleva gastados la página."""
    return 1000 * medida(sesion, "TaskDuration")


def medida(sesion: Any, nombre: str) -> float:
    medidas = sesion.send("Performance.getMetrics")["metrics"]
    return float(next(una["value"] for una in medidas if una["name"] == nombre))


def test_con_veinte_mil_sucesos_se_salta_y_se_reproduce_sin_esperar(proyectar: Proyectar) -> None:
    cine: Cine = proyectar(lineas(*mucho_rato()))
    assert cine.ultimo > 0.99 * SUCESOS
    sesion = cine.pagina.context.new_cdp_session(cine.pagina)
    sesion.send("Performance.enable", {"timeDomain": "threadTicks"})

    antes = procesador(sesion)
    cine.calcular(SALTAR, SALTOS)
    por_salto = (procesador(sesion) - antes) / SALTOS

    antes = procesador(sesion)
    cuadros = cine.calcular(REPRODUCIR)
    por_cuadro = (procesador(sesion) - antes) / cuadros

    sesion.send("HeapProfiler.enable")
    sesion.send("HeapProfiler.collectGarbage")
    memoria = medida(sesion, "JSHeapUsedSize")
    print(f"salto {por_salto:.1f} ms, cuadro {por_cuadro:.1f} ms, {memoria / 1e6:.1f} MB")
    assert por_salto < MAX_SALTO
    assert por_cuadro < MAX_CUADRO
    assert memoria < MAX_MEMORIA
