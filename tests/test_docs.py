"""`chatlab docs`: el sitio, en el navegador y sin internet."""

from __future__ import annotations

import importlib.util
import os
import webbrowser
from pathlib import Path

import pytest

from chatlab.ordenes import docs
from tests.apoyo.programa import RAIZ
from tests.conftest import Lanzar


def poner_pagina(ruta: Path) -> None:
    ruta.parent.mkdir(parents=True, exist_ok=True)
    ruta.write_text("<h1>chatlab</h1>", encoding="utf-8")


def poner_sitio(carpeta: Path) -> Path:
    poner_pagina(carpeta / "index.html")
    return carpeta


@pytest.fixture
def abiertas(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Las páginas que se abren; el paquete no lleva sitio y no hay clon, salvo que se pongan."""
    paginas: list[str] = []

    def abrir(direccion: str) -> bool:
        paginas.append(direccion)
        return True

    monkeypatch.setattr(webbrowser, "open", abrir)
    monkeypatch.setattr(docs, "EN_EL_PAQUETE", tmp_path / "paquete")
    monkeypatch.setattr(docs, "CLON", tmp_path / "clon")
    return paginas


def test_abre_el_sitio_que_trae_el_paquete(abiertas: list[str], tmp_path: Path) -> None:
    sitio = poner_sitio(tmp_path / "paquete")

    assert docs.principal([]) == 0
    assert abiertas == [(sitio / "index.html").as_uri()]


@pytest.mark.parametrize("pedida", ["conceptos/socket", "conceptos/socket.md", "conceptos"])
def test_se_puede_pedir_una_pagina(abiertas: list[str], tmp_path: Path, pedida: str) -> None:
    sitio = poner_sitio(tmp_path / "paquete")
    for nombre in ("socket", "index"):
        poner_pagina(sitio / "conceptos" / f"{nombre}.html")

    assert docs.principal([pedida]) == 0
    assert abiertas[0].endswith("socket.html" if "socket" in pedida else "conceptos/index.html")


def test_de_una_pagina_que_no_existe_dice_las_parecidas(
    abiertas: list[str], tmp_path: Path
) -> None:
    poner_pagina(poner_sitio(tmp_path / "paquete") / "conceptos" / "socket.html")

    with pytest.raises(docs.NoHayPagina, match="conceptos/socket"):
        docs.principal(["conceptos/soket"])
    assert abiertas == []


def test_sin_navegador_dice_donde_esta(
    abiertas: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sitio = poner_sitio(tmp_path / "paquete")
    monkeypatch.setattr(webbrowser, "open", lambda direccion: False)

    assert docs.principal([]) == 0
    assert (sitio / "index.html").as_uri() in capsys.readouterr().out


def test_sin_sitio_ni_clon_dice_que_hacer(abiertas: list[str]) -> None:
    with pytest.raises(docs.NoHaySitio, match="Instala una versión publicada"):
        docs.principal([])
    assert abiertas == []


def test_en_un_clon_sin_bibliotecas_dice_que_instalar(
    abiertas: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clon").mkdir()
    (tmp_path / "clon" / "mkdocs.yml").write_text("", encoding="utf-8")
    monkeypatch.setattr(importlib.util, "find_spec", lambda nombre: None)

    with pytest.raises(docs.NoHaySitio, match="pip install"):
        docs.principal([])


def test_en_un_clon_lo_construye_una_vez_y_otra_si_cambia(
    abiertas: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clon = tmp_path / "clon"
    (clon / "docs").mkdir(parents=True)
    (clon / "mkdocs.yml").write_text("site_name: chatlab\n", encoding="utf-8")
    (clon / "CAMBIOS.md").write_text("# Cambios\n", encoding="utf-8")
    pagina = clon / "docs" / "index.md"
    pagina.write_text("# Inicio\n", encoding="utf-8")

    docs.principal([])
    assert "Construyo el sitio" in capsys.readouterr().out
    docs.principal([])
    assert "Construyo el sitio" not in capsys.readouterr().out
    futuro = (clon / "site" / "index.html").stat().st_mtime + 10

    os.utime(pagina, (futuro, futuro))
    docs.principal([])
    assert "Construyo el sitio" in capsys.readouterr().out
    assert abiertas == [(clon / "site" / "index.html").as_uri()] * 3


def test_si_no_se_puede_construir_cuenta_por_que(abiertas: list[str], tmp_path: Path) -> None:
    clon = tmp_path / "clon"
    clon.mkdir()
    (clon / "mkdocs.yml").write_text("site_name: [\n", encoding="utf-8")

    with pytest.raises(docs.NoHaySitio, match="No se ha podido construir"):
        docs.principal([])


def test_la_orden_existe(lanzar: Lanzar) -> None:
    programa = lanzar("-m", "chatlab", "docs", "--ayuda", carpeta=RAIZ)

    assert programa.esperar_fin() == 0
    programa.esperar("--sin-abrir")
