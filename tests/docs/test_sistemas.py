"""Cada orden se da como se teclea en tu sistema, y la página recuerda cuál es."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import markdown
import pytest

from docs.taller.sistemas import en_unix, en_windows
from tests.docs.paginas import DOCS, PAGINAS, bloques, nombre

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: Las páginas en las que se empieza a teclear: la primera orden no hay que traducirla de cabeza.
TECLEAN = [
    DOCS / "empezar.md",
    DOCS / "conceptos" / "index.md",
    *(DOCS / "guias" / f"{guia}.md" for guia in ("dos-ordenadores", "espia", "profesores")),
    *sorted(DOCS.glob("lecciones/*/paso*.md")),
]
ELEGIDAS = (
    "[...document.querySelectorAll('.tabbed-set input:checked')].map(e => e.labels[0].innerText)"
)


@pytest.mark.parametrize(
    ("escrita", "windows", "unix"),
    [
        ("python servidor.py", "py servidor.py", "python3 servidor.py"),
        ("python -m venv .venv", "py -m venv .venv", "python3 -m venv .venv"),
        (".venv/bin/python -m pip", r".venv\Scripts\python -m pip", ".venv/bin/python -m pip"),
        (
            "source .venv/bin/activate",
            r".venv\Scripts\Activate.ps1",
            "source .venv/bin/activate",
        ),
        (
            "python -c 'print(1)' | python cliente.py",
            "py -c 'print(1)' | py cliente.py",
            "python3 -c 'print(1)' | python3 cliente.py",
        ),
        (
            "python ../../../ejercicios/servidor.py",
            r"py ..\..\..\ejercicios\servidor.py",
            "python3 ../../../ejercicios/servidor.py",
        ),
        ("cd docs/ejemplos", r"cd docs\ejemplos", "cd docs/ejemplos"),
        ("export COLOR=no", '$env:COLOR = "no"', "export COLOR=no"),
        ("chatlab lecciones", "chatlab lecciones", "chatlab lecciones"),
    ],
)
def test_cada_orden_se_dice_como_se_teclea(escrita: str, windows: str, unix: str) -> None:
    assert (en_windows(escrita), en_unix(escrita)) == (windows, unix)


def test_dos_ordenes_seguidas_son_dos_grupos_de_tres_pestanas() -> None:
    texto = "```orden\npython a.py\n```\n\n```orden\npython b.py\n```\n"
    html = markdown.markdown(
        texto,
        extensions=["docs.taller.sistemas", "pymdownx.superfences", "pymdownx.tabbed"],
        extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
    )

    grupos = re.findall(r'data-tabs="\d+:(\d+)"', html)
    assert grupos == ["3", "3"]
    visto = re.sub(r"<[^>]*>", "", html)
    assert visto.count("python3 a.py") == 2
    assert visto.count("py b.py") == 1


@pytest.mark.parametrize("pagina", TECLEAN, ids=nombre)
def test_la_primera_orden_que_se_teclea_lleva_pestanas(pagina: Path) -> None:
    ordenes = [
        bloque
        for bloque in bloques(pagina)
        if bloque.lenguaje in ("orden", "bash", "powershell")
        and any(re.match(r"(?:python3?|py)\b", linea.strip()) for linea in bloque.lineas)
    ]

    assert all(bloque.lenguaje == "orden" for bloque in ordenes[:1])


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_ninguna_pagina_da_dos_veces_la_misma_orden_por_sistemas(pagina: Path) -> None:
    """«En Linux y macOS: … En Windows: …» son pestañas, y todas llevan los mismos rótulos."""
    texto = pagina.read_text(encoding="utf-8")

    assert not re.search(
        r"^(?:En|Y en) (?:Windows|Linux y macOS)(?:, con PowerShell)?:\n\n```", texto, re.MULTILINE
    )
    assert set(re.findall(r'^ *===!? "(.*)"$', texto, re.MULTILINE)) <= {
        "Windows",
        "macOS",
        "Linux",
    }


@pytest.mark.parametrize("desde", ["el disco", "un servidor"])
def test_el_sistema_que_se_elige_se_recuerda_en_las_demas_paginas(
    navegador: Browser, sitio: Path, servido: str, desde: str
) -> None:
    base = sitio.as_uri() if desde == "el disco" else servido
    with navegador.new_context(user_agent="Mozilla/5.0 (Windows NT 10.0)") as contexto:
        pagina = contexto.new_page()
        assert elegidas(pagina, f"{base}/empezar.html") == {"Windows"}

        pagina.click(".tabbed-labels label >> text=macOS")
        pagina.wait_for_function("localStorage.length > 0")

        assert elegidas(pagina, f"{base}/guias/espia.html") == {"macOS"}
        assert elegidas(pagina, f"{base}/lecciones/02_turnos/paso1_un_intercambio.html") == {
            "macOS"
        }


def elegidas(pagina: Page, direccion: str) -> set[str]:
    """Los sistemas de las pestañas que se ven en una página."""
    pagina.goto(direccion)
    return set(pagina.evaluate(ELEGIDAS))


def test_sin_javascript_se_pueden_leer_las_tres(navegador: Browser, sitio: Path) -> None:
    with navegador.new_context(java_script_enabled=False) as contexto:
        pagina = contexto.new_page()
        pagina.goto(f"{sitio.as_uri()}/empezar.html")
        grupo = pagina.locator(".tabbed-set", has_text="--version").first

        for sistema, orden in (("macOS", "python3 --version"), ("Windows", "py --version")):
            grupo.locator("label", has_text=sistema).click()
            assert orden in grupo.locator(".tabbed-content").inner_text()
