"""Los minutos que se prometen son los que se miden en las páginas, y en todas partes los mismos."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chatlab.corrector.taller import estado
from docs.taller.inclusiones import DOCS
from docs.taller.mapas import leer_pagina
from docs.taller.minutos import (
    LINEAS_DE_CODIGO,
    PALABRAS,
    PRIMERA_LINEA,
    UNA_ORDEN,
    UNA_TAREA,
    hasta_el_primer_reto,
    medir,
    paginas_medidas,
)
from docs.taller.plan import PLAN, UNA_SESION, tablas_con_minutos
from tests.conftest import Lanzar
from tests.docs.paginas import nombre

EMPEZAR = DOCS / "empezar.md"
EN_LETRAS = {10: "diez", 15: "quince", 20: "veinte", 25: "veinticinco"}


@pytest.mark.parametrize("pagina", paginas_medidas(), ids=nombre)
def test_los_minutos_de_una_pagina_son_los_que_se_miden_en_ella(pagina: Path) -> None:
    """Una frase de más o de menos no cambia lo que se dice: `docs/rehacer.py` lo pone al día."""
    assert medir(pagina).vale(leer_pagina(pagina).minutos), medir(pagina)


@pytest.mark.parametrize("pagina", tablas_con_minutos(), ids=nombre)
def test_las_tablas_dicen_los_minutos_de_las_paginas_que_enlazan(pagina: Path) -> None:
    assert tablas_con_minutos()[pagina] == pagina.read_text(encoding="utf-8")


def test_dar_el_curso_dice_con_que_se_cuenta() -> None:
    plan = " ".join(PLAN.read_text(encoding="utf-8").split())

    assert f"{PALABRAS} palabras por minuto" in plan
    assert f"{LINEAS_DE_CODIGO} líneas de código nuevo por minuto" in plan
    assert f"{UNA_TAREA} minutos por cada tarea" in plan
    assert UNA_ORDEN == 0.5 and "medio minuto por cada orden" in plan


def test_ninguna_sesion_pasa_de_dos_horas() -> None:
    plan = PLAN.read_text(encoding="utf-8")
    sumas = [int(suma) for suma in re.findall(r"^### Sesión .* \((\d+) min\)$", plan, re.MULTILINE)]

    assert len(sumas) > 8
    assert max(sumas) <= UNA_SESION


def test_de_clonar_a_la_primera_linea_propia_hay_quince_minutos_como_mucho() -> None:
    assert hasta_el_primer_reto() <= 15


def test_lo_que_promete_empezar_es_lo_que_se_mide() -> None:
    letras = EN_LETRAS[leer_pagina(EMPEZAR).minutos]
    for pagina in (EMPEZAR, DOCS / "index.md"):
        assert f"En {letras} minutos" in pagina.read_text(encoding="utf-8"), nombre(pagina)


def test_la_primera_linea_que_propone_empezar_logra_el_reto(lanzar: Lanzar, tmp_path: Path) -> None:
    apartado = EMPEZAR.read_text(encoding="utf-8").partition(PRIMERA_LINEA)[2].partition("\n## ")[0]
    carpeta = re.findall(r"`(ejercicios/[\w/]+)`", apartado)[0]
    anadido = re.findall(r"`(\(\{.*?\}.*?\))`", apartado)[0]
    reto = re.findall(r"python -m chatlab reto (\S+)", apartado)
    assert reto == ["01.1", "01.1"]

    entorno = {estado.VARIABLE: str(tmp_path / "estado")}
    pedir = ("-m", "chatlab", "reto", "01.1")
    assert lanzar(*pedir, carpeta=tmp_path, entorno=entorno).esperar_fin() == 0
    servidor = tmp_path / carpeta / "servidor.py"
    antes = servidor.read_text(encoding="utf-8")
    assert antes.count("«{mensaje}»") == 1
    servidor.write_text(antes.replace("«{mensaje}»", f"«{{mensaje}}» {anadido}"), encoding="utf-8")
    comprobar = lanzar(*pedir, carpeta=tmp_path, entorno=entorno)
    assert comprobar.esperar_fin() == 0, comprobar.transcripcion()
    assert "✓ Reto 01.1" in comprobar.pantalla
