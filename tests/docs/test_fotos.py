"""Las fotos de las guías: enseñan lo que se ve, y cada una de las cinco se reconoce."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docs.taller.fotos import CARPETA, FOTOS, TEMAS, Foto, Tema, abrir
from tests.docs.paginas import DOCS, proyecciones

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CINCO = DOCS / "guias" / "cinco-peliculas.md"
#: Bytes de una foto.
PESO_MAXIMO = 80_000
#: Lo que dice la página y no se ve sin pulsar: las flechas que hay a la vista, con palabras.
TODO = """() => {
  for (const plegado of document.querySelectorAll("details")) plegado.open = true;
  return document.body.innerText + chatlab.abierto.frase.textContent;
}"""


def medidas(archivo: Path) -> tuple[int, int]:
    """El ancho y el alto que dice la cabecera de un PNG."""
    ancho, alto = struct.unpack(">II", archivo.read_bytes()[16:24])
    return ancho, alto


@pytest.mark.parametrize("tema", TEMAS)
@pytest.mark.parametrize("foto", FOTOS, ids=lambda foto: foto.nombre)
def test_cada_foto_esta_en_los_dos_temas_mide_lo_suyo_y_pesa_poco(foto: Foto, tema: Tema) -> None:
    archivo = foto.archivo(tema)

    assert medidas(archivo) == (foto.ancho, foto.alto)
    assert archivo.stat().st_size <= PESO_MAXIMO


def test_cada_foto_sirve_en_alguna_guia() -> None:
    guias = "".join(guia.read_text(encoding="utf-8") for guia in (DOCS / "guias").glob("*.md"))
    hechas = {foto.archivo(tema) for foto in FOTOS for tema in TEMAS}

    assert set(CARPETA.glob("*.png")) == hechas
    assert not [archivo.name for archivo in hechas if f"peliculas/{archivo.name}" not in guias]


def test_las_cinco_de_clase_se_abren_en_un_momento_que_tiene_su_foto() -> None:
    abiertas = [(una.guion, una.momento) for una in proyecciones(CINCO)]

    assert len(abiertas) == 5
    assert all(momento for _, momento in abiertas)
    assert set(abiertas) <= {(foto.guion, foto.clave) for foto in FOTOS}


@pytest.mark.lento  # abre el navegador
@pytest.mark.parametrize("tema", TEMAS)
@pytest.mark.parametrize("foto", FOTOS, ids=lambda foto: foto.nombre)
def test_en_su_momento_se_lee_lo_que_hace_que_se_reconozca(
    navegador: Browser, sitio: Path, foto: Foto, tema: Tema
) -> None:
    with navegador.new_context(reduced_motion="reduce") as contexto:
        pagina = contexto.new_page()
        abrir(pagina, foto, sitio.as_uri(), tema)
        dicho = pagina.evaluate(TODO)

    assert [frase for frase in foto.se_lee if frase not in dicho] == []
