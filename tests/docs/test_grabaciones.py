"""Lo que las páginas enseñan es lo que ocurre: aquí se vuelve a ejecutar y se compara."""

from __future__ import annotations

import os
import re
import shutil
import sys
from html import unescape
from pathlib import Path

import markdown
import pytest

from docs.taller.cambios import cambios
from docs.taller.estados import estados
from docs.taller.grabadora import grabar
from docs.taller.guion import GRABACIONES, Guion, todos_los_guiones
from docs.taller.ideas import ideas
from docs.taller.inclusiones import archivos_incluidos
from docs.taller.mapas import mapas
from docs.taller.python_nuevo import pythones
from docs.taller.retos import retos
from docs.taller.revelado import para_md
from docs.taller.sustancia import en_sustancia
from tests.docs.paginas import quien_incluye

GUIONES = todos_los_guiones()
#: Los guiones que tardan más de cuatro segundos, por cómo se llaman: alguien deja de leer y hay que
#: esperar a que se llenen sus buffers o se agote un plazo de verdad; el espía retiene lo que pasa
#: por él; o se cuenta una charla entera. De los mismos programas hay otros guiones más breves.
LENTOS = re.compile(
    r"/(sordo|helados|sola|cola_llena|expulsado|echado|crece|fantasma|gota|lento|cotorra|sin_final"
    r"|espia|espia_pegar|espia_de_uno_en_uno|espia_sin_faltas|espia_cortar|protocolo|con_nc"
    r"|con_nc_errores|primer_chat|completa)$"
)
COMO_SE_ARREGLA = "si es lo que debe verse, ejecuta: python docs/rehacer.py"

solo_aqui = pytest.mark.skipif(
    sys.platform != "linux" or sys.version_info[:2] != (3, 11),
    reason="las grabaciones son de Python 3.11 en Linux: en otros cambia el texto de los errores",
)


def comparar(archivos: dict[Path, str]) -> None:
    """Compara los que alguna página enseña."""
    incluidos = {ruta: paginas for ruta in archivos if (paginas := quien_incluye(ruta))}
    for ruta, paginas in incluidos.items():
        texto = archivos[ruta]
        assert ruta.is_file(), f"falta {ruta}, de {paginas}: {COMO_SE_ARREGLA}"
        guardado = en_sustancia(ruta, ruta.read_text(encoding="utf-8"))
        cambio = f"ha cambiado {ruta.name}, de {paginas}: {COMO_SE_ARREGLA}"
        assert en_sustancia(ruta, texto) == guardado, cambio


@solo_aqui
@pytest.mark.parametrize(
    "guion",
    [
        pytest.param(
            uno, id=uno.nombre, marks=pytest.mark.lento if LENTOS.search(uno.nombre) else ()
        )
        for uno in GUIONES
    ],
)
def test_cada_grabacion_es_lo_que_ocurre(guion: Guion) -> None:
    usa_nc = any(accion.texto.startswith("nc ") for accion in guion.acciones if accion.orden)
    if usa_nc and shutil.which("nc") is None and "CHATLAB_SIN_SALTOS" not in os.environ:
        pytest.skip("no está instalado nc (en Debian: sudo apt install netcat-openbsd)")

    archivos = grabar(guion).archivos(guion)

    if guion.cambiante:
        assert all(ruta.is_file() for ruta in archivos if ruta in archivos_incluidos())
    else:
        comparar(archivos)


def test_los_cambios_entre_pasos_estan_al_dia() -> None:
    comparar(cambios())


def test_no_se_guarda_nada_que_no_ensene_ninguna_pagina() -> None:
    guardados = {ruta for ruta in GRABACIONES.rglob("*") if ruta.is_file()}

    assert not guardados - archivos_incluidos()


def test_los_mapas_estan_al_dia() -> None:
    comparar(mapas())


def test_los_estados_estan_al_dia() -> None:
    comparar(estados())


def test_los_retos_estan_al_dia() -> None:
    comparar(retos())


def test_la_tabla_de_las_ideas_y_las_notas_estan_al_dia() -> None:
    comparar(ideas())


def test_el_python_que_sale_en_cada_paso_esta_al_dia() -> None:
    comparar(pythones())


def test_ninguna_pantalla_avisa_de_que_faltan_descriptores() -> None:
    pantallas = sorted(GRABACIONES.rglob("*.servidor.txt"))
    assert pantallas
    avisan = [p for p in pantallas if "no me deja atender" in p.read_text(encoding="utf-8")]
    assert avisan == [], "quien aprende no lo entiende: se graban con sitio de sobra"


@pytest.mark.parametrize("frase", ["«<<< Ana ha salido\\n»", "«a & b | _c_ *d* [e](f)»"])
def test_las_palabras_de_un_diagrama_se_ven_tal_cual_en_la_pagina(frase: str) -> None:
    html = markdown.markdown(para_md(frase), extensions=["tables"])
    assert unescape(html) == f"<p>{frase}</p>"
