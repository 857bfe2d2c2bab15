"""Apretado, un programa hace lo mismo y un estilo dice lo mismo."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from chatlab.observador.pagina.apretar import apretar_css, apretar_js

#: Todo lo que se puede confundir al quitar espacios y comentarios.
DIFICIL = r"""
// un comentario con "comillas" y `acentos`
/** Otro,
 *  de varias líneas. */
class Caja {
  static uno = 1
  static dos = 2;
  get valor() { return 3 } // al final
}
const texto = "no es // un comentario", otro = 'ni /* este */';
const regular = /["'`/]\/[/"]+/g;
const mitad = (8 / 2) / 2 / 1;
const [a, b] = [1, 2];
const suma = a + +b - -b;
const plantilla = `uno ${`dos ${"tres }"} ${{ a }.a}`}
   cuatro \` //`;
let n = a
++n
const partido = "a/b/c"
  .split("/")
  .join(" ");
function sin() {
  return /x y/.test("x y") ? typeof a : void 0;
}
label: for (const i in [1, 2]) if (i === "1") break label; else continue label
console.log(JSON.stringify([
  Caja.uno, Caja.dos, new Caja().valor, texto, otro, "a/'b".match(regular), mitad, suma,
  plantilla, n, partido, sin(), a in [0, 1], 4 /2/ 1,
]))
"""


def ejecutar(programa: str) -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no está node, que ejecuta el programa")
    orden = [node, "--input-type=commonjs", "-e", programa]
    return subprocess.run(orden, check=True, capture_output=True, encoding="utf-8").stdout


def test_un_programa_apretado_hace_lo_mismo() -> None:
    apretado = apretar_js(DIFICIL)

    assert ejecutar(apretado) == ejecutar(DIFICIL)
    assert "un comentario con" not in apretado
    assert len(apretado) < 0.8 * len(DIFICIL)


def test_apretar_dos_veces_no_cambia_nada() -> None:
    apretado = apretar_js(DIFICIL)

    assert apretar_js(apretado) == apretado


def test_un_estilo_apretado_no_junta_lo_que_es_de_dentro_con_lo_que_es_lo_mismo() -> None:
    estilo = """
    /* de dentro: */ .a :is(.b, .c) > p:hover { color: red; margin: 0 1px }
    .a::before { content: "▸ "; }
    """
    assert apretar_css(estilo) == (
        '.a :is(.b,.c) > p:hover{color:red;margin:0 1px}.a::before{content:"▸ ";}'
    )
