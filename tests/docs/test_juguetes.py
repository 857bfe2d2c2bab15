"""Los juguetes pesan poco, y cada uno está en la página que enseña su idea."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ
from tests.docs.juguete import GUIONES
from tests.docs.paginas import PAGINAS

#: Bytes que puede ocupar cada archivo.
PESO_MAXIMO = 15_000
ESTILO = RAIZ / "docs" / "estilos" / "juguetes.css"


@pytest.mark.parametrize("archivo", [*GUIONES, ESTILO], ids=lambda ruta: ruta.name)
def test_un_juguete_pesa_poco(archivo: Path) -> None:
    assert archivo.stat().st_size < PESO_MAXIMO


@pytest.mark.parametrize(
    "guion", [g for g in GUIONES if g.stem != "comun"], ids=lambda ruta: ruta.stem
)
def test_cada_juguete_esta_en_una_pagina_que_se_entiende_sin_el(guion: Path) -> None:
    con_el = [
        texto
        for pagina in PAGINAS
        if f'data-juguete="{guion.stem}"' in (texto := pagina.read_text(encoding="utf-8"))
    ]
    assert con_el
    for texto in con_el:
        assert f"/javascripts/juguetes/{guion.name}" in texto
        assert "<noscript>" in texto
