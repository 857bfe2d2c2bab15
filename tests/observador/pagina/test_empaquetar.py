"""La página entera cabe en un guion, en un estilo y en un archivo, y no pesa."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from chatlab.observador.grabacion import Grabacion
from chatlab.observador.pagina.empaquetar import (
    PAGINA,
    estilo_del_reproductor,
    guion_del_reproductor,
    huella_del_guion,
    pagina_autonoma,
)
from tests.observador.pagina.cine import lineas, programa

#: Bytes comprimidos que puede pesar todo lo que no es la película.
PESO_MAXIMO = 120_000
XTERM = PAGINA / "xterm"
MODULOS = [ruta for ruta in sorted(PAGINA.rglob("*.js")) if XTERM not in ruta.parents]


def pelicula(dicho: str) -> Grabacion:
    """Una película en la que su título y una pantalla dicen eso."""
    return Grabacion.leer(
        lineas(programa(1, "Ana"), {"que": "pantalla", "p": 1, "texto": dicho}, titulo=dicho)
    )


def test_la_pagina_entera_pesa_menos_de_120_kb_comprimida() -> None:
    todo = guion_del_reproductor() + estilo_del_reproductor()

    assert len(gzip.compress(todo.encode())) <= PESO_MAXIMO


def test_de_los_modulos_no_queda_ninguna_palabra_que_un_guion_no_entienda(tmp_path: Path) -> None:
    guion = guion_del_reproductor()

    assert not re.findall(r"^(?:import|export)\b.*", guion, re.MULTILINE)
    assert "</script" not in guion
    node = shutil.which("node")
    if node is None:
        pytest.skip("no está node, que lee el guion sin ejecutarlo")
    archivo = tmp_path / "guion.js"
    archivo.write_text(guion, encoding="utf-8")
    lectura = subprocess.run([node, "--check", archivo], capture_output=True, encoding="utf-8")
    assert lectura.returncode == 0, lectura.stderr


def test_cada_nombre_de_fuera_de_las_funciones_esta_en_un_solo_modulo() -> None:
    nombres = Counter(
        nombre
        for ruta in MODULOS
        for nombre in re.findall(
            r"^(?:export )?(?:async )?(?:function\*?|class|const|let) (\w+)",
            ruta.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )

    assert not [nombre for nombre, veces in nombres.items() if veces > 1]


def test_lo_que_se_importa_de_un_modulo_esta_en_el() -> None:
    """Al juntarlos se quitan los `import`: lo que faltara, ahí, no se notaría hasta usarlo."""
    importa = re.compile(r'^import \{ (.*) \} from "(.*)";$', re.MULTILINE)
    exporta = r"^export (?:(?:async )?function|class|const) (?:\{ )?{}\b"
    for ruta in MODULOS:
        for nombres, otra in importa.findall(ruta.read_text(encoding="utf-8")):
            texto = (ruta.parent / otra).read_text(encoding="utf-8")
            for nombre in nombres.split(", "):
                esta = re.search(exporta.replace("{}", re.escape(nombre)), texto, re.MULTILINE)
                assert esta, f"{ruta.name} importa {nombre} de {otra}"


def test_ningun_dato_se_convierte_en_html() -> None:
    peligrosas = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")

    assert not [r.name for r in MODULOS if peligrosas.search(r.read_text(encoding="utf-8"))]


def test_las_terminales_son_las_de_npm_con_su_licencia_y_su_version() -> None:
    version = (XTERM / "VERSION").read_text(encoding="utf-8")
    huellas = re.findall(r"^([0-9a-f]{64})  (\S+)$", version, re.MULTILINE)

    assert "@xterm/xterm 5.5.0" in version
    assert {nombre for _, nombre in huellas} == {
        ruta.name for ruta in XTERM.iterdir() if ruta.name != "VERSION"
    }
    for huella, nombre in huellas:
        assert hashlib.sha256((XTERM / nombre).read_bytes()).hexdigest() == huella
    assert (XTERM / "LICENSE").read_text(encoding="utf-8") in guion_del_reproductor()


def test_lo_que_diga_un_programa_no_acaba_el_guion_de_la_pagina() -> None:
    malo = "</script><script>alert(1)</script><!--"
    pagina = pagina_autonoma(pelicula(malo), momento=1.5)

    assert "alert(1)" not in pagina.replace("&lt;script&gt;alert(1)", "")
    assert pagina.count("</script>") == 2
    metida = re.search(r'id="pelicula" data-momento="1.5">\s*([\w+/=]+)\s*</script>', pagina)
    assert metida
    assert malo in json.loads(gzip.decompress(base64.b64decode(metida[1])).split(b"\n")[2])["texto"]


def test_la_politica_de_la_pagina_deja_ejecutar_su_guion_y_ningun_otro() -> None:
    pagina = pagina_autonoma(pelicula("hola"))
    politica = re.search(r'Content-Security-Policy" content="([^"]+)"', pagina)
    guion = re.search(r"<script>(.*)</script>", pagina, re.DOTALL)

    assert politica
    assert "default-src 'none'" in politica[1]
    assert f"script-src {huella_del_guion()};" in politica[1]
    assert guion
    huella = base64.b64encode(hashlib.sha256(guion[1].encode()).digest()).decode()
    assert huella_del_guion() == f"'sha256-{huella}'"
