"""El modelo de la página, ejecutado con Node: lo que no toca la página no necesita un navegador."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from chatlab.observador.pagina.empaquetar import PAGINA

PLAZO = 60.0
#: Lo que hay a mano en cada cálculo: todo lo que exporta el modelo, y `grabaciones`, ya leídas.
_PRINCIPIO = """
import { readFileSync } from "node:fs";
const modulos = await Promise.all(%s.map((direccion) => import(direccion)));
const modelo = Object.assign({}, ...modulos);
const con = JSON.parse(readFileSync(0, "utf8"));
const calcular = %s;
console.log(JSON.stringify(calcular(modelo, con) ?? null));
"""


@cache
def _node() -> str:
    """El del sistema o el que trae Playwright, que también es Node."""
    if del_sistema := shutil.which("node"):
        return del_sistema
    playwright = pytest.importorskip("playwright", reason="no está Node")
    return str(Path(playwright.__file__).parent / "driver" / "node")


def calcular(javascript: str, con: Any = None) -> Any:
    """Lo que da esa función de JavaScript, que recibe lo que exporta el modelo y `con`."""
    modulos = [ruta.as_uri() for ruta in sorted((PAGINA / "modelo").glob("*.js"))]
    ejecucion = subprocess.run(
        [_node(), "--input-type=module", "--eval", _PRINCIPIO % (json.dumps(modulos), javascript)],
        input=json.dumps(con),
        capture_output=True,
        encoding="utf-8",
        timeout=PLAZO,
    )
    assert ejecucion.returncode == 0, ejecucion.stderr
    return json.loads(ejecucion.stdout)


def mundo(calculo: str) -> str:
    """Esa función, que recibe el mundo de la grabación que se le dé y el modelo."""
    return f"""(modelo, [texto, con]) => {{
        const mundo = new modelo.Mundo(new modelo.Grabacion(texto));
        return ({calculo})(mundo, modelo, con);
    }}"""
