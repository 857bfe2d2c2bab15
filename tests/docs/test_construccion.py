"""El sitio se construye sin un aviso, y quien rompe algo sabe en qué página."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from tests.apoyo.programa import RAIZ
from tests.docs.conftest import construir

#: Lo que hace falta para construir el sitio.
FUENTES = ("docs", "lessons", "chatlab", "mkdocs.yml", "CAMBIOS.md")


class _Enlaces(HTMLParser):
    """Los enlaces de una página y los lugares a los que se puede enlazar."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.enlaces: list[str] = []
        self.anclas: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for atributo, valor in attrs:
            if valor and atributo in ("id", "name"):
                self.anclas.add(valor)
            elif valor and atributo in ("href", "src"):
                self.enlaces.append(valor)


def test_cada_enlace_lleva_a_un_sitio_que_existe(sitio: Path) -> None:
    paginas = {ruta: _Enlaces(ruta.read_text(encoding="utf-8")) for ruta in sitio.rglob("*.html")}
    rotos = []
    for ruta, pagina in paginas.items():
        for enlace in pagina.enlaces:
            if ruta.name == "404.html" or re.match(r"[a-z]+:", enlace):
                continue  # la página de error enlaza desde la raíz; lo de fuera va aparte
            camino, ancla = urldefrag(unquote(enlace))
            camino, pelicula, _ = camino.partition("?")
            if pelicula:
                ancla = ""  # el momento en que se abre
            destino = (ruta.parent / camino).resolve() if camino else ruta
            hay_ancla = not ancla or destino not in paginas or ancla in paginas[destino].anclas
            if not destino.exists() or not hay_ancla:
                rotos.append(f"{ruta.relative_to(sitio)}: {enlace}")
    assert not rotos


def test_ninguna_pagina_carga_nada_de_fuera(sitio: Path) -> None:
    cargan = re.compile(
        r"""<(?:link|script|img|iframe|source)\b[^>]*\b(?:href|src)=["']?(?:https?:)?//[^>]+"""
    )
    for archivo in [*sitio.rglob("*.html"), *sitio.rglob("*.css")]:
        texto = archivo.read_text(encoding="utf-8")
        fuera = cargan.findall(texto) + re.findall(r"(?:@import|url\()[^;)]*https?://[^)]*", texto)
        assert not [uno for uno in fuera if 'rel="canonical"' not in uno], archivo


@pytest.fixture
def copia(tmp_path: Path) -> Path:
    """Una copia de lo que hace falta para construir el sitio, que se puede estropear."""
    for nombre in FUENTES:
        origen = RAIZ / nombre
        if origen.is_dir():
            ignorar = shutil.ignore_patterns("__pycache__")
            shutil.copytree(origen, tmp_path / nombre, ignore=ignorar)
        else:
            shutil.copy(origen, tmp_path / nombre)
    return tmp_path


@pytest.mark.lento
def test_mover_un_trozo_dice_en_que_pagina_falta_y_en_que_mapa(copia: Path) -> None:
    servidor = copia / "lessons" / "03_difusion" / "paso1_hilos" / "servidor.py"
    codigo = servidor.read_text(encoding="utf-8")
    servidor.write_text(codigo.replace("def difundir(", "def avisar("), encoding="utf-8")

    construccion = construir(copia, copia / "sitio")

    assert construccion.returncode != 0
    dicho = construccion.stdout + construccion.stderr
    assert "lecciones/03_difusion/paso1_hilos.md" in dicho
    assert "docs/trozos/lessons/03_difusion/paso1_hilos.toml" in dicho
    assert "«difundir»" in dicho


def test_los_programas_de_las_paginas_viajan_sin_sus_comentarios(sitio: Path) -> None:
    for guion in sorted((RAIZ / "docs" / "javascripts").rglob("*.js")):
        del_sitio = sitio / guion.relative_to(RAIZ / "docs")

        assert del_sitio.stat().st_size < 0.85 * guion.stat().st_size
